import { basename } from 'node:path';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeFiles, decodeZip, encodeZip, type NamedBytes } from '../../src/codec/index.js';
import { safePath } from '../../src/codec/zip/entry-name.js';
import { bytesOf, latin1 } from '../support/damage.js';
import { cleanSamples } from '../support/fixtures.js';
import { rawZip } from '../support/zips.js';

const samples = cleanSamples().map((one) => ({ ...one, bytes: Uint8Array.from(one.bytes) }));
const zipOf = (files: readonly NamedBytes[]): Uint8Array => encodeZip(files).bytes as Uint8Array;

const part = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...'aZ0_. -~', ...'受信表ソ﨑ﾊｾé𠮷'), fc.string({ minLength: 1, maxLength: 1 })),
    minLength: 1,
    maxLength: 12,
  })
  .filter((text) => !text.includes('/') && safePath(text).path === text);
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const files = fc
  .uniqueArray(fc.record({ path, bytes: fc.uint8Array({ maxLength: 400 }) }), {
    selector: (one) => one.path,
    maxLength: 8,
  })
  .filter((list) => list.every((one) => safePath(one.path).path === one.path));

describe('an archive', () => {
  it('gives the files that were put into it, in their order', () => {
    fc.assert(
      fc.property(files, (list) => {
        expect(decodeZip(zipOf(list))).toEqual({ files: list, issues: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('of the same files has the same bytes, whenever it is made, and no more than they', () => {
    expect(zipOf(samples)).toEqual(zipOf(samples));
    expect(zipOf(samples).length).toBeLessThan(samples.reduce((sum, { bytes }) => sum + bytes.length, 0) / 2);
    expect(latin1(zipOf(samples.slice(0, 1))).slice(10, 14)).toBe('\0\0\x21\0');
  });

  it('is read by others, and those of others are read', () => {
    const named = Object.fromEntries(samples.map((one) => [one.path, one.bytes]));
    expect(unzipSync(zipOf(samples))).toEqual(
      Object.fromEntries(samples.map((one) => [one.path, new Uint8Array(one.bytes)])),
    );
    for (const level of [0, 9] as const) {
      const { files, issues } = decodeZip(zipSync(named, { level }));
      expect(issues).toEqual([]);
      expect(files.map((one) => latin1(one.bytes))).toEqual(samples.map((one) => latin1(one.bytes)));
    }
    expect(decodeZip(zipSync({ 'フォルダー': { 'あ.CSV': strToU8('x') } })).files.map((one) => one.path)).toEqual([
      'フォルダー/あ.CSV',
    ]);
  });

  it('of what was encoded is made as it is', () => {
    const sent = [{ name: 'a.CSV', bytes: bytesOf('1') }];
    expect(decodeZip(zipOf(sent as never)).files).toEqual([{ path: 'a.CSV', bytes: bytesOf('1') }]);
  });

  it('without files is an archive', () => {
    expect(decodeZip(zipOf([]))).toEqual({ files: [], issues: [] });
  });

  it.each([
    '',
    '/a',
    'C:/a',
    'C:a',
    'a\\b',
    '../a',
    'a/../b',
    './a',
    'a//b',
    'a/',
    'a\nb',
    '\ud800',
    'x'.repeat(65_536),
  ])('is not made with the name %j', (name) => {
    const made = encodeZip([{ name, bytes: bytesOf('x') }]);
    expect(made.ok).toBe(false);
    expect(made.issues).toEqual([expect.objectContaining({ severity: 'error', file: name })]);
  });

  it('is not made of two files of one name, or of more files than a ZIP can list', () => {
    const one = { name: 'a', bytes: bytesOf('x') };
    expect(encodeZip([one, one]).issues.map(({ code }) => code)).toEqual(['zip.duplicate']);
    const many = Array.from({ length: 65_536 }, (_, i) => ({ name: String(i), bytes: new Uint8Array(0) }));
    expect(encodeZip(many).issues.map(({ code }) => code)).toEqual(['zip.tooMany']);
    expect(encodeZip(many.slice(1)).ok).toBe(true);
  });
});

describe('files that arrive in a ZIP', () => {
  const plain = decodeFiles(samples.map((one) => ({ ...one, path: `inbox.zip/${one.path}` })));

  it('are decoded as they are by themselves, with the path of the archive before theirs', () => {
    expect(decodeFiles([{ path: 'inbox.zip', bytes: zipOf(samples) }])).toEqual(plain);
  });

  it('are found whatever the name of the archive is, and travel with files beside it', () => {
    const [first, ...others] = samples as [NamedBytes, ...NamedBytes[]];
    const bytes = zipOf(others);
    const { transmissions, unknown, issues } = decodeFiles([{ path: '受信データ', bytes }, first]);
    expect([unknown, issues]).toEqual([[], []]);
    expect(transmissions).toHaveLength(plain.transmissions.length);
    expect(decodeFiles([{ path: basename(first.path), bytes }]).transmissions.flatMap((one) => one.files)).not.toEqual(
      [],
    );
  });

  it('may lie beside other things, which are listed and are no error', () => {
    const odd = ['README.txt', '__MACOSX/._UPPLAN.CSV', '台帳.xlsx'].map((path) => ({ path, bytes: zipOf([]) }));
    const [, , book] = odd as [NamedBytes, NamedBytes, NamedBytes];
    const others = [
      { path: 'README.txt', bytes: bytesOf('x') },
      { path: '__MACOSX/._UPPLAN.CSV', bytes: bytesOf('x') },
      book,
    ];
    const { transmissions, unknown, issues } = decodeFiles([{ path: 'a.zip', bytes: zipOf([...samples, ...others]) }]);
    expect(transmissions).toHaveLength(plain.transmissions.length);
    expect(unknown).toEqual(others.map((one) => `a.zip/${one.path}`));
    expect(issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual(Array(3).fill('info name.notOurs'));
  });

  it('in a ZIP inside the ZIP are not opened, and that is an error', () => {
    const { transmissions, unknown, issues } = decodeFiles([
      { path: 'a.zip', bytes: zipOf([{ path: 'b.zip', bytes: zipOf(samples) }, ...samples.slice(0, 1)]) },
    ]);
    expect(transmissions).toHaveLength(1);
    expect(unknown).toEqual(['a.zip/b.zip']);
    expect(issues).toEqual([expect.objectContaining({ code: 'zip.nested', file: 'a.zip/b.zip', severity: 'error' })]);
  });

  it('are missed where there are none', () => {
    const { unknown, issues } = decodeFiles([{ path: 'a.zip', bytes: zipOf([{ path: 'x.txt', bytes: bytesOf('') }]) }]);
    expect(unknown).toEqual(['a.zip', 'a.zip/x.txt']);
    expect(issues.map(({ code }) => code)).toEqual(['zip.empty', 'name.notOurs']);
  });

  it('are missed where the name says ZIP and the content does not', () => {
    const { unknown, issues } = decodeFiles([{ path: 'a.zip', bytes: bytesOf('202407,') }]);
    expect(unknown).toEqual(['a.zip']);
    expect(issues.map(({ code }) => code)).toEqual(['zip.directory']);
  });

  it('count together against the limits, however many archives there are', () => {
    const bytes = rawZip([{ name: 'UPNONE.CSV', content: 'x'.repeat(600) }]);
    const two = ['a.zip', 'b.zip', 'c.zip'].map((path) => ({ path, bytes }));
    const codes = (zip: object) => decodeFiles(two, { zip }).issues.map(({ code, file }) => `${file} ${code}`);
    expect(codes({ maxTotalSize: 1000 })).toEqual([
      'a.zip/UPNONE.CSV name.form',
      'b.zip/UPNONE.CSV zip.tooLarge',
      'c.zip/UPNONE.CSV zip.tooLarge',
    ]);
    expect(codes({ maxEntries: 1 })).toEqual(['a.zip/UPNONE.CSV name.form', 'b.zip zip.tooMany', 'c.zip zip.tooMany']);
  });
});
