import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, decodeFileStream } from '../../src/codec/index.js';
import { decodeBlocks } from '../../src/codec/stream.js';
import { bytesOf, damaged, joinCells, latin1, someDamage, writtenCells } from '../support/damage.js';
import { FILES } from '../support/damage-check.js';
import { CLEAN_FILES, DIRTY_FILES, type Sample } from '../support/samples.js';
import { gathered, pieces, SOURCES, whole } from '../support/streams.js';

const SIZES = [[1], [2], [3], [7], [64], [4096], [5, 1, 300, 2, 17]];
const SAMPLES: readonly Sample[] = [...DIRTY_FILES.values(), ...CLEAN_FILES];
type Options = Parameters<typeof decodeFile>[1];

/** Decodes a file in blocks of so many bytes, with the charset that the whole file has. */
async function inBlocks(bytes: Uint8Array, options: Options, block: number, sizes: readonly number[] = [block]) {
  const file = decodeFile(bytes, options);
  const known = file.charset === undefined ? options : { ...options, charset: file.charset };
  // The first character that is not ASCII is told of UTF-8: it has to be among the first bytes.
  const detected = file.charset === 'ms932' ? 3 : 1024;
  const { blocks, ...read } = await gathered(decodeBlocks(pieces(bytes, sizes), known, { detected, block }));
  assert.deepEqual(read, whole(decodeFile(bytes, known)));
  return blocks;
}

describe('a file that comes in pieces is read as the same file in one', () => {
  describe.each(Object.keys(SOURCES))('from %s', (name) => {
    test.each(SAMPLES)('$name', async ({ name: file, bytes }) => {
      const expected = whole(decodeFile(bytes, { name: file }));
      const sizes = SIZES.filter((_, i) => i >= 2 || bytes.length < 6000);
      for (const size of sizes) {
        const source = SOURCES[name]?.(pieces(bytes, size)) ?? assert.fail();
        const { blocks, ...read } = await gathered(decodeFileStream(source, { name: file }));
        assert.deepEqual(read, expected);
        assert.equal(blocks, 1);
      }
    });
  });

  test.each(SAMPLES)('in small blocks: $name', async ({ name, bytes }) => {
    const counts = [];
    for (const block of [300, 777, 4096]) counts.push(await inBlocks(bytes, { name }, block));
    if (bytes.length > 5000) expect(Math.min(...counts)).toBeGreaterThan(1);
  });

  test('though it is damaged, and cut into blocks anywhere', async () => {
    let blocks = 0;
    const someFile = fc.constantFrom(...FILES.filter(({ bytes }) => bytes.length < 3000));
    const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 700 }));
    await fc.assert(
      fc.asyncProperty(someFile, someDamage(), size, size, async ({ name, bytes }, damages, block, piece) => {
        const changed = bytesOf(damaged(latin1(bytes), damages));
        blocks += await inBlocks(changed, { name }, block, [piece]);
      }),
      { numRuns: 500 },
    );
    expect(blocks).toBeGreaterThan(800);
  });
});

describe('where a block ends', () => {
  const plan = DIRTY_FILES.get('UPPLAN') as Sample;
  const rows = writtenCells(plan.bytes).slice(0, 8);
  const text = ' a,b\r\n"c"\r\nd\n202407,x,\r\n';
  const odd: Readonly<Record<string, Uint8Array>> = {
    'texts of several lines are whole': joinCells(
      rows.map((cells) => cells.with(-5, `"${text.replaceAll('"', '""')}"`)),
    ),
    'irregular rows are whole': bytesOf(latin1(joinCells(rows)).replaceAll('\r\n', '\n')),
    'lines that end with CR are whole': bytesOf(latin1(joinCells(rows)).replaceAll('\r\n', '\r')),
    'blank lines in succession have one issue': bytesOf(latin1(joinCells(rows)).replaceAll('\r\n', '\r\n\r\n\n\r\r\n')),
    'rows with open quotes end where they do': joinCells(rows.map((cells) => cells.with(-5, '"x'))),
    'quotes that swallow the next row do not': joinCells(
      rows.map((cells, i) => cells.with(-5, i % 2 ? '"\r\n,x"' : '"').slice(0, i % 2 ? 99 : -4)),
    ),
    'a row that is cut off is': bytesOf(latin1(joinCells(rows)).slice(0, -30)),
    'a row that is cut off in its texts is': bytesOf(
      `${latin1(joinCells(rows))}${rows[0]?.slice(0, 6).join(',')},"x\r\ny\r\n`,
    ),
    'marks are at the end of the file only': bytesOf(
      `${latin1(joinCells(rows)).replaceAll('\r\n', '\x1a\r\n')}\x1a\x1a`,
    ),
    'a mark at the beginning is one': bytesOf(`\xef\xbb\xbf${latin1(joinCells(rows))}`),
    'headers are told': joinCells(
      rows.flatMap((cells) => [['CSV\x83\x6f\x81\x5b\x83\x57\x83\x87\x83\x93', 'x'], cells]),
    ),
    'rows of another edition are told once in succession': joinCells(
      rows.map((cells, i) => (i % 4 < 2 ? cells : cells.with(0, '202504'))),
    ),
    'nothing is lost of bytes that are no file': bytesOf(
      `${latin1(joinCells(rows))}${'\0\x81"\r\r\n,,"\n"'.repeat(40)}\r\n${latin1(joinCells(rows))}`,
    ),
  };

  test.each(Object.keys(odd))('%s', async (what) => {
    const bytes = odd[what] as Uint8Array;
    expect(decodeFile(bytes, { name: plan.name }).issues.length).toBeGreaterThan(what.startsWith('texts') ? -1 : 0);
    for (const block of [1, 2, 3, 5, 11, 64, 150, 151, 152, 153, 400]) {
      expect(await inBlocks(bytes, { name: plan.name }, block)).toBeGreaterThan(1);
    }
  });
});

test('a file without a byte, of an unknown kind or of another charset gives one block', async () => {
  for (const [bytes, options] of [
    [new Uint8Array(), { kind: 'UPPLAN' }],
    [bytesOf('202407'), { name: 'x.csv' }],
    [bytesOf('\xff\xfe2\x000\x002\x00'), { kind: 'UPPLAN' }],
  ] as const) {
    const { blocks, ...read } = await gathered(decodeFileStream(pieces(bytes, [1]), options));
    expect(read).toEqual(whole(decodeFile(bytes, options)));
    expect(blocks).toBe(1);
    expect(read.issues).toHaveLength(1 + ('name' in options ? 1 : 0));
  }
});
