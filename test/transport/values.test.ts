import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentId,
  formatAddress,
  isMessageId,
  memoryNetwork,
  messageDigest,
  messageId,
  nameFault,
  parseAddress,
  partOf,
  readPart,
  serialAfter,
  sha256,
  TransportError,
} from '../../src/transport/index.js';
import { OFFICES } from '../support/memory-harness.js';
import { attempt, slip } from '../support/slips.js';

describe('an id of a message', () => {
  it('is a UUID of version 7 that sorts by its time', () => {
    const at = Date.UTC(2026, 10, 25);
    const ids = [0, 1, 1000, 86_400_000].map((ms) => messageId(at + ms));
    expect(ids).toEqual([...ids].sort());
    for (const id of ids) expect([id[14], isMessageId(id)]).toEqual(['7', true]);
    expect(Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(at);
    expect(new Set(Array.from({ length: 1000 }, () => messageId(at))).size).toBe(1000);
  });

  it('made of content is the same for the same files in any order, and another for any other', async () => {
    const message = await slip(1);
    const turned = { ...message, parts: [...message.parts].reverse() };
    expect(await contentId(turned)).toBe(await contentId(message));
    expect(await messageDigest(turned)).toBe(await messageDigest(message));
    const others = [await slip(2), await slip(1, 'y'), { ...message, parts: message.parts.slice(1) }];
    for (const other of others) expect(await contentId(other)).not.toBe(await contentId(message));
    expect(isMessageId(await contentId(message))).toBe(true);
  });
});

describe('an address', () => {
  it('is written as the name of its mailbox and read again', () => {
    for (const text of ['0370100105-43', '03A0100105-A6'])
      expect(formatAddress(parseAddress(text) as never)).toBe(text);
    for (const text of [
      '',
      '0370100105',
      '037010010-43',
      '0370100105-4',
      '0370100105-43-1',
      '03a0100105-43',
      '0370100105-43\n',
    ]) {
      expect(parseAddress(text)).toBeUndefined();
    }
    expect(() => formatAddress({ officeNumber: '../..', serviceType: '11' })).toThrow(TransportError);
  });
});

describe('the serial after another', () => {
  it.each([
    ['20261125100000', '20261125100001'],
    ['20261125100059', '20261125100100'],
    ['20261231235959', '20270101000000'],
    ['20280228235959', '20280229000000'],
  ])('%s is %s', (serial, next) => expect(serialAfter(serial)).toBe(next));

  it('is refused for what is no time', () => {
    for (const serial of ['20261332100000', '2026', 'x']) expect(() => serialAfter(serial)).toThrow(TransportError);
  });
});

describe('a serial that is taken', () => {
  it('is a conflict that names the first free one after it, or none where it is no time', async () => {
    const network = memoryNetwork();
    const end = network.connect(OFFICES.a[0]);
    for (const serial of ['20261125100000', '20261125100001', '99999999999999']) {
      await end.send(await slip(0, 'x', { serial }), attempt());
    }
    const conflict = async (serial: string) =>
      end
        .send(await slip(0, 'x', { serial }), attempt())
        .catch((error: TransportError) => [error.code, error.nextSerial]);
    expect(await conflict('20261125100000')).toEqual(['serial.conflict', '20261125100002']);
    expect(await conflict('99999999999999')).toEqual(['serial.conflict', undefined]);
  });
});

describe("a file's name", () => {
  it.each([
    ['', 'empty'],
    ['a/b', 'character'],
    ['a\\b', 'character'],
    ['..', 'dots'],
    ['a.', 'dots'],
    ['a ', 'dots'],
    ['nul', 'device'],
    ['COM1.csv', 'device'],
    ['LPT¹', 'device'],
    ['con .txt', 'device'],
    ['\ud800', 'unpaired'],
    ['x'.repeat(256), 'too-long'],
    ['あ'.repeat(86), 'too-long'],
    ['a\u202eb', 'character'],
    ['a\u0000', 'character'],
  ])('%j is refused: %s', (name, fault) => expect(nameFault(name)).toBe(fault));

  it('of the exchange is taken', () => {
    const names = [
      'UPPLAN_202504_0300000100_43_0300000005_11_20250325200201.CSV',
      'x'.repeat(255),
      '利用票 (1).csv',
      '..a',
      'console.csv',
    ];
    for (const name of names) expect(nameFault(name)).toBeUndefined();
  });
});

describe('a part', () => {
  it('gives its bytes and any range of them, again and again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(200), fc.nat(200), async (bytes, a, b) => {
        const part = await partOf({ name: 'x.CSV', kind: 'X', bytes });
        expect([part.size, part.sha256]).toEqual([bytes.length, await sha256(bytes)]);
        for (let n = 0; n < 2; n++) expect(await readPart(part)).toEqual(bytes);
        const [start, end] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
        const got: number[] = [];
        for await (const chunk of part.open({ start, end })) got.push(...chunk);
        expect(got).toEqual([...bytes.subarray(start, end)]);
      }),
    );
  });

  it('says the media type of its file', async () => {
    const typeOf = async (name: string) => (await partOf({ name, kind: 'X', bytes: new Uint8Array() })).mediaType;
    expect([await typeOf('a.CSV'), await typeOf('a.jpg'), await typeOf('a.JPEG')]).toEqual([
      'text/csv',
      'image/jpeg',
      'image/jpeg',
    ]);
  });
});
