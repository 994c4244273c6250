import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, decodeFiles, encodeFile, encodeTransmission } from '../../src/codec/index.js';
import { type FileKind, type Issue, type Layout, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecord, REPERTOIRE } from '../support/arbitrary.js';
import { bytesOf, damaged, joinCells, latin1, ms932, PIECES, someDamage, writtenCells } from '../support/damage.js';

const LAYOUTS: readonly Layout[] = V4_1.layouts;

/** Names and addresses that no message has by chance: kanji, katakana and full-width digits. */
const LETTERS = REPERTOIRE.filter((char) => /[\p{Script=Han}ァ-ヶ０-９]/u.test(char));
const secret = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 6, maxLength: 14 });

/** A record of which every free text is the secret. */
const telling = (layout: Layout, text: string): fc.Arbitrary<Record<string, unknown>> =>
  arbitraryRecord(layout).map((record) => {
    const texts = layout.placed.filter(({ kind }) => kind.quoted && (kind.length ?? 99) > 20);
    return { ...(record as object), ...Object.fromEntries(texts.map(({ name }) => [name, text])) };
  });

/** A layout, a secret, and a record that tells it. */
const cases = fc
  .tuple(fc.constantFrom(...LAYOUTS), secret)
  .chain(([layout, text]) =>
    fc.record({ layout: fc.constant(layout), text: fc.constant(text), record: telling(layout, text) }),
  );

/** Three characters of the secret that an issue holds, if there are any. */
function leak(issues: readonly Issue[], text: string): string | undefined {
  const said = JSON.stringify(issues);
  const parts = Array.from({ length: text.length - 2 }, (_, i) => text.slice(i, i + 3));
  return parts.find((part) => said.includes(part));
}

describe('no issue holds three characters of a name, an address or a free text', () => {
  test('where a file was damaged', () => {
    let told = 0;
    const files = cases.chain(({ text, ...others }) =>
      fc.record({
        ...Object.fromEntries(Object.entries(others).map(([name, value]) => [name, fc.constant(value)])),
        text: fc.constant(text),
        damages: someDamage([...PIECES, ms932(text), `,${ms932(text)},`, `"${ms932(text)}`], 6),
      }),
    ) as fc.Arbitrary<{ layout: Layout; text: string; record: Record<string, unknown>; damages: never[] }>;
    fc.assert(
      fc.property(files, ({ layout, text, record, damages }) => {
        const kind = layout.kind as FileKind;
        const { bytes = new Uint8Array() } = encodeFile(kind, [record, record, record] as never[]);
        for (const charset of ['ms932', undefined] as const) {
          const options = charset ? { kind, charset } : { kind };
          const { issues } = decodeFile(bytesOf(damaged(latin1(bytes), damages)), options);
          expect(leak(issues, text)).toBeUndefined();
          told += issues.length;
        }
      }),
      { numRuns: 600 },
    );
    expect(told).toBeGreaterThan(600);
  });

  test('where it stands in a column of codes, digits, dates or numbers, nor is it told when it is written there', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ layout, text, record }, any) => {
        const kind = layout.kind as FileKind;
        const others = layout.placed.filter((column) => !column.kind.replaceable);
        const column = others[any % others.length] as (typeof others)[0];
        const [cells = []] = writtenCells(encodeFile(kind, [record] as never[]).bytes ?? new Uint8Array());
        const bytes = joinCells([cells.with(column.no - 1, ms932(text))]);
        const wrong = [{ ...record, [column.name]: text }] as never[];
        for (const showValues of [false, true]) {
          const read = decodeFile(bytes, { kind, charset: 'ms932', showValues }).issues;
          const written = encodeFile(kind, wrong, { showValues }).issues;
          for (const all of [read, written]) {
            const issues = all.filter((one) => one.column === column.no);
            expect(issues).toHaveLength(1);
            if (showValues) {
              expect(issues).toMatchObject([{ found: text, column: column.no }]);
              expect([issues[0]?.message.ja, issues[0]?.message.en].every((one) => one?.includes(text))).toBe(true);
            } else expect(leak(issues, text)).toBeUndefined();
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  test('where it is in a name of a property, in $raw, or cannot be sent', () => {
    fc.assert(
      fc.property(cases, ({ layout, text, record }) => {
        const kind = layout.kind as FileKind;
        const texts = layout.placed.filter((column) => column.kind.replaceable);
        const unsendable = Object.fromEntries(texts.map(({ name }) => [name, `${text}😀${text}`]));
        const records = [
          { ...record, [text]: text },
          { ...record, $raw: { csvVersion: text } },
          { ...record, ...unsendable },
          text,
        ] as never[];
        for (const onUnencodable of ['error', 'replace-all', () => '？', () => '😁'] as const) {
          const { issues } = encodeFile(kind, records, { onUnencodable });
          expect(issues.length).toBeGreaterThan(2);
          expect(leak(issues, text)).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  test('where whole transmissions are read and sent', () => {
    const address = { officeNumber: '0370100105', serviceType: '43' };
    fc.assert(
      fc.property(cases, ({ layout, text, record }) => {
        const wrong = { ...record, insurerNumber: text } as never;
        const to = { officeNumber: '0370200210', serviceType: '11' };
        const sending = { from: address, to, month: '2025-11', files: { [layout.kind]: [record, wrong] } };
        const sent = encodeTransmission(sending, { serial: '20251125200708' });
        expect(leak(sent.issues, text)).toBeUndefined();
        const path = 'UPPLAN_202511_0370100105_43_0370200210_11_20251125200708.CSV';
        const lines = `202407,${ms932(text)},"${ms932(text)}\r\n202407,,"${ms932(text)}\r\n${ms932(text)}`;
        const { issues } = decodeFiles([{ path, bytes: bytesOf(lines) }]);
        expect(issues.length).toBeGreaterThan(2);
        expect(leak(issues, text)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});
