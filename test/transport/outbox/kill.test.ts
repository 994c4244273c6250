import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../../support/fixtures.js';
import { type KillReport, type KillRun, killRun } from '../../support/kill/run.js';

/** How long to go on where it is asked for (`npm run test:kill`), in seconds; each run has a fresh seed. */
const SECONDS =
  (import.meta as { env?: { MODE?: string } }).env?.MODE === 'kill' ? Number(process.env.KILL_SECONDS ?? 300) : 0;
const MESSAGES = 55;

/** What must hold of a run, whatever died. */
function prove({ book, entries, deaths }: KillReport, { messages, road }: Omit<KillRun, 'root'>): void {
  const texts = book.map(({ text }) => text.trim());
  // None is lost, and none came twice.
  expect([...texts].sort()).toEqual(Array.from({ length: messages }, (_, n) => `message ${n}`).sort());
  // The order of each lane is kept.
  for (const lane of new Set(book.map((page) => page.lane))) {
    const pages = book.filter((page) => page.lane === lane);
    const numbers = pages.map(({ text }) => Number(text.replace('message ', '')));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
  expect(entries.map(({ state }) => state)).toEqual(entries.map(() => (road === 'folder' ? 'handed-off' : 'accepted')));
  expect(entries).toHaveLength(messages);
  // It was a trial: they died, at many different points.
  expect(new Set(deaths).size).toBeGreaterThan(4);
}

const fresh = Math.floor(Math.random() * 2 ** 31);
const RUNS: Omit<KillRun, 'root'>[] = [
  { road: 'server', seed: 1, messages: MESSAGES, chance: 0.05, lives: 6 },
  { road: 'folder', seed: 2, messages: MESSAGES, chance: 0.05, lives: 6 },
  { road: 'server', seed: fresh, messages: MESSAGES, chance: 0.05, lives: 6 },
  { road: 'folder', seed: fresh, messages: MESSAGES, chance: 0.05, lives: 6 },
];
/** With the relay as a third that dies: each message has some two dozen points more. */
const WITH_RELAY: Omit<KillRun, 'root'>[] = [
  { road: 'relay', seed: 3, messages: 100, chance: 0.04, lives: 5 },
  { road: 'relay', seed: fresh, messages: 100, chance: 0.04, lives: 5 },
];

describe('sender and receiver that are killed at any point, begun again until all is done', () => {
  it.each(RUNS)(
    'lose nothing, do nothing twice and keep the order: by the $road, seed $seed',
    { timeout: 600_000 },
    async (run) => {
      prove(await killRun({ ...run, root: emptyFolder() }), run);
    },
  );

  it.each(WITH_RELAY)(
    'and a relay that is killed too lose nothing, do nothing twice and keep the order: seed $seed',
    { timeout: 600_000 },
    async (run) => {
      const report = await killRun({ ...run, root: emptyFolder() });
      prove(report, run);
      expect(report.deaths.some((point) => point.startsWith('relay'))).toBe(true);
    },
  );

  it.runIf(SECONDS > 0)('hold for as long as they are asked to', { timeout: SECONDS * 1000 + 300_000 }, async () => {
    const end = Date.now() + SECONDS * 1000;
    let [kills, messages] = [0, 0];
    const points = new Map<string, number>();
    for (let seed = fresh; Date.now() < end; seed++) {
      const run = {
        root: emptyFolder(),
        road: (['server', 'folder', 'relay'] as const)[seed % 3] ?? 'server',
        seed,
        messages: MESSAGES,
        chance: 0.02 + (seed % 5) / 100,
        lives: 100,
      };
      const report = await killRun(run);
      prove(report, run);
      kills += report.deaths.length;
      messages += run.messages;
      for (const point of report.deaths) points.set(point, (points.get(point) ?? 0) + 1);
      console.log(
        `${run.road} seed ${seed}: ${report.deaths.length} deaths; ${messages} messages and ${kills} deaths so far`,
      );
    }
    console.log(
      [...points]
        .sort(([, a], [, b]) => b - a)
        .map(([point, count]) => `${count} ${point}`)
        .join('\n'),
    );
  });
});
