import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ZIP_LIMITS } from '../../src/zip/limits.js';
import { readZip } from '../../src/zip/read-zip.js';
import { writeZip } from '../../src/zip/write-zip.js';
import { bytesOf, latin1 } from '../support/damage.js';

const write = (...names: string[]) => writeZip(names.map((name) => ({ name, bytes: bytesOf(`of ${name.length}`) })));
const bytesOfZip = (...names: string[]) => write(...names).bytes as Uint8Array;
const namesIn = (zip: Uint8Array) => readZip(zip, ZIP_LIMITS).entries.map(({ name }) => Buffer.from(name).toString());

describe('an archive that is written', () => {
  it('has the files in their order, whatever their names are', () => {
    const names = ['b', '10', '2', '__proto__', 'a', 'constructor', '受信/票.CSV'];
    expect(namesIn(bytesOfZip(...names))).toEqual(names);
    const file = fc.record({ name: fc.string({ minLength: 1 }), bytes: fc.uint8Array() });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ name }) => name }), (files) => {
        const zip = readZip(writeZip(files).bytes as Uint8Array, ZIP_LIMITS);
        expect(zip.findings).toEqual([]);
        expect(zip.entries.map((entry) => [Buffer.from(entry.name).toString(), zip.read(entry).bytes])).toEqual(
          files.map(({ name, bytes }) => [name, bytes]),
        );
      }),
    );
  });

  it('is the same for the same files, and says 1 January 1980', () => {
    expect(bytesOfZip('a', 'b')).toEqual(bytesOfZip('a', 'b'));
    expect(latin1(bytesOfZip('a')).slice(10, 14)).toBe('\0\0\x21\0');
  });

  it('marks names as UTF-8 where they are not ASCII, in both headers', () => {
    for (const [name, marked] of [
      ['a~.CSV', false],
      ['é', true],
      ['票.CSV', true],
    ] as const) {
      const zip = bytesOfZip(name);
      expect(readZip(zip, ZIP_LIMITS).entries.map(({ saysUtf8 }) => saysUtf8)).toEqual([marked]);
      expect((new DataView(zip.buffer, zip.byteOffset).getUint16(6, true) & 0x0800) !== 0).toBe(marked);
      expect(Object.keys(unzipSync(zip))).toEqual([name]);
    }
  });

  it('stores what does not become smaller', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, n) => (n * 97) % 251);
    const zip = writeZip([
      { name: 'a', bytes },
      { name: 'b', bytes: new Uint8Array(40) },
      { name: 'c', bytes: bytesOf('') },
    ]);
    expect(readZip(zip.bytes as Uint8Array, ZIP_LIMITS).entries.map(({ method }) => method)).toEqual([0, 8, 0]);
  });

  it('is refused for names that are none or stand twice, all of them told', () => {
    expect(write('a', '', 'a', '\ud800', 'x'.repeat(65_536), 'b').refusals).toEqual([
      { code: 'name', index: 1 },
      { code: 'duplicate', index: 2 },
      { code: 'name', index: 3 },
      { code: 'name', index: 4 },
    ]);
    expect(write('x'.repeat(65_535)).refusals).toBeUndefined();
  });

  it('is refused for more files than it can list', () => {
    const many = Array.from({ length: 65_536 }, (_, n) => ({ name: `${n}`, bytes: bytesOf('') }));
    expect(writeZip(many).refusals).toEqual([{ code: 'tooMany', limit: 65_535 }]);
  });
});
