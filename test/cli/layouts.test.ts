import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordJsonSchema } from '../../src/schema/index.js';
import { careplanHere } from '../support/command-here.js';
import { FIXTURES } from '../support/fixtures.js';

interface Field {
  no: number;
  ja: string;
  length: number | null;
  required: boolean;
  type: string;
  codes?: Record<string, string>;
}
interface Table {
  kind: string;
  ja: string;
  monthInName: boolean;
  fields: Field[];
}
const published = JSON.parse(readFileSync(join(FIXTURES, 'layouts.json'), 'utf8')) as { files: Table[] };

describe('careplan layouts', () => {
  it('prints every table of the standard as JSON', async () => {
    const { code, out } = await careplanHere('layouts', '--json');
    const printed = (JSON.parse(out) as Table[]).map(({ kind, ja, monthInName, fields }) => ({
      kind,
      ja,
      monthInName,
      fields: fields.map(({ no, ja, length, required, type, codes }) => ({ no, ja, length, required, type, codes })),
    }));
    const expected = published.files.map(({ kind, ja, monthInName, fields }) => ({
      kind,
      ja,
      monthInName,
      fields: fields.map(({ no, ja, length, required, type, codes }) => ({ no, ja, length, required, type, codes })),
    }));
    expect(code).toBe(0);
    expect(printed).toEqual(expected);
  });

  it('prints one table for people, a line a column', async () => {
    const { code, out } = await careplanHere('layouts', 'DLTJSK');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "DLTJSK 第６表 実績情報_削除
        1	*	month(6)	csvVersion	CSVバージョン
        2	*	digits(6)	insurerNumber	保険者番号
        3	*	insured(10)	insuredPersonNumber	被保険者番号
        4	*	month(6)	serviceMonth	削除対象年月
        5	*	office(10)	serviceOfficeNumber	サービス事業者コード
        6	*	serviceType(2)	serviceType	サービス種類コード
      "
    `);
  });

  it('prints the JSON Schema of one kind, or those of all kinds', async () => {
    const one = await careplanHere('layouts', 'UPPLAN', '--json-schema');
    const all = await careplanHere('layouts', '--json-schema');
    expect([one.code, all.code]).toEqual([0, 0]);
    expect(JSON.parse(one.out)).toEqual(recordJsonSchema('UPPLAN'));
    expect(Object.keys(JSON.parse(all.out).$defs)).toEqual(published.files.map(({ kind }) => kind));
    expect(JSON.parse(all.out).$defs.UPPLAN).toEqual(recordJsonSchema('UPPLAN'));
    expect(await careplanHere('layouts', '--json', '--json-schema')).toMatchObject({ code: 2, out: '' });
  });

  it('names the kinds there are when asked for another, and exits with 2', async () => {
    const { code, out, err } = await careplanHere('layouts', 'UPPLAM');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('UPPLAN');
  });
});
