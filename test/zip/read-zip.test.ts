import { describe, expect, it } from 'vitest';
import { ZIP_LIMITS, type ZipLimits } from '../../src/zip/limits.js';
import { readZip } from '../../src/zip/read-zip.js';
import { bytesOf, latin1 } from '../support/damage.js';
import { endRecord, headless, type RawEntry, rawZip, u16, u32, u64 } from '../support/zips.js';

const GOOD: RawEntry = { name: 'good.CSV', content: '202407,' };
const open = (bytes: Uint8Array, limits: ZipLimits = {}) => readZip(bytes, { ...ZIP_LIMITS, ...limits });
const findings = (bytes: Uint8Array, limits?: ZipLimits) => open(bytes, limits).findings;

/** What reading all entries gives: contents, or the codes of what is wrong. */
function told(bytes: Uint8Array, limits?: ZipLimits): string[] {
  const zip = open(bytes, limits);
  return zip.entries.map((entry) => {
    const { bytes: content, fault } = zip.read(entry);
    return fault ? [fault.code, ...(fault.limit === undefined ? [] : [fault.limit])].join(' ') : latin1(content);
  });
}

describe('an archive', () => {
  const other = { name: 'b', content: 'x' };
  const zip = rawZip([GOOD, other]);
  const wide = (record: string) => (directory: string, at: number) =>
    `PK\x06\x06${u64(44)}${u16(45)}${u16(45)}${u32(0)}${u32(0)}${u64(1)}${u64(1)}${u64(directory.length)}${u64(at)}` +
    `PK\x06\x07${u32(0)}${u64(at + directory.length)}${u32(1)}${record}`;

  it('that is as it should be has no findings', () => {
    expect(findings(zip)).toEqual([]);
    expect(findings(rawZip([]))).toEqual([]);
    expect(told(zip)).toEqual(['202407,', 'x']);
  });

  it('without its list of contents is read by the headers of its entries', () => {
    expect(findings(headless(zip))).toEqual(['directory']);
    expect(told(headless(zip))).toEqual(['202407,', 'x']);
  });

  it('with too many entries is read as far as the limit', () => {
    expect(findings(zip, { maxEntries: 1 })).toEqual(['tooMany']);
    expect(told(zip, { maxEntries: 1 })).toEqual(['202407,']);
    expect(findings(headless(zip), { maxEntries: 1 })).toEqual(['directory', 'tooMany']);
    expect(findings(zip, { maxEntries: 2 })).toEqual([]);
  });

  it('with something before it, or more entries than it says, is read, and that is found', () => {
    const prefixed = bytesOf(`#!/bin/sh\n${latin1(zip)}`);
    expect([findings(prefixed), told(prefixed)]).toEqual([['prefix'], ['202407,', 'x']]);
    const one = rawZip([GOOD, other], { end: (directory, at) => endRecord(1, directory.length, at) });
    expect([findings(one), told(one)]).toEqual([['count'], ['202407,', 'x']]);
  });

  it.each([
    ['the number of this part', 4],
    ['the part where the list begins', 6],
    ['the entries of this part', 8],
  ])('that is split is known by %s', (_, place) => {
    const split = Uint8Array.from(zip);
    split[split.length - 22 + place] = 1;
    expect([findings(split), told(split)]).toEqual([['split'], ['202407,', 'x']]);
  });

  it('that is a ZIP64 is known by its end and by its entries', () => {
    expect(findings(rawZip([GOOD], { end: wide(endRecord(1, 0, 0)) }))).toEqual(['zip64']);
    const extra = u16(1) + u16(8) + u64(7);
    const entry = rawZip([{ ...GOOD, extra, size: 0xffffffff }]);
    expect([findings(entry), told(entry)]).toEqual([['zip64'], ['202407,']]);
  });
});

describe('an entry', () => {
  it.each<[string, RawEntry, string]>([
    ['needs a password', { name: 'a', content: 'x', flags: 1 }, 'encrypted'],
    ['has its names hidden', { name: 'a', content: 'x', flags: 0x40 }, 'encrypted'],
    ['is a link', { name: 'a', content: '/etc', madeBy: 3, attributes: 0xa1ff0000 }, 'link'],
    ['is packed by LZMA', { name: 'a', content: 'x', method: 14 }, 'method'],
    ['is larger than the limit', { name: 'a', content: 'x'.repeat(2001) }, 'tooLarge 2000'],
    ['makes less than it says', { name: 'a', content: 'x', size: 2 }, 'entry'],
    ['has another checksum', { name: 'a', content: 'x', crc: 1 }, 'checksum'],
  ])('that %s is refused with a code', (_, entry, code) => {
    expect(told(rawZip([entry, GOOD]), { maxFileSize: 2000 })).toEqual([code, '202407,']);
  });

  it('is looked at before it is read, and costs nothing then', () => {
    const zip = open(rawZip([{ name: 'a', content: 'x'.repeat(600) }]), { maxTotalSize: 1000 });
    const [entry] = zip.entries;
    if (!entry) throw new Error('no entry');
    expect([zip.faultOf(entry), zip.faultOf(entry)]).toEqual([undefined, undefined]);
    expect(zip.read(entry).bytes).toHaveLength(600);
    expect(zip.read(entry).fault).toEqual({ code: 'tooLarge', limit: 400 });
  });

  it('that is damaged counts against the total as well', () => {
    const bad = { name: 'a', content: 'x'.repeat(600), crc: 1 };
    expect(told(rawZip([bad, bad]), { maxTotalSize: 1000 })).toEqual(['checksum', 'tooLarge 400']);
  });

  it('has its name as it stands, not decoded and not made safe', () => {
    const [entry] = open(rawZip([{ ...GOOD, name: '..\\\x8e\xf3', flags: 0x0800 }])).entries;
    expect([latin1(entry?.name ?? bytesOf('')), entry?.saysUtf8, entry?.unicodeName]).toEqual([
      '..\\\x8e\xf3',
      true,
      undefined,
    ]);
  });
});
