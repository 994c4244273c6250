import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { deflateSync, inflateSync, strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isWholeTransmission, transmissionName } from '../../src/index.js';
import {
  type Disk,
  type FolderOptions,
  folderTransport,
  type LeftFile,
  nodeDisk,
} from '../../src/transport/folder/index.js';
import { unpackZip, ZipFault } from '../../src/transport/folder/zip-read.js';
import { manualClock } from '../../src/transport/testing/index.js';
import { bytesOf, latin1 } from '../support/damage.js';
import { emptyFolder } from '../support/fixtures.js';
import { IMAGE, preventive } from '../support/preventive.js';
import { attempt, serialOf, slip, slipFiles } from '../support/slips.js';
import { endRecord, headless, type RawEntry, rawZip, u16, u64 } from '../support/zips.js';

/** A folder in which a person lays files, and what is found there. */
function setUp(options: Partial<FolderOptions> = {}) {
  const root = emptyFolder();
  const clock = manualClock();
  let left: readonly LeftFile[] = [];
  const onLeft = (files: readonly LeftFile[]) => {
    left = files;
  };
  mkdirSync(join(root, 'in'), { recursive: true });
  const rules = { grouping: transmissionName, isWhole: isWholeTransmission };
  const transport = folderTransport({ root, clock, onLeft, ...rules, ...options });
  const look = async () => (await transport.list({}, attempt())).items;
  return {
    root,
    clock,
    transport,
    look,
    lay: (name: string, bytes: string | Uint8Array = name) => writeFileSync(join(root, 'in', name), bytes),
    /** What is whole after it lay there for two seconds. */
    async settled() {
      await look();
      await clock.advance(2000);
      return look();
    },
    reasons: () => Object.fromEntries(left.map(({ name, reason }) => [name, reason])),
    names: (folder: string) => readdirSync(join(root, folder)).sort(),
  };
}
const FILES = slipFiles(serialOf(1));
const [PLAN = '', STATEMENT = '', SUPPLEMENT = ''] = FILES.map(({ name }) => name);
const layAll = ({ lay }: ReturnType<typeof setUp>) =>
  FILES.forEach(({ name, text }) => {
    lay(name, text);
  });

describe('a file that a person lays down', () => {
  it('is not taken while it grows, and is taken when it has looked the same for two seconds', async () => {
    const folder = setUp();
    layAll(folder);
    expect(await folder.look()).toEqual([]);
    await folder.clock.advance(1999);
    expect(await folder.look()).toEqual([]);
    appendFileSync(join(folder.root, 'in', PLAN), 'more');
    await folder.clock.advance(2000);
    expect(await folder.look()).toEqual([]);
    expect(folder.reasons()).toEqual({ [PLAN]: 'changing', [STATEMENT]: 'changing', [SUPPLEMENT]: 'changing' });
    await folder.clock.advance(2000);
    expect(await folder.look()).toHaveLength(1);
  });

  it('is not taken when it grows while it is read', async () => {
    let grows = true;
    const disk: Disk = {
      ...nodeDisk,
      async read(path) {
        if (!grows || !path.endsWith(PLAN)) return nodeDisk.read(path);
        const { bytes, before } = await nodeDisk.read(path);
        appendFileSync(path, 'more');
        return { bytes, before, after: (await nodeDisk.mark(path)) ?? before };
      },
    };
    const folder = setUp({ disk });
    layAll(folder);
    expect(await folder.settled()).toEqual([]);
    expect(folder.reasons()[PLAN]).toBe('changing');
    grows = false;
    expect(await folder.settled()).toHaveLength(1);
  });

  it('that is replaced after it was listed is not given for what was listed', async () => {
    const folder = setUp();
    layAll(folder);
    const [entry] = await folder.settled();
    rmSync(join(folder.root, 'in', PLAN));
    folder.lay(PLAN, 'other');
    const expected = { code: 'integrity.wire', outcome: 'not-sent', retry: 'now' };
    await expect(folder.transport.fetch({ id: entry?.id ?? '' }, attempt())).rejects.toMatchObject(expected);
    await expect(
      folder.transport.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt()),
    ).rejects.toMatchObject(expected);
    expect(folder.names('in')).toHaveLength(3);
    expect((await folder.settled())[0]?.id).not.toBe(entry?.id);
  });

  it('is waited for while a browser still writes it', async () => {
    const folder = setUp();
    layAll(folder);
    folder.lay(`${PLAN}.crdownload`);
    expect(await folder.settled()).toEqual([]);
    rmSync(join(folder.root, 'in', `${PLAN}.crdownload`));
    expect(await folder.settled()).toHaveLength(1);
  });

  it('is taken with its set only when the set is whole, whatever the time', async () => {
    const folder = setUp();
    folder.lay(PLAN);
    folder.lay(STATEMENT);
    expect(await folder.settled()).toEqual([]);
    await folder.clock.advance(3_600_000);
    expect(await folder.look()).toEqual([]);
    expect(folder.reasons()).toEqual({ [PLAN]: 'incomplete', [STATEMENT]: 'incomplete' });
    folder.lay(SUPPLEMENT);
    expect(await folder.settled()).toMatchObject([{ parts: 3, serial: serialOf(1) }]);
  });

  it('is not taken without the image that it names, which completes its set however late it comes', async () => {
    const folder = setUp();
    const files = preventive();
    const image = files.find(({ name }) => name === IMAGE);
    for (const { name, bytes } of files) if (name !== IMAGE) folder.lay(name, bytes);
    expect(await folder.settled()).toEqual([]);
    await folder.clock.advance(3_600_000);
    expect(await folder.look()).toEqual([]);
    expect(new Set(Object.values(folder.reasons()))).toEqual(new Set(['incomplete']));
    folder.lay(IMAGE, image?.bytes);
    const [entry] = await folder.settled();
    expect(entry).toMatchObject({ parts: 6, serial: '20251120101500' });
    await folder.transport.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
    expect([folder.names('in'), folder.names('done')]).toEqual([[], files.map(({ name }) => name).sort()]);
  });

  it('is known by its standard name when it was renamed, and a copy of it is taken with it', async () => {
    const folder = setUp();
    layAll(folder);
    const copy = PLAN.replace('.CSV', ' (1).csv');
    folder.lay(copy, FILES[0]?.text);
    const [entry] = await folder.settled();
    const { files } = await folder.transport.fetch({ id: entry?.id ?? '' }, attempt());
    expect(files.map(({ name }) => name).sort()).toEqual([PLAN, STATEMENT, SUPPLEMENT].sort());
    await folder.transport.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
    expect(folder.names('done')).toEqual([PLAN, copy, STATEMENT, SUPPLEMENT].sort());
  });

  it.each(['lower case', 'copy'])(
    'whose name another has with other bytes (%s) makes the set unclear: neither is taken',
    async (how) => {
      const folder = setUp();
      layAll(folder);
      folder.lay(how === 'copy' ? PLAN.replace('.CSV', 'のコピー.CSV') : PLAN.toLowerCase(), 'other bytes');
      expect(await folder.settled()).toEqual([]);
      expect(new Set(Object.values(folder.reasons()))).toEqual(new Set(['unclear']));
      expect(folder.names('in')).toHaveLength(4);
    },
  );

  it('is looked at again when its set is fetched and acknowledged, and no file of another set is', async () => {
    const marked: string[] = [];
    let scans = 0;
    const disk: Disk = {
      ...nodeDisk,
      mark(path) {
        marked.push(basename(path));
        return nodeDisk.mark(path);
      },
      list(path) {
        if (basename(path) === 'in') scans++;
        return nodeDisk.list(path);
      },
    };
    const folder = setUp({ disk });
    for (let n = 1; n <= 5; n++) for (const { name, text } of slipFiles(serialOf(n))) folder.lay(name, text);
    const [entry] = await folder.settled();
    marked.length = scans = 0;
    await folder.transport.fetch({ id: entry?.id ?? '' }, attempt());
    await folder.transport.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
    expect([scans, marked.sort()]).toEqual([0, [...FILES, ...FILES].map(({ name }) => name).sort()]);
    expect([folder.names('in').length, folder.names('done').length]).toEqual([12, 3]);
    expect(readdirSync(join(folder.root, 'state', 'received'))).toEqual([expect.not.stringContaining('.open.')]);
    expect(await folder.look()).toHaveLength(4);
  });

  it('again after it was received is put aside beside the first, and does not come in twice', async () => {
    const folder = setUp();
    for (let n = 0; n < 2; n++) {
      layAll(folder);
      for (const { id } of await folder.settled())
        await folder.transport.acknowledge({ id }, { kind: 'delivered' }, attempt());
    }
    expect(folder.names('in')).toEqual([]);
    expect(folder.names('done')).toHaveLength(6);
    expect(folder.names('done')).toContain(PLAN.replace('.CSV', ' (2).CSV'));
  });

  it('that was refused lies in refused afterwards, byte for byte', async () => {
    const folder = setUp();
    layAll(folder);
    const [entry] = await folder.settled();
    await folder.transport.acknowledge(
      { id: entry?.id ?? '' },
      { kind: 'rejected', reasons: ['file.refused'] },
      attempt(),
    );
    expect(folder.names('refused')).toHaveLength(3);
    expect(readFileSync(join(folder.root, 'refused', PLAN), 'utf8')).toBe(FILES[0]?.text);
  });

  it('for another address stays where it lies', async () => {
    const folder = setUp({ addresses: [{ officeNumber: '0370200210', serviceType: '17' }] });
    layAll(folder);
    expect(await folder.settled()).toEqual([]);
    expect(new Set(Object.values(folder.reasons()))).toEqual(new Set(['other-mailbox']));
  });

  it('is waited for as long as ever when the clock is set back', async () => {
    const folder = setUp();
    layAll(folder);
    await folder.look();
    await folder.clock.advance(-2 * 3_600_000);
    expect(await folder.settled()).toHaveLength(1);
  });

  it('is not read where its name is none of the exchange: the folder may hold other downloads', async () => {
    const read: string[] = [];
    const disk: Disk = {
      ...nodeDisk,
      read(path) {
        read.push(basename(path));
        return nodeDisk.read(path);
      },
    };
    const folder = setUp({ disk });
    layAll(folder);
    folder.lay('film.mp4');
    expect(await folder.settled()).toHaveLength(1);
    expect(read.sort()).toEqual([...FILES.map(({ name }) => name)].sort());
    expect(folder.reasons()).toEqual({ 'film.mp4': 'name' });
  });

  it('that is a link, a folder, no name of the exchange, or has a hostile name is left, and never read', async () => {
    const read: string[] = [];
    const disk: Disk = {
      ...nodeDisk,
      read(path) {
        read.push(path);
        return nodeDisk.read(path);
      },
    };
    const folder = setUp({ disk });
    symlinkSync('/etc/hostname', join(folder.root, 'in', PLAN));
    mkdirSync(join(folder.root, 'in', STATEMENT));
    const hostile = ['CON.CSV', 'a\\b.CSV', `x\u202e${SUPPLEMENT}`, 'up\u0007.CSV'];
    for (const name of hostile) folder.lay(name);
    folder.lay('.DS_Store');
    expect(await folder.settled()).toEqual([]);
    expect(folder.reasons()).toEqual({
      [PLAN]: 'not-a-file',
      [STATEMENT]: 'not-a-file',
      ...Object.fromEntries(hostile.map((name) => [name, 'hostile'])),
    });
    expect(read).toEqual([]);
  });
});

describe('a manifest that another program wrote', () => {
  /** A folder that takes in by manifests, and one good message in it. */
  async function byManifest() {
    const [root, other] = [emptyFolder(), emptyFolder()];
    const sender = folderTransport({ root: other });
    await sender.send(await slip(1), attempt());
    const manifests = join(other, 'manifests');
    const [name = ''] = readdirSync(manifests);
    const value = JSON.parse(readFileSync(join(manifests, name), 'utf8')) as Record<string, unknown>;
    const folder = setUp({ root, in: join(other, 'out'), inManifests: manifests });
    const write = (changed: unknown, as = name) => writeFileSync(join(manifests, as), JSON.stringify(changed));
    return { folder, write, value, name, other };
  }

  it('is believed when it is about the message that its name says, and its files are as it says', async () => {
    const { folder, other } = await byManifest();
    expect(await folder.look()).toMatchObject([{ serial: serialOf(1), parts: 3 }]);
    appendFileSync(join(other, 'out', PLAN), 'x');
    expect(await folder.look()).toEqual([]);
    expect(folder.reasons()).toEqual({ [PLAN]: 'incomplete', [STATEMENT]: 'incomplete', [SUPPLEMENT]: 'incomplete' });
  });

  it.each<[string, (value: Record<string, unknown>) => unknown]>([
    ['is no object', () => 'x'],
    ['is of another version', (value) => ({ ...value, version: 2 })],
    ['has another id', (value) => ({ ...value, id: '01a211dd-42b2-768d-a618-ca5cbfd34598' })],
    ['is for another address', (value) => ({ ...value, to: { officeNumber: '0370200210', serviceType: '17' } })],
    ['has another serial', (value) => ({ ...value, serial: serialOf(2) })],
    ['has no files', (value) => ({ ...value, files: [] })],
    ['has files that are none', (value) => ({ ...value, files: [null] })],
    [
      'names a file elsewhere',
      (value) => ({ ...value, files: [{ name: '../../etc/hostname', kind: '', mediaType: '', sha256: '' }] }),
    ],
    ['names a ZIP elsewhere', (value) => ({ ...value, container: '..\\x.zip' })],
  ])('is not believed where it %s, and the others are', async (_, change) => {
    const { folder, write, value, name } = await byManifest();
    write(change(value));
    expect(await folder.look()).toEqual([]);
    write(value, name);
    expect(await folder.look()).toHaveLength(1);
  });
});

const zipOf = (files: Zippable) => zipSync(files, { mtime: new Date(Date.UTC(2026, 10, 25)) });
const filesAt = (prefix: string, files = FILES): Zippable =>
  Object.fromEntries(files.map(({ name, text }) => [`${prefix}${name}`, strToU8(text)]));

describe('a ZIP that a person lays down', () => {
  it('is taken in with its folders, by the names of its files', async () => {
    const folder = setUp();
    folder.lay('download.zip', zipOf({ ...filesAt('2026/11/'), 'readme.txt': strToU8('x') }));
    const [entry] = await folder.settled();
    expect(entry).toMatchObject({ parts: 3, serial: serialOf(1) });
    await folder.transport.acknowledge({ id: entry?.id ?? '' }, { kind: 'delivered' }, attempt());
    expect(folder.names('done')).toEqual(['download.zip']);
  });

  it('with several transmissions stays until all of them are received', async () => {
    const folder = setUp();
    folder.lay('download.zip', zipOf({ ...filesAt(''), ...filesAt('', slipFiles(serialOf(2))) }));
    const entries = await folder.settled();
    expect(entries.map(({ serial }) => serial)).toEqual([serialOf(1), serialOf(2)]);
    for (const [n, { id }] of entries.entries()) {
      await folder.transport.acknowledge({ id }, { kind: 'delivered' }, attempt());
      expect(folder.names('in')).toEqual(n === 0 ? ['download.zip'] : []);
      expect(await folder.look()).toHaveLength(1 - n);
    }
  });

  const X: RawEntry = { name: 'x.CSV', content: 'x' };
  const LIMITS = { maxEntries: 5, maxFileSize: 1000, maxTotalSize: 2000 };
  const faultOf = (bytes: Uint8Array): string => {
    try {
      return unpackZip(bytes, LIMITS)
        .map(({ name }) => name)
        .join();
    } catch (error) {
      return error instanceof ZipFault ? error.reason : 'something else';
    }
  };

  it.each([
    ['leaves its folder', '../x.CSV'],
    ['leaves its folder in the middle', 'a/../../x.CSV'],
    ['is absolute', '/etc/x.CSV'],
    ['has a drive', 'C:/x.CSV'],
    ['has a backslash', '..\\x.CSV'],
    ['is a device', 'a/NUL.CSV'],
    ['has an empty part', 'a//x.CSV'],
  ])('is refused where a path %s', (_, path) => {
    expect(faultOf(zipOf({ [path]: strToU8('x') }))).toBe('zip');
  });

  it('is refused where it is too much: entries, bytes of one, bytes of all', () => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`${n}.CSV`, strToU8('x')]));
    expect(faultOf(zipOf(many))).toBe('too-large');
    expect(faultOf(zipOf({ 'x.CSV': new Uint8Array(1001) }))).toBe('too-large');
    expect(
      faultOf(zipOf({ 'x.CSV': new Uint8Array(1000), 'y.CSV': new Uint8Array(1000), 'z.CSV': strToU8('x') })),
    ).toBe('too-large');
    expect(faultOf(zipOf({ 'x.CSV': new Uint8Array(1000), 'y.CSV': new Uint8Array(1000) }))).toBe('x.CSV,y.CSV');
  });

  it('that lies about the size of an entry is refused, and gives no more memory than it declares', () => {
    const bytes = zipOf({ 'x.CSV': new Uint8Array(10_000_000) });
    const at = bytes.length - 22 - 46 - 5;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    for (const size of [10, 999, 1000]) {
      view.setUint32(at + 24, size, true);
      expect(faultOf(bytes)).toBe('zip');
    }
  });

  it('whose entries all inflate without end, out of a few bytes, is refused before they do', () => {
    const packed = deflateSync(new Uint8Array(64_000_000), { level: 9 });
    const data = latin1(packed);
    const entries = Array.from({ length: 5 }, (_, n) => ({ name: `${n}.CSV`, data, size: 1, crc: 0, offset: 0 }));
    const bomb = rawZip(entries);
    const timeOf = (run: () => void) => {
      const start = performance.now();
      run();
      return performance.now() - start;
    };
    // A thousandth of the time is expected.
    const whole = timeOf(() => inflateSync(packed));
    expect(timeOf(() => expect(faultOf(bomb)).toBe('zip'))).toBeLessThan(whole / 5);
  });

  it('that is encrypted is refused', () => {
    const bytes = zipOf({ 'x.CSV': strToU8('x') });
    bytes[bytes.length - 22 - 46 - 5 + 8] = 1;
    expect(faultOf(bytes)).toBe('zip');
  });

  it.each([
    ['is split', rawZip([X], { end: (list, at) => endRecord(1, list.length, at).replace('\0\0', '\x01\0') })],
    ['is a ZIP64', rawZip([{ ...X, size: 0xffffffff, extra: u16(1) + u16(8) + u64(1) }])],
    ['has more entries than it says', rawZip([X, X], { end: (list, at) => endRecord(1, list.length, at) })],
    ['has something before it', bytesOf(`#!/bin/sh\n${latin1(rawZip([X]))}`)],
    ['lacks its list of contents', headless(rawZip([X]))],
    ['holds a link', rawZip([X, { ...X, name: 'y.CSV', madeBy: 3, attributes: 0xa1ff0000 }])],
    ['is packed in another way', rawZip([X, { ...X, name: 'y.CSV', method: 14 }])],
    ['has files that share their bytes', rawZip([X, { ...X, name: 'y.CSV', offset: 0 }])],
    ['has one damaged file', rawZip([X, { ...X, name: 'y.CSV', crc: 1 }])],
    ['has a folder that needs a password', rawZip([X, { name: 'a/', method: 0, flags: 1 }])],
  ])('that %s is refused whole', (_, bytes) => {
    expect(faultOf(rawZip([X]))).toBe('x.CSV');
    expect(faultOf(bytes)).toBe('zip');
  });

  it('of Windows in Japan, whose second bytes may be a backslash, is read', () => {
    // A folder 予定表 in MS932: its last byte is a backslash.
    const bytes = zipOf({ 'ABCDEF/x.CSV': strToU8('x') });
    const folder = [0x97, 0x5c, 0x92, 0xe8, 0x95, 0x5c];
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = text.indexOf('ABCDEF'); at >= 0; at = text.indexOf('ABCDEF')) text.set(folder, at);
    expect(faultOf(bytes)).toBe('x.CSV');
  });

  it('that is cut or changed anywhere is refused or the same, and throws nothing else', () => {
    const whole = zipOf(filesAt('a/'));
    const texts = (bytes: Uint8Array) => {
      try {
        return unpackZip(bytes, LIMITS).map((file) => Buffer.from(file.bytes).toString());
      } catch (error) {
        expect(error).toBeInstanceOf(ZipFault);
        return undefined;
      }
    };
    const expected = new Set(FILES.map(({ text }) => text));
    for (let cut = 0; cut < whole.length; cut++) expect(texts(whole.subarray(0, cut))).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = whole.slice();
        bytes[at] = (bytes[at] ?? 0) ^ change;
        for (const text of texts(bytes) ?? []) expect(expected).toContain(text);
      }),
      { numRuns: 500 },
    );
  });

  it('that is damaged stays where it lies, and the others are taken', async () => {
    const folder = setUp();
    layAll(folder);
    folder.lay('broken.zip', 'PK\u0003\u0004');
    expect(await folder.settled()).toHaveLength(1);
    expect(folder.reasons()).toEqual({ 'broken.zip': 'zip' });
  });
});
