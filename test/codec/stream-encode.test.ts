import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, decodeFileStream, encodeFile, encodeFileStream } from '../../src/codec/index.js';
import { type FileKind, type Issue, IssueError, type Layout, type RecordOf, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecords } from '../support/arbitrary.js';
import { CLEAN_FILES, DIRTY_FILES, type Sample } from '../support/samples.js';
import { pieces, SOURCES, Watched } from '../support/streams.js';

const plan = DIRTY_FILES.get('UPPLAN') as Sample;
const slips = decodeFile(plan.bytes, { kind: 'UPPLAN' }).records as RecordOf<'UPPLAN'>[];
/** More than two blocks of records. */
const many = Array.from({ length: 150 }, () => slips).flat();

/** The bytes of a stream, and what ended it. */
async function collect(stream: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; blocks: number; error: unknown }> {
  const blocks: Uint8Array[] = [];
  try {
    for await (const block of stream) blocks.push(block);
    return { bytes: Buffer.concat(blocks), blocks: blocks.length, error: undefined };
  } catch (error) {
    return { bytes: Buffer.concat(blocks), blocks: blocks.length, error };
  }
}

describe.each(Object.keys(SOURCES))('records from %s', (name) => {
  const source = SOURCES[name] as (typeof SOURCES)[string];

  test.each(CLEAN_FILES)('give the bytes of $name', async ({ name, bytes }) => {
    const file = decodeFile(bytes, { name });
    if (!file.kind || file.edition !== '4.1' || !file.complete) return expect.unreachable();
    const { bytes: written, error } = await collect(
      encodeFileStream(file.kind, source<never>(file.records as never[])),
    );
    expect(error).toBeUndefined();
    expect(written.equals(bytes)).toBe(true);
  });

  test('give the bytes of encodeFile in several blocks, in every charset and edition', async () => {
    const old = many
      .filter((record) => !record.taisCode)
      .map((record) => ({ ...record, csvVersion: '202208' }) as const);
    for (const [records, options] of [
      [many, {}],
      [many, { charset: 'utf-8' }],
      [old, { edition: '3' }],
    ] as const) {
      const { bytes, blocks, error } = await collect(
        encodeFileStream('UPPLAN', source<never>(records as never[]), options),
      );
      expect(error).toBeUndefined();
      expect(blocks).toBeGreaterThan(2);
      expect(bytes.equals(encodeFile('UPPLAN', records as never[], options).bytes ?? new Uint8Array())).toBe(true);
    }
  });
});

describe.each(V4_1.layouts as readonly Layout[])('records of $kind', (layout) => {
  const kind = layout.kind as FileKind;

  test('give the bytes of encodeFile, or all its issues', async () => {
    const spoiled = fc.tuple(arbitraryRecords(layout, { maxLength: 5 }), fc.nat(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(spoiled, async ([records, row, spoils]) => {
        const given: object[] = records.map((record) => record as object);
        if (spoils && given.length > 0)
          given[row % given.length] = { ...given[row % given.length], $raw: { '#': 'x' } };
        const written = encodeFile(kind, given as never[]);
        const { bytes, error } = await collect(encodeFileStream(kind, given as never[]));
        expect(error instanceof IssueError ? error.issues : []).toEqual(written.ok ? [] : written.issues);
        expect(bytes.equals(written.bytes ?? new Uint8Array())).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

test('no byte is given after the first error, and every issue of every record is told', async () => {
  const wrong = { ...slips[0], units: -1 } as RecordOf<'UPPLAN'>;
  const at = many.length - 1000;
  const records = many.map((record, i) => (i === at || i === many.length - 1 ? wrong : record));
  const told: Issue[] = [];
  const { bytes, blocks, error } = await collect(
    encodeFileStream('UPPLAN', records, { name: 'a.CSV', onIssue: (issue) => told.push(issue) }),
  );
  const { issues } = encodeFile('UPPLAN', records, { name: 'a.CSV' });
  expect(issues.map(({ row }) => row)).toEqual([at + 1, many.length]);
  expect(error).toBeInstanceOf(IssueError);
  expect((error as IssueError).issues).toEqual(issues);
  expect(told).toEqual(issues);
  expect(blocks).toBeGreaterThan(0);
  const before = encodeFile('UPPLAN', many.slice(0, at)).bytes ?? new Uint8Array();
  expect(bytes.length).toBeLessThanOrEqual(before.length);
  expect(bytes.equals(before.subarray(0, bytes.length))).toBe(true);
});

test('a replaced character is told and no error', async () => {
  const told: string[] = [];
  const record = { ...slips[0], careManagerName: '岩手〜太郎' } as RecordOf<'UPPLAN'>;
  const { bytes, error } = await collect(
    encodeFileStream('UPPLAN', [record], { onIssue: ({ code }) => told.push(code) }),
  );
  expect([told, error]).toEqual([['char.replaced'], undefined]);
  expect(bytes.equals(encodeFile('UPPLAN', [record]).bytes ?? new Uint8Array())).toBe(true);
});

test('a kind or an edition that is not written is a RangeError', async () => {
  for (const stream of [
    encodeFileStream('NOTHING' as 'UPPLAN', []),
    encodeFileStream('UPPLAN', [], { edition: '4.0' as '3' }),
    encodeFileStream('UP3KYO', [], { edition: '3' }),
  ]) {
    expect((await collect(stream)).error).toBeInstanceOf(RangeError);
  }
});

describe('a source', () => {
  const bytes = [...pieces(Buffer.concat(Array.from({ length: 300 }, () => plan.bytes)), [10_000])];
  const streams: Readonly<Record<string, (failing?: Error) => { source: Watched<unknown>; stream: AsyncGenerator }>> = {
    decodeFileStream(failing) {
      const source = new Watched(bytes, failing);
      return { source, stream: decodeFileStream(source, { kind: 'UPPLAN' }) };
    },
    encodeFileStream(failing) {
      const source = new Watched(many, failing);
      return { source, stream: encodeFileStream('UPPLAN', source) };
    },
  };

  describe.each(Object.keys(streams))('of %s', (name) => {
    const open = streams[name] as (typeof streams)[string];

    test('that throws is passed on, after what it gave', async () => {
      const failing = new Error('the disk is gone');
      const { source, stream } = open(failing);
      let blocks = 0;
      const run = async () => {
        for await (const _ of stream) blocks++;
      };
      await expect(run()).rejects.toBe(failing);
      expect(blocks).toBeGreaterThan(1);
      expect(source.closed).toBe(0);
    });

    test('that comes to its end is not closed again', async () => {
      const { source, stream } = open();
      for await (const _ of stream);
      expect([source.given, source.closed]).toEqual([name.startsWith('decode') ? bytes.length : many.length, 0]);
    });

    test('is closed when no more is wanted, and not read further', async () => {
      const { source, stream } = open();
      for await (const _ of stream) break;
      const { given } = source;
      expect(source.closed).toBe(1);
      expect(given).toBeLessThan(name.startsWith('decode') ? bytes.length : many.length);
      expect(await stream.next()).toEqual({ done: true, value: undefined });
      expect(source.given).toBe(given);
    });

    test('is closed when its consumer throws', async () => {
      const { source, stream } = open();
      const run = async () => {
        for await (const _ of stream) throw new Error('full');
      };
      await expect(run()).rejects.toThrow('full');
      expect(source.closed).toBe(1);
    });
  });

  test('that is a web stream is cancelled when no more is wanted, and free again at its end', async () => {
    let cancelled = false;
    let sent = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(bytes[sent++ % bytes.length] as Uint8Array),
        cancel: () => {
          cancelled = true;
        },
      });
    const stream = endless();
    for await (const _ of decodeFileStream(stream, { kind: 'UPPLAN' })) break;
    expect([cancelled, stream.locked]).toEqual([true, false]);
    const failing = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('reset')) });
    await expect(decodeFileStream(failing, { kind: 'UPPLAN' }).next()).rejects.toThrow('reset');
  });

  test('may be a file of Node', async () => {
    const { Readable } = await import('node:stream');
    const records = [];
    for await (const block of decodeFileStream(Readable.from(bytes), { kind: 'UPPLAN' }))
      records.push(...block.records);
    expect(records).toHaveLength(300 * slips.length);
  });
});
