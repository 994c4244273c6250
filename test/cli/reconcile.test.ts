import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableOf, widthOf } from '../../src/cli/table.js';
import { encodeDocuments } from '../../src/codec/index.js';
import type { Actuals, UsageSlip } from '../../src/schema/index.js';
import { careplanHere } from '../support/command-here.js';
import { emptyFolder, FIXTURES, SAMPLES } from '../support/fixtures.js';
import { actualsOf, type Row, row, slipOf } from '../support/months.js';

const SLIPS = join(SAMPLES, 'slip');
const ACTUALS = join(SAMPLES, 'actuals');
const HELPERS = 'UPJSK_202511_0370200210_11_0370100105_43_20251203200208.CSV';
const WITHDRAWAL = 'DLTJSK_202511_0370200210_11_0370100105_43_20251126090200.CSV';
const CARE_MANAGEMENT = { officeNumber: '0370100105', serviceType: '43' };
const NAMES = /[髙高]橋|山﨑|工藤|菊池|大槻/;

/** A folder with the files of a slip and its supplement, or of actuals. */
function folderOf(documents: { usageSlips: UsageSlip[] } | { actuals: Actuals[] }, serial = '20251203200208'): string {
  const folder = emptyFolder();
  const office = { officeNumber: '0370200210', serviceType: '11' };
  const [from, to] = 'actuals' in documents ? [office, CARE_MANAGEMENT] : [CARE_MANAGEMENT, office];
  const { files, issues } = encodeDocuments({ from, to, documents }, { serial, rules: 'none' });
  if (!files) return expect.unreachable(JSON.stringify(issues));
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  return folder;
}

const supplement = { nameKana: 'ﾃｽﾄ', name: '試験　太郎', sex: '1', birthDate: '1940-01-01' } as const;
const ofSlip = (rows: Row[]) => folderOf({ usageSlips: [slipOf(rows, { supplement })] });
const ofActuals = (rows: Row[], serial?: string) => folderOf({ actuals: actualsOf(rows) }, serial);

describe('careplan reconcile', () => {
  it('prints what differs in the samples: eleven days and equipments that were planned and not delivered', async () => {
    const { code, out, err } = await careplanHere('reconcile', SLIPS, ACTUALS, '--lang', 'ja');
    expect(out).toBe(readFileSync(join(FIXTURES, 'reconcile/samples.ja.txt'), 'utf8'));
    expect(out.match(/ 実績なし /g)).toHaveLength(11);
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });

  it('prints each kind of difference, in English too', async () => {
    const slip = ofSlip([
      row(),
      row({ serviceDate: '2025-11-04' }),
      row({ serviceDate: '2025-11-05' }),
      row({ serviceCode: '114001', startTime: '9999', endTime: '9999', units: 100, count: 1 }),
    ]);
    const actuals = ofActuals([
      row({ startTime: '09:10', endTime: '09:40' }),
      row({ serviceDate: '2025-11-04', count: 2 }),
      row({ serviceDate: '2025-11-06' }),
      row({ serviceCode: '114001', startTime: '9999', endTime: '9999', units: 200, count: 1 }),
    ]);
    const { code, out } = await careplanHere('reconcile', slip, actuals, '--lang', 'en');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "2025-11 insured number 0000000001 (insurer 032011)
        Look at this first
          reason                              office      type  service  time         days  units
          days or times that are not planned  0370200210  11    111111   09:00-09:30  6      +244
          more units than planned             0370200210  11    114001                3      +100
          more times than planned             0370200210  11    111111   09:00-09:30  4      +244
          planned days without an actual      0370200210  11    111111   09:00-09:30  5      -244
          another time of day than planned    0370200210  11    111111   09:00-09:30  3         0
        Sums per office and service type
          office      name  type  state     planned times  actual times  planned units  actual units  units
          0370200210        11    compared              4             5            832          1176   +344
        Days that differ
          day  office      service  kind         planned            actual
            3  0370200210  111111   other time   09:00-09:30 244x1  09:10-09:40 244x1
            3  0370200210  114001   other units  100x1              200x1
            4  0370200210  111111   other count  09:00-09:30 244x1  09:00-09:30 244x2
            5  0370200210  111111   missing      09:00-09:30 244x1
            6  0370200210  111111   extra                           09:00-09:30 244x1

      people: 1, as planned: 0, to look at: 1 (without any actuals: 0)
      "
    `);
  });

  it('exits with 0 where everything is as planned', async () => {
    const { code, out, err } = await careplanHere('reconcile', ofSlip([row()]), ofActuals([row()]), '--lang', 'en');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('insured number 0000000001 (insurer 032011) as planned');
    expect(out).toContain('people: 1, as planned: 1, to look at: 0');
  });

  it('tells offices that have not sent their actuals, once each', async () => {
    const { out } = await careplanHere('reconcile', SLIPS, join(ACTUALS, HELPERS), '--lang', 'ja');
    expect(out.match(/ 未着 /g)).toHaveLength(12);
    expect(out.match(/実績がまだ届いていない/g)).toHaveLength(12);
    expect(out).toContain('（うち実績がまったくない人 2人）');
  });

  it('tells actuals without a slip, and exits with 1', async () => {
    const { code, out } = await careplanHere('reconcile', ofSlip([row()]), ACTUALS, '--lang', 'ja');
    expect(code).toBe(1);
    expect(out).toContain('利用票のない実績');
    expect(out).toMatch(/^ {4}2025-11 +0001729633 +032011 +0370200210 +17$/m);
  });

  it('names nobody unless asked to', async () => {
    for (const args of [[], ['--json']]) {
      expect((await careplanHere('reconcile', SLIPS, ACTUALS, ...args)).out).not.toMatch(NAMES);
      expect((await careplanHere('reconcile', SLIPS, ACTUALS, '--show-persons', ...args)).out).toMatch(NAMES);
    }
  });

  it('prints its data as JSON', async () => {
    const { code, out } = await careplanHere('reconcile', SLIPS, ACTUALS, '--json', '--lang', 'en');
    const { persons, withoutActuals, withoutSlip, issues } = JSON.parse(out);
    expect(code).toBe(1);
    expect(persons).toHaveLength(6);
    expect(persons[1].attention).toEqual([
      {
        reason: 'daysMissing',
        serviceOfficeNumber: '0370200210',
        serviceType: '11',
        serviceCode: '111111',
        startTime: '09:00',
        endTime: '09:30',
        dates: ['2025-11-28'],
        unitsDifference: -244,
      },
    ]);
    expect({ withoutActuals, withoutSlip, issues }).toEqual({ withoutActuals: [], withoutSlip: [], issues: [] });
  });

  it('takes the newest of what was sent again, and nothing that was withdrawn', async () => {
    const slip = ofSlip([row()]);
    const actuals = ofActuals([row({ count: 2 })]);
    cpSync(ofActuals([row()], '20251204090000'), actuals, { recursive: true });
    expect((await careplanHere('reconcile', slip, actuals)).code).toBe(0);
    const inbox = emptyFolder();
    cpSync(ACTUALS, inbox, { recursive: true });
    const withdraw = (serial: string) =>
      copyFileSync(join(SAMPLES, 'withdrawals', WITHDRAWAL), join(inbox, WITHDRAWAL.replace('20251126090200', serial)));
    withdraw('20251126090200');
    expect((await careplanHere('reconcile', SLIPS, inbox, '--lang', 'ja')).out).not.toContain('この利用者の分がない');
    withdraw('20251204090000');
    expect((await careplanHere('reconcile', SLIPS, inbox, '--lang', 'ja')).out).toMatch(
      /この利用者の分がない +0370200210 +11 /,
    );
  });

  it('warns of a person insured elsewhere, on the error stream, and compares all the same', async () => {
    const actuals = folderOf({ actuals: actualsOf([row()], { insurerNumber: '131016' }) });
    const { code, out, err } = await careplanHere('reconcile', ofSlip([row()]), actuals, '--lang', 'en');
    expect(code).toBe(0);
    expect(out).toContain('people: 1, as planned: 1');
    expect(err).toMatch(/^warning reconcile\.otherInsurer .*0370200210:11/);
    expect(err).not.toContain('131016');
  });

  it('passes over what is no file of the exchange, and exits with 1 where a file has errors', async () => {
    const inbox = ofActuals([row()]);
    mkdirSync(join(inbox, 'notes'));
    writeFileSync(join(inbox, 'notes/readme.txt'), 'x');
    const slip = ofSlip([row()]);
    expect((await careplanHere('reconcile', slip, inbox)).code).toBe(0);
    writeFileSync(join(inbox, HELPERS.replace('20251203200208', '20251209000000')), '202407,1\r\n');
    expect((await careplanHere('reconcile', slip, inbox)).code).toBe(1);
  });

  it.each([
    ['one argument', [SLIPS]],
    ['a path that is not there', [SLIPS, '/nowhere/at/all']],
    ['a plan without a slip', [ACTUALS, SLIPS]],
    ['an unknown language', [SLIPS, ACTUALS, '--lang', 'fr']],
  ])('%s is wrong use: exit code 2, a sentence and no output', async (_, args) => {
    const { code, out, err } = await careplanHere('reconcile', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('a table for people', () => {
  it('gives full-width characters two columns, ASCII and half-width kana one', () => {
    expect(['abc', 'ｱｲｳ', '㈱①－髙', ''].map(widthOf)).toEqual([3, 3, 8, 0]);
    const lines = tableOf(
      [
        ['名称', '単位'],
        ['ﾃﾞｲ', '1'],
        ['a', '20'],
      ],
      [1],
    );
    expect(lines).toEqual(['名称  単位', 'ﾃﾞｲ      1', 'a       20']);
  });
});
