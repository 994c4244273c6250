import { deflateSync, Inflate } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeZip } from '../../src/codec/index.js';
import { bytesOf, latin1 } from '../support/damage.js';
import { rawZip } from '../support/zips.js';

/** How many bytes fflate has made. */
const made = { bytes: 0 };
const { push } = Inflate.prototype;
beforeEach(() => {
  made.bytes = 0;
  vi.spyOn(Inflate.prototype, 'push').mockImplementation(function (this: Inflate, ...given) {
    const { ondata } = this;
    this.ondata = (piece, final) => {
      made.bytes += piece.length;
      ondata(piece, final);
    };
    try {
      push.apply(this, given);
    } finally {
      this.ondata = ondata;
    }
  });
});
afterEach(() => vi.restoreAllMocks());

const MIB = 1024 * 1024;
/** What is made in vain before an entry is found to lie. */
const SLACK = 512 * 1032 + 65_536;
const zeros = latin1(deflateSync(new Uint8Array(64 * MIB), { level: 9 }));
const codes = (zip: Uint8Array, limits = {}) => decodeZip(zip, limits).issues.map(({ code }) => code);

describe('a bomb', () => {
  it('is counted in full where the limits allow it, so that the measure measures', () => {
    const content = 'x'.repeat(3 * MIB);
    expect(decodeZip(rawZip([{ name: 'a', content }]), { maxRatio: 2000 }).files).toHaveLength(1);
    expect(made.bytes).toBe(3 * MIB);
  });

  it('that says how large it is, is not inflated at all', () => {
    const bomb = { name: 'bomb', data: zeros, size: 64 * MIB };
    expect(codes(rawZip([bomb]))).toEqual(['zip.ratio']);
    expect(codes(rawZip([bomb]), { maxRatio: 2000, maxFileSize: MIB })).toEqual(['zip.tooLarge']);
    expect(codes(rawZip([bomb]), { maxRatio: 2000, maxTotalSize: MIB })).toEqual(['zip.tooLarge']);
    expect(made.bytes).toBe(0);
  });

  it.each([0, 1, 1000, MIB, 5 * MIB])('that says it has %i bytes is stopped soon behind them', (size) => {
    expect(codes(rawZip([{ name: 'bomb', data: zeros, size }]), { maxRatio: 2000 })).toEqual(['zip.entry']);
    expect(made.bytes).toBeLessThanOrEqual(size + SLACK);
  });

  it('of many files together stays within the total', () => {
    const content = 'x'.repeat(MIB);
    const zip = rawZip(Array.from({ length: 6 }, (_, i) => ({ name: `${i}`, content })));
    const { files, issues } = decodeZip(zip, { maxTotalSize: 4 * MIB });
    expect([files.length, issues.length]).toEqual([4, 2]);
    expect(made.bytes).toBe(4 * MIB);
  });

  it('of files that share the same packed bytes gives one of them', () => {
    const content = 'x'.repeat(MIB);
    const zip = rawZip([{ name: 'a', content }, ...['b', 'c', 'd'].map((name) => ({ name, content, offset: 0 }))]);
    const { files, issues } = decodeZip(zip);
    expect(files.map(({ path }) => path)).toEqual(['a']);
    expect(issues.map(({ code }) => code)).toEqual(['zip.entry', 'zip.entry', 'zip.entry']);
    expect(made.bytes).toBe(MIB);
  });

  it('of a million empty blocks, or of headers without end, ends in time', () => {
    const blocks = '\0\0\0\xff\xff'.repeat(200_000);
    const started = Date.now();
    expect(codes(rawZip([{ name: 'a', content: 'x', data: blocks }]))).toEqual(['zip.entry']);
    const headers = bytesOf(`PK\x03\x04\x14\0\x08\0\x08${'\0'.repeat(21)}`.repeat(20_000));
    expect(codes(headers)).toContain('zip.tooMany');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(made.bytes).toBe(0);
  });

  it('does not reserve memory for what a header only claims', () => {
    const claims = Array.from({ length: 1000 }, (_, i) => ({ name: `${i}`, content: 'x', size: 100 * MIB }));
    const { issues } = decodeZip(rawZip(claims), { maxTotalSize: 1e12, maxRatio: 1e9 });
    expect(issues).toHaveLength(1000);
    expect(made.bytes).toBe(0);
  });
});
