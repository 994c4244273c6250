import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile } from '../../src/codec/index.js';
import { type FileKind, hasError, ISSUE_CODES, V4_1 } from '../../src/schema/index.js';
import {
  anyBytes,
  bytesOf,
  damaged,
  isContained,
  joinCells,
  latin1,
  placeOf,
  someDamage,
  writtenCells,
  wrongRanges,
} from '../support/damage.js';
import { CLEAN_FILES } from '../support/samples.js';

const KINDS = V4_1.layouts.map(({ kind }): FileKind => kind);
const kind = fc.constantFrom(...KINDS);
const charset = fc.constantFrom({}, {}, { charset: 'ms932' as const }, { charset: 'utf-8' as const });
const CODES = new Set(Object.keys(ISSUE_CODES));

/** Decodes bytes of any kind, and checks what holds whatever they are. */
function check(bytes: Uint8Array, options: Parameters<typeof decodeFile>[1]): void {
  const copy = Uint8Array.from(bytes);
  const file = decodeFile(bytes, options);
  expect(wrongRanges(bytes, file)).toBeUndefined();
  expect(bytes).toEqual(copy);
  for (const one of file.issues) {
    if (!CODES.has(one.code) || !one.message.ja || !one.message.en) expect.unreachable(JSON.stringify(one));
    if (one.message.ja.includes('undefined') || one.message.en.includes('undefined')) {
      expect.unreachable(JSON.stringify(one));
    }
  }
  const incomplete = file.records.some((record) => '$raw' in record);
  if (incomplete) expect(file.complete).toBe(false);
  if (incomplete && file.kind) expect(file.issues.some(({ code }) => !code.startsWith('name.'))).toBe(true);
  if (hasError(file.issues) && file.issues.every(({ code }) => code.startsWith('cell.'))) {
    expect(file.complete).toBe(false);
  }
}

/** Clean files, whole ones and the first rows of long ones. */
const FILES = CLEAN_FILES.map(({ name, bytes }) => ({ name, cells: writtenCells(bytes) }));
const cleanText = fc
  .tuple(fc.constantFrom(...FILES), fc.integer({ min: 1, max: 8 }))
  .map(([{ name, cells }, rows]) => ({ name, text: latin1(joinCells(cells.slice(0, rows))) }));

describe('decoding ends, does not throw, and every byte lies in one row or in an issue', () => {
  test('for any bytes', () => {
    fc.assert(
      fc.property(anyBytes, kind, charset, (text, kind, options) => check(bytesOf(text), { kind, ...options })),
      { numRuns: 3000 },
    );
  });

  test('for any bytes behind a record that begins well', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, kind, charset, (some, more, kind, options) =>
        check(bytesOf(`202407,032026,0001267459,${some}\r\n202407,${more}`), { kind, ...options }),
      ),
      { numRuns: 1500 },
    );
  });

  test('for damaged files', () => {
    fc.assert(
      fc.property(cleanText, someDamage(), charset, ({ name, text }, damages, options) =>
        check(bytesOf(damaged(text, damages)), { name, ...options }),
      ),
      { numRuns: 3500 },
    );
  });

  test('for files cut off anywhere', () => {
    fc.assert(
      fc.property(cleanText, fc.double({ min: 0, max: 1, noNaN: true }), ({ name, text }, at) =>
        check(bytesOf(text.slice(0, placeOf({ at }, text))), { name }),
      ),
      { numRuns: 500 },
    );
  });

  test('for files with other line ends and quotes', () => {
    const ends = fc.infiniteStream(fc.constantFrom('\r\n', '\n', '\r', '\r\r\n', '\n\r', '\r\n\r\n', '"\r\n', ''));
    fc.assert(
      fc.property(cleanText, ends, charset, ({ name, text }, stream, options) =>
        check(bytesOf(text.replaceAll('\r\n', () => stream.next().value ?? '')), { name, ...options }),
      ),
      { numRuns: 500 },
    );
  });

  test('for bytes that are a part of others', () => {
    const [{ name, bytes }] = CLEAN_FILES as [(typeof CLEAN_FILES)[0]];
    const longer = new Uint8Array(bytes.length + 20).fill(0x22);
    longer.set(bytes, 10);
    const part = longer.subarray(10, 10 + bytes.length);
    expect(decodeFile(part, { name })).toEqual(decodeFile(bytes, { name }));
    const irregular = longer.subarray(10, 10 + bytes.length + 5);
    expect(wrongRanges(irregular, decodeFile(irregular, { name }))).toBeUndefined();
  });
});

/** A change without a quote, and without one among the bytes removed. */
const quietDamage = (text: string, [damage]: { at: number; removed: number; added: string }[]) => {
  const from = damage ? placeOf(damage, text) : 0;
  const removed = text.slice(from, from + (damage?.removed ?? 0));
  const added = damage?.added ?? '';
  return removed.includes('"') || added.includes('"') ? undefined : { from, to: from + removed.length, added };
};

test('rows that were not touched are read as before, unless a quote was', () => {
  let checked = 0;
  fc.assert(
    fc.property(cleanText, someDamage(undefined, 1), ({ name, text }, damages) => {
      const damage = quietDamage(text, damages);
      if (!damage) return;
      const { from, to, added } = damage;
      const clean = decodeFile(bytesOf(text), { name, charset: 'ms932' });
      const changed = bytesOf(text.slice(0, from) + added + text.slice(to));
      const file = decodeFile(changed, { name, charset: 'ms932' });
      const rows = [...clean.rows];
      const untouched = clean.records.filter((_, i) => {
        const { start = 0, end = 0 } = rows[i] ?? {};
        return end <= from || start > to;
      });
      expect(isContained(untouched, file.records)).toBe(true);
      expect(wrongRanges(changed, file)).toBeUndefined();
      checked += untouched.length;
    }),
    { numRuns: 1500 },
  );
  expect(checked).toBeGreaterThan(1500);
});
