import { deflateSync } from 'fflate';
import { crc32 } from '../../src/zip/crc32.js';
import { bytesOf, latin1 } from './damage.js';

/** An entry of an archive as a test wants it, right or wrong; names and contents have one character a byte. */
export interface RawEntry {
  readonly name: string;
  readonly content?: string;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  /** What the headers say. */
  readonly size?: number;
  readonly compressedSize?: number;
  /** What is written in the place of the packed content. */
  readonly data?: string;
  readonly extra?: string;
  readonly madeBy?: number;
  readonly attributes?: number;
  /** Where the list of contents says that the entry is. */
  readonly offset?: number;
}

export const u16 = (value: number): string => String.fromCharCode(value & 0xff, (value >>> 8) & 0xff);
export const u32 = (value: number): string => u16(value) + u16(value >>> 16);
export const u64 = (value: number): string => u32(value) + u32(Math.floor(value / 2 ** 32));

/** A ZIP archive written by hand: what `encodeZip` would never write can be in it. */
export function rawZip(entries: readonly RawEntry[], ends: { end?: (directory: string, at: number) => string } = {}) {
  let body = '';
  let directory = '';
  for (const entry of entries) {
    const { name, content = '', flags = 0, method = 8, extra = '' } = entry;
    const data = entry.data ?? (method === 8 ? latin1(deflateSync(bytesOf(content))) : content);
    const { crc = crc32(bytesOf(content)), size = content.length, compressedSize = data.length } = entry;
    const sizes = u32(crc) + u32(compressedSize) + u32(size);
    const behind = (flags & 8) !== 0;
    const head = (inner: string) => u16(20) + u16(flags) + u16(method) + u16(0) + u16(33) + inner + u16(name.length);
    directory += `PK\x01\x02${u16(20 | ((entry.madeBy ?? 0) << 8))}${head(sizes)}${u16(extra.length)}${u16(0)}${u16(0)}`;
    directory += `${u16(0)}${u32(entry.attributes ?? 0)}${u32(entry.offset ?? body.length)}${name}${extra}`;
    body += `PK\x03\x04${head(behind ? '\0'.repeat(12) : sizes)}${u16(0)}${name}${data}`;
    if (behind) body += `PK\x07\x08${sizes}`;
  }
  const end = ends.end ?? ((directory, at) => endRecord(entries.length, directory.length, at));
  return bytesOf(body + directory + end(directory, body.length));
}

export const endRecord = (count: number, size: number, at: number, comment = ''): string =>
  `PK\x05\x06${u16(0)}${u16(0)}${u16(count)}${u16(count)}${u32(size)}${u32(at)}${u16(comment.length)}${comment}`;

/** An archive without its list of contents. */
export const headless = (zip: Uint8Array): Uint8Array => bytesOf(latin1(zip).split('PK\x01\x02', 1)[0] ?? '');
