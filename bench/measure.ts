export const RUNS = 7;

type Contenders = Readonly<Record<string, () => unknown>>;

/** Milliseconds of each contender, the contenders in turn, after one run that does not count: medians of 7. */
export function measure(contenders: Contenders): Record<string, number> {
  const times = new Map<string, number[]>();
  for (let run = 0; run <= RUNS; run++) {
    for (const [name, work] of Object.entries(contenders)) {
      globalThis.gc?.();
      const start = performance.now();
      work();
      const time = performance.now() - start;
      if (run > 0) times.set(name, [...(times.get(name) ?? []), time]);
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
