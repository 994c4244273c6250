import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, type EncodeFileOptions, encodeFile, type OnUnencodable } from '../../src/codec/index.js';
import { type FileKind, type Layout, type RecordOf, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecord } from '../support/arbitrary.js';
import { DIRTY_FILES } from '../support/samples.js';

type Row = Readonly<Record<string, unknown>>;

const { bytes: plan = new Uint8Array() } = DIRTY_FILES.get('UPPLAN') ?? {};
const [record] = decodeFile(plan, { kind: 'UPPLAN' }).records as RecordOf<'UPPLAN'>[];

const encode = (changes: object, options: EncodeFileOptions = {}) =>
  encodeFile('UPPLAN', [{ ...record, ...changes } as RecordOf<'UPPLAN'>], options);

/** A value as it is written and read again. */
function written(changes: object, onUnencodable: OnUnencodable = 'error'): Row {
  const { bytes = new Uint8Array() } = encode(changes, { onUnencodable });
  return (decodeFile(bytes, { kind: 'UPPLAN', charset: 'ms932' }).records[0] ?? {}) as Row;
}

const told = (changes: object, onUnencodable: OnUnencodable = 'error') =>
  encode(changes, { onUnencodable }).issues.map(({ code, severity, field }) => `${severity} ${code} ${field}`);

describe('a character outside MS932', () => {
  test('in words is replaced with an issue of severity info, where it is the same character', () => {
    const { ok, issues } = encode({ careManagerName: 'ハ\u309aン屋−\u200b１' });
    expect(ok).toBe(true);
    expect(issues).toMatchObject([
      {
        code: 'char.replaced',
        severity: 'info',
        row: 1,
        column: 7,
        columnName: 'プラン担当者名',
        field: 'careManagerName',
      },
      { code: 'char.replaced', codePoints: ['U+2212'], index: 4, replacement: '－' },
      { code: 'char.replaced', codePoints: ['U+200B'], replacement: '' },
    ]);
    expect(written({ careManagerName: 'ハ\u309aン屋−\u200b１' }).careManagerName).toBe('パン屋－１');
  });

  test('is replaced with a variant or an approximation only when asked', () => {
    expect(told({ careManagerName: '鷗' })).toEqual(['error char.unencodable careManagerName']);
    expect(told({ careManagerName: '鷗' }, 'replace')).toEqual(['info char.replaced careManagerName']);
    expect(written({ careManagerName: '鷗' }, 'replace').careManagerName).toBe('鴎');
    expect(told({ careManagerName: '1½' }, 'replace')).toEqual(['error char.unencodable careManagerName']);
    expect(written({ careManagerName: '1½' }, 'replace-all').careManagerName).toBe('1(1/2)');
  });

  test('is told in every row that has it', () => {
    const one = { ...record, careManagerName: '−' } as RecordOf<'UPPLAN'>;
    const { issues } = encodeFile('UPPLAN', [one, one, one]);
    expect(issues.map(({ code, row }) => [code, row])).toEqual([1, 2, 3].map((row) => ['char.replaced', row]));
  });

  test('is never replaced in digits, codes, dates and times, nor is the caller asked', () => {
    const ask = () => expect.unreachable();
    const names = [
      'insurerNumber',
      'serviceDate',
      'startTime',
      'serviceCode',
      'taisCode',
      'overThirtyDays',
      'updatedBy',
    ];
    for (const name of names) {
      for (const text of ['−', '２', '\u200b', `2025−11−01`, `${record?.[name as 'taisCode'] ?? '1'}\u200b`]) {
        const { ok, issues } = encode({ [name]: text }, { onUnencodable: ask });
        expect(ok).toBe(false);
        for (const { code, field } of issues) expect([field, code.startsWith('cell.')]).toEqual([name, true]);
      }
    }
    const { issues } = encodeFile('UPSIKYU', [{ enteredBy: 'A−1' } as never], { onUnencodable: 'replace-all' });
    expect(issues.filter(({ field }) => field === 'enteredBy').map(({ code }) => code)).toContain('char.unencodable');
  });

  test('is judged for the form of its column after it was replaced', () => {
    const nfd = 'か\u3099';
    expect(told({ satelliteNumber: nfd + nfd })).toEqual(Array(2).fill('info char.replaced satelliteNumber'));
    expect(written({ satelliteNumber: nfd + nfd }).satelliteNumber).toBe('がが');
    expect(told({ satelliteNumber: `1\u200b2` })).toEqual(['info char.replaced satelliteNumber']);
    expect(told({ satelliteNumber: `1\u200b23` }).at(-1)).toBe('error cell.length satelliteNumber');
    expect(told({ satelliteNumber: '½' }, 'replace-all').at(-1)).toBe('error cell.length satelliteNumber');
    expect(told({ satelliteNumber: '\u0085' }, 'replace-all').at(-1)).toBe('error cell.bare satelliteNumber');
    expect(told({ satelliteNumber: '😀' }, () => ',').at(-1)).toBe('error cell.bare satelliteNumber');
    expect(written({ careManagerName: 'a😀b' }, () => '",\r\n').careManagerName).toBe('a",\r\nb');
  });

  test('leaves an empty cell where nothing remains: an absent value, or an error where one is required', () => {
    expect(told({ careManagerName: '\u200b' })).toEqual(['info char.replaced careManagerName']);
    expect(written({ careManagerName: '\u200b\ufeff' })).not.toHaveProperty('careManagerName');
    const layout = V4_1.layouts.find(({ kind }) => kind === 'UPHOSOKU') as Layout;
    const [person] = fc.sample(arbitraryRecord(layout), { numRuns: 1, seed: 1 }) as Row[];
    const issues = (name: string) =>
      encodeFile('UPHOSOKU', [{ ...person, name } as unknown as RecordOf<'UPHOSOKU'>]).issues.map(({ code }) => code);
    expect(issues('\u200b')).toEqual(['char.replaced', 'cell.required']);
    expect(issues('😀')).toEqual(['char.unencodable']);
  });

  test('that the caller replaces is told, and checked', () => {
    expect(told({ careManagerName: '😀' }, () => '笑')).toEqual(['info char.replaced careManagerName']);
    expect(told({ careManagerName: '😀' }, () => undefined)).toEqual(['error char.unencodable careManagerName']);
    expect(told({ careManagerName: '😀' }, () => '😁')).toEqual(['error char.answer careManagerName']);
    expect(told({ careManagerName: '😀' }, () => 5 as never)).toEqual(['error char.answer careManagerName']);
  });

  test('that is half a character is refused in either charset', () => {
    for (const text of ['\ud800', 'a\udc00', '\ud83d太郎', '太郎\ude00\ud83d']) {
      for (const charset of ['ms932', 'utf-8'] as const) {
        const { ok, issues } = encode({ careManagerName: text }, { charset, onUnencodable: 'replace-all' });
        expect(ok).toBe(false);
        expect(issues[0]).toMatchObject({ code: 'char.loneSurrogate', severity: 'error', column: 7 });
      }
    }
  });

  test('is written as it is in UTF-8', () => {
    const { bytes = new Uint8Array(), issues } = encode({ careManagerName: '鷗😀−か\u3099' }, { charset: 'utf-8' });
    expect(issues).toEqual([]);
    const file = decodeFile(bytes, { kind: 'UPPLAN' });
    expect(file.charset).toBe('utf-8');
    expect(file.records).toMatchObject([{ careManagerName: '鷗😀−か\u3099' }]);
  });
});

test('what replacements leave is read again as it was written, and needs none', () => {
  const char = fc.oneof(fc.constantFrom('か\u3099', '−', '½', '鷗', '\u200b', '"', ',', '葛\udb40\udd00'), fc.string());
  fc.assert(
    fc.property(fc.constantFrom<FileKind>('UP2KYO', 'UPYOBO'), fc.array(char, { minLength: 1 }), (kind, chars) => {
      const layout = V4_1.layouts.find((one) => one.kind === kind) as Layout;
      const [some] = fc.sample(arbitraryRecord(layout), { numRuns: 1, seed: 3 }) as Row[];
      const name = layout.placed.find(({ kind }) => kind.quoted && kind.length === null)?.name ?? '';
      const options = { onUnencodable: 'replace-all' } as const;
      const one = encodeFile(kind, [{ ...some, [name]: chars.join('') }] as never[], options);
      if (!one.ok) return;
      const { records, issues } = decodeFile(one.bytes, { kind, charset: 'ms932' });
      expect(issues).toEqual([]);
      expect(encodeFile(kind, records as never[])).toEqual({ ok: true, bytes: one.bytes, issues: [] });
    }),
    { numRuns: 300 },
  );
});
