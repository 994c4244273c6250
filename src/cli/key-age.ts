import type { OfficeKeys, PublicKey } from '../transport/envelope/index.js';

const DAY = 86_400_000;

/** What has to be known of a key: that it is over, or ends within 90, 30 or 7 days (the days that are left). */
export function aboutKey(
  { use, notAfter, revokedAt, kid }: PublicKey,
  all: readonly PublicKey[],
  now: number,
): 'expired' | 'revoked' | 'retired' | number | undefined {
  if (revokedAt !== undefined && revokedAt <= now) return 'revoked';
  if (notAfter === undefined) return undefined;
  const isRenewed = all.find((one) => one.use === use)?.kid !== kid;
  if (notAfter <= now) return isRenewed && use === 'sig' ? 'retired' : 'expired';
  const days = Math.ceil((notAfter - now) / DAY);
  return days <= 90 ? days : undefined;
}

/**
 * The days until the first of the keys in use ends, 0 for one that has, where that is within so many days; undefined else.
 * Of each use the newest key counts: those before it were renewed.
 */
export function endsSoon(
  { publicKeys }: Pick<OfficeKeys, 'publicKeys'>,
  now: number,
  within: number,
): number | undefined {
  const newest = (['sig', 'enc'] as const).flatMap((use) => publicKeys.find((one) => one.use === use) ?? []);
  const days = newest.map(({ notAfter }) =>
    Math.max(0, Math.ceil(((notAfter ?? Number.POSITIVE_INFINITY) - now) / DAY)),
  );
  const least = Math.min(...days);
  return least <= within ? least : undefined;
}
