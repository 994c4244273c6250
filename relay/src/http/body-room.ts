import { Problem } from '../core/problem.js';

/** Room in memory for the bodies of requests that are under way. */
export interface BodyRoom {
  /** Takes so many bytes more, for a request of an address. Throws `unavailable` where there is no room for them. */
  take(address: string, bytes: number): void;
  give(address: string, bytes: number): void;
}

const FULL = { 'Retry-After': '2', 'Connection': 'close' };

/** So many bytes for all, and for one address a quarter of them: who sends slowly does not keep the others from it. */
export function bodyRoom(most: number): BodyRoom {
  const taken = new Map<string, number>();
  let all = 0;
  const change = (address: string, bytes: number) => {
    const mine = (taken.get(address) ?? 0) + bytes;
    all += bytes;
    if (mine > 0) taken.set(address, mine);
    else taken.delete(address);
  };
  return {
    take(address, bytes) {
      const mine = taken.get(address) ?? 0;
      if (all + bytes > most || mine + bytes > most / 4) throw new Problem('unavailable', {}, FULL);
      change(address, bytes);
    },
    give: (address, bytes) => change(address, -bytes),
  };
}
