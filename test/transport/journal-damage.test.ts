import { describe, expect, it } from 'vitest';
import {
  fileJournalStore,
  type JournalEvent,
  type JournalSeal,
  journalSeal,
  readJournal,
  repairJournal,
} from '../../src/transport/outbox/index.js';
import { keyToOpen } from '../support/office-keys.js';
import { powerDisk } from '../support/power-disk.js';

const path = '/office/outbox';
const seal = journalSeal(await keyToOpen('key-2026'));

interface Written {
  readonly name: string;
  readonly bytes: Buffer;
  /** Where each record ends, from the state that the file was made with on, and what all keys are there. */
  readonly ends: readonly { readonly at: number; readonly state: string }[];
  readonly values: ReadonlyMap<string, Buffer>;
}

/** A journal of a state of two keys and so many transactions. */
async function written(transactions: number, sealed: JournalSeal | undefined): Promise<Written> {
  const { disk, files } = powerDisk();
  const store = await fileJournalStore({ path, disk, ...(sealed ? { seal: sealed } : {}) });
  const model = new Map<string, string>();
  const ends: { at: number; state: string }[] = [];
  const values = new Map<string, Buffer>();
  const journal = () => [...files()].find(([name]) => name.includes('/journal.')) as [string, Buffer];
  const show = () => JSON.stringify([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
  const put = async (key: string, text: string | undefined) => {
    await store.transact((t) => (text === undefined ? t.delete(key) : t.set(key, text)));
    text === undefined ? model.delete(key) : model.set(key, text);
    ends.push({ at: journal()[1].length, state: show() });
    // Those too that are removed later: a file cut off before the record that replaced them still refers to them.
    for (const [file, content] of files()) if (file.includes('/values/')) values.set(file, content);
  };
  await put('lane/a', 'sealed');
  await put('lane/b', '居宅介護');
  await store.compact();
  ends.splice(0, 2, { at: journal()[1].length, state: show() });
  for (let i = 0; i < transactions; i++) {
    // One long text, which lies elsewhere; one key deleted and put again.
    await put(`m/${i % 3}`, i % 3 === 2 ? undefined : i === 3 ? '😀'.repeat(3000) : `計画 ${i}`);
    if (i % 3 === 1) await put('m/2', 'again');
  }
  await store.close();
  const [name, bytes] = journal();
  return { name, bytes, ends, values };
}

const diskWith = ({ name, values }: Written, bytes: Buffer) => {
  const power = powerDisk();
  power.put(name, bytes);
  for (const [file, content] of values) power.put(file, content);
  return power;
};

type Read = { readonly state: string; readonly dropped: number } | { readonly code: string; readonly offset?: number };

/** What the owner finds who opens it. */
async function opened(journal: Written, bytes: Buffer, sealed: JournalSeal | undefined): Promise<Read> {
  const { disk } = diskWith(journal, bytes);
  const events: JournalEvent[] = [];
  const onEvent = (event: JournalEvent) => events.push(event);
  try {
    const store = await fileJournalStore({ path, disk, onEvent, ...(sealed ? { seal: sealed } : {}) });
    const all = await store.transact(async (t) => {
      const found: [string, string | undefined][] = [];
      for (const key of await t.keys('')) found.push([key, await t.get(key)]);
      return found;
    });
    await store.close();
    const told = events.find(({ type }) => type === 'recovered');
    return { state: JSON.stringify(all), dropped: told?.type === 'recovered' ? told.droppedBytes : 0 };
  } catch (error) {
    const { code, offset } = error as { code: string; offset?: number };
    return { code, ...(offset === undefined ? {} : { offset }) };
  }
}

/** What an honest journal says of a file that ends at a place. */
const honest = ({ ends }: Written, at: number): Read => {
  const last = ends.filter((end) => end.at <= at).at(-1);
  return last ? { state: last.state, dropped: at - last.at } : { code: 'storage.damaged' };
};

/** Where the record begins in which a byte lies. */
const recordAt = (bytes: Buffer, at: number): number => (at < 1 ? 0 : bytes.lastIndexOf('\nJ1 ', at - 1) + 1);

describe.each([
  ['in the open', undefined],
  ['sealed', seal],
] as const)('a journal %s', (_, sealed) => {
  it('cut off anywhere in its tail is in the state of the last whole record, and tells what it dropped', async () => {
    const journal = await written(12, sealed);
    const { bytes, ends } = journal;
    const tail = ends.at(-9)?.at ?? 0;
    const last = ends.at(-2)?.at ?? 0;
    const places = new Set<number>();
    for (let at = bytes.length; at >= tail - 64; at -= 64) places.add(at);
    for (let at = bytes.length; at >= last; at--) places.add(at);
    for (const end of ends)
      for (const near of [-1, 0, 1, 31, 32, 33]) places.add(Math.min(end.at + near, bytes.length));
    let dropped = 0;
    for (const at of places) {
      const found = await opened(journal, bytes.subarray(0, at), sealed);
      const expected = honest(journal, at);
      expect([at, found]).toEqual([at, 'code' in expected ? { ...expected, offset: expect.any(Number) } : expected]);
      if ('dropped' in found && found.dropped > 0) dropped++;
    }
    expect(dropped).toBeGreaterThan(200);
  });

  it('cut off before the end of the state that it was made with is damaged', async () => {
    const journal = await written(0, sealed);
    for (let at = 0; at < journal.bytes.length; at += 16) {
      const found = await opened(journal, journal.bytes.subarray(0, at), sealed);
      expect(found).toEqual({ code: 'storage.damaged', offset: expect.any(Number) });
    }
  });

  it('with zeros in the place of what was written last is in the state before, and tells it', async () => {
    const journal = await written(4, sealed);
    const { bytes, ends } = journal;
    const [before, end] = [ends.at(-2)?.at ?? 0, ends.at(-1)?.at ?? 0];
    for (let from = before; from < end; from += 5) {
      const zeroed = Buffer.from(bytes).fill(0, from);
      const found = await opened(journal, zeroed, sealed);
      expect([from, found]).toEqual([from, { state: ends.at(-2)?.state, dropped: end - before }]);
    }
    // Also where the file was made longer first; but not where a record that was confirmed is among them.
    const longer = Buffer.concat([bytes, Buffer.alloc(3000)]);
    expect(await opened(journal, longer, sealed)).toEqual({ state: ends.at(-1)?.state, dropped: 3000 });
    const hole = Buffer.from(bytes).fill(0, ends.at(-3)?.at, ends.at(-2)?.at);
    expect(await opened(journal, hole, sealed)).toEqual({ code: 'storage.damaged', offset: ends.at(-3)?.at });
  });
});

describe('a journal of which one bit is another', () => {
  const flip = (bytes: Buffer, bit: number): Buffer => {
    const other = Buffer.from(bytes);
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return other;
  };

  it('is damaged, and says in which record, whichever bit it is', async () => {
    const journal = await written(1, undefined);
    const { bytes } = journal;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const { disk } = diskWith(journal, flip(bytes, bit));
      const found = await readJournal({ path, disk }).then(
        () => 'read',
        (error: { code: string; offset?: number }) => `${error.code} ${error.offset}`,
      );
      const expected = `storage.damaged ${recordAt(bytes, bit >> 3)}`;
      if (found !== expected) expect([bit, found]).toEqual([bit, expected]);
    }
  }, 30_000);

  it('is damaged, sealed or large or with another owner that opens it, at a sample of its bits', async () => {
    const sealedOne = await written(6, seal);
    const large = await written(60, undefined);
    for (const [journal, with_, step] of [
      [sealedOne, seal, 1997],
      [large, undefined, 3001],
    ] as const) {
      for (let bit = 0; bit < journal.bytes.length * 8; bit += step) {
        const found = await opened(journal, flip(journal.bytes, bit), with_);
        const offset = recordAt(journal.bytes, bit >> 3);
        expect([bit, found]).toEqual([bit, { code: 'storage.damaged', offset }]);
      }
    }
  });

  it('in a side file is damaged when that text is read, and nothing else is', async () => {
    const journal = await written(5, undefined);
    const [[name, content] = ['', Buffer.alloc(0)]] = journal.values;
    for (const wrong of [flip(content, 0), flip(content, 12_345), content.subarray(1), Buffer.alloc(0), undefined]) {
      const { disk, put } = diskWith({ ...journal, values: new Map() }, journal.bytes);
      put(wrong ? name : `${path}/values/none`, wrong ?? Buffer.alloc(0));
      const reader = await readJournal({ path, disk });
      await expect(reader.get('m/0')).rejects.toMatchObject({ code: 'storage.damaged' });
      expect(await reader.get('lane/b')).toBe('居宅介護');
      const store = await fileJournalStore({ path, disk });
      await expect(store.transact((t) => t.get('m/0'))).rejects.toMatchObject({ code: 'storage.damaged' });
      await store.transact((t) => t.delete('m/0'));
      await store.close();
    }
  });
});

describe('what stands in the place of a journal', () => {
  it('records in another order, twice, or of another journal are damaged', async () => {
    const journal = await written(4, undefined);
    const other = await written(4, seal);
    const { bytes, ends } = journal;
    const [a, b, c, d] = ends.slice(-4).map(({ at }) => at) as [number, number, number, number];
    const part = (from: number, to: number) => bytes.subarray(from, to);
    const wrong: [string, Buffer, number][] = [
      ['swapped', Buffer.concat([part(0, a), part(b, c), part(a, b), part(c, d)]), a],
      ['twice', Buffer.concat([part(0, b), part(a, d)]), b],
      ['left out', Buffer.concat([part(0, a), part(b, d)]), a],
      [
        'of another',
        Buffer.concat([part(0, a), other.bytes.subarray(other.ends.at(-4)?.at, other.ends.at(-3)?.at)]),
        a,
      ],
      ['of an editor', Buffer.from(bytes.toString().replaceAll('\n', '\r\n')), 0],
    ];
    for (const [what, content, offset] of wrong) {
      expect([what, await opened(journal, content, undefined)]).toEqual([what, { code: 'storage.damaged', offset }]);
    }
  });

  it('no journal where values lie is damaged, and nothing is removed', async () => {
    const journal = await written(5, undefined);
    const power = powerDisk();
    for (const [file, content] of journal.values) power.put(file, content);
    power.put(`${path}/note.txt`, Buffer.alloc(0));
    await expect(fileJournalStore({ path, disk: power.disk })).rejects.toMatchObject({ code: 'storage.damaged' });
    for (const file of journal.values.keys()) expect(power.files().has(file)).toBe(true);
  });
});

describe('a repair', () => {
  it('takes what is whole up to the damage, keeps the original, and says what is lost', async () => {
    const journal = await written(5, undefined);
    const { ends, bytes, name } = journal;
    const kept = 2;
    const offset = ends[kept]?.at ?? 0;
    const damaged = Buffer.from(bytes);
    damaged[offset + 40] = 0x7e;
    const { disk, files } = diskWith(journal, damaged);
    await expect(fileJournalStore({ path, disk })).rejects.toMatchObject({ code: 'storage.damaged', offset });
    const found = await repairJournal({ path, disk });
    const lines = bytes.subarray(offset).toString().split('\n').length - 1;
    expect(found).toMatchObject({ damagedAt: offset, lostBytes: bytes.length - offset, lostRecords: lines });
    expect(found.damagedKeys).toEqual([]);
    expect(files().get(`${found.aside}/${name.split('/').at(-1)}`)).toEqual(damaged);
    // The long text that only a lost record refers to lies there too.
    expect([...files().keys()].filter((file) => file.startsWith(`${found.aside}/values/`))).toHaveLength(1);
    const reader = await readJournal({ path, disk });
    const state: [string, string | undefined][] = [];
    for (const key of await reader.keys('')) state.push([key, await reader.get(key)]);
    expect(JSON.stringify(state)).toBe(ends[kept]?.state);
    const store = await fileJournalStore({ path, disk });
    await store.transact((t) => t.set('and', 'on'));
    await store.close();
    expect(await repairJournal({ path, disk })).toMatchObject({ lostBytes: 0, lostRecords: 0 });
  });

  it('changes nothing where nothing is damaged, names the keys whose files are, and cannot mend a head', async () => {
    const journal = await written(5, undefined);
    const whole = diskWith({ ...journal, values: new Map() }, journal.bytes);
    whole.put(`${path}/values/none`, Buffer.alloc(0));
    const before = whole.files().get(journal.name);
    const found = await repairJournal({ path, disk: whole.disk });
    expect(found).toMatchObject({ lostBytes: 0, damagedKeys: ['m/0'] });
    expect(whole.files().get(journal.name)).toEqual(before);
    const headless = Buffer.from(journal.bytes);
    headless[3] = 0x31;
    const { disk, files } = diskWith(journal, headless);
    await expect(repairJournal({ path, disk })).rejects.toMatchObject({ code: 'storage.damaged', offset: 0 });
    expect(files().get(journal.name)).toEqual(headless);
  });
});
