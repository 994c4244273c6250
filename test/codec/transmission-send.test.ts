import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Address,
  decodeFile,
  decodeFiles,
  type EncodeTransmissionOptions,
  encodeTransmission,
  formatFileName,
  type NamedBytes,
  type OutgoingTransmission,
} from '../../src/codec/index.js';
import { type FileKind, hasError } from '../../src/schema/index.js';
import { bytesOf } from '../support/damage.js';
import { cleanSamples } from '../support/fixtures.js';

const files: readonly NamedBytes[] = cleanSamples();
const from: Address = { officeNumber: '0370100105', serviceType: '43' };
const to: Address = { officeNumber: '0370200210', serviceType: '11' };
const serial = '20251125200708';

/** The records of the sample of a kind. */
function records(kind: FileKind, folder = ''): never[] {
  const sample = files.find(({ path }) => path.startsWith(folder) && basename(path).startsWith(`${kind}_`));
  return decodeFile(sample?.bytes ?? new Uint8Array(), { kind }).records as never[];
}

const encode = (transmission: Partial<OutgoingTransmission>, options: EncodeTransmissionOptions = { serial }) =>
  encodeTransmission({ from, to, files: {}, ...transmission }, options);

const names = (transmission: Partial<OutgoingTransmission>): string[] =>
  (encode(transmission).files ?? []).map(({ name }) => name);

describe('a transmission that is sent', () => {
  const plan = { UPHOSOKU: records('UPHOSOKU', 'care-plan'), UP1KYO: records('UP1KYO'), UP2KYO: records('UP2KYO') };

  test('is of the edition that its month belongs to, or a warning says which one that is', () => {
    const record = { csvVersion: '202407', insurerNumber: '032026', insuredPersonNumber: '0001267459' } as const;
    const told = (month: string, edition: '4.1' | '3') => {
      const csvVersion = edition === '3' ? '202208' : '202407';
      const files = { DLTPLAN: [{ ...record, csvVersion, serviceMonth: month }] } as OutgoingTransmission['files'];
      const sent = encode({ month, files }, { serial, edition });
      expect(sent.ok).toBe(true);
      expect(new TextDecoder().decode(sent.files?.[0]?.bytes.subarray(0, 6))).toBe(csvVersion);
      return sent.issues.map(({ code, severity, expected }) => [code, severity, expected]);
    };
    expect(told('2025-04', '4.1')).toEqual([]);
    expect(told('2025-03', '3')).toEqual([]);
    expect(told('2025-03', '4.1')).toEqual([['transmission.edition', 'warning', '3']]);
    expect(told('2025-04', '3')).toEqual([['transmission.edition', 'warning', '4.1']]);
  });

  test('arrives as the same records, whatever it holds', () => {
    for (const { from, to, serial, files, images } of decodeFiles(cleanSamples()).transmissions) {
      const month = files.map(({ name }) => name.month).find((one) => one !== undefined && one !== '000000');
      const sent = encodeTransmission(
        {
          from: from as Address,
          to: to as Address,
          ...(month === undefined ? {} : { month }),
          files: Object.fromEntries(files.map(({ kind, records }) => [kind, records])),
          images: images.map(({ name, bytes }) => ({ branch: name.branch ?? '', bytes })),
        },
        { serial },
      );
      expect(sent).toMatchObject({ ok: true, serial, issues: [] });
      for (const { name, bytes } of sent.files ?? []) {
        const sample = cleanSamples().find(({ path }) => basename(path) === name);
        expect(Buffer.from(bytes).equals(sample?.bytes ?? new Uint8Array())).toBe(true);
      }
      const arrived = decodeFiles((sent.files ?? []).map(({ name: path, bytes }) => ({ path, bytes })));
      expect(arrived.issues).toEqual([]);
      expect(arrived.transmissions).toMatchObject([{ from, to, serial }]);
      expect(arrived.transmissions[0]?.images.map(({ bytes }) => bytes)).toEqual(images.map(({ bytes }) => bytes));
      expect(arrived.transmissions[0]?.files.map((file) => file.records)).toEqual(files.map((file) => file.records));
    }
  });

  test('has the names of the standard, the supplement of a care plan with month 000000', () => {
    expect(names({ files: plan })).toEqual([
      formatFileName({ kind: 'UPHOSOKU', month: '000000', from, to, serial }),
      ...(['UP1KYO', 'UP2KYO'] as const).map((kind) => formatFileName({ kind, from, to, serial })),
    ]);
    expect(names({ files: { UPPLAN: records('UPPLAN') }, month: '2025-11' })).toEqual([
      'UPPLAN_202511_0370100105_43_0370200210_11_20251125200708.CSV',
    ]);
  });

  test('takes its serial from where it is told to, once for all files', () => {
    const asked: [Address, Address][] = [];
    const serials = {
      next(...addresses: [Address, Address]) {
        asked.push(addresses);
        return '20260101000000';
      },
    };
    const sent = encode({ files: plan }, { serials });
    expect(sent.serial).toBe('20260101000000');
    expect(asked).toEqual([[from, to]]);
    expect(sent.files?.every(({ name }) => name.endsWith('_20260101000000.CSV'))).toBe(true);
    expect(encode({ files: plan }, { serials, serial }).serial).toBe(serial);
    expect(asked).toHaveLength(1);
    const [one, two] = [encode({ files: plan }, {}), encode({ files: plan }, {})];
    expect(one.serial < two.serial).toBe(true);
  });

  test('makes no file of a kind without records, and says so', () => {
    const sent = encode({ files: { ...plan, UP2KYO: [] } });
    expect(sent.files?.map(({ name }) => name.slice(0, 8))).toEqual(['UPHOSOKU', 'UP1KYO_0']);
    expect(sent.issues).toMatchObject([{ code: 'file.empty', severity: 'warning', file: 'UP2KYO' }]);
    function* none(): Generator<never> {}
    expect(encode({ files: { UP1KYO: none() } })).toMatchObject({ ok: true, files: [] });
  });

  test('is refused as a whole, with the issues of all its files', () => {
    const wrong = (kind: 'UP1KYO' | 'UP2KYO') => plan[kind].map((record: object) => ({ ...record, csvVersion: '1' }));
    const sent = encode({ files: { ...plan, UP1KYO: wrong('UP1KYO') as never[], UP2KYO: wrong('UP2KYO') as never[] } });
    expect(sent.ok).toBe(false);
    expect(sent).not.toHaveProperty('files');
    const told = new Map<string, number>();
    for (const { file = '', code } of sent.issues) {
      expect(code).toBe('cell.length');
      told.set(file.slice(0, 6), (told.get(file.slice(0, 6)) ?? 0) + 1);
    }
    expect([...told]).toEqual([
      ['UP1KYO', plan.UP1KYO.length],
      ['UP2KYO', plan.UP2KYO.length],
    ]);
  });

  test.each(['UPPLAN', 'UPSIKYU', 'UPJSK', 'DLTPLAN', 'DLTJSK'] as const)('needs a month for %s', (kind) => {
    const sent = encode({ files: { [kind]: records(kind) } });
    expect(sent).toMatchObject({ ok: false, issues: [{ code: 'transmission.month', severity: 'error', file: kind }] });
    expect(encode({ files: { [kind]: records(kind) }, month: '2025-13' }).ok).toBe(false);
  });

  test('of a kind that the standard does not have is refused', () => {
    for (const kind of ['UPNONE', 'UPKIHON_IMAGE', 'toString']) {
      const sent = encode({ files: { ...plan, [kind]: [] } });
      expect(sent).toMatchObject({ ok: false, issues: [{ code: 'file.kind', severity: 'error', found: kind }] });
    }
  });

  test('without a proper address or serial is refused, each part told for each file', () => {
    const sent = encode({ files: plan, from: { officeNumber: '1', serviceType: '43' } }, { serial: '2025' });
    expect(sent.ok).toBe(false);
    expect(sent.issues.map(({ code, file, found }) => [code, file, found])).toEqual(
      ['UPHOSOKU', 'UP1KYO', 'UP2KYO'].flatMap((kind) => [
        ['name.parts', kind, 'from.officeNumber'],
        ['name.parts', kind, 'serial'],
      ]),
    );
  });

  test('carries its images as they are, each branch once', () => {
    const image = (branch: string) => ({ branch, bytes: bytesOf(`\xff\xd8${branch}`) });
    const sent = encode({ files: { UPKIHON: records('UPKIHON') }, images: [image('0001'), image('0002')] });
    expect(sent.files?.slice(1)).toEqual(
      ['0001', '0002'].map((branch) => ({
        name: formatFileName({ kind: 'UPKIHON_IMAGE', from, to, serial, branch }),
        bytes: image(branch).bytes,
      })),
    );
    const twice = encode({ files: {}, images: [image('0001'), image('0001')] });
    expect(twice).toMatchObject({ ok: false, issues: [{ code: 'transmission.duplicate', found: '0001' }] });
    const wrong = encode({ files: {}, images: [image('1')] });
    expect(wrong).toMatchObject({ ok: false, issues: [{ code: 'name.parts', found: 'branch' }] });
  });

  test('passes its options on to every file', () => {
    const person = plan.UPHOSOKU.map((record: object) => ({ ...record, name: '鷗外' })) as never[];
    expect(encode({ files: { UPHOSOKU: person } }).ok).toBe(false);
    const sent = encode({ files: { UPHOSOKU: person } }, { serial, onUnencodable: 'replace' });
    expect(hasError(sent.issues)).toBe(false);
    const utf8 = encode({ files: { UPHOSOKU: person } }, { serial, charset: 'utf-8' });
    expect(new TextDecoder().decode(utf8.files?.[0]?.bytes)).toContain('"鷗外"');
  });
});
