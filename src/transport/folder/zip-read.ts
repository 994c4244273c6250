import { inflateRawSync } from 'node:zlib';
import { nameFault } from '../names.js';

/** Why a ZIP is not unpacked. */
export class ZipFault extends Error {
  constructor(readonly reason: 'zip' | 'too-large') {
    super(reason);
  }
}

export interface ZipLimits {
  readonly maxEntries: number;
  readonly maxEntryBytes: number;
  readonly maxTotalBytes: number;
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Unpacks a ZIP in memory: every file by the last part of its path, folders left out.
 *
 * Throws a ZipFault before anything is unpacked: `too-large` where the sizes it declares are beyond the limits; `zip`
 * where it is damaged, encrypted, split, of Zip64 or of another method than stored and deflated, or where a path leaves
 * its folder or has a part that is no name. Sizes and check sums are proved afterwards: an entry that is not what it
 * declares is `zip` as well.
 */
export function unpackZip(
  bytes: Uint8Array,
  limits: ZipLimits,
): { readonly name: string; readonly bytes: Uint8Array }[] {
  try {
    const entries = directory(bytes, limits).filter(({ path }) => !path.endsWith('/'));
    for (const { path } of entries) if (path.split('/').some((part) => nameFault(part))) throw new ZipFault('zip');
    return entries.map((entry) => ({
      name: entry.path.slice(entry.path.lastIndexOf('/') + 1),
      bytes: unpack(bytes, entry),
    }));
  } catch (error) {
    throw error instanceof ZipFault ? error : new ZipFault('zip');
  }
}

function directory(bytes: Uint8Array, limits: ZipLimits): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.length - end < 22 + 0x10000 && view.getUint32(end, true) !== END) end--;
  if (end < 0 || view.getUint32(end, true) !== END) throw new ZipFault('zip');
  const count = view.getUint16(end + 10, true);
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw new ZipFault('zip');
  if (count > limits.maxEntries) throw new ZipFault('too-large');
  const entries: Entry[] = [];
  let total = 0;
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new ZipFault('zip');
    const flags = view.getUint16(at + 8, true);
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const length = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const method = view.getUint16(at + 10, true);
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || packed > bytes.length || local > bytes.length) {
      throw new ZipFault('zip');
    }
    total += size;
    if (size > limits.maxEntryBytes || total > limits.maxTotalBytes) throw new ZipFault('too-large');
    const path = pathOf(bytes.subarray(at + 46, at + 46 + length), (flags & 0x800) !== 0);
    entries.push({ path, method, crc: view.getUint32(at + 16, true), packed, size, at: local });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * A path of which only ASCII matters: other characters become `?` with no meaning, but none of their bytes is taken for a
 * separator. Without the mark of UTF-8 they are those of Windows in Japan, whose second bytes may be a backslash.
 */
function pathOf(bytes: Uint8Array, utf8: boolean): string {
  let path = '';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) path += String.fromCharCode(byte);
    else {
      path += '〓';
      if (!utf8 && ((byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc))) i++;
    }
  }
  return path;
}

function unpack(bytes: Uint8Array, { method, crc, packed, size, at }: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(at, true) !== LOCAL) throw new ZipFault('zip');
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.subarray(start, start + packed);
  if (data.length !== packed) throw new ZipFault('zip');
  // Inflating ends where more comes than is declared: a small ZIP cannot keep the process busy.
  const out = method === 0 ? data.slice() : inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  if (out.length !== size || crc32(out) !== crc) throw new ZipFault('zip');
  return new Uint8Array(out);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
