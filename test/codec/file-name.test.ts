import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Address,
  type FileName,
  type FileNameOf3,
  formatFileName,
  type ParsedFileName,
  parseFileName,
} from '../../src/codec/file-name.js';
import { date, month, office, time } from '../../src/schema/cell.js';
import { type Issue, IssueError, type Layout, OFFICE_TYPES, SERVICE_TYPES, V4_1 } from '../../src/schema/index.js';
import { arbitraryText, arbitraryValue } from '../support/arbitrary.js';

const layouts: readonly Layout[] = V4_1.layouts;
const services: readonly string[] = SERVICE_TYPES.map(({ code }) => code);
const types = [...new Set([...services, ...OFFICE_TYPES.map(({ code }) => code)])];

const serial = fc
  .tuple(arbitraryText(date()), arbitraryText(time()), fc.nat(59))
  .map(([day, minute, second]) => day + minute + String(second).padStart(2, '0'));
const address = (codes: readonly string[]): fc.Arbitrary<Address> =>
  fc.record(
    { officeNumber: arbitraryText(office()), serviceType: fc.constantFrom(...codes) },
    { noNullPrototype: true },
  );
const common = { to: address(types), serial };
const kinds: readonly (readonly [string, fc.Arbitrary<FileName>])[] = [
  ...layouts.map((layout) => {
    const parts = {
      kind: fc.constant(layout.kind),
      ...(layout.monthInName ? { month: arbitraryValue(month(layout.monthMarker)) } : {}),
      from: address(layout.sentBy === 'service' ? services : types),
      ...common,
    };
    return [layout.kind, fc.record(parts, { noNullPrototype: true }) as fc.Arbitrary<FileName>] as const;
  }),
  ...V4_1.images.map((image) => {
    const branch = fc
      .nat(10 ** image.branchDigits - 1)
      .map((number) => String(number).padStart(image.branchDigits, '0'));
    const parts = { kind: fc.constant(image.kind), from: address(types), ...common, branch };
    return [image.kind, fc.record(parts, { noNullPrototype: true })] as const;
  }),
];
const anyName = fc.oneof(...kinds.map(([, names]) => names));

const codesOf = (issues: readonly Issue[]) => issues.map(({ code }) => code);
const extensionAt = (name: string) => name.search(/[.．][^.．]*$/);
const beforeExtension = (added: string) => (name: string) =>
  name.slice(0, extensionAt(name)) + added + name.slice(extensionAt(name));
const wide = (text: string) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

const PLAN = 'UPPLAN_202504_0300000100_43_0300000005_11_20250325200201.CSV';
const PLAN_NAME: ParsedFileName = {
  kind: 'UPPLAN',
  month: '2025-04',
  from: { officeNumber: '0300000100', serviceType: '43' },
  to: { officeNumber: '0300000005', serviceType: '11' },
  serial: '20250325200201',
  edition: '4.1',
};

describe.each(kinds)('The name of a file %s', (kind, names) => {
  it('is read as it was written, without an issue', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(parseFileName(formatFileName(name))).toEqual({ name: { ...name, edition: V4_1.id }, issues: [] });
      }),
    );
  });

  it('is written as it was read', () => {
    fc.assert(
      fc.property(names, (name) => {
        const text = formatFileName(name);
        expect(formatFileName(parseFileName(text).name as FileName)).toBe(text);
      }),
    );
  });

  it('is kind, month where it has one, sender, receiver, serial and extension', () => {
    const { month: hasMonth, branch } = fc.sample(names, 1)[0] as FileName;
    const form = `^${kind}${hasMonth ? '_[0-9]{6}' : ''}(_[0-9A-Z]{10}_[0-9A-Z]{2}){2}_[0-9]{14}${branch ? '_[0-9]{4}\\.jpg' : '\\.CSV'}$`;
    fc.assert(
      fc.property(names, (name) => {
        expect(formatFileName(name)).toMatch(new RegExp(form));
      }),
    );
  });
});

describe('A file name', () => {
  it('is that of the standard', () => {
    expect(parseFileName(PLAN)).toEqual({ name: PLAN_NAME, issues: [] });
    expect(formatFileName(PLAN_NAME as FileName)).toBe(PLAN);
  });

  it('has its extension in any letter case', () => {
    const anyCase = fc.tuple(anyName, fc.infiniteStream(fc.boolean()));
    fc.assert(
      fc.property(anyCase, ([name, upper]) => {
        const cased = formatFileName(name).replace(/[a-z]+$/i, (extension) =>
          extension.replace(/./g, (char) => (upper.next().value ? char.toUpperCase() : char.toLowerCase())),
        );
        expect(parseFileName(cased)).toEqual({ name: { ...name, edition: V4_1.id }, issues: [] });
      }),
    );
  });

  it.each(['/home/office/', 'C:\\Users\\事務\\Downloads\\', '\\\\server\\共有/', './', '/'])(
    'is what stands at the end of a path: %s',
    (folder) => {
      expect(parseFileName(folder + PLAN)).toEqual({ name: PLAN_NAME, issues: [] });
    },
  );

  it('has the month 000000 for a supplement beside a care plan', () => {
    const text = 'UPHOSOKU_000000_0300000100_43_0300000005_11_20250325200201.CSV';
    expect(parseFileName(text)).toMatchObject({ name: { kind: 'UPHOSOKU', month: '000000' }, issues: [] });
  });

  it('has an office number whose third character may be a capital', () => {
    const text = 'UPPLAN_202504_27A0000100_43_0300000005_A6_20250325200201.CSV';
    expect(parseFileName(text)).toMatchObject({ name: { from: { officeNumber: '27A0000100' } }, issues: [] });
  });
});

/** What people and programs do to names: how, and a name that comes of it. */
const RENAMINGS: readonly (readonly [string, (name: string) => string])[] = [
  ['a number of a browser behind: " (1)"', beforeExtension(' (1)')],
  ['a number behind: "(12)"', beforeExtension('(12)')],
  ['a full-width number behind: "（１）"', beforeExtension('（１）')],
  ['a copy of macOS: "のコピー"', beforeExtension('のコピー')],
  ['a copy of macOS with a number: " のコピー 2"', beforeExtension(' のコピー 2')],
  ['a copy of macOS in its own Unicode form', beforeExtension('のコピー'.normalize('NFD'))],
  ['a second file of macOS: " 2"', beforeExtension(' 2')],
  ['a copy of Windows: " - コピー"', beforeExtension(' - コピー')],
  ['a copy of Windows with a number: " - コピー (2)"', beforeExtension(' - コピー (2)')],
  ['a copy of Windows in English: " - Copy"', beforeExtension(' - Copy')],
  ['a copy of Windows XP: "コピー ～ "', (name) => `コピー ～ ${name}`],
  ['a copy of Windows XP with another dash: "コピー 〜 "', (name) => `コピー 〜 ${name}`],
  ['a copy of Windows XP with a number: "コピー (2) ～ "', (name) => `コピー (2) ～ ${name}`],
  ['a word before: "utf8_"', (name) => `utf8_${name}`],
  ['a word before: "header_"', (name) => `header_${name}`],
  ['a date before: "20250401_"', (name) => `20250401_${name}`],
  ['a word before: "【至急】"', (name) => `【至急】${name}`],
  ['a word behind: "_済"', beforeExtension('_済')],
  ['a mark of the writing direction before, as from the file properties of Windows', (name) => `\u202a${name}`],
  ['full-width characters throughout', wide],
  ['full-width digits', (name) => name.replace(/[0-9]/g, wide)],
  ['full-width letters', (name) => name.replace(/[A-Za-z]/g, wide)],
  ['full-width underscores', (name) => name.replaceAll('_', '＿')],
  ['small letters', (name) => name.toLowerCase()],
  ['spaces around', (name) => ` ${name}　`],
  ['spaces around underscores', (name) => name.replaceAll('_', ' _ ')],
  ['spaces instead of underscores', (name) => name.replaceAll('_', ' ')],
  ['a space before the extension', beforeExtension(' ')],
  ['a line end behind', (name) => `${name}\r\n`],
];

describe.each(RENAMINGS)('A file renamed with %s', (_, rename) => {
  it('is recovered with one warning, which tells its true name', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const expected = formatFileName(name);
        const file = `受信/${rename(expected)}`;
        const parsed = parseFileName(file);
        expect(parsed.name).toEqual({ ...name, edition: V4_1.id });
        expect(parsed.issues).toMatchObject([{ code: 'name.renamed', severity: 'warning', file, expected }]);
        expect(parsed.issues[0]?.message.ja).toContain(expected);
      }),
    );
  });
});

describe('A file renamed twice', () => {
  it('is recovered with one warning all the same', () => {
    const twice = fc.tuple(anyName, fc.constantFrom(...RENAMINGS), fc.constantFrom(...RENAMINGS));
    fc.assert(
      fc.property(twice, ([name, [, first], [, second]]) => {
        const expected = formatFileName(name);
        const parsed = parseFileName(second(first(expected)));
        expect(parsed.name).toEqual({ ...name, edition: V4_1.id });
        expect(parsed.issues).toMatchObject([{ code: 'name.renamed', expected }]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('What is not certain is not recovered:', () => {
  it.each([
    ['a serial of 15 digits', PLAN.replace('.CSV', '1.CSV')],
    ['a serial of 13 digits', PLAN.replace('1.CSV', '.CSV')],
    ['a letter on the serial', PLAN.replace('.CSV', 'a.CSV')],
    ['a full-width digit more', PLAN.replace('.CSV', '１.CSV')],
    ['a digit on the kind', `1${PLAN}`],
    ['a letter on the kind', `x${PLAN}`],
    ['a kind that there is not', PLAN.replace('UPPLAN', 'UPPLANS')],
    ['a kind spelled otherwise', PLAN.replace('UPPLAN', 'UP PLAN')],
    ['a second serial', PLAN.replace('.CSV', '_20250326200201.CSV')],
    ['two names in one', `${PLAN} ${PLAN}`],
    ['a month of 5 digits', PLAN.replace('202504', '20254')],
    ['a date instead of the month', PLAN.replace('202504', '20250401')],
    ['an office number of 8 digits', PLAN.replace('0300000100', '03000001')],
    ['an office number of 11 digits', PLAN.replace('0300000100', '03000001000')],
    ['a letter elsewhere in an office number', PLAN.replace('0300000100', 'A300000100')],
    ['a small letter elsewhere in an office number', PLAN.replace('0300000100', '030000010o')],
    ['a service type of one character', PLAN.replace('_43_', '_4_')],
    ['a service type of four characters', PLAN.replace('_43_', '_0043_')],
    ['one service type missing', PLAN.replace('_43_', '_')],
    ['one service type empty', PLAN.replace('_43_', '__')],
    ['service types of two lengths', PLAN.replace('_43_', '_430_')],
    ['no receiver', PLAN.replace('0300000005_11_', '')],
    ['hyphens instead of underscores', PLAN.replaceAll('_', '-')],
    ['no underscore', PLAN.replaceAll('_', '')],
    ['no extension', PLAN.replace('.CSV', '')],
    ['another extension', PLAN.replace('.CSV', '.txt')],
    ['one more extension', `${PLAN}.zip`],
    ['half a download', `${PLAN}.crdownload`],
    ['a mark of LibreOffice that the file is open', `.~lock.${PLAN}#`],
    ['a CSV file as an image', PLAN.replace('.CSV', '.jpg')],
    ['an image as a CSV file', 'UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500_0001.CSV'],
    ['an image without a branch number', 'UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500.jpg'],
    ['an image with a number of a copy only', 'UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500 (0001).jpg'],
    ['a branch number of 5 digits', 'UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500_00012.jpg'],
    ['a folder', `${PLAN}/`],
    ['another file', 'Thumbs.db'],
    ['nothing', ''],
  ])('%s', (_, file) => {
    const parsed = parseFileName(file);
    expect(parsed).toMatchObject({ issues: [{ code: 'name.form', severity: 'error', file }] });
    expect(parsed).not.toHaveProperty('name');
    expect(parsed.issues).toHaveLength(1);
  });

  it('digits more or less on any number of a name', () => {
    const touched = fc.tuple(anyName, fc.nat(), fc.stringMatching(/^[0-9]{0,3}$/));
    fc.assert(
      fc.property(touched, ([name, at, digits]) => {
        const text = formatFileName({ ...name, from: { ...name.from, serviceType: '73' } });
        const numbers = [...text.matchAll(/(?<=_)[0-9]{4,}(?=[_.])/g)].map(({ index }) => index);
        const start = (numbers[at % numbers.length] as number) + 1;
        const changed = text.slice(0, start) + digits + text.slice(start + (digits === '' ? 2 : 0));
        expect(codesOf(parseFileName(changed).issues)).toEqual(['name.form']);
      }),
    );
  });
});

describe('Files that programs put beside others', () => {
  it.each(['._', '~$'])('are not taken for them: %s', (mark) => {
    const file = `received/${mark}${PLAN}`;
    expect(parseFileName(file)).toMatchObject({ issues: [{ code: 'name.notOurs', severity: 'info', file }] });
    expect(parseFileName(file)).not.toHaveProperty('name');
  });
});

describe('A name of an older edition', () => {
  it('has no service types in edition 3: read, and said', () => {
    fc.assert(
      fc.property(anyName, ({ from, to, ...rest }) => {
        const text = formatFileName({ from, to, ...rest });
        const older = text.replace(/_([0-9A-Z]{10})_../g, '_$1');
        const parsed = parseFileName(older);
        expect(parsed.name).toEqual({
          ...rest,
          from: { officeNumber: from.officeNumber },
          to: { officeNumber: to.officeNumber },
          edition: '3',
        });
        expect(parsed.issues).toMatchObject([{ code: 'name.edition', severity: 'info', found: '3', expected: '4.1' }]);
      }),
    );
  });

  it('has three characters for a service type in edition 4.0: kept as they are', () => {
    const three = fc.stringMatching(/^[!-.0-[\]^`-~]{3}$/);
    fc.assert(
      fc.property(anyName, three, three, ({ from, to, ...rest }, sender, receiver) => {
        const text = formatFileName({ from, to, ...rest })
          .replace(/_([0-9A-Z]{10})_../, (_, number) => `_${number}:`)
          .replace(/_([0-9A-Z]{10})_../, (_, number) => `_${number}_${receiver}`)
          .replace(':', () => `_${sender}`);
        const parsed = parseFileName(text);
        expect(parsed.name).toEqual({
          ...rest,
          from: { officeNumber: from.officeNumber, serviceType: sender },
          to: { officeNumber: to.officeNumber, serviceType: receiver },
          edition: '4.0',
        });
        expect(parsed.issues).toMatchObject([
          { code: 'name.edition', severity: 'warning', found: '4.0', expected: '4.1' },
        ]);
      }),
    );
  });

  it('is recovered where it was renamed, and its own name told', () => {
    const text = 'UPPLAN_202301_0370100105_0370200210_20221225200201';
    const { name, issues } = parseFileName(`${text} (1).csv`);
    expect(name).toMatchObject({ edition: '3', month: '2023-01' });
    expect(issues).toMatchObject([
      { code: 'name.renamed', expected: `${text}.CSV` },
      { code: 'name.edition', severity: 'info' },
    ]);
  });

  it('of edition 3 is written again as it was; one of 4.0 is never written', () => {
    const [older, middle] = ['', '_043'].map(
      (type) => `UPPLAN_202301_0370100105${type}_0370200210${type}_20221225200201.CSV`,
    );
    const name = parseFileName(older as string).name as FileNameOf3;
    expect(formatFileName(name)).toBe(older);
    const { edition: _, ...parts } = name;
    expect(() => formatFileName(parts as FileName)).toThrow(/from\.serviceType.*\n.*to\.serviceType/);
    expect(() => formatFileName(parseFileName(middle as string).name as FileName & { edition: '4.1' })).toThrow(
      /edition/,
    );
  });

  it('of edition 3 has no kind that came later', () => {
    const parts = { kind: 'UP3KYO', from: { officeNumber: '0370100105' }, to: { officeNumber: '0370200210' } } as const;
    expect(() => formatFileName({ ...parts, serial: '20221225200201', edition: '3' })).toThrow(/kind/);
  });
});

/** The standard's own examples are careless: what, the name, its issues, and what is read. */
const CARELESS: readonly (readonly [string, string, readonly Partial<Issue>[], Partial<ParsedFileName>])[] = [
  [
    'a sender of 9 digits',
    PLAN.replace('0300000100', '030000010'),
    [{ code: 'name.officeNumber', found: '030000010' }],
    { from: { officeNumber: '030000010', serviceType: '43' } },
  ],
  [
    'a receiver of 9 digits',
    PLAN.replace('0300000005', '030000005'),
    [{ code: 'name.officeNumber', found: '030000005' }],
    { to: { officeNumber: '030000005', serviceType: '11' } },
  ],
  [
    'service types that are in no table',
    PLAN.replace('_43_', '_99_').replace('_11_', '_Z1_'),
    [
      { code: 'name.serviceType', found: '99' },
      { code: 'name.serviceType', found: 'Z1' },
    ],
    { from: { officeNumber: '0300000100', serviceType: '99' }, to: { officeNumber: '0300000005', serviceType: 'Z1' } },
  ],
  [
    'basic information with a month',
    PLAN.replace('UPPLAN', 'UPKIHON'),
    [{ code: 'name.month', found: '202504' }],
    { kind: 'UPKIHON' },
  ],
  [
    'basic information with a month that is none',
    PLAN.replace('UPPLAN_202504', 'UPKIHON_202513'),
    [{ code: 'name.month', found: '202513' }],
    { kind: 'UPKIHON' },
  ],
  ['a slip without a month', PLAN.replace('_202504', ''), [{ code: 'name.month', expected: 'YYYYMM' }], {}],
  [
    'a slip of month 13',
    PLAN.replace('_202504', '_202513'),
    [{ code: 'name.month', found: '202513', expected: 'YYYYMM' }],
    {},
  ],
  [
    'a slip of month 000000, which only the supplement has',
    PLAN.replace('_202504', '_000000'),
    [{ code: 'name.month', found: '000000', expected: 'YYYYMM' }],
    {},
  ],
  [
    'a supplement of month 00',
    PLAN.replace('UPPLAN_202504', 'UPHOSOKU_202500'),
    [{ code: 'name.month', found: '202500', expected: 'YYYYMM, 000000' }],
    { kind: 'UPHOSOKU' },
  ],
  [
    'a serial that is no date',
    PLAN.replace('20250325200201', '20250230200201'),
    [{ code: 'name.serial', found: '20250230200201', expected: 'YYYYMMDDhhmmss' }],
    { serial: '20250230200201' },
  ],
  [
    'actuals that care management sends to a service office',
    PLAN.replace('UPPLAN', 'UPJSK'),
    [{ code: 'name.sender', found: '43' }],
    { kind: 'UPJSK' },
  ],
  [
    'a withdrawal of actuals that care management sends to care management',
    PLAN.replace('UPPLAN', 'DLTJSK').replace('_11_', '_43_'),
    [{ code: 'name.sender', found: '43' }],
    { kind: 'DLTJSK' },
  ],
  [
    'several such things at once',
    'UPJSK_030000010_43_030000005_99_20250325200261.CSV',
    [
      { code: 'name.month' },
      { code: 'name.officeNumber' },
      { code: 'name.officeNumber' },
      { code: 'name.serviceType' },
      { code: 'name.sender' },
      { code: 'name.serial' },
    ],
    { kind: 'UPJSK' },
  ],
];

describe('A careless name', () => {
  it.each(CARELESS)('is read with warnings: %s', (_, file, expected, parts) => {
    const { name, issues } = parseFileName(file);
    expect(name).toMatchObject(parts);
    expect(issues).toHaveLength(expected.length);
    expect(issues).toMatchObject(expected.map((one) => ({ ...one, severity: 'warning', file })));
  });

  it.each(CARELESS)('is never written: %s', (_, file) => {
    const { name } = parseFileName(file);
    let written: string | undefined;
    try {
      written = formatFileName(name as FileName);
    } catch (error) {
      expect(error).toBeInstanceOf(IssueError);
    }
    expect(written).not.toBe(file);
  });

  it('has no month where it is not certain or does not belong', () => {
    for (const [, file, issues] of CARELESS) {
      const monthless = issues.some(({ code }) => code === 'name.month');
      expect('month' in (parseFileName(file).name ?? {}), file).toBe(!monthless);
    }
  });

  it('that was renamed tells its true name only where that is one of the standard', () => {
    const [nine, none, month] = [
      PLAN.replace('0300000100', '030000010'),
      PLAN.replace('_202504', ''),
      PLAN.replace('UPPLAN', 'UPKIHON'),
    ].map((name) => parseFileName(`コピー ～ ${name}`).issues);
    expect(nine).toMatchObject([{ code: 'name.renamed' }, { code: 'name.officeNumber' }]);
    expect(nine?.[0]).not.toHaveProperty('expected');
    expect(nine?.[0]?.message.en).not.toContain('undefined');
    expect(none?.[0]).not.toHaveProperty('expected');
    expect(none).toMatchObject([{ code: 'name.renamed' }, { code: 'name.month' }]);
    expect(month).toMatchObject([
      { code: 'name.renamed', expected: 'UPKIHON_0300000100_43_0300000005_11_20250325200201.CSV' },
      { code: 'name.month' },
    ]);
  });
});

describe('Actuals', () => {
  const actuals = (from: string, to: string) =>
    codesOf(parseFileName(`UPJSK_202504_0300000100_${from}_0300000005_${to}_20250325200201.CSV`).issues);

  it.each(['73', '75', '77'])('come from offices of type %s too, which have care managers and serve', (type) => {
    expect(actuals(type, '43')).toEqual([]);
  });

  it('are passed on by an entrusted office to the centre', () => {
    expect(actuals('43', '46')).toEqual([]);
    expect(actuals('43', 'AF')).toEqual([]);
  });

  it.each(['43', '46', 'AF'])('do not come from care management of type %s otherwise', (type) => {
    expect(actuals(type, '11')).toEqual(['name.sender']);
    expect(actuals(type, type)).toEqual(['name.sender']);
  });
});

describe('Writing a name', () => {
  const good = PLAN_NAME as FileName;
  const wrongParts = (name: unknown): (string | number | undefined)[] => {
    try {
      formatFileName(name as FileName);
    } catch (error) {
      expect(error).toBeInstanceOf(IssueError);
      const { issues } = error as IssueError;
      expect(issues.every(({ code, severity }) => code === 'name.parts' && severity === 'error')).toBe(true);
      return issues.map(({ found }) => found);
    }
    return [];
  };

  it.each([
    ['an unknown kind', { kind: 'UPFOO' }, ['kind']],
    ['an unknown kind, whatever month and branch it has', { kind: 'UPFOO', month: '', branch: '1' }, ['kind']],
    ['no kind', { kind: undefined }, ['kind']],
    ['no month', { month: undefined }, ['month']],
    ['a month as in the file', { month: '202504' }, ['month']],
    ['a month 13', { month: '2025-13' }, ['month']],
    ['the month of a supplement', { month: '000000' }, ['month']],
    ['a month too many', { kind: 'UPKIHON' }, ['month']],
    ['a number of 9 digits', { from: { officeNumber: '030000010', serviceType: '43' } }, ['from.officeNumber']],
    ['a small letter', { to: { officeNumber: '27a0000100', serviceType: '11' } }, ['to.officeNumber']],
    ['a number that is none', { to: { officeNumber: 300000005, serviceType: '11' } }, ['to.officeNumber']],
    ['a type in no table', { to: { officeNumber: '0300000005', serviceType: '99' } }, ['to.serviceType']],
    ['no type', { from: { officeNumber: '0300000100' } }, ['from.serviceType']],
    ['no sender', { from: undefined }, ['from.officeNumber', 'from.serviceType']],
    ['actuals from care management', { kind: 'UPJSK' }, ['from.serviceType']],
    ['a serial that is no date', { serial: '20250230200201' }, ['serial']],
    ['a serial that is a number', { serial: 20250325200201 }, ['serial']],
    ['a branch of a CSV file', { branch: '0001' }, ['branch']],
    ['an image without a branch', { kind: 'UPKIHON_IMAGE', month: undefined }, ['branch']],
    ['a branch of 5 digits', { kind: 'UPKIHON_IMAGE', month: undefined, branch: '00001' }, ['branch']],
    ['a branch with a line end', { kind: 'UPKIHON_IMAGE', month: undefined, branch: '001\n' }, ['branch']],
    [
      'everything wrong',
      { kind: 'UPPLAN', month: '', from: { officeNumber: '' }, to: null, serial: '', branch: '' },
      ['month', 'from.officeNumber', 'from.serviceType', 'to.officeNumber', 'to.serviceType', 'serial', 'branch'],
    ],
  ])('refuses %s', (_, change, parts) => {
    expect(wrongParts({ ...good, ...change })).toEqual(parts);
  });

  it('says what each part should be, and nothing of what was given', () => {
    const secret = '山田花子';
    const name = { kind: 'UPPLAN', month: secret, from: { officeNumber: secret }, serial: secret, branch: secret };
    expect(() => formatFileName(name as unknown as FileName)).toThrow(/YYYY-MM[\s\S]*YYYYMMDDhhmmss[\s\S]*no branch/);
    expect(() => formatFileName(name as unknown as FileName)).not.toThrow(secret);
  });
});

describe('Any text', () => {
  const odd = fc.constantFrom(
    ...'0129AZaz_ .-()（０Ａ＿　～',
    '\\',
    '/',
    '\n',
    '._',
    '_43',
    'UPPLAN',
    '.CSV',
    '𠮷',
    '\ud800',
  );
  const touched = fc
    .tuple(anyName, fc.constantFrom(...RENAMINGS), fc.boolean(), fc.nat(90), fc.nat(4), fc.array(odd, { maxLength: 4 }))
    .map(([name, [, rename], renamed, at, removed, added]) => {
      const text = renamed ? rename(formatFileName(name)) : formatFileName(name);
      return text.slice(0, at) + added.join('') + text.slice(at + removed);
    });
  const pieces = fc
    .array(fc.oneof(fc.constantFrom(...PLAN.split('_'), '_', '_', '_', '43', '030000010', '000000', 'UPKIHON'), odd), {
      maxLength: 20,
    })
    .map((parts) => parts.join(''));
  const anyText = fc.oneof(
    { weight: 4, arbitrary: touched },
    { weight: 1, arbitrary: pieces },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.constantFrom(...CARELESS.map(([, file]) => file)) },
  );

  it('is read without throwing, with a name or an issue that says why there is none', () => {
    fc.assert(
      fc.property(anyText, (file) => {
        const { name, issues } = parseFileName(file);
        const none = codesOf(issues).filter((code) => code === 'name.form' || code === 'name.notOurs');
        expect(none).toHaveLength(name ? 0 : 1);
        if (!name) expect(issues).toHaveLength(1);
        for (const issue of issues) {
          expect(issue.file).toBe(file);
          expect(issue.message.ja + issue.message.en).not.toContain('undefined');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('gives a name that can be written, or a warning of the part that cannot', () => {
    fc.assert(
      fc.property(anyText, (file) => {
        const { name, issues } = parseFileName(file);
        if (name?.edition !== '4.1') return;
        const careless = issues.filter(
          ({ code, expected }) => code !== 'name.renamed' && (code !== 'name.month' || expected !== undefined),
        );
        if (careless.length > 0) {
          expect(() => formatFileName(name)).toThrow(IssueError);
        } else {
          expect(parseFileName(formatFileName(name))).toEqual({ name, issues: [] });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('gives no name without an issue but one of the standard', () => {
    fc.assert(
      fc.property(anyText, (file) => {
        const { name, issues } = parseFileName(file);
        if (!name || issues.length > 0) return;
        const base = file.slice(file.search(/[^\\/]*$/));
        const extension = extensionAt(base);
        const text = formatFileName(name as FileName);
        expect(base.slice(0, extension)).toBe(text.slice(0, extensionAt(text)));
        expect(base.slice(extension)).toMatch(/^\.(csv|jpg)$/i);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives no serial but a whole run of digits', () => {
    fc.assert(
      fc.property(anyText, (file) => {
        const { name } = parseFileName(file);
        const runs = file.normalize('NFKC').match(/[0-9A-Za-z]+/g) ?? [];
        if (name) expect(runs).toContain(name.serial);
      }),
      { numRuns: 3000 },
    );
  });

  it('is read in a time that grows with its length only', () => {
    const long = 20_000;
    const texts = [
      ' '.repeat(long),
      `UPPLAN${' '.repeat(long)}.CSV`,
      `${'UPPLAN '.repeat(long)}.CSV`,
      `${'UPPLAN_202504_0300000100_'.repeat(long)}.CSV`,
      `${PLAN.slice(0, -4)}${'9 '.repeat(long)}.CSV`,
      `${PLAN.slice(0, -4)}_${'123456789_'.repeat(long)}1234567890.CSV`,
      `${'コピー ～ '.repeat(long)}${PLAN}`,
    ];
    const start = performance.now();
    for (const text of texts) parseFileName(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('The samples', () => {
  const samples = new URL('../fixtures/samples/', import.meta.url);
  const files = readdirSync(samples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) => readdirSync(new URL(`${folder}/`, samples)).map((file) => `${folder}/${file}`))
    .sort();
  const told = ({ officeNumber, serviceType }: { officeNumber: string; serviceType?: string }) =>
    `${officeNumber}${serviceType === undefined ? '' : `-${serviceType}`}`;

  it.each(files.filter((file) => !file.startsWith('dirty/')))('have names of the standard: %s', (file) => {
    const { name, issues } = parseFileName(file);
    expect(issues).toEqual([]);
    expect(`${file.slice(0, file.indexOf('/') + 1)}${formatFileName(name as FileName)}`).toBe(file);
  });

  it('are read like this', () => {
    const rows = files.map((file) => {
      const { name, issues } = parseFileName(file);
      const { edition, kind, month = '-', from, to, serial, branch } = name as ParsedFileName;
      const parts = [
        edition,
        kind,
        month,
        told(from),
        told(to),
        serial,
        ...(branch ? [branch] : []),
        ...codesOf(issues),
      ];
      return `${file} > ${parts.join(' ')}`;
    });
    expect(rows.join('\n')).toMatchInlineSnapshot(`
      "actuals/UPJSK_202511_0360190037_13_0370100105_43_20251203200201.CSV > 4.1 UPJSK 2025-11 0360190037-13 0370100105-43 20251203200201
      actuals/UPJSK_202511_0370200210_11_0370100105_43_20251203200208.CSV > 4.1 UPJSK 2025-11 0370200210-11 0370100105-43 20251203200208
      actuals/UPJSK_202511_0370200210_17_0370100105_43_20251203200215.CSV > 4.1 UPJSK 2025-11 0370200210-17 0370100105-43 20251203200215
      actuals/UPJSK_202511_0370200228_15_0370100105_43_20251203200222.CSV > 4.1 UPJSK 2025-11 0370200228-15 0370100105-43 20251203200222
      actuals/UPJSK_202511_0370300317_17_0370100105_43_20251203200229.CSV > 4.1 UPJSK 2025-11 0370300317-17 0370100105-43 20251203200229
      care-plan/UP1KYO_0370100105_43_0360190037_13_20251125200201.CSV > 4.1 UP1KYO - 0370100105-43 0360190037-13 20251125200201
      care-plan/UP1KYO_0370100105_43_0370200210_11_20251125200208.CSV > 4.1 UP1KYO - 0370100105-43 0370200210-11 20251125200208
      care-plan/UP1KYO_0370100105_43_0370200210_17_20251125200215.CSV > 4.1 UP1KYO - 0370100105-43 0370200210-17 20251125200215
      care-plan/UP1KYO_0370100105_43_0370200228_15_20251125200222.CSV > 4.1 UP1KYO - 0370100105-43 0370200228-15 20251125200222
      care-plan/UP1KYO_0370100105_43_0370300317_17_20251125200229.CSV > 4.1 UP1KYO - 0370100105-43 0370300317-17 20251125200229
      care-plan/UP2KYO_0370100105_43_0360190037_13_20251125200201.CSV > 4.1 UP2KYO - 0370100105-43 0360190037-13 20251125200201
      care-plan/UP2KYO_0370100105_43_0370200210_11_20251125200208.CSV > 4.1 UP2KYO - 0370100105-43 0370200210-11 20251125200208
      care-plan/UP2KYO_0370100105_43_0370200210_17_20251125200215.CSV > 4.1 UP2KYO - 0370100105-43 0370200210-17 20251125200215
      care-plan/UP2KYO_0370100105_43_0370200228_15_20251125200222.CSV > 4.1 UP2KYO - 0370100105-43 0370200228-15 20251125200222
      care-plan/UP2KYO_0370100105_43_0370300317_17_20251125200229.CSV > 4.1 UP2KYO - 0370100105-43 0370300317-17 20251125200229
      care-plan/UP3KYO_0370100105_43_0360190037_13_20251125200201.CSV > 4.1 UP3KYO - 0370100105-43 0360190037-13 20251125200201
      care-plan/UP3KYO_0370100105_43_0370200210_11_20251125200208.CSV > 4.1 UP3KYO - 0370100105-43 0370200210-11 20251125200208
      care-plan/UP3KYO_0370100105_43_0370200210_17_20251125200215.CSV > 4.1 UP3KYO - 0370100105-43 0370200210-17 20251125200215
      care-plan/UP3KYO_0370100105_43_0370200228_15_20251125200222.CSV > 4.1 UP3KYO - 0370100105-43 0370200228-15 20251125200222
      care-plan/UP3KYO_0370100105_43_0370300317_17_20251125200229.CSV > 4.1 UP3KYO - 0370100105-43 0370300317-17 20251125200229
      care-plan/UPHOSOKU_000000_0370100105_43_0360190037_13_20251125200201.CSV > 4.1 UPHOSOKU 000000 0370100105-43 0360190037-13 20251125200201
      care-plan/UPHOSOKU_000000_0370100105_43_0370200210_11_20251125200208.CSV > 4.1 UPHOSOKU 000000 0370100105-43 0370200210-11 20251125200208
      care-plan/UPHOSOKU_000000_0370100105_43_0370200210_17_20251125200215.CSV > 4.1 UPHOSOKU 000000 0370100105-43 0370200210-17 20251125200215
      care-plan/UPHOSOKU_000000_0370100105_43_0370200228_15_20251125200222.CSV > 4.1 UPHOSOKU 000000 0370100105-43 0370200228-15 20251125200222
      care-plan/UPHOSOKU_000000_0370100105_43_0370300317_17_20251125200229.CSV > 4.1 UPHOSOKU 000000 0370100105-43 0370300317-17 20251125200229
      dirty/UPPLAN_202511_0370100105_43_0370200210_11_20251127100000 (1).csv > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/all-quoted_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/edition3_UPPLAN_202301_0370100105_0370200210_20221225200201.CSV > 3 UPPLAN 2023-01 0370100105 0370200210 20221225200201 name.renamed name.edition
      dirty/empty_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/eof-1a_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/gaiji_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/header_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/lf_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/nec-selected_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/no-final-newline_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/short-row_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/spaces_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/truncated_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/unquoted_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/utf8-bom_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/utf8_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      dirty/version-202410_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251127100000 name.renamed
      preventive/UPKIHON_0300100013_46_0370200228_A6_20251120101500.CSV > 4.1 UPKIHON - 0300100013-46 0370200228-A6 20251120101500
      preventive/UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500_0001.jpg > 4.1 UPKIHON_IMAGE - 0300100013-46 0370200228-A6 20251120101500 0001
      preventive/UPKIHON_SUB1_0300100013_46_0370200228_A6_20251120101500.CSV > 4.1 UPKIHON_SUB1 - 0300100013-46 0370200228-A6 20251120101500
      preventive/UPKIHON_SUB2_0300100013_46_0370200228_A6_20251120101500.CSV > 4.1 UPKIHON_SUB2 - 0300100013-46 0370200228-A6 20251120101500
      preventive/UPYOBO_0300100013_46_0370200228_A6_20251120101500.CSV > 4.1 UPYOBO - 0300100013-46 0370200228-A6 20251120101500
      preventive/UPYOBO_SUB_0300100013_46_0370200228_A6_20251120101500.CSV > 4.1 UPYOBO_SUB - 0300100013-46 0370200228-A6 20251120101500
      slip/UPHOSOKU_202511_0370100105_43_0360190037_13_20251125200701.CSV > 4.1 UPHOSOKU 2025-11 0370100105-43 0360190037-13 20251125200701
      slip/UPHOSOKU_202511_0370100105_43_0370200210_11_20251125200708.CSV > 4.1 UPHOSOKU 2025-11 0370100105-43 0370200210-11 20251125200708
      slip/UPHOSOKU_202511_0370100105_43_0370200210_17_20251125200715.CSV > 4.1 UPHOSOKU 2025-11 0370100105-43 0370200210-17 20251125200715
      slip/UPHOSOKU_202511_0370100105_43_0370200228_15_20251125200722.CSV > 4.1 UPHOSOKU 2025-11 0370100105-43 0370200228-15 20251125200722
      slip/UPHOSOKU_202511_0370100105_43_0370300317_17_20251125200729.CSV > 4.1 UPHOSOKU 2025-11 0370100105-43 0370300317-17 20251125200729
      slip/UPPLAN_202511_0370100105_43_0360190037_13_20251125200701.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0360190037-13 20251125200701
      slip/UPPLAN_202511_0370100105_43_0370200210_11_20251125200708.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-11 20251125200708
      slip/UPPLAN_202511_0370100105_43_0370200210_17_20251125200715.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200210-17 20251125200715
      slip/UPPLAN_202511_0370100105_43_0370200228_15_20251125200722.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370200228-15 20251125200722
      slip/UPPLAN_202511_0370100105_43_0370300317_17_20251125200729.CSV > 4.1 UPPLAN 2025-11 0370100105-43 0370300317-17 20251125200729
      slip/UPSIKYU_202511_0370100105_43_0360190037_13_20251125200701.CSV > 4.1 UPSIKYU 2025-11 0370100105-43 0360190037-13 20251125200701
      slip/UPSIKYU_202511_0370100105_43_0370200210_11_20251125200708.CSV > 4.1 UPSIKYU 2025-11 0370100105-43 0370200210-11 20251125200708
      slip/UPSIKYU_202511_0370100105_43_0370200210_17_20251125200715.CSV > 4.1 UPSIKYU 2025-11 0370100105-43 0370200210-17 20251125200715
      slip/UPSIKYU_202511_0370100105_43_0370200228_15_20251125200722.CSV > 4.1 UPSIKYU 2025-11 0370100105-43 0370200228-15 20251125200722
      slip/UPSIKYU_202511_0370100105_43_0370300317_17_20251125200729.CSV > 4.1 UPSIKYU 2025-11 0370100105-43 0370300317-17 20251125200729
      withdrawals/DLT1KYO_0370100105_43_0370200210_11_20251126090000.CSV > 4.1 DLT1KYO - 0370100105-43 0370200210-11 20251126090000
      withdrawals/DLTJSK_202511_0370200210_11_0370100105_43_20251126090200.CSV > 4.1 DLTJSK 2025-11 0370200210-11 0370100105-43 20251126090200
      withdrawals/DLTKIHON_0300100013_46_0370200228_A6_20251126090300.CSV > 4.1 DLTKIHON - 0300100013-46 0370200228-A6 20251126090300
      withdrawals/DLTPLAN_202511_0370100105_43_0370200210_11_20251126090100.CSV > 4.1 DLTPLAN 2025-11 0370100105-43 0370200210-11 20251126090100
      withdrawals/DLTYOBO_0300100013_46_0370200228_A6_20251126090400.CSV > 4.1 DLTYOBO - 0300100013-46 0370200228-A6 20251126090400"
    `);
  });
});
