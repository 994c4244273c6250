import { describe, expect, test } from 'vitest';
import { checkFiles, encodeFile, type NamedBytes } from '../../src/codec/index.js';
import { type RecordOf, V4_1 } from '../../src/schema/index.js';
import { CLEAN, cleanSamples } from '../support/fixtures.js';
import { checkDrafts, draftOf, filesOf } from '../support/rule-samples.js';

type Profile = 'strict' | 'tolerant';
const told = (files: readonly NamedBytes[], options: Parameters<typeof checkFiles>[1] = {}) =>
  checkFiles(files, { today: '2025-12-10', ...options })
    .issues.filter(({ severity }) => severity !== 'info')
    .map(({ code, expected }) => (expected === undefined ? code : `${code} ${expected}`));

describe('clean samples have no issue', () => {
  test.each(['strict', 'tolerant'] satisfies Profile[])('%s: each folder, and all together', (profile) => {
    const samples = cleanSamples();
    for (const folder of CLEAN) {
      const files = samples.filter(({ path }) => path.startsWith(folder));
      expect([folder, told(files, { profile })]).toEqual([folder, []]);
    }
    expect(told(samples, { profile })).toEqual([]);
  });
});

describe('what is missing', () => {
  const plan = filesOf(draftOf('plan'));
  const [supplement, head] = plan as [NamedBytes, NamedBytes];

  test('is told once for each kind of file', () => {
    expect(told([head])).toEqual(['UPHOSOKU', 'UP2KYO', 'UP3KYO'].map((kind) => `transmission.incomplete ${kind}`));
  });

  test('is not told of one file that was given by itself', () => {
    for (const file of [...plan, ...filesOf(draftOf('preventive'))]) expect(told([file], { alone: true })).toEqual([]);
  });

  test('is told of two files that were given without the third', () => {
    expect(told([head, supplement], { alone: true })).toHaveLength(2);
  });

  test('of a supplement alone is the file that the month in its name goes with', () => {
    expect(told([supplement])).toEqual(['transmission.incomplete UP1KYO']);
    expect(told(filesOf(draftOf('slip')).slice(0, 1))).toEqual(['transmission.incomplete UPPLAN']);
  });

  test('is not what an edition lacks: 3 has no sheet 3', () => {
    const old = cleanSamples().filter(({ path }) => /^care-plan.UP(1KYO|2KYO|HOSOKU).*_0370200210_17_/.test(path));
    const files = old.map(({ path, bytes }) => ({
      // Sent when edition 3 was in force.
      path: path
        .replace(/.*[\\/]/, '')
        .replace(/_(43|17)/g, '')
        .replace('_2025', '_2024'),
      bytes: Buffer.from(
        Buffer.from(bytes)
          .toString('latin1')
          .replace(/^202407/gm, '202208'),
        'latin1',
      ),
    }));
    expect(told(files, { profile: 'tolerant' })).toEqual([]);
    expect(told(files.slice(0, 2), { profile: 'tolerant' })).toEqual(['transmission.incomplete UPHOSOKU']);
  });
});

describe('persons', () => {
  test('are not said to be missing from a file of which a row could not be read', () => {
    const draft = draftOf('slip');
    draft.files.UPSIKYU = draft.files.UPSIKYU?.slice(0, 6) ?? [];
    draft.written = ({ path, bytes }) =>
      path.startsWith('UPSIKYU') ? { path, bytes: Buffer.concat([bytes, Buffer.from('ABC\r\n')]) } : { path, bytes };
    expect(checkDrafts([draft]).issues.map(({ code }) => code)).toEqual(['row.unreadable']);
  });

  test('are not said to be missing from a file that is empty: that is told of the file', () => {
    const draft = draftOf('plan');
    draft.written = ({ path, bytes }) => ({ path, bytes: path.startsWith('UPHOSOKU') ? new Uint8Array() : bytes });
    expect(checkDrafts([draft]).issues.map(({ code }) => code)).toEqual(['file.empty']);
  });

  test('of a slip and of a care plan beside it each need a supplement of their own', () => {
    const [plan, slip] = [draftOf('plan'), draftOf('slip')];
    Object.assign(slip, { serial: plan.serial });
    const { issues } = checkDrafts([plan, slip]);
    expect(issues.map(({ code }) => code)).toEqual(['transmission.unit']);
  });

  test('nothing of them stands in an issue', () => {
    const draft = draftOf('plan');
    draft.files.UPHOSOKU = draft.files.UPHOSOKU?.slice(0, 1) ?? [];
    const { issues } = checkDrafts([draft]);
    expect(issues).toHaveLength(1);
    expect(JSON.stringify(issues)).not.toContain('0001442621');
  });
});

test('an image is found by what its name says, also where it was renamed', () => {
  const draft = draftOf('preventive');
  draft.written = ({ path, bytes }) => ({ path: path.replace(/\.jpg$/, ' (1).jpg'), bytes });
  const { issues } = checkDrafts([draft], { profile: 'tolerant' });
  expect(issues.map(({ code }) => code)).toEqual(['name.renamed']);
});

test('every withdrawal travels alone, and so do actuals', () => {
  const kinds = V4_1.layouts.filter(({ withdraws }: { withdraws?: string }) => withdraws !== undefined);
  expect(kinds).toHaveLength(5);
  const row: RecordOf<'DLTPLAN'> = {
    csvVersion: '202407',
    insurerNumber: '032026',
    insuredPersonNumber: '0001267459',
    serviceMonth: '2025-11',
  };
  const encoded = encodeFile('DLTPLAN', [row]);
  const actuals = draftOf('actuals');
  const name = (filesOf(actuals)[0]?.path ?? '').replace('UPJSK', 'DLTPLAN');
  const files = [...filesOf(actuals), { path: name, bytes: encoded.bytes ?? new Uint8Array() }];
  expect(told(files)).toEqual(['transmission.unit UPJSK']);
});
