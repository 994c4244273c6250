import { crc32 as zlib } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32 } from '../../src/zip/crc32.js';
import { bytesOf } from '../support/damage.js';

it('the checksum is the one of ZIP', () => {
  expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
  fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === zlib(bytes)));
});
