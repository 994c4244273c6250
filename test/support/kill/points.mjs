import { appendFileSync } from 'node:fs';

/** Numbers from 0 to below 1 that follow from a seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Points at which this process may die: at each, with a chance, it notes the point and kills itself. The chance falls with
 * how often a point was met in this life, and is none after so many lives: points that are seldom met kill as often as others do, and who only waits lives.
 */
export function deathAt({ seed, life, lives, chance, log }) {
  if (life >= lives) return () => {};
  const random = randomFrom(seed * 7919 + life * 104_729);
  const met = new Map();
  return (point) => {
    const times = (met.get(point) ?? 0) + 1;
    met.set(point, times);
    if (random() >= chance / times) return;
    appendFileSync(log, `${point}\n`);
    process.kill(process.pid, 'SIGKILL');
    // Nothing runs between the signal and the end.
    for (;;);
  };
}
