import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeZip, encodeZip } from '../../src/codec/index.js';
import { ISSUE_CODES } from '../../src/schema/index.js';
import { crc32 } from '../../src/zip/crc32.js';
import { bytesOf, latin1, ms932 } from '../support/damage.js';
import { cleanSamples } from '../support/fixtures.js';
import { endRecord, headless, type RawEntry, rawZip, u16, u32, u64 } from '../support/zips.js';

const GOOD: RawEntry = { name: 'good.CSV', content: '202407,' };
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

/** What an archive gives: its files with their contents, and its issues with what they are about. */
function told(zip: Uint8Array, options = {}) {
  const { files, issues } = decodeZip(zip, options);
  return [
    Object.fromEntries(files.map(({ path, bytes }) => [path, latin1(bytes)])),
    issues.map(({ code, file }) => (file === undefined ? code : `${code} ${file}`)),
  ];
}
const good = { 'good.CSV': '202407,' };

/** Entries that are not read, each with the code that says why. */
const REFUSED: readonly [string, RawEntry, string][] = [
  ['needs a password', { name: 'bad', content: 'x', flags: 1 }, 'zip.encrypted'],
  ['is packed by AES', { name: 'bad', content: 'x', flags: 1, method: 99 }, 'zip.encrypted'],
  ['is packed by LZMA', { name: 'bad', content: 'x', method: 14 }, 'zip.method'],
  ['is a link', { name: 'bad', content: '/etc', method: 0, madeBy: 3, attributes: 0xa1ff0000 }, 'zip.method'],
  ['has another checksum', { name: 'bad', content: 'x', crc: 1 }, 'zip.checksum'],
  ['has packed bytes that are none', { name: 'bad', content: 'x', data: '\xff\xff\xff' }, 'zip.entry'],
  ['makes more than it says', { name: 'bad', content: 'xxxx', size: 3 }, 'zip.entry'],
  ['makes less than it says', { name: 'bad', content: 'xxxx', size: 5 }, 'zip.entry'],
  ['is stored with another size', { name: 'bad', content: 'xxxx', method: 0, size: 3 }, 'zip.entry'],
  ['has no name', { name: '', content: 'x' }, 'zip.entry'],
  ['has its header elsewhere', { name: 'bad', content: 'x', offset: 7 }, 'zip.entry'],
  ['has its header beyond the end', { name: 'bad', content: 'x', offset: 0xfffffff0 }, 'zip.entry'],
  ['leads out of its folder', { name: 'a/../../bad', content: 'x' }, 'zip.traversal'],
  ['leads out of its folder by backslashes', { name: '..\\..\\bad', content: 'x' }, 'zip.traversal'],
  ['leads out of its folder behind a drive', { name: 'C:..\\bad', content: 'x' }, 'zip.traversal'],
];

describe('a file in a ZIP', () => {
  it.each(REFUSED)('that %s is refused; those before and behind it are read', (_, entry, code) => {
    const { files, issues } = decodeZip(rawZip([GOOD, entry, { ...GOOD, name: 'last.CSV' }]));
    expect(files.map(({ path }) => path)).toEqual(['good.CSV', 'last.CSV']);
    expect(issues.map((one) => one.code)).toEqual([code]);
    expect(issues[0]?.severity).toBe('error');
  });

  it('that is packed in an unknown way is told by the name of that', () => {
    const { issues } = decodeZip(
      rawZip([
        { name: 'bad', method: 9 },
        { name: 'worse', method: 77 },
      ]),
    );
    expect(issues.map(({ found }) => found)).toEqual(['Deflate64', 'method 77']);
  });

  it.each([['/good.CSV'], ['C:\\good.CSV'], ['c:good.CSV'], ['\\\\good.CSV']])(
    'with the path %j is read below its folder, with a warning',
    (name) => {
      expect(told(rawZip([{ ...GOOD, name }]))).toEqual([good, ['zip.path good.CSV']]);
    },
  );

  it.each([
    ['a\\good.CSV', 'a/good.CSV'],
    ['./a//good.CSV', 'a/good.CSV'],
    ['a\x1b[31m\n.CSV', 'a\ufffd[31m\ufffd.CSV'],
  ])('with the path %j is read as %j', (name, path) => {
    expect(told(rawZip([{ ...GOOD, name }]))).toEqual([{ [path]: '202407,' }, []]);
  });

  it('whose name Windows wrote in MS932 has that name, 表 and ソ with their backslash among them', () => {
    for (const name of ['受信/利用票.CSV', '表/ソ.CSV', 'ﾊｾ.CSV', '髙﨑.CSV']) {
      expect(told(rawZip([{ ...GOOD, name: ms932(name) }]))).toEqual([{ [name]: '202407,' }, []]);
    }
  });

  it('whose name is in UTF-8 has that name, whether the archive says so or not', () => {
    for (const flags of [0, 0x0800]) {
      const name = '受信/利用票.CSV';
      expect(told(rawZip([{ ...GOOD, flags, name: utf8(name) }]))).toEqual([{ [name]: '202407,' }, []]);
    }
    expect(told(rawZip([{ ...GOOD, flags: 0x0800, name: utf8('é') }]))).toEqual([{ é: '202407,' }, []]);
    expect(told(rawZip([{ ...GOOD, flags: 0x0800, name: ms932('表') }]))).toEqual([{ 表: '202407,' }, []]);
  });

  it('has its name from the extra field of Unicode names, where that is of this name', () => {
    const extra = (checksum: number) => {
      const field = `\x01${u32(checksum)}${utf8('受信.CSV')}`;
      return u16(0x7075) + u16(field.length) + field;
    };
    const entry = { ...GOOD, name: 'x.CSV' };
    expect(told(rawZip([{ ...entry, extra: extra(crc32(bytesOf('x.CSV'))) }]))[0]).toEqual({ '受信.CSV': '202407,' });
    expect(told(rawZip([{ ...entry, extra: extra(1) }]))[0]).toEqual({ 'x.CSV': '202407,' });
  });

  it('that another has the name of is read as well, and the pair is an error', () => {
    const { files, issues } = decodeZip(rawZip([GOOD, { ...GOOD, content: 'other' }]));
    expect(files.map(({ bytes }) => latin1(bytes))).toEqual(['202407,', 'other']);
    expect(issues.map(({ code, file }) => [code, file])).toEqual([['zip.duplicate', 'good.CSV']]);
  });

  it('is told of with the path of its archive', () => {
    const { files, issues } = decodeZip(rawZip([GOOD, { name: 'b', flags: 1 }]), { name: 'in/a.zip' });
    expect([files[0]?.path, issues[0]?.file]).toEqual(['in/a.zip/good.CSV', 'in/a.zip/b']);
  });
});

describe('an archive', () => {
  const two = rawZip([GOOD, { name: 'b', content: 'x'.repeat(99) }]);

  it('may have folders, a comment, and something before and behind it', () => {
    const end = (directory: string, at: number) => endRecord(2, directory.length, at, 'PK\x05\x06 a comment');
    const zip = rawZip([{ name: 'folder/', method: 0 }, GOOD], { end });
    expect(told(zip)).toEqual([good, []]);
    expect(told(bytesOf(`${latin1(zip)}\0\0\n`))).toEqual([good, []]);
    expect(told(bytesOf(`#!/bin/sh\n${latin1(zip)}`))).toEqual([good, []]);
  });

  it('may have its sizes behind the files', () => {
    const zip = rawZip([
      { ...GOOD, flags: 8 },
      { name: 'b', content: 'PK\x03\x04', method: 0, flags: 8 },
    ]);
    expect(told(zip)).toEqual([{ ...good, b: 'PK\x03\x04' }, []]);
  });

  it('may be a ZIP64', () => {
    const long = u16(1) + u16(24) + u64(7) + u64(7) + u64(0);
    const end = (directory: string, at: number) => {
      const record = `PK\x06\x06${u64(44)}${u16(45)}${u16(45)}${u32(0)}${u32(0)}${u64(1)}${u64(1)}${u64(directory.length)}${u64(at)}`;
      const locator = `PK\x06\x07${u32(0)}${u64(at + directory.length)}${u32(1)}`;
      return record + locator + endRecord(0xffff, 0xffffffff, 0xffffffff);
    };
    const wide = { size: 0xffffffff, compressedSize: 0xffffffff, offset: 0xffffffff };
    expect(told(rawZip([{ ...GOOD, method: 0, extra: long, ...wide }], { end }))).toEqual([good, []]);
  });

  it('without its list of contents gives what is found, and says so', () => {
    const both = { ...good, b: 'x'.repeat(99) };
    expect(told(headless(two), { name: 'a' })).toEqual([
      { 'a/good.CSV': '202407,', 'a/b': both.b },
      ['zip.directory a'],
    ]);
    const behind = rawZip([
      { ...GOOD, flags: 8 },
      { name: 'b', content: both.b, flags: 8 },
    ]);
    expect(told(headless(behind))).toEqual([both, ['zip.directory']]);
  });

  it('that is cut off gives the files before the cut', () => {
    for (const flags of [0, 8]) {
      const text = latin1(rawZip([GOOD, { name: 'b', content: 'some text', flags }]));
      const cut = text.slice(0, text.indexOf('b') + 4);
      expect(told(bytesOf(cut))).toEqual([good, ['zip.directory', 'zip.entry b']]);
    }
  });

  it('whose list lacks an entry gives that one too', () => {
    const text = latin1(two);
    const second = text.lastIndexOf('PK\x01\x02');
    expect(told(bytesOf(`${text.slice(0, second)}${text.slice(text.indexOf('PK\x05\x06'))}`))).toEqual([
      { ...good, b: 'x'.repeat(99) },
      ['zip.directory'],
    ]);
  });

  it('that is cut off behind an archive inside it is not taken for that one', () => {
    const inner = latin1(rawZip([{ name: 'inner', content: 'x' }]));
    const text = latin1(rawZip([GOOD, { name: 'in.zip', content: inner, method: 0 }]));
    const cut = bytesOf(text.slice(0, text.lastIndexOf('PK\x01\x02', text.lastIndexOf('PK\x01\x02') - 1)));
    expect(decodeZip(cut).files.map(({ path }) => path)).toEqual(['good.CSV', 'in.zip']);
  });

  it('with more entries than the limit gives those within it', () => {
    const zip = rawZip([GOOD, { name: 'b' }, { name: 'c' }]);
    for (const bytes of [zip, headless(zip)]) {
      const { files, issues } = decodeZip(bytes, { maxEntries: 2 });
      expect(files.map(({ path }) => path)).toEqual(['good.CSV', 'b']);
      expect(issues.find(({ code }) => code === 'zip.tooMany')?.expected).toBe(2);
    }
    expect(decodeZip(zip, { maxEntries: 3 }).issues).toEqual([]);
  });

  it.each(['', 'PK', 'PK\x03\x04', 'PK\x05\x06', `PK\x03\x04${'\xff'.repeat(40)}`, 'no archive'])(
    'that is only %j has an issue and no file',
    (text) => {
      const { files, issues } = decodeZip(bytesOf(text));
      expect(files).toEqual([]);
      expect(issues.map(({ code }) => code)).toContain('zip.directory');
    },
  );

  it('of any bytes whatever, or damaged in any place, ends without a throw and gives only what was put in', () => {
    const files = cleanSamples().slice(0, 3);
    const zip = encodeZip(files).bytes as Uint8Array;
    const contents = new Set(files.map(({ bytes }) => latin1(bytes)));
    const change = fc.record({ at: fc.nat(zip.length - 1), byte: fc.nat(255), cut: fc.option(fc.nat(zip.length)) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        let bytes = Uint8Array.from(zip);
        for (const { at, byte, cut } of changes) {
          if (at < bytes.length) bytes[at] = byte;
          if (cut !== null && cut % 7 === 0) bytes = bytes.slice(0, cut);
        }
        for (const one of decodeZip(bytes).files) expect(contents.has(latin1(one.bytes))).toBe(true);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeZip(Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes]));
        decodeZip(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('damaged in one byte loses one file at most, and never without an issue', () => {
    const files = cleanSamples().slice(0, 3);
    const zip = encodeZip(files).bytes as Uint8Array;
    for (let at = 0; at < zip.length; at += 3) {
      const bytes = Uint8Array.from(zip);
      bytes[at] = (bytes[at] as number) ^ 0x55;
      const found = decodeZip(bytes);
      const whole = files.filter((one) => found.files.some((other) => latin1(other.bytes) === latin1(one.bytes)));
      expect(whole.length, `byte ${at}`).toBeGreaterThanOrEqual(2);
      if (whole.length < 3) expect(found.issues, `byte ${at}`).not.toEqual([]);
    }
  });
});

it('every code of ZIPs has a vector in these tests', async () => {
  const { readFileSync } = await import('node:fs');
  const tests = ['zip', 'zip-issues', 'zip-bombs'].map((name) =>
    readFileSync(new URL(`./${name}.test.ts`, import.meta.url), 'utf8'),
  );
  const codes = Object.keys(ISSUE_CODES).filter((code) => code.startsWith('zip.'));
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !tests.some((text) => text.includes(`'${code}`)))).toEqual([]);
});
