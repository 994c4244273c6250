import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileJournalStore, journalDisk, journalSeal, readJournal } from '../../src/transport/outbox/index.js';
import { emptyFolder } from '../support/fixtures.js';
import { keyToOpen, together } from '../support/office-keys.js';

const LOCKED = { code: 'storage.locked', outcome: 'not-sent', retry: 'backoff' };
const GONE = JSON.stringify({ host: hostname(), pid: 999_999_999 });
const lockIn = (path: string) => join(path, readdirSync(path).find((name) => /^lock\.[0-9]+$/.test(name)) ?? 'no lock');

describe('the lock of a journal', () => {
  it('of a process that is gone is taken over by one of many that try at once', async () => {
    const path = join(emptyFolder(), 'outbox');
    const first = await fileJournalStore({ path });
    await first.transact((t) => t.set('key', 'confirmed'));
    writeFileSync(lockIn(path), GONE);
    const all = await Promise.allSettled(Array.from({ length: 12 }, () => fileJournalStore({ path })));
    const won = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won).toHaveLength(1);
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject(LOCKED);
    expect(await won[0]?.transact((t) => t.get('key'))).toBe('confirmed');
    // Who was given up for dead and is not writes nothing any more, and knows it.
    await expect(first.transact((t) => t.set('key', 'late'))).rejects.toMatchObject(LOCKED);
    await first.close();
    await won[0]?.transact((t) => t.set('more', ''));
    await won[0]?.close();
    expect(await (await readJournal({ path })).get('key')).toBe('confirmed');
  });

  it('that is lost while a record is written leaves it unconfirmed, and the journal of the new owner whole', async () => {
    const path = join(emptyFolder(), 'outbox');
    let atWrite: (() => Promise<void>) | undefined;
    const disk = {
      ...journalDisk,
      async open(name: string) {
        const file = await journalDisk.open(name);
        return {
          ...file,
          async write(bytes: Uint8Array, at: number) {
            await atWrite?.();
            await file.write(bytes, at);
          },
        };
      },
    };
    const first = await fileJournalStore({ path, disk });
    await first.transact((t) => t.set('key', 'confirmed'));
    let second: Awaited<ReturnType<typeof fileJournalStore>> | undefined;
    atWrite = async () => {
      writeFileSync(lockIn(path), GONE);
      second = await fileJournalStore({ path });
      await second.transact((t) => t.set('key', 'of the new owner'));
    };
    await expect(first.transact((t) => t.set('key', 'late'))).rejects.toMatchObject(LOCKED);
    await expect(first.compact()).rejects.toMatchObject(LOCKED);
    await first.close();
    await second?.close();
    expect(await (await readJournal({ path })).get('key')).toBe('of the new owner');
  });

  it('that is old and not touched while it is watched is taken over; one that is touched is not', async () => {
    const path = join(emptyFolder(), 'outbox');
    const alive = await fileJournalStore({ path });
    const lock = lockIn(path);
    const old = () => utimesSync(lock, new Date(0), new Date(Date.now() - 200));
    const watched = (touch: () => void) => ({
      now: () => Date.now(),
      sleep: async () => touch(),
    });
    old();
    const touching = watched(() => utimesSync(lock, new Date(), new Date()));
    await expect(fileJournalStore({ path, clock: touching, lock: { staleMs: 100 } })).rejects.toMatchObject(LOCKED);
    old();
    const next = await fileJournalStore({ path, clock: watched(() => {}), lock: { staleMs: 100 } });
    await expect(alive.transact(async () => {})).rejects.toMatchObject(LOCKED);
    await next.close();
    await alive.close();
  });

  it('is waited for until it is free, until the time is over, or until a signal', async () => {
    const path = join(emptyFolder(), 'outbox');
    const first = await fileJournalStore({ path });
    await expect(fileJournalStore({ path, lock: { waitMs: 120 } })).rejects.toMatchObject(LOCKED);
    const stop = new AbortController();
    const waiting = fileJournalStore({ path, lock: { waitMs: 600_000, signal: stop.signal } });
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const next = fileJournalStore({ path, lock: { waitMs: 600_000 } });
    await first.close();
    await (await next).close();
  });

  it('taken away by hand does not let numbers begin again', async () => {
    const path = join(emptyFolder(), 'outbox');
    for (const text of ['1', '2', '3']) {
      const store = await fileJournalStore({ path });
      await store.transact((t) => t.set('key', text));
      await store.compact();
      await store.close();
    }
    for (const name of readdirSync(path)) if (name.startsWith('lock.')) await journalDisk.remove(join(path, name));
    const store = await fileJournalStore({ path });
    await store.transact((t) => t.set('key', '4'));
    await store.compact();
    await store.close();
    expect(await (await readJournal({ path })).get('key')).toBe('4');
  });
});

describe('a journal beside its owner', () => {
  it('is read without its lock, whole records only', async () => {
    const path = join(emptyFolder(), 'outbox');
    const owner = await fileJournalStore({ path });
    await owner.transact(async (t) => {
      await t.set('a', 'short');
      await t.set('b', 'long'.repeat(5000));
    });
    const reader = await readJournal({ path });
    expect([await reader.keys(''), await reader.get('a'), reader.transactions]).toEqual([['a', 'b'], 'short', 1]);
    await owner.transact((t) => t.set('b', 'new'.repeat(5000)));
    expect(await reader.get('b')).toBe('new'.repeat(5000));
    await owner.compact();
    await owner.transact((t) => t.delete('b'));
    expect(await reader.get('b')).toBeUndefined();
    const journal = readdirSync(path).find((name) => name.startsWith('journal.')) ?? '';
    writeFileSync(join(path, journal), 'J1 00000', { flag: 'a' });
    expect(await (await readJournal({ path })).keys('')).toEqual(['a']);
    await expect(reader.get('wrong key')).rejects.toMatchObject({ code: 'config' });
    await expect(readJournal({ path: join(path, 'nowhere') })).rejects.toMatchObject({ code: 'config' });
    await owner.close();
  });
});

describe('a sealed journal', () => {
  it('shows nothing of keys and texts, for its owner alone', async () => {
    const path = join(emptyFolder(), 'outbox');
    const store = await fileJournalStore({ path, seal: journalSeal(await keyToOpen('k')) });
    await store.transact(async (t) => {
      await t.set('dedup/0370100105', '山田花子');
      await t.set('body', `0370200210${'山田花子'.repeat(2000)}`);
    });
    await store.compact();
    await store.close();
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
    for (const file of [path, ...files]) {
      const { mode } = statSync(file);
      const isFolder = statSync(file).isDirectory();
      if (process.platform !== 'win32') expect([file, mode & 0o777]).toEqual([file, isFolder ? 0o700 : 0o600]);
      if (!isFolder) expect(readFileSync(file, 'utf8')).not.toMatch(/山田|0370|dedup/);
    }
  });

  it('is opened by the keys that it was sealed for, and by a new one from the next compaction on', async () => {
    const path = join(emptyFolder(), 'outbox');
    const [old, fresh, other] = [await keyToOpen('old'), await keyToOpen('new', 'RSA-OAEP-256'), await keyToOpen('x')];
    const open = (keys: typeof old) => fileJournalStore({ path, seal: journalSeal(keys) });
    let store = await open(old);
    await store.transact((t) => t.set('key', 'text'.repeat(3000)));
    await store.close();
    await expect(open(other)).rejects.toMatchObject({ code: 'key.unknown' });
    await expect(fileJournalStore({ path })).rejects.toMatchObject({ code: 'config' });
    store = await open(together(old, fresh));
    await store.compact();
    await store.close();
    store = await open(fresh);
    expect(await store.transact((t) => t.get('key'))).toBe('text'.repeat(3000));
    await store.close();
    // A key that is not valid any more opens what it opened, and seals nothing new.
    const expired = { ...fresh, publicKeys: fresh.publicKeys.map((key) => ({ ...key, notAfter: 0 })) };
    store = await open(expired);
    await store.compact();
    await store.close();
    const elsewhere = fileJournalStore({ path: join(emptyFolder(), 'outbox'), seal: journalSeal(expired) });
    await expect(elsewhere).rejects.toMatchObject({ code: 'key.unknown' });
  });
});
