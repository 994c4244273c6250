import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Disk, folderTransport, nodeDisk } from '../../src/transport/folder/index.js';
import { type Transport, TransportError, transportClient } from '../../src/transport/index.js';
import { type ManualClock, manualClock } from '../../src/transport/testing/index.js';
import { emptyFolder } from '../support/fixtures.js';
import { diskTrouble, faultyDisk } from '../support/folder-harness.js';
import { OFFICES } from '../support/memory-harness.js';
import { attempt, slip } from '../support/slips.js';

const HELD = ['EPERM', 'EACCES', 'EBUSY'] as const;
const TO_OUT = /[\\/]out[\\/]/;

function setUp() {
  const root = emptyFolder();
  const clock = manualClock();
  const faulty = faultyDisk();
  const transport = folderTransport({ root, clock, disk: faulty.disk, addresses: OFFICES.a });
  return { root, clock, transport, ...faulty };
}

/** Lets time pass until a call has ended. */
async function whileTimePasses<T>(clock: ManualClock, call: Promise<T>): Promise<T> {
  let pending = true;
  const done = () => {
    pending = false;
  };
  call.then(done, done);
  while (pending) await clock.advance(clock.waiting.length > 0 ? 500 : 0);
  return call;
}

const errorOf = (call: Promise<unknown>): Promise<TransportError> =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(TransportError);
      return error as TransportError;
    },
  );
const inFolder = (root: string, folder: string): string[] => readdirSync(join(root, folder)).sort();

/** A small file system in memory; undefined, and the reason, where the machine does not allow it. */
function smallDisk(options: string): string | undefined {
  const folder = emptyFolder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (status !== 0) return undefined;
  onTestFinished(() => {
    spawnSync('umount', [folder]);
  });
  return folder;
}

describe('while another program holds a file', () => {
  it.each(HELD.flatMap((code) => [1, 2, 7].map((times) => [code, times] as const)))(
    '%s, %i times: the rename is tried again, and the set is handed over',
    async (code, times) => {
      const { clock, transport, fail, root } = setUp();
      const start = clock.now();
      fail('rename', code, times, TO_OUT);
      const result = await whileTimePasses(clock, transport.send(await slip(), attempt()));
      expect(result.state).toBe('handed-off');
      expect(inFolder(root, 'out')).toHaveLength(3);
      expect(clock.now()).toBeGreaterThan(start);
    },
  );

  it.each(HELD)(
    '%s for more than 30 seconds: storage.locked, not sent, to be tried later; nothing is left in out',
    async (code) => {
      const { clock, transport, fail, heal, root } = setUp();
      const start = clock.now();
      fail('rename', code, Number.POSITIVE_INFINITY, /UPHOSOKU/);
      const message = await slip();
      const error = await errorOf(whileTimePasses(clock, transport.send(message, attempt())));
      expect(error).toMatchObject({ code: 'storage.locked', outcome: 'not-sent', retry: 'backoff' });
      expect(clock.now() - start).toBeGreaterThanOrEqual(28_000);
      for (const folder of ['out', 'manifests', 'state/sending', 'state/staged'])
        expect(inFolder(root, folder)).toEqual([]);
      heal();
      expect(await transport.send(message, attempt())).toMatchObject({ state: 'handed-off', duplicate: false });
    },
  );

  it('and what was renamed cannot be taken back: unknown, and the next attempt carries it to its end', async () => {
    const { clock, transport, disk, root } = setUp();
    const message = await slip();
    let back = 0;
    const sticky: Disk = {
      ...disk,
      async rename(from, to) {
        if (/UPHOSOKU/.test(to) || (/staged/.test(to) && ++back > 0)) throw diskTrouble('EBUSY');
        return nodeDisk.rename(from, to);
      },
    };
    const held = folderTransport({ root, clock, disk: sticky });
    const error = await errorOf(whileTimePasses(clock, held.send(message, attempt())));
    expect(error).toMatchObject({ code: 'storage.locked', outcome: 'unknown', retry: 'backoff' });
    expect(back).toBe(1);
    expect(inFolder(root, 'out')).toHaveLength(2);
    expect(inFolder(root, 'manifests')).toEqual([]);
    expect(await transport.send(message, attempt())).toMatchObject({ state: 'handed-off', duplicate: true });
    expect(inFolder(root, 'out')).toHaveLength(3);
    expect(inFolder(root, 'manifests')).toHaveLength(1);
  });

  it('the caller gives up: aborted, not sent, nothing is left in out', async () => {
    const { clock, transport, fail, root } = setUp();
    fail('rename', 'EBUSY', Number.POSITIVE_INFINITY, /UPHOSOKU/);
    const controller = new AbortController();
    const call = errorOf(transport.send(await slip(), attempt({ signal: controller.signal })));
    while (clock.waiting.length === 0) await clock.advance(0);
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
    expect(inFolder(root, 'out')).toEqual([]);
  });

  it('a received file stays where it lies and is moved at a later look; it is not listed again', async () => {
    const { root, clock } = setUp();
    const { disk, fail, heal } = faultyDisk();
    const receiver = folderTransport({ root, clock, disk });
    mkdirSync(join(root, 'in'));
    for (const { name } of (await slip(3)).parts) writeFileSync(join(root, 'in', name), name);
    await receiver.list({}, attempt());
    await clock.advance(2000);
    const [entry] = (await receiver.list({}, attempt())).items;
    fail('rename', 'EBUSY', Number.POSITIVE_INFINITY, /UPPLAN/);
    await receiver.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
    expect(inFolder(root, 'in')).toHaveLength(1);
    expect((await receiver.list({}, attempt())).items).toEqual([]);
    heal();
    expect((await receiver.list({}, attempt())).items).toEqual([]);
    expect(inFolder(root, 'done')).toHaveLength(3);
  });
});

describe('where the places are on several disks', () => {
  /** A disk that is another one on the far side of these renames, and from which nothing can be taken away. */
  const apart = (from: RegExp): Disk => ({
    ...nodeDisk,
    async rename(a, b) {
      if (from.test(a)) throw diskTrouble('EXDEV');
      return nodeDisk.rename(a, b);
    },
    async remove(path) {
      if (from.test(path)) throw diskTrouble('EACCES');
      return nodeDisk.remove(path);
    },
  });

  it('a received file that cannot be taken away is not copied to done at every look', async () => {
    const root = emptyFolder();
    const clock = manualClock();
    const receiver = folderTransport({ root, clock, disk: apart(/[\\/]in[\\/]/) });
    mkdirSync(join(root, 'in'));
    for (const { name } of (await slip(3)).parts) writeFileSync(join(root, 'in', name), name);
    await receiver.list({}, attempt());
    await clock.advance(2000);
    const [entry] = (await receiver.list({}, attempt())).items;
    await receiver.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
    for (let n = 0; n < 3; n++) expect((await receiver.list({}, attempt())).items).toEqual([]);
    expect(inFolder(root, 'in')).toHaveLength(3);
    expect(inFolder(root, 'done')).toEqual([]);
  });

  it('a set whose staged files cannot be taken away leaves nothing in out', async () => {
    const root = emptyFolder();
    const transport = folderTransport({ root, disk: apart(/staged[\\/][^\\/]+[\\/]/) });
    const error = await errorOf(transport.send(await slip(), attempt()));
    expect(error).toMatchObject({ code: 'storage.io', outcome: 'not-sent' });
    expect(inFolder(root, 'out')).toEqual([]);
  });
});

describe('on a share whose answers get lost', () => {
  it('a set of which the manifest is in its place is not taken back: unknown, and then the same message', async () => {
    const { root, clock, disk } = setUp();
    let lost = 1;
    const share: Disk = {
      ...disk,
      async rename(from, to) {
        await nodeDisk.rename(from, to);
        if (/manifests/.test(to) && lost-- > 0) throw diskTrouble('EIO');
      },
    };
    const transport = folderTransport({ root, clock, disk: share });
    const message = await slip();
    expect(await errorOf(transport.send(message, attempt()))).toMatchObject({ code: 'storage.io', outcome: 'unknown' });
    expect(await transport.send(message, attempt())).toMatchObject({ state: 'handed-off', duplicate: true });
    expect(inFolder(root, 'out')).toHaveLength(3);
  });
});

describe('two processes that send at once by one folder', () => {
  it('never both hand over one serial: what lies in out is whole, and of the one that was told so', async () => {
    for (let n = 0; n < 20; n++) {
      const root = emptyFolder();
      const texts = ['of the first', 'of the second'];
      const messages = await Promise.all(texts.map((text) => slip(n, text)));
      const sent = await Promise.all(
        messages.map((message) =>
          folderTransport({ root })
            .send(message, attempt())
            .then(
              () => true,
              (error: TransportError) => {
                expect(error.code).toBe('serial.conflict');
                return false;
              },
            ),
        ),
      );
      const lie = inFolder(root, 'out').map((name) => readFileSync(join(root, 'out', name), 'utf8'));
      const kinds = new Set(lie.map((text) => text.slice(text.indexOf(',') + 1, -2)));
      expect([...kinds]).toEqual(expect.arrayContaining(texts.filter((_, i) => sent[i])));
      expect([kinds.size, lie.length, inFolder(root, 'manifests').length]).toEqual(
        kinds.size === 0 ? [0, 0, 0] : [1, 3, 1],
      );
    }
  });
});

describe('a root that cannot be', () => {
  it.each(['a file', 'a name too long'])('%s: storage.io, a person must act', async (kind) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'file'), '');
    const root = kind === 'a file' ? join(folder, 'file') : join(folder, 'x'.repeat(300));
    const error = await errorOf(folderTransport({ root }).send(await slip(), attempt()));
    expect(error).toMatchObject({ code: 'storage.io', outcome: 'not-sent', retry: 'after-person' });
  });
});

describe('when one call of the file system fails', () => {
  const found = async (root: string) => {
    const receiver = folderTransport({
      root: emptyFolder(),
      in: join(root, 'out'),
      inManifests: join(root, 'manifests'),
    });
    return (await receiver.list({}, attempt())).items.map(({ parts }) => parts);
  };

  it.each([
    ['ENOSPC', 'storage.full', 'backoff'],
    ['EIO', 'storage.io', 'backoff'],
    ['EROFS', 'storage.io', 'after-person'],
  ])(
    '%s at whichever: %s, %s; not sent is nothing, and the client brings it there once',
    async (code, expected, retry) => {
      const outcomes = new Set<string>();
      let failed = 0;
      for (let n = 0; n === failed; n++) {
        const { root, clock, disk, calls } = setUp();
        for (const folder of ['out', 'manifests']) mkdirSync(join(root, folder));
        let thrown = false;
        let armed = true;
        const once = Object.fromEntries(
          Object.entries(disk).map(([name, call]) => [
            name,
            async (...args: never[]) => {
              if (armed && calls.length === n && !thrown) {
                thrown = true;
                throw diskTrouble(code);
              }
              return (call as (...given: never[]) => Promise<unknown>)(...args);
            },
          ]),
        ) as unknown as Disk;
        const transport: Transport = folderTransport({ root, clock, disk: once });
        const message = await slip();
        const error: unknown = await transport.send(message, attempt()).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        armed = false;
        if (thrown) failed++;
        if (error) {
          expect(error).toMatchObject({ code: expected, retry });
          outcomes.add((error as TransportError).outcome);
          if ((error as TransportError).outcome === 'not-sent') expect(await found(root)).toEqual([]);
        }
        await transportClient(transport, { clock }).send(message);
        expect(await found(root)).toEqual([3]);
      }
      expect(failed).toBeGreaterThan(15);
      expect([...outcomes]).toContain('not-sent');
    },
  );
});

describe('on a disk', () => {
  it('that is full: storage.full, not sent, nothing is left; a smaller set still goes', async ({ skip }) => {
    const root = smallDisk('size=256k');
    if (root === undefined) return skip('the machine does not allow to mount a small disk');
    const transport = folderTransport({ root });
    const message = await slip(1, 'x'.repeat(120_000));
    const error = await errorOf(transport.send(message, attempt()));
    expect(error).toMatchObject({ code: 'storage.full', outcome: 'not-sent', retry: 'backoff' });
    for (const folder of ['out', 'manifests', 'state/sending', 'state/staged'])
      expect(inFolder(root, folder)).toEqual([]);
    await transport.send(await slip(2), attempt());
    expect(inFolder(root, 'out')).toHaveLength(3);
  });

  it('that is read-only: storage.io, not sent, a person must act', async ({ skip }) => {
    const root = smallDisk('ro');
    if (root === undefined) return skip('the machine does not allow to mount a read-only disk');
    const error = await errorOf(folderTransport({ root }).send(await slip(), attempt()));
    expect(error).toMatchObject({ code: 'storage.io', outcome: 'not-sent', retry: 'after-person' });
  });

  it('where it has no right to write: storage.io, not sent, a person must act', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('the rights of folders do not bind this user');
    const root = emptyFolder();
    chmodSync(root, 0o555);
    const error = await errorOf(folderTransport({ root }).send(await slip(), attempt()));
    expect(error).toMatchObject({ code: 'storage.io', outcome: 'not-sent', retry: 'after-person' });
  });
});

describe('a name that is taken in out', () => {
  it('in whatever letter case, by whatever program, is a conflict that names the next serial; the file stays', async () => {
    const { root, transport } = setUp();
    const message = await slip(59);
    mkdirSync(join(root, 'out'));
    const name = message.parts[1]?.name.toLowerCase() ?? '';
    writeFileSync(join(root, 'out', name), 'of another program');
    const error = await errorOf(transport.send(message, attempt()));
    expect(error).toMatchObject({ code: 'serial.conflict', outcome: 'rejected', retry: 'after-person' });
    expect(error.nextSerial).toBe('20261125100100');
    expect(inFolder(root, 'out')).toEqual([name]);
  });
});
