import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FOLDERS, pages, SINGLE } from '../scripts/docs/pages.js';
import { FIXTURES } from './support/fixtures.js';

interface Field {
  no: number;
  ja: string;
  length: number | null;
  required: boolean;
  needed?: boolean;
  confidence?: string;
  type: string;
  note?: string;
  codes?: Record<string, string>;
}
interface Table {
  kind: string;
  ja: string;
  unitKey: number[];
  rowKey: number[] | null;
  fields: Field[];
}
interface Published {
  files: Table[];
  serviceTypes: { code: string; ja: string; exchanged: boolean }[];
  officeTypes: { code: string; ja: string }[];
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const published = JSON.parse(readFileSync(join(FIXTURES, 'layouts.json'), 'utf8')) as Published;
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The cells of a page's tables as they read, row by row, without those of one or two columns. */
const rows = (path: string): string[][] =>
  text(path)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((one) => one.trim().replace(/\\(.)/g, '$1')),
    );
/** The page that a cell links to. */
const target = (cell: string): string => /\]\(([^)#]+)/.exec(cell)?.[1] ?? '';
const numbers = (cell: string): number[] => cell.split('<br>').map((one) => Number.parseInt(one, 10));
const fact = (path: string, name: string): string => rows(path).find(([first]) => first?.startsWith(name))?.[1] ?? '';

describe('The generated pages', () => {
  it('are what the tables give: none is stale, missing or surplus (npm run generate)', () => {
    const there = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`));
    const made = pages();
    there.push(...SINGLE);
    expect(there.toSorted()).toEqual([...made.keys()].toSorted());
    expect(there.filter((path) => text(path) !== made.get(path))).toEqual([]);
  });
});

describe.each(published.files)('docs/layouts/$kind.md', ({ kind, ja, fields, unitKey, rowKey }) => {
  const path = `docs/layouts/${kind}.md`;
  const columns = rows(path).filter(([no]) => /^[0-9]+$/.test(no ?? ''));

  it('has the published columns: number, Japanese name, marks, kind, length and note', () => {
    expect(text(path)).toContain(`# ${kind} ${ja.replaceAll('_', '\\_')}\n`);
    expect(
      columns.map(([no, , name, marks = '', type]) => [
        Number(no),
        name,
        marks.includes('●'),
        marks.includes('必要'),
        marks.includes('‡'),
        type,
      ]),
    ).toEqual(
      fields.map(({ no, ja: name, required, needed, confidence, type, length }) => [
        no,
        name,
        required,
        needed === true,
        confidence === 'derived',
        length === null ? `\`${type}\`` : `\`${type}(${length})\``,
      ]),
    );
    expect(columns.map((one) => one.at(-1)?.replaceAll('<br>', ' '))).toEqual(fields.map(({ note }) => note ?? ''));
  });

  it('says in both languages what a cell looks like', () => {
    for (const [no, , , , , form = ''] of columns) {
      if (fields[Number(no) - 1]?.no === 1) continue;
      expect(form).toMatch(/^[ -~]+<br>.*[ぁ-ヿ一-鿿]/);
    }
  });

  it('links each code to a page that has exactly the published codes', () => {
    for (const { no, codes, type } of fields) {
      const page = target(columns[no - 1]?.[6] ?? '');
      expect(page !== '').toBe(codes !== undefined || type === 'serviceType');
      if (codes === undefined) continue;
      const listed = rows(join('docs/layouts', page)).filter(
        ([code, , ...more]) => /^`/.test(code ?? '') && !more.length,
      );
      expect(Object.fromEntries(listed.map(([code, label]) => [code?.replaceAll('`', ''), label]))).toEqual(codes);
    }
  });

  it('tells what replaces what, and what is unique in a file', () => {
    expect(numbers(fact(path, 'Replaces'))).toEqual(unitKey);
    const unique = fact(path, 'Unique');
    if (rowKey === null) expect(unique).toContain('no columns are');
    else expect(numbers(unique)).toEqual(rowKey);
  });
});

describe('docs/codes', () => {
  it('has every service type, and whether it is exchanged', () => {
    const listed = rows('docs/codes/service-types.md').filter(([code]) => code?.startsWith('`'));
    expect(listed.map(([code, ja, , exchanged]) => [code?.replaceAll('`', ''), ja, exchanged === '○'])).toEqual(
      published.serviceTypes.map(({ code, ja, exchanged }) => [code, ja, exchanged]),
    );
  });

  it('has every office type', () => {
    const listed = rows('docs/codes/office-types.md').filter(([code]) => code?.startsWith('`'));
    expect(listed.map(([code, ja]) => [code?.replaceAll('`', ''), ja])).toEqual(
      published.officeTypes.map(({ code, ja }) => [code, ja]),
    );
  });
});
