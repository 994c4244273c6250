import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../src/transport/outbox/index.js';
import { emptyFolder } from '../support/fixtures.js';

const COUNTER = fileURLToPath(new URL('../support/killed-journal.mjs', import.meta.url));
/** Calls of the file system between two kills: a prime step, so that they fall on every kind of call. */
const KILLS = Array.from({ length: 40 }, (_, i) => (i * 13) % 61);

/** Runs a counter until it is killed; the numbers that it said were confirmed. */
const count = (path: string, n: number): Promise<{ readonly said: number[]; readonly end: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [COUNTER, path, String(n)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, trouble] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      trouble += chunk;
    });
    child.on('close', (code, signal) => {
      resolve({ said: out.split('\n').filter(Boolean).map(Number), end: signal ?? `${code} ${trouble}` });
    });
  });

describe('a process that is killed while it writes a journal, again and again', () => {
  it('loses nothing that was confirmed, does nothing twice, and the next goes on at once', async () => {
    const two = [emptyFolder(), emptyFolder()].map((home) => join(home, 'outbox'));
    const confirmed = await Promise.all(
      two.map(async (path, side) => {
        let [last, most] = [0, 0];
        for (const n of KILLS.filter((_, i) => i % 2 === side)) {
          const { said, end } = await count(path, n);
          expect(end).toBe('SIGKILL');
          const reader = await readJournal({ path });
          const found = Number((await reader.get('count')) ?? 0);
          // What was said is there; one more may be, which was written and not yet said.
          const first = said[0];
          if (first !== undefined) expect([last, last + 1]).toContain(first - 1);
          expect(said).toEqual(Array.from({ length: said.length }, (_, i) => (first ?? 0) + i));
          const least = said.at(-1) ?? last;
          expect([least, least + 1]).toContain(found);
          if (found > 0)
            expect(await reader.get(`n/${found % 7}`)).toBe(String(found).repeat(found % 3 === 0 ? 3000 : 1));
          [last, most] = [found, Math.max(most, said.length)];
        }
        expect(most).toBeGreaterThan(2);
        return last;
      }),
    );
    for (const last of confirmed) expect(last).toBeGreaterThan(20);
  });
});
