import { describe, expect, it } from 'vitest';
import { isWholeTransmission, type TransmissionFile, transmissionName, V4_1 } from '../../src/index.js';
import { cleanSamples } from '../support/fixtures.js';
import { IMAGE, preventive } from '../support/preventive.js';

const LANE = '0370100105_43_0370200210_11_20261125100000';
const nameOf = (kind: string, month = '202511') => {
  const layout = V4_1.layouts.find((one) => one.kind === kind);
  return `${kind}${layout?.monthInName ? `_${month}` : ''}_${LANE}.CSV`;
};
const empty = (kind: string): TransmissionFile => ({ name: nameOf(kind), bytes: new Uint8Array() });
const groups = (name: string) => V4_1.layouts.filter(({ group }) => group === name).map(({ kind }) => kind);

describe('the files of a whole transmission', () => {
  it('are those that the samples have', () => {
    const sets = new Map<string, TransmissionFile[]>();
    for (const { path, bytes } of cleanSamples()) {
      const { serial = '', to } = transmissionName(path) ?? {};
      const key = `${serial} ${to?.officeNumber}`;
      sets.set(key, [...(sets.get(key) ?? []), { name: path, bytes }]);
    }
    expect(sets.size).toBe(21);
    for (const files of sets.values()) expect(isWholeTransmission(files)).toBe(true);
  });

  it.each(['plan', 'slip', 'basic', 'preventive'])('are not whole without any one of the group %s', (group) => {
    const all = [...groups(group), ...(group === 'plan' || group === 'slip' ? ['UPHOSOKU'] : [])].map(empty);
    expect(isWholeTransmission(all)).toBe(true);
    for (const file of all) expect(isWholeTransmission(all.filter((one) => one !== file))).toBe(false);
  });

  it('are none: nothing, only the supplement of a plan or of a slip, only images, no files of the exchange', () => {
    const alone = (name: string) => [{ name, bytes: new Uint8Array() }];
    const image = `UPKIHON_IMAGE_${LANE}_0001.jpg`;
    for (const name of [nameOf('UPHOSOKU'), nameOf('UPHOSOKU', '000000'), image, 'notes.txt']) {
      expect([name, isWholeTransmission(alone(name))]).toEqual([name, false]);
    }
    expect(isWholeTransmission([])).toBe(false);
  });
});

describe('the images that UPKIHON names', () => {
  const isImage = ({ name }: TransmissionFile) => name.startsWith('UPKIHON_IMAGE');
  const without = (files: readonly TransmissionFile[]) => files.filter((file) => !isImage(file));

  it('are part of the transmission: without one it is not whole', () => {
    expect(isWholeTransmission(preventive())).toBe(true);
    expect(isWholeTransmission(without(preventive()))).toBe(false);
    const other = IMAGE.replace('_0001.', '_0002.');
    const renamed = preventive().map((file) => (isImage(file) ? { ...file, name: other } : file));
    expect(isWholeTransmission(renamed)).toBe(false);
  });

  it.each([
    ['another letter case', IMAGE.toLowerCase()],
    ['a full path', `C:/photos/${IMAGE}`],
    ['full-width digits', IMAGE.replace('0001', '\x82\x4f\x82\x4f\x82\x4f\x82\x50')],
  ])('are known also by a name with %s', (_, name) => {
    expect(isWholeTransmission(preventive(name))).toBe(true);
    expect(isWholeTransmission(without(preventive(name)))).toBe(false);
  });

  it.each([
    ['none', ''],
    ['one that is no name of the standard', '\x92\xb7\x8f\x97.jpg'],
    ['one of another serial', IMAGE.replace('20251120101500', '20251120101501')],
    ['one from another office', IMAGE.replace('0300100013', '0300100021')],
  ])('are not waited for where they cannot come: it names %s', (_, name) => {
    expect(isWholeTransmission(without(preventive(name)))).toBe(true);
  });

  it('are waited for where the rest of UPKIHON is damaged, and not where nothing can be read', () => {
    const damaged = (change: (text: string) => string) =>
      without(preventive()).map(({ name, bytes }) => ({
        name,
        bytes: name.startsWith('UPKIHON_0')
          ? Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1')
          : bytes,
      }));
    expect(isWholeTransmission(damaged((text) => text.replace(',20251110,', ',2025-13,')))).toBe(false);
    expect(isWholeTransmission(damaged(() => '\xff\xfe'))).toBe(true);
  });
});
