import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeFile, decodeFiles, type NamedBytes, type Transmission } from '../../src/codec/index.js';
import { bytesOf } from '../support/damage.js';
import { cleanSamples } from '../support/fixtures.js';
import { DIRTY_FILES } from '../support/samples.js';

const files: readonly NamedBytes[] = cleanSamples();
const serial = '20251125200708';

/** The kinds and months of the files of a transmission. */
const contents = ({ files, images }: Transmission) => [
  ...files.map(({ kind, name }) => (name.month === undefined ? kind : `${kind} ${name.month}`)),
  ...images.map(({ kind, name }) => `${kind} ${name.branch}`),
];

describe('files that arrive', () => {
  const shuffled = [...files].sort((a, b) => (a.path.slice(-9) < b.path.slice(-9) ? 1 : -1));

  test('are grouped by sender, receiver and serial, in the order of their serials', () => {
    const { transmissions, unknown, issues } = decodeFiles(shuffled);
    expect([unknown, issues]).toEqual([[], []]);
    const serials = transmissions.map((one) => one.serial);
    expect(serials).toEqual([...serials].sort());
    expect(transmissions).toHaveLength(21);
    for (const { from, to, serial, files, images } of transmissions) {
      for (const { name } of [...files, ...images]) expect(name).toMatchObject({ from, to, serial });
    }
    expect(transmissions.flatMap(contents)).toHaveLength(files.length);
  });

  test('of one transmission come in the order of the standard, images among them', () => {
    const all = decodeFiles(shuffled).transmissions.map(contents);
    expect(all).toContainEqual(['UPHOSOKU 000000', 'UP1KYO', 'UP2KYO', 'UP3KYO']);
    expect(all).toContainEqual(['UPHOSOKU 2025-11', 'UPPLAN 2025-11', 'UPSIKYU 2025-11']);
    const preventive = ['UPKIHON', 'UPKIHON_SUB1', 'UPKIHON_SUB2', 'UPYOBO', 'UPYOBO_SUB', 'UPKIHON_IMAGE 0001'];
    expect(all).toContainEqual(preventive);
  });

  test('are decoded as each alone, and keep their paths and the bytes of images', () => {
    for (const { files: decoded, images } of decodeFiles(files).transmissions) {
      for (const { path, ...file } of decoded) {
        const { bytes } = files.find((one) => one.path === path) as NamedBytes;
        expect(file).toEqual(decodeFile(bytes, { name: path }));
      }
      for (const { path, bytes } of images) expect(bytes).toBe(files.find((one) => one.path === path)?.bytes);
    }
  });

  test('that are none of the exchange are listed, not lost', () => {
    const strange = ['readme.txt', 'UPNONE_0370100105_43_0370200210_11_20251125200708.CSV', 'a/._x.CSV', ''];
    const { transmissions, unknown, issues } = decodeFiles([
      ...strange.map((path) => ({ path, bytes: bytesOf('202407,') })),
      ...files.slice(0, 1),
    ]);
    expect(unknown).toEqual(strange);
    expect(issues.map(({ file }) => file)).toEqual(strange);
    expect(transmissions).toHaveLength(1);
  });

  test('that are there twice are told, and kept', () => {
    const [one] = files.filter(({ path }) => path.includes('UP1KYO')) as [NamedBytes];
    const image = files.find(({ path }) => path.endsWith('.jpg')) as NamedBytes;
    const twice = [one, image].flatMap((file) => [file, { ...file, path: `copy/${basename(file.path)}` }]);
    const { transmissions, issues } = decodeFiles(twice);
    expect(transmissions.map(contents)).toEqual([
      ['UPKIHON_IMAGE 0001', 'UPKIHON_IMAGE 0001'],
      ['UP1KYO', 'UP1KYO'],
    ]);
    expect(issues).toMatchObject([
      { code: 'transmission.duplicate', severity: 'error', file: twice[1]?.path },
      { code: 'transmission.duplicate', severity: 'error', file: twice[3]?.path },
    ]);
  });

  test('with the same kind for another month, or another branch, are not there twice', () => {
    const paths = ['202510', '202511', '000000'].map(
      (month) => `UPHOSOKU_${month}_0370100105_43_0370200210_11_${serial}.CSV`,
    );
    const images = ['0001', '0002'].map((n) => `UPKIHON_IMAGE_0370100105_43_0370200210_11_${serial}_${n}.jpg`);
    const { transmissions, issues } = decodeFiles(
      [...paths, ...images].map((path) => ({ path, bytes: new Uint8Array() })),
    );
    expect(transmissions).toHaveLength(1);
    expect(issues.map(({ code }) => code)).toEqual(['file.empty', 'file.empty', 'file.empty']);
  });

  test('that differ in one part of the address, or in the serial, travel apart', () => {
    const paths = [
      `UP1KYO_0370100105_43_0370200210_11_${serial}.CSV`,
      `UP1KYO_0370100105_46_0370200210_11_${serial}.CSV`,
      `UP1KYO_0370100105_43_0370200210_17_${serial}.CSV`,
      `UP1KYO_0370100113_43_0370200210_11_${serial}.CSV`,
      `UP1KYO_0370200210_43_0370100105_11_${serial}.CSV`,
      'UP1KYO_0370100105_43_0370200210_11_20251125200709.CSV',
      `UP1KYO_0370100105_0370200210_${serial}.CSV`,
    ];
    const { transmissions } = decodeFiles(paths.map((path) => ({ path, bytes: new Uint8Array() })));
    expect(transmissions).toHaveLength(paths.length);
  });

  test('are read though damaged, and their issues name the file', () => {
    const dirty = [...DIRTY_FILES.values()].map(({ name: path, bytes }) => ({ path, bytes }));
    const { transmissions, unknown, issues } = decodeFiles(dirty);
    expect(unknown).toEqual([]);
    expect(transmissions.flatMap((one) => one.files)).toHaveLength(dirty.length);
    const paths = new Set(dirty.map(({ path }) => path));
    for (const { file = '' } of issues) expect(paths).toContain(file);
  });
});
