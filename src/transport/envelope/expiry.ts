/** Something of one's own that ends soon, or has. */
export interface ExpiryWarning {
  readonly kid: string;
  /** Of a certificate of this key: its place in the chain, 0 for the key's own. Absent where it is the key. */
  readonly certificate?: number;
  /** Milliseconds since 1970 UTC. */
  readonly endsAt: number;
  /** The least of the days asked for within which it ends; 0 where it has ended. */
  readonly withinDays: number;
}

const DAY = 86_400_000;

/** Which of these keys end within 90, 30 or 7 days (or `days`), or have ended, the first to end first. Ones without an end are left out. */
export function expiryWarnings(
  keys: readonly { readonly kid: string; readonly notAfter?: number; readonly certificate?: number }[],
  options: { readonly now?: number; readonly days?: readonly number[] } = {},
): readonly ExpiryWarning[] {
  const { now = Date.now(), days = [90, 30, 7] } = options;
  const steps = [...days].sort((a, b) => a - b);
  return keys
    .flatMap(({ kid, notAfter: endsAt, certificate }): ExpiryWarning[] => {
      if (endsAt === undefined) return [];
      const withinDays = endsAt < now ? 0 : steps.find((step) => endsAt <= now + step * DAY);
      if (withinDays === undefined) return [];
      return [{ kid, ...(certificate === undefined ? {} : { certificate }), endsAt, withinDays }];
    })
    .sort((a, b) => a.endsAt - b.endsAt);
}
