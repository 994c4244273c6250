import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, encodeFile, encodeMs932 } from '../../src/codec/index.js';
import { type FileKind, type Layout, type RecordOf, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecord, arbitraryRecords } from '../support/arbitrary.js';

type Row = Readonly<Record<string, unknown>>;

const LAYOUTS: readonly Layout[] = V4_1.layouts;

/** A file's bytes; fails where it is refused or an issue was told. */
function encoded(layout: Layout, records: readonly Row[], charset: 'ms932' | 'utf-8' = 'ms932'): Uint8Array {
  const file = encodeFile(layout.kind as FileKind, records as RecordOf<FileKind>[], { charset });
  assert.deepEqual(file.issues, []);
  return file.bytes ?? assert.fail();
}

/** The records of a clean file. A few characters of MS932 cannot tell the charset of a file: it is given. */
function decoded(layout: Layout, bytes: Uint8Array, charset: 'ms932' | 'utf-8' = 'ms932'): Row[] {
  const kind = layout.kind as FileKind;
  const file = decodeFile(bytes, charset === 'ms932' ? { kind, charset } : { kind });
  const records = file.records as Row[];
  assert.deepEqual(
    file.issues.map(({ code }) => code),
    [...(charset === 'ms932' ? [] : ['file.charset']), ...(records.length === 0 ? ['file.empty'] : [])],
  );
  assert.equal(file.complete, true);
  return records;
}

/** A file as the standard describes it: CRLF, text in quotes when filled, nothing for what is absent, all else bare. */
const described = ({ placed }: Layout, records: readonly Row[]): string =>
  records
    .map((record) => {
      const cells = placed.map(({ name, kind }) => {
        if (record[name] === undefined) return '';
        const text = kind.write(record[name]) as string;
        return kind.quoted ? `"${text.replaceAll('"', '""')}"` : text;
      });
      return `${cells.join(',')}\r\n`;
    })
    .join('');

describe.each(LAYOUTS)('$kind $ja', (layout) => {
  test('what is written is read as the same records, and their bytes are written again', () => {
    fc.assert(
      fc.property(arbitraryRecords(layout, { maxLength: 4 }), (records) => {
        const bytes = encoded(layout, records);
        const read = decoded(layout, bytes);
        assert.deepEqual(read, records);
        assert.deepEqual(encoded(layout, read), bytes);
      }),
      { numRuns: 150 },
    );
  });

  test('is written as the standard describes, in MS932', () => {
    fc.assert(
      fc.property(arbitraryRecords(layout, { maxLength: 4 }), (records) => {
        assert.deepEqual(encoded(layout, records), encodeMs932(described(layout, records)).bytes);
      }),
      { numRuns: 60 },
    );
  });

  test('is written in UTF-8 with a byte order mark when asked, and read as the same records', () => {
    fc.assert(
      fc.property(arbitraryRecords(layout, { maxLength: 3 }), (records) => {
        const bytes = encoded(layout, records, 'utf-8');
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        assert.equal(text, `\ufeff${described(layout, records)}`);
        assert.deepEqual(decoded(layout, bytes, 'utf-8'), records);
      }),
      { numRuns: 60 },
    );
  });

  test('a record that was read has the columns in their order and shares nothing with another', () => {
    fc.assert(
      fc.property(arbitraryRecord(layout), (record) => {
        const read = decoded(layout, encoded(layout, [record, record, record]));
        const names = layout.placed.map(({ name }) => name).filter((name) => name in record);
        for (const one of read) assert.deepEqual(Object.keys(one), names);
        const [first, second, third] = read as Record<string, unknown>[];
        for (const name of names) if (second) second[name] = 'changed';
        Object.assign(second ?? {}, { another: 1 });
        assert.deepEqual([first, third], [record, record]);
      }),
      { numRuns: 20 },
    );
  });
});

test('a change of a record that was read does not change what is read later', () => {
  const layout = V4_1.layouts.find(({ kind }) => kind === 'UPPLAN') as Layout;
  const [record] = fc.sample(arbitraryRecord(layout), { numRuns: 1, seed: 1 }) as [Row];
  const bytes = encoded(layout, [record, record]);
  for (const one of decoded(layout, bytes)) Object.assign(one, { units: -1, count: -1, serviceCode: 'x' });
  expect(decoded(layout, bytes)).toEqual([record, record]);
});
