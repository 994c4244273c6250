import { describe, expect, it } from 'vitest';
import { fileJournalStore } from '../../src/transport/outbox/index.js';
import { everythingSaid } from '../../src/transport/testing/assert.js';
import { frailDisk, powerDisk } from '../support/power-disk.js';

const path = '/office/outbox';
const LONG = 'x'.repeat(10_000);
const CODES = { ENOSPC: 'storage.full', EIO: 'storage.io', EROFS: 'storage.io' } as const;

/** One short text in the place of another, a long one, and one that goes. */
const change = (store: Awaited<ReturnType<typeof fileJournalStore>>, text: string) =>
  store.transact(async (t) => {
    await t.set('short', text);
    await t.set('long', text + LONG);
    await t.delete('gone');
  });

async function prepared() {
  const power = powerDisk();
  const frail = frailDisk(power.disk);
  const store = await fileJournalStore({ path, disk: frail.disk });
  await store.transact((t) => t.set('gone', 'there'));
  await change(store, 'before');
  return { ...power, frail, store };
}

/** What a process finds that opens the journal anew. */
async function found({ disk, bury }: { disk: Parameters<typeof frailDisk>[0]; bury: () => void }): Promise<string> {
  bury();
  const store = await fileJournalStore({ path, disk });
  const [short, long] = await store.transact(async (t) => [await t.get('short'), await t.get('long')]);
  expect(long).toBe(short + LONG);
  await store.close();
  return short ?? '';
}

describe('a transaction of which one call of the disk fails', () => {
  it.each(Object.entries(CODES))(
    'with %s leaves all or nothing of it, and memory and disk agree',
    async (errno, code) => {
      const ends = new Set<string>();
      for (const half of [false, true]) {
        for (let at = 0; ; at++) {
          const all = await prepared();
          const { frail, store } = all;
          const before = frail.calls.length;
          frail.fail({ at, code: errno, half });
          const error = await change(store, 'after').catch((thrown: unknown) => thrown);
          const done = frail.calls.length - before <= at;
          frail.heal();
          if (error) {
            expect(error).toMatchObject({ code });
            expect(everythingSaid(error)).not.toContain('山田');
          }
          const next = await store.transact((t) => t.get('short')).catch((thrown: { code: string }) => thrown.code);
          // It goes on in the one state or the other, or it refuses to go on.
          expect(error ? ['before', code] : ['after']).toContain(next);
          if (next === 'before') {
            await change(store, 'once more');
            await store.close();
            expect(await found(all)).toBe('once more');
          } else {
            await store.close();
            expect(error ? ['before', 'after'] : ['after']).toContain(await found(all));
          }
          ends.add(`${error ? 'failed' : 'done'}, then ${next}`);
          if (done) break;
        }
      }
      expect([...ends].sort()).toEqual(['done, then after', 'failed, then before', `failed, then ${code}`]);
    },
  );

  it('refuses all further work after a failed fsync, until it is opened again', async () => {
    const all = await prepared();
    const from = all.frail.calls.length;
    await change(all.store, 'after');
    const at = all.frail.calls.slice(from).indexOf('fsync');
    all.frail.fail({ at, code: 'EIO' });
    await expect(change(all.store, 'lost')).rejects.toMatchObject({ code: 'storage.io' });
    all.frail.heal();
    await expect(change(all.store, 'more')).rejects.toMatchObject({ code: 'storage.io' });
    await expect(all.store.compact()).rejects.toMatchObject({ code: 'storage.io' });
    await all.store.close();
    // The next owner writes all anew, for what it reads may never have reached the device.
    const events: string[] = [];
    const next = await fileJournalStore({ path, disk: all.disk, onEvent: ({ type }) => events.push(type) });
    expect(events).toContain('taken-over');
    await next.close();
  });

  it('refuses all further work where half a record can be neither written nor taken back', async () => {
    const all = await prepared();
    const from = all.frail.calls.length;
    await change(all.store, 'after');
    const at = all.frail.calls.slice(from).indexOf('write');
    all.frail.fail({ at, code: 'ENOSPC', half: true }, { at: at + 1, code: 'EIO' });
    await expect(change(all.store, 'lost')).rejects.toMatchObject({ code: 'storage.io' });
    await expect(change(all.store, 'more')).rejects.toMatchObject({ code: 'storage.io' });
    await all.store.close();
    expect(await found(all)).toBe('after');
  });
});

describe('a compaction or an opening of which one call of the disk fails', () => {
  it('leaves the old journal or the new, and what is confirmed afterwards is there', async () => {
    for (const errno of ['ENOSPC', 'EIO']) {
      for (let at = 0; ; at++) {
        const all = await prepared();
        const before = all.frail.calls.length;
        all.frail.fail({ at, code: errno });
        const failed = await all.store.compact().then(
          () => false,
          () => true,
        );
        all.frail.heal();
        const went = await change(all.store, 'after').then(
          () => 'after',
          () => 'before',
        );
        if (!failed) expect(went).toBe('after');
        await all.store.close();
        expect(await found(all)).toBe(went);
        if (all.frail.calls.length - before <= at) break;
      }
      for (let at = 0; at < 12; at++) {
        const all = await prepared();
        await all.store.close();
        all.frail.fail({ at, code: errno });
        await fileJournalStore({ path, disk: all.frail.disk }).then(
          (store) => store.close(),
          (error: unknown) => expect(error).toMatchObject({ code: CODES[errno as keyof typeof CODES] }),
        );
        all.frail.heal();
        expect(await found(all)).toBe('before');
      }
    }
  });

  it('waits while another program holds a new file for a moment', async () => {
    const all = await prepared();
    const from = all.frail.calls.length;
    await all.store.compact();
    const at = all.frail.calls.slice(from).indexOf('rename');
    all.frail.fail({ at, code: 'EPERM' }, { at: at + 1, code: 'EBUSY' });
    await all.store.compact();
    await change(all.store, 'after');
    await all.store.close();
    expect(await found(all)).toBe('after');
  });
});
