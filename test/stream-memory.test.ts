import { expect, test } from 'vitest';
import { measureStream } from '../bench/stream.js';

/** What a process of Node with the library takes and may take more, far below what the file would. */
const BOUND = 190;

test.each(['decode', 'encode'] as const)(
  'the memory that %s of a stream takes does not grow with the file',
  (direction) => {
    const { bytes, records, peakMegabytes } = measureStream(direction, 64);
    expect(bytes).toBeGreaterThan(60e6);
    expect(records).toBeGreaterThan(300_000);
    expect(peakMegabytes).toBeGreaterThan(30);
    expect(peakMegabytes).toBeLessThan(BOUND);
  },
);
