import type { RelayConfig } from './config.js';
import { Problem } from './problem.js';

/** Counts the requests of each address: so many at once, so many a second in the long run. Of this process alone. */
export function rateLimit(
  { requestsPerSecond, requestsAtOnce }: Pick<RelayConfig, 'requestsPerSecond' | 'requestsAtOnce'>,
  now: () => number = () => performance.now(),
): (address: string) => void {
  const buckets = new Map<string, { left: number; at: number }>();
  const refilled = ({ left, at }: { left: number; at: number }, time: number) =>
    Math.min(requestsAtOnce, left + ((time - at) / 1000) * requestsPerSecond);
  return (address) => {
    if (requestsPerSecond <= 0) return;
    const time = now();
    const left = refilled(buckets.get(address) ?? { left: requestsAtOnce, at: time }, time);
    if (left < 1) {
      const seconds = Math.ceil((1 - left) / requestsPerSecond);
      throw new Problem('rate-limited', {}, { 'Retry-After': String(Math.max(1, seconds)) });
    }
    buckets.set(address, { left: left - 1, at: time });
    // A full bucket says nothing: it need not be remembered.
    if (buckets.size > 10_000) {
      for (const [name, bucket] of buckets) if (refilled(bucket, time) >= requestsAtOnce) buckets.delete(name);
    }
  };
}
