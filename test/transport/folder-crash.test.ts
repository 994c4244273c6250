import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderTransport } from '../../src/transport/folder/index.js';
import { readPart } from '../../src/transport/index.js';
import { manualClock } from '../../src/transport/testing/index.js';
import { emptyFolder } from '../support/fixtures.js';
import { faultyDisk } from '../support/folder-harness.js';
import { attempt, isWholeSlip, serialOf, slip, slipFiles } from '../support/slips.js';

const SENDER = fileURLToPath(new URL('../support/killed-sender.mjs', import.meta.url));

/** What a program finds that takes in what lies in `out` by its manifests: the texts of each message. */
async function byManifest(root: string): Promise<string[][]> {
  const receiver = folderTransport({
    root: emptyFolder(),
    in: join(root, 'out'),
    inManifests: join(root, 'manifests'),
  });
  return texts(receiver);
}

/** What is found where a person carried all that lies in `out`, whatever it was. */
async function byPerson(root: string): Promise<string[][]> {
  const clock = manualClock();
  const other = emptyFolder();
  cpSync(join(root, 'out'), join(other, 'in'), { recursive: true });
  const receiver = folderTransport({ root: other, clock, isWhole: isWholeSlip });
  await receiver.list({}, attempt());
  await clock.advance(2000);
  return texts(receiver);
}

async function texts(receiver: ReturnType<typeof folderTransport>): Promise<string[][]> {
  const { items } = await receiver.list({}, attempt());
  return Promise.all(
    items.map(async ({ id }) => {
      const { files } = await receiver.fetch({ id }, attempt());
      return Promise.all(files.map(async (file) => Buffer.from(await readPart(file)).toString()));
    }),
  );
}

describe('a sending process that is killed', () => {
  it('at any call of the file system leaves no half of a transmission, and the next attempt leaves exactly one', async () => {
    const message = await slip(1);
    const { id, from, to, serial, standard, kinds } = message;
    const files = slipFiles(serialOf(1));
    const whole = files.map(({ text }) => text).sort();
    const seen: { killed: boolean; out: number; found: number }[] = [];
    for (let n = 0; seen.at(-1)?.killed !== false; n++) {
      const root = emptyFolder();
      for (const folder of ['out', 'manifests']) mkdirSync(join(root, folder));
      const json = JSON.stringify({ id, from, to, serial, standard, kinds, files });
      const { signal, status, stderr } = spawnSync(process.execPath, [SENDER, root, String(n), json], {
        encoding: 'utf8',
      });
      expect([signal, status, stderr]).toEqual(signal === null ? [null, 0, ''] : ['SIGKILL', null, '']);
      const out = readdirSync(join(root, 'out')).length;
      const found = await byManifest(root);
      for (const one of [...found, ...(await byPerson(root))]) expect(one.sort()).toEqual(whole);
      expect(found.length).toBeLessThanOrEqual(1);
      seen.push({ killed: signal !== null, out, found: found.length });

      const again = folderTransport({ root });
      await again.send(message, attempt());
      expect((await byManifest(root)).map((one) => one.sort())).toEqual([whole]);
      expect(readdirSync(join(root, 'out')).sort()).toEqual(files.map(({ name }) => name).sort());
      expect(readdirSync(join(root, 'state', 'sending')).filter((name) => name.endsWith('.json'))).toEqual([]);
    }
    // It was killed before the first file, between any two, after the last, and after the manifest.
    for (const out of [0, 1, 2, 3]) expect(seen).toContainEqual({ killed: true, out, found: 0 });
    expect(seen).toContainEqual({ killed: true, out: 3, found: 1 });
  });
});

describe('a receiving process that dies', () => {
  it('at any call of the file system while it acknowledges loses no file and gives nothing in halves', async () => {
    const files = slipFiles(serialOf(1));
    const ends = new Set<string>();
    for (let n = 0, died = true; died; n++) {
      const root = emptyFolder();
      const clock = manualClock();
      const { disk, dieAfter } = faultyDisk();
      mkdirSync(join(root, 'in'));
      for (const { name, text } of files) writeFileSync(join(root, 'in', name), text);
      const receiver = folderTransport({ root, clock, disk, isWhole: isWholeSlip });
      await receiver.list({}, attempt());
      await clock.advance(2000);
      const [entry] = (await receiver.list({}, attempt())).items;
      const call = receiver.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
      died = await Promise.race([call.then(() => false), dieAfter(n).then(() => true)]);

      const next = folderTransport({ root, clock, isWhole: isWholeSlip });
      await next.list({}, attempt());
      await clock.advance(2000);
      const { items } = await next.list({}, attempt());
      const lie = (folder: string) => readdirSync(join(root, folder)).sort();
      expect([...lie('in'), ...lie('done')].sort()).toEqual(files.map(({ name }) => name).sort());
      if (items.length === 0) expect(lie('in')).toEqual([]);
      else expect(items).toMatchObject([{ id: entry?.id, parts: 3 }]);
      ends.add(`${died ? 'died' : 'done'}, ${items.length} again`);
    }
    expect([...ends].sort()).toEqual(['died, 0 again', 'died, 1 again', 'done, 0 again']);
  });
});
