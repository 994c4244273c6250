import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { careplanHere } from '../support/command-here.js';
import { CLEAN, emptyFolder, SAMPLES } from '../support/fixtures.js';
import { lineOf, slipOf, withStatement } from '../support/month.js';

const A = '0370200001';
const B = '0370200002';
const FROM = ['--from', '0370100105:43'];
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});

const write = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
};
const out = () => join(folder, 'out');
const files = () => readdirSync(out()).map((name) => name.replace(/_[0-9]{14}/, ''));
const { supplement: _, ...identity } = withStatement(1, [lineOf(A, '111111', [1])]).serviceUser;

describe('careplan import and export', () => {
  test('give every sample back byte for byte, with its name', async () => {
    const folders = CLEAN.map((name) => join(SAMPLES, name));
    const json = join(folder, 'all.json');
    expect(await careplanHere('import', ...folders, '--out', json)).toMatchObject({ code: 0, out: '', err: '' });
    expect((await careplanHere('export', json, '--out', out())).code).toBe(0);
    const originals = folders.flatMap((path) =>
      readdirSync(path).map((name) => [name, readFileSync(join(path, name))] as const),
    );
    expect(readdirSync(out()).sort()).toEqual(originals.map(([name]) => name).sort());
    for (const [name, bytes] of originals) expect(readFileSync(join(out(), name)).equals(bytes)).toBe(true);
  });

  test('import tells of files that make no document, and keeps their rows', async () => {
    const path = join(
      SAMPLES,
      'slip',
      readdirSync(join(SAMPLES, 'slip')).find((name) => name.startsWith('UPSIKYU')) as string,
    );
    const { code, out } = await careplanHere('import', path, '--lang', 'ja');
    const { transmissions, issues } = JSON.parse(out);
    expect(code).toBe(1);
    expect(transmissions).toMatchObject([{ documents: {}, rest: expect.any(Array) }]);
    expect(issues[0]).toMatchObject({ code: 'document.head', message: expect.stringContaining('UPPLAN') });
  });
});

describe('careplan export', () => {
  const slips = [
    withStatement(1, [lineOf(A, '111111', [1]), lineOf(B, '331111', [2])]),
    withStatement(2, [lineOf(B, '151111', [3])]),
  ];

  test('writes the files for each office that serves a person, and says what it leaves out', async () => {
    const { code, err } = await careplanHere(
      'export',
      write('o.json', { usageSlips: slips }),
      ...FROM,
      '--out',
      out(),
      '--lang',
      'en',
    );
    expect(code).toBe(0);
    expect(files()).toEqual([
      `UPHOSOKU_202511_0370100105_43_${A}_11.CSV`,
      `UPHOSOKU_202511_0370100105_43_${B}_15.CSV`,
      `UPPLAN_202511_0370100105_43_${A}_11.CSV`,
      `UPPLAN_202511_0370100105_43_${B}_15.CSV`,
      `UPSIKYU_202511_0370100105_43_${A}_11.CSV`,
      `UPSIKYU_202511_0370100105_43_${B}_15.CSV`,
    ]);
    expect(err).toContain('usageSlips[0].lines[1]: not sent: services of this type are not exchanged\n');
    expect(err).toMatch(/0370100105-43 -> 0370200001-11 {2}20[0-9]{12} {2}3 files\n/);
  });

  test('with what was sent before, sends what has changed and withdraws what is gone', async () => {
    const previous = write('before.json', { usageSlips: slips });
    const now = [withStatement(1, [lineOf(B, '151111', [1])]), slips[1]];
    const args = [
      write('o.json', { usageSlips: now }),
      ...FROM,
      '--previous',
      previous,
      '--out',
      out(),
      '--lang',
      'ja',
    ];
    const { code, err } = await careplanHere('export', ...args);
    expect(code).toBe(0);
    expect(files()).toEqual([
      `DLTPLAN_202511_0370100105_43_${A}_11.CSV`,
      `UPHOSOKU_202511_0370100105_43_${B}_15.CSV`,
      `UPPLAN_202511_0370100105_43_${B}_15.CSV`,
      `UPSIKYU_202511_0370100105_43_${B}_15.CSV`,
    ]);
    expect(err).toContain('usageSlips[1] -> 0370200002-15: 送り直しません: 変わったところがありません');
  });

  test('takes the receivers of other documents from --to', async () => {
    const withdrawals = [{ of: 'carePlan', serviceUser: identity, planDate: '2025-04-01' }];
    const path = write('o.json', { withdrawals });
    expect((await careplanHere('export', path, ...FROM, '--to', `${A}:11`, `${B}:15`, '--out', out())).code).toBe(0);
    expect(files()).toEqual([`DLT1KYO_0370100105_43_${A}_11.CSV`, `DLT1KYO_0370100105_43_${B}_15.CSV`]);
  });

  test('refuses what breaks a rule of the standard, as a slip without sheet 7 does', async () => {
    const path = write('o.json', { usageSlips: [slipOf(1, [lineOf(A, '111111', [1])])] });
    const { code, err } = await careplanHere('export', path, ...FROM, '--out', out(), '--lang', 'en');
    expect(code).toBe(1);
    expect(err).toMatch(/^error transmission\.incomplete /m);
    expect(readdirSync(folder)).not.toContain('out');
    expect((await careplanHere('export', path, ...FROM, '--unchecked', '--out', out())).code).toBe(0);
  });

  test('writes nothing where one thing is wrong, and names each with its path', async () => {
    const wrong = withStatement(3, [{ ...lineOf(A, '111111', [1]), serviceCode: '11111' }]);
    const outside = {
      ...slips[1],
      lines: [{ ...lineOf(B, '151111', [1]), days: [{ serviceDate: '2025-12-01', count: 1 }] }],
    };
    const path = write('o.json', { usageSlips: [slips[0], outside, wrong] });
    const { code, err } = await careplanHere('export', path, ...FROM, '--out', out(), '--lang', 'en');
    expect(code).toBe(1);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual([
      'error document.outsideMonth usageSlips[1].lines[0].days[0].serviceDate',
      'error cell.length usageSlips[2].lines[0].serviceCode column 15 (サービスコード)'.replace(' column', ', column'),
    ]);
    expect(readdirSync(folder)).not.toContain('out');
  });

  test('writes edition 3 when asked for, and no other old one', async () => {
    const march = JSON.parse(JSON.stringify(slips[1]).replaceAll('2025-11', '2025-03'));
    const path = write('o.json', { usageSlips: [march] });
    expect((await careplanHere('export', path, ...FROM, '--edition', '3', '--out', out())).code).toBe(0);
    expect(files()).toEqual(['UPHOSOKU', 'UPPLAN', 'UPSIKYU'].map((kind) => `${kind}_202503_0370100105_${B}.CSV`));
    expect(await careplanHere('export', path, ...FROM, '--edition', '4.0', '--out', out())).toMatchObject({
      code: 2,
      err: expect.stringContaining('4.1, 3'),
    });
  });

  test('writes nothing where two sheets 1 have the same key', async () => {
    const sheet1 = {
      createdOn: '2025-04-01',
      careManagerName: '岩手太郎',
      careManagementOfficeName: 'みちのく居宅介護支援センター',
      careManagementOfficeNumber: '0370100105',
      firstPlanDate: '2023-04-01',
    };
    const plan = { serviceUser: slips[0]?.serviceUser, planDate: '2025-04-01', sheet1 };
    const path = write('o.json', { carePlans: [plan, plan] });
    const { code, err } = await careplanHere(
      'export',
      path,
      ...FROM,
      '--to',
      `${A}:11`,
      '--out',
      out(),
      '--lang',
      'en',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/^error document.duplicate carePlans\[1\]: a document with the same key as carePlans\[0\]/);
    expect(readdirSync(folder)).not.toContain('out');
  });

  test('does not pass over what it does not know: a list without its kind, a name that is none, half an object', async () => {
    expect(await careplanHere('export', write('o.json', slips), ...FROM, '--out', out())).toMatchObject({
      code: 2,
      err: expect.stringContaining('"usageSlips"'),
    });
    const wrong: readonly [unknown, string][] = [
      [{ usageSlip: slips }, 'document.unknown usageSlip:'],
      [{ usageSlips: {} }, 'document.form usageSlips:'],
      [{ usageSlips: null }, 'document.form usageSlips:'],
      [{ usageSlips: [null] }, 'document.form usageSlips[0]:'],
      [{ usageSlips: [{ ...slips[0], lines: undefined }] }, 'usageSlips[0].lines'],
    ];
    for (const [objects, message] of wrong) {
      const { code, err } = await careplanHere(
        'export',
        write('o.json', objects),
        ...FROM,
        '--out',
        out(),
        '--lang',
        'en',
      );
      expect([code, err]).toEqual([1, expect.stringContaining(message)]);
      expect(err).not.toContain('TypeError');
    }
    expect(readdirSync(folder)).not.toContain('out');
  });

  test('counts the files of each receiver, of two service types of one office as well', async () => {
    const path = write('o.json', {
      usageSlips: [withStatement(1, [lineOf(A, '111111', [1]), lineOf(A, '151111', [1])])],
    });
    const { err } = await careplanHere('export', path, ...FROM, '--out', out(), '--lang', 'en');
    expect(err.match(/[0-9]+ files/g)).toEqual(['3 files', '3 files']);
  });

  describe('of what import wrote', () => {
    const address = { officeNumber: A, serviceType: '11' };
    const slip = { from: { officeNumber: '0370100105', serviceType: '43' }, to: address, serial: '20251101000000' };
    const transmission = { ...slip, documents: { usageSlips: [slips[1]] } };

    test('writes nothing where rows or images would be lost', async () => {
      const rest = [{ kind: 'UPSIKYU', record: {} }];
      const path = write('o.json', { transmissions: [transmission, { ...transmission, rest, images: [{}] }] });
      const { code, err } = await careplanHere('export', path, '--out', out(), '--lang', 'en');
      expect(code).toBe(1);
      expect(err).toMatch(
        /document\.rest transmissions\[1\]\.rest: 1 rows .*\n.*document\.rest transmissions\[1\]\.images: 1 /,
      );
      expect(readdirSync(folder)).not.toContain('out');
    });

    test('refuses options that it could not follow, and addresses without a service type', async () => {
      const path = write('o.json', { transmissions: [transmission] });
      for (const option of [
        FROM,
        ['--to', `${B}:15`],
        ['--centre', `${B}:46`],
        ['--previous', path],
        ['--inform-others'],
      ]) {
        const { code, err } = await careplanHere('export', path, '--out', out(), ...option);
        expect([code, err]).toEqual([2, expect.stringContaining(option[0] as string)]);
      }
      const old = write('o.json', { transmissions: [{ ...transmission, to: { officeNumber: A } }] });
      expect(await careplanHere('export', old, ...FROM.slice(2), '--out', out())).toMatchObject({
        code: 2,
        err: expect.stringContaining('transmissions.0.to.serviceType'),
      });
    });

    test('as what was sent before: what was withdrawn is sent again', async () => {
      const { supplement: _, ...serviceUser } = (slips[1] as (typeof slips)[0]).serviceUser;
      const withdrawal = { of: 'usageSlip', serviceUser, serviceMonth: '2025-11' };
      const gone = { ...slip, serial: '20251102000000', documents: { withdrawals: [withdrawal] } };
      const sent = async (...transmissions: unknown[]) => {
        const previous = write('before.json', { transmissions });
        const path = write('o.json', { usageSlips: [slips[1]] });
        const { code, err } = await careplanHere(
          'export',
          path,
          ...FROM,
          '--previous',
          previous,
          '--out',
          out(),
          '--lang',
          'en',
        );
        expect(code).toBe(0);
        return /[0-9] files/.test(err);
      };
      expect(await sent(transmission)).toBe(false);
      expect(await sent(transmission, gone)).toBe(true);
    });
  });

  test('wants to know whose documents they are, and addresses that are some', async () => {
    const path = write('o.json', { usageSlips: slips });
    expect(await careplanHere('export', path, '--out', out())).toMatchObject({
      code: 2,
      err: expect.stringContaining('--from'),
    });
    expect(await careplanHere('export', path, '--from', 'x', '--out', out())).toMatchObject({
      code: 2,
      err: expect.stringContaining('0370100105:43'),
    });
    writeFileSync(join(folder, 'o.txt'), 'none');
    expect((await careplanHere('export', join(folder, 'o.txt'), ...FROM, '--out', out())).code).toBe(2);
  });
});
