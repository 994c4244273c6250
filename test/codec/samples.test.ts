import { expect, test } from 'vitest';
import { type DecodedFile, decodeFile, encodeFile } from '../../src/codec/index.js';
import type { Issue } from '../../src/schema/index.js';
import { CLEAN_FILES, DIRTY_FILES } from '../support/samples.js';

const decoded = (odd: string): DecodedFile => {
  const { name, bytes } = DIRTY_FILES.get(odd) ?? { name: '', bytes: new Uint8Array() };
  const file = decodeFile(bytes, { name });
  if (file.kind === undefined) throw new Error(`${odd} has no kind`);
  return file;
};

/** The codes of the issues with their severity and how often each was told. */
const told = (issues: readonly Issue[]): string[] => {
  const counts = new Map<string, number>();
  for (const { code, severity } of issues) {
    counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} x${count}`));
};

test('there are clean samples of all 17 files', () => {
  expect(new Set(CLEAN_FILES.map(({ name }) => decodeFile(new Uint8Array(), { name }).kind)).size).toBe(17);
  expect(CLEAN_FILES).toHaveLength(50);
});

test.each(CLEAN_FILES)('$name is read without an issue and written again byte for byte', ({ name, bytes }) => {
  const file = decodeFile(bytes, { name });
  expect(file.issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(file).toMatchObject({ complete: true, charset: 'ms932', edition: '4.1' });
  expect(file.records.length).toBeGreaterThan(0);
  expect(file.rows.length).toBe(file.records.length);
  if (!file.kind || !file.complete || file.edition !== '4.1') throw new Error('not complete');
  const written = encodeFile(file.kind, file.records, { name });
  expect(written.issues).toEqual([]);
  expect(Buffer.from(written.bytes ?? []).equals(bytes)).toBe(true);
});

/** What each damaged sample is: rows, whether they are complete, and what is told of it beside its renaming. */
const GOLDEN: readonly [odd: string, rows: number, complete: boolean, ...told: string[]][] = [
  ['UPPLAN', 32, true],
  ['all-quoted', 32, true, 'warning csv.quotedCell'],
  ['edition3', 32, true, 'info name.edition'],
  ['empty', 0, true, 'warning file.empty'],
  ['eof-1a', 32, true, 'warning file.endMark'],
  ['gaiji', 32, true, 'warning char.gaiji x32'],
  ['header', 32, true, 'warning row.header'],
  ['lf', 32, true, 'warning csv.lineEnd'],
  ['nec-selected', 32, true, 'info char.necSelected x32'],
  ['no-final-newline', 32, true, 'warning csv.noFinalNewline'],
  ['short-row', 32, true, 'warning row.missingColumns x32'],
  ['spaces', 32, true, 'warning cell.spaces x96'],
  ['truncated', 32, false, 'error row.cutOff'],
  ['unquoted', 32, true, 'warning csv.unquotedText'],
  ['utf8', 32, true, 'warning file.charset'],
  ['utf8-bom', 32, true, 'warning file.charset'],
  ['version-202410', 32, true, 'warning cell.version x32'],
];

test('the table holds every damaged sample', () => {
  expect([...DIRTY_FILES.keys()].sort()).toEqual(GOLDEN.map(([odd]) => odd).sort());
});

test.each(GOLDEN)('%s is read as %i rows, complete: %s', (odd, rows, complete, ...issues) => {
  const file = decoded(odd);
  expect(file.records).toHaveLength(rows);
  expect(file.complete).toBe(complete);
  expect(told(file.issues)).toEqual(['warning name.renamed', ...issues]);
});

/** Where what is told stands: the bytes of each issue as text, one character a byte; those that repeat once. */
const PLACES: Readonly<Record<string, string | RegExp>> = {
  'all-quoted': /^"202407",.*\r\n$/s,
  'eof-1a': '\x1a',
  gaiji: '\xf0\x40',
  header: /^CSV.*\r\n$/s,
  lf: /^202407,[^\r]*\n$/,
  'nec-selected': '\xee\xe0',
  'no-final-newline': /^202407,[^\n]*[^\r\n]$/,
  'short-row': /^202407,[^\n]*\r\n$/,
  spaces: /^(?: .*|.* )$/,
  truncated: /^202407,.*"[^"]+$/s,
  unquoted: /^202407,[^"]*\r\n$/,
  utf8: /^[\xe0-\xef]..$/s,
  'utf8-bom': '\xef\xbb\xbf',
  'version-202410': '202410',
};

test.each(Object.entries(PLACES))('what is told of %s is told at its row and bytes', (odd, place) => {
  const { bytes } = DIRTY_FILES.get(odd) ?? { bytes: new Uint8Array() };
  const issues = decoded(odd).issues.filter(({ code }) => code !== 'name.renamed');
  const rows = [...decoded(odd).rows];
  expect(issues.length).toBeGreaterThan(0);
  for (const { code, row, range = { start: 0, end: 0 } } of issues) {
    expect(Buffer.from(bytes.subarray(range.start, range.end)).toString('latin1')).toMatch(
      typeof place === 'string' ? new RegExp(`^${place}$`) : place,
    );
    if (code.startsWith('file.')) continue;
    const at = rows.find((one) => one.row === row) ?? { start: 0, end: rows[0]?.start ?? 0 };
    expect([at.start <= range.start, range.end <= at.end]).toEqual([true, true]);
  }
});

test('every damaged sample but those told by their names alone has its place', () => {
  expect(GOLDEN.map(([odd]) => odd).filter((odd) => !(odd in PLACES))).toEqual(['UPPLAN', 'edition3', 'empty']);
});

/** Damaged samples of which no value was lost. */
const UNHARMED = GOLDEN.map(([odd]) => odd).filter(
  (odd) => !['edition3', 'empty', 'gaiji', 'nec-selected', 'truncated'].includes(odd),
);

test.each(UNHARMED)('%s gives the records of the undamaged file', (odd) => {
  expect(decoded(odd).records).toEqual(decoded('UPPLAN').records);
});

test.each(['gaiji', 'nec-selected'])('%s gives all values but the name with the odd character', (odd) => {
  const others = (file: DecodedFile) => file.records.map((record) => ({ ...record, careManagerName: '' }));
  expect(others(decoded(odd))).toEqual(others(decoded('UPPLAN')));
  const names = new Set(decoded(odd).records.map((record) => 'careManagerName' in record && record.careManagerName));
  expect([...names]).toEqual([odd === 'gaiji' ? '介護支援専門員　岩手\ue000郎' : '介護支援専門員　髙橋太郎']);
});

test('a NEC-selected character is read and written as the IBM extension', () => {
  const file = decoded('nec-selected');
  if (file.kind !== 'UPPLAN' || !file.complete || file.edition !== '4.1') throw new Error('not read');
  const written = Buffer.from(encodeFile('UPPLAN', file.records).bytes ?? []).toString('latin1');
  expect(written).toContain('\xfb\xfc');
  expect(written).not.toContain('\xee\xe0');
});

test('a file that was cut off gives 31 whole rows and what is whole of one', () => {
  const { records } = decoded('truncated');
  const whole = decoded('UPPLAN').records;
  expect(records.slice(0, 31)).toEqual(whole.slice(0, 31));
  const { serviceOfficeName, overThirtyDays, updatedBy, ...others } = whole[31] as Record<string, unknown>;
  expect(records[31]).toEqual({ ...others, $raw: { serviceOfficeName: '"ヘルパース' } });
  expect(serviceOfficeName).toMatch(/^ヘルパース/);
  expect([overThirtyDays, updatedBy]).toEqual(['0', '0370100105']);
});

test('a file of edition 3 is read by its own table, and written again in it', () => {
  const file = decoded('edition3');
  if (file.kind !== 'UPPLAN' || !file.complete || file.edition !== '3') return expect.unreachable();
  expect(file.records[0]).toMatchObject({ csvVersion: '202208', serviceDate: '2023-01-01', serviceCode: '111111' });
  const written = encodeFile('UPPLAN', file.records, { edition: '3' });
  expect(written.issues).toEqual([]);
  expect(Buffer.from(written.bytes ?? []).equals(DIRTY_FILES.get('edition3')?.bytes ?? new Uint8Array())).toBe(true);
  const refused = encodeFile('UPPLAN', file.records as never[]);
  expect(refused.issues.map(({ code }) => code)).toContain('cell.version');
});
