/**
 * Counts up in a journal until it kills itself at the nth call of the file system from the first transaction on, and says
 * each number once it is confirmed. Arguments: folder, n.
 */

import { writeSync } from 'node:fs';
import { fileJournalStore, journalDisk } from '../../dist/transport/outbox/index.js';

const [path, n] = process.argv.slice(2);
let left = Number.POSITIVE_INFINITY;
const killing =
  (call, half) =>
  async (...args) => {
    if (left-- <= 0) {
      await half?.(...args);
      process.kill(process.pid, 'SIGKILL');
    }
    return call(...args);
  };
const disk = {
  ...Object.fromEntries(Object.entries(journalDisk).map(([name, call]) => [name, killing(call)])),
  async open(name) {
    const file = await journalDisk.open(name);
    const half = (bytes, at) => file.write(bytes.subarray(0, bytes.length >> 1), at);
    return { ...file, write: killing(file.write, half), sync: killing(file.sync) };
  },
};
const store = await fileJournalStore({ path, disk });
left = Number(n);
for (;;) {
  const next = await store.transact(async (t) => {
    const count = Number((await t.get('count')) ?? 0) + 1;
    await t.set('count', String(count));
    await t.set(`n/${count % 7}`, String(count).repeat(count % 3 === 0 ? 3000 : 1));
    return count;
  });
  writeSync(1, `${next}\n`);
  if (next % 5 === 0) await store.compact();
}
