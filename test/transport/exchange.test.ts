import { describe, expect, it } from 'vitest';
import {
  decodeFiles,
  encodeTransmission,
  encodeZip,
  type OutgoingTransmission,
  type RecordOf,
  receiveTransmissions,
  sendFiles,
  sendTransmission,
  transmissionName,
} from '../../src/index.js';
import { memoryNetwork, TransportError, transportClient } from '../../src/transport/index.js';
import { manualClock } from '../../src/transport/testing/index.js';
import { cleanSamples } from '../support/fixtures.js';
import { IMAGE, preventive } from '../support/preventive.js';

const from = { officeNumber: '0370100105', serviceType: '43' };
const to = { officeNumber: '0370200210', serviceType: '11' };
const record: RecordOf<'DLTPLAN'> = {
  csvVersion: '202407',
  insurerNumber: '032026',
  insuredPersonNumber: '0001267459',
  serviceMonth: '2025-11',
};
const withdrawal: OutgoingTransmission = { from, to, month: '2025-11', files: { DLTPLAN: [record] } };

function setUp() {
  const clock = manualClock();
  const network = memoryNetwork({ clock });
  const client = (...addresses: (typeof from)[]) => transportClient(network.connect(...addresses));
  return { network, client };
}
const slips = cleanSamples().filter(({ path }) => path.startsWith('slip'));
const oneSlip = slips.filter(({ path }) => path.endsWith(slips[0]?.path.slice(-18) ?? ''));

describe('a transmission', () => {
  it('that is sent arrives as the same records, and comes again until it is acknowledged', async () => {
    const { client } = setUp();
    const result = await sendTransmission(client(from), withdrawal);
    expect(result).toMatchObject({ ok: true, sent: { attempts: 1, result: { state: 'accepted' } } });
    const receiver = client(to);
    for (let n = 0; n < 2; n++) {
      for await (const { transmission, issues } of receiveTransmissions(receiver)) {
        expect(issues).toEqual([]);
        expect(transmission).toMatchObject({ from, to, serial: result.sent?.serial, files: [{ records: [record] }] });
      }
    }
    for await (const arrived of receiveTransmissions(receiver)) await arrived.acknowledge();
    for await (const _ of receiveTransmissions(receiver)) expect.unreachable('it came again');
  });

  it('with an error is not sent, and every reason is given', async () => {
    const { client } = setUp();
    const wrong = { ...withdrawal, files: { DLTPLAN: [{ ...record, insuredPersonNumber: '1' }] } };
    const { ok, issues } = await sendTransmission(client(from), wrong);
    expect([ok, issues.map(({ code }) => code)]).toEqual([false, ['cell.length']]);
    for await (const _ of receiveTransmissions(client(to))) expect.unreachable('something was sent');
  });

  it('whose serial is taken is encoded again with the next one, names and all; a serial of the caller is not changed', async () => {
    const { client } = setUp();
    const serials = { next: () => '20261125100000' };
    const first = await sendTransmission(client(from), withdrawal, { serials });
    const second = await sendTransmission(client(from), withdrawal, { serials });
    expect([first.sent?.serial, second.sent?.serial]).toEqual(['20261125100000', '20261125100001']);
    const names: string[] = [];
    for await (const { message } of receiveTransmissions(client(to)))
      names.push(...message.files.map(({ name }) => name));
    expect(names.map((name) => name.slice(-18, -4))).toEqual(['20261125100000', '20261125100001']);
    const call = sendTransmission(client(from), withdrawal, { serial: '20261125100000' });
    await expect(call).rejects.toMatchObject({ code: 'serial.conflict', nextSerial: '20261125100002' });
  });

  it('that is sent again with its id is there once', async () => {
    const { client } = setUp();
    const options = { id: '01a211dd-42b2-768d-a618-ca5cbfd34598', serial: '20261125100000' };
    await sendTransmission(client(from), withdrawal, options);
    const again = await sendTransmission(client(from), withdrawal, options);
    expect(again.sent?.result).toMatchObject({ duplicate: true });
  });

  it('is sent whole or not at all: without its statement, its supplement or an image that it names it is not', async () => {
    const { client } = setUp();
    const slip = { files: oneSlip, lacks: ['UPPLAN', 'UPSIKYU', 'UPHOSOKU'] };
    const basic = {
      files: preventive().map(({ name, bytes }) => ({ path: name, bytes })),
      // Lists may be without rows, and then without a file.
      lacks: ['UPKIHON', 'UPKIHON_IMAGE', 'UPYOBO', 'UPYOBO_SUB'],
    };
    for (const { files, lacks } of [slip, basic]) {
      for (const kind of lacks) {
        const half = files.filter(({ path }) => transmissionName(path)?.kind !== kind);
        const { ok, sent, issues } = await sendFiles(client(from), half);
        const code = kind === 'UPKIHON_IMAGE' ? 'transmission.imageMissing' : 'transmission.incomplete';
        const missing = expect.objectContaining({ code, severity: 'error' });
        expect([kind, half.length, ok, sent, issues]).toEqual([kind, files.length - 1, false, [], [missing]]);
        expect(issues[0]?.expected).toBe(kind === 'UPKIHON_IMAGE' ? undefined : kind);
      }
    }
    const { transmissions } = decodeFiles(oneSlip);
    const [{ files, ...route } = expect.unreachable()] = transmissions;
    const records = Object.fromEntries(files.map((file) => [file.kind, file.records]));
    const { UPHOSOKU, ...half } = records;
    const outgoing = { from, to, month: files[0]?.name.month ?? '', files: half } as OutgoingTransmission;
    const result = await sendTransmission(client(from), outgoing);
    expect([UPHOSOKU === undefined, route.serial.length, result.ok]).toEqual([false, 14, false]);
    expect(result.issues).toMatchObject([{ code: 'transmission.incomplete', expected: 'UPHOSOKU' }]);
    for await (const _ of receiveTransmissions(client(to))) expect.unreachable('something was sent');
  });

  it('says of an image that is missing in which row it is named, and writes no name that a person gave', async () => {
    const { client } = setUp();
    const half = preventive('\x92\xb7\x8f\x97.jpg').map(({ name, bytes }) => ({ path: name, bytes }));
    const { issues } = await sendFiles(client(from), half);
    expect(issues).toMatchObject([
      { code: 'transmission.imageMissing', row: 1, columnName: '家族構成 画像ファイル名' },
    ]);
    expect(JSON.stringify(issues)).not.toContain('長女');
  });

  it('goes as it is where the caller says that it is meant so, and is told', async () => {
    const { client } = setUp();
    const address = { officeNumber: '0370200228', serviceType: 'A6' };
    const half = preventive().filter(({ name }) => name !== IMAGE);
    const files = half.map(({ name, bytes }) => ({ path: name, bytes }));
    const centre = client({ officeNumber: '0300100013', serviceType: '46' });
    const { ok, sent, issues } = await sendFiles(centre, files, { allowIncomplete: true });
    expect([ok, sent.length]).toEqual([true, 1]);
    expect(issues).toMatchObject([{ code: 'transmission.imageMissing', severity: 'info' }]);
    let arrived = 0;
    for await (const { message } of receiveTransmissions(client(address))) arrived += message.files.length;
    expect(arrived).toBe(5);
  });

  it('whose serial is taken is left to the caller where its records name images by the serial', async () => {
    const { client } = setUp();
    const [{ from: centre, to: office, serial, files, images } = expect.unreachable()] = decodeFiles(
      preventive().map(({ name, bytes }) => ({ path: name, bytes })),
    ).transmissions;
    const outgoing = {
      from: centre,
      to: office,
      files: Object.fromEntries(files.map((file) => [file.kind, file.records])),
      images: images.map(({ name, bytes }) => ({ branch: name.branch ?? '', bytes })),
    } as OutgoingTransmission;
    const sender = client(outgoing.from);
    const serials = { next: () => serial };
    expect((await sendTransmission(sender, outgoing, { serials })).ok).toBe(true);
    const again = sendTransmission(sender, outgoing, { serials });
    await expect(again).rejects.toMatchObject({ code: 'serial.conflict', nextSerial: '20251120101501' });
  });

  it('that does not decode is refused with the codes of its errors', async () => {
    const { client } = setUp();
    const [file] = slips;
    const damaged = { path: file?.path ?? '', bytes: Buffer.from('202407,1\r\n') };
    const sender = client(from);
    const { ok } = await sendFiles(sender, [damaged]);
    expect(ok).toBe(false);
  });

  it('whose files are not those that the message speaks of is not taken for it', async () => {
    const { network, client } = setUp();
    const encoded = encodeTransmission(withdrawal, { serial: '20261125100000' });
    await sendFiles(
      client(from),
      (encoded.files ?? []).map(({ name, bytes }) => ({ path: name, bytes })),
    );
    const transport = network.connect(to);
    const lying = {
      ...transport,
      fetch: async (...given: Parameters<typeof transport.fetch>) => ({
        ...(await transport.fetch(...given)),
        serial: '20261125100009',
      }),
    };
    for await (const arrived of receiveTransmissions(transportClient(lying))) {
      expect(arrived.transmission).toBeUndefined();
      await arrived.refuse();
    }
    const [status] =
      (await network.connect(from).listSent?.({}, { signal: new AbortController().signal, deadline: 0, attempt: 1 }))
        ?.items ?? [];
    expect(status).toMatchObject({ state: 'rejected', reasons: ['manifest.mismatch'] });
  });
});

describe('files as they are', () => {
  it('go as transmissions in the order of their serials, byte for byte; the same again is no second message', async () => {
    const { client } = setUp();
    const addresses = slips.map(({ path }) => transmissionName(path)?.to ?? to);
    const sender = client(from);
    const { ok, sent } = await sendFiles(sender, [...slips].reverse());
    expect([ok, sent.length]).toEqual([true, 5]);
    expect(sent.map(({ serial }) => serial)).toEqual(sent.map(({ serial }) => serial).sort());
    const again = await sendFiles(sender, slips);
    expect(again.sent.map(({ result }) => 'duplicate' in result && result.duplicate)).toEqual(Array(5).fill(true));
    const got: { name: string; bytes: Uint8Array }[] = [];
    for await (const { message } of receiveTransmissions(client(...addresses))) got.push(...message.files);
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    const expected = slips.map(({ path, bytes }) => ({ name: path.slice(path.indexOf('/') + 1), bytes }));
    expect(got.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) })).sort(byName)).toEqual(
      expected.sort(byName),
    );
  });

  it('in ZIPs go as those in them, of several ZIPs as one transmission; what else a ZIP holds does not go', async () => {
    const { client } = setUp();
    const zip = (path: string, files: typeof slips) => {
      const named = files.map(({ path: name, bytes }) => ({ name: name.slice(name.lastIndexOf('/') + 1), bytes }));
      return {
        path,
        bytes: encodeZip([...named, { name: 'readme.txt', bytes: new Uint8Array(3) }]).bytes ?? expect.unreachable(),
      };
    };
    const [first, ...others] = oneSlip;
    const { ok, sent, issues } = await sendFiles(client(from), [
      zip('a.zip', first ? [first] : []),
      zip('b.zip', others),
    ]);
    expect([ok, sent.length]).toEqual([true, 1]);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual(Array(2).fill(['name.notOurs', 'info']));
    const got: string[] = [];
    const receiver = client(transmissionName(first?.path ?? '')?.to ?? to);
    for await (const { message } of receiveTransmissions(receiver)) got.push(...message.files.map(({ name }) => name));
    expect(got.sort()).toEqual(oneSlip.map(({ path }) => path.slice(path.indexOf('/') + 1)).sort());
    const broken = await sendFiles(client(from), [{ path: 'c.zip', bytes: Buffer.from('PK\u0003\u0004') }]);
    expect([broken.ok, broken.sent]).toEqual([false, []]);
  });

  it('of an older edition, or of no edition, are not sent', async () => {
    const { client } = setUp();
    for (const path of ['UPPLAN_202301_0370100105_0370200210_20221225200201.CSV', 'notes.csv']) {
      const { ok, sent } = await sendFiles(client(from), [{ path, bytes: new Uint8Array() }]);
      expect([ok, sent]).toEqual([false, []]);
    }
  });

  it('stop at the first that cannot be sent', async () => {
    const { network, client } = setUp();
    network.fault({ verb: 'send', code: 'auth.denied' });
    await expect(sendFiles(client(from), slips)).rejects.toBeInstanceOf(TransportError);
  });
});
