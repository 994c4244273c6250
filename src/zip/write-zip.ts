import { deflateSync, strToU8 } from 'fflate';
import { crc32 } from './crc32.js';
import { CENTRAL, DEFLATED, END, LOCAL, LOCAL_SIZE, STORED, UTF8_NAME, viewOf } from './structure.js';

/** Why files make no archive; `name` and `duplicate` are about the file at `index`. */
export type ZipRefusal =
  | { readonly code: 'name' | 'duplicate'; readonly index: number }
  | { readonly code: 'tooMany' | 'tooLarge'; readonly limit: number };

/** The archive, or every reason why there is none. */
export type WrittenZip =
  | { readonly bytes: Uint8Array; readonly refusals?: undefined }
  | { readonly bytes?: undefined; readonly refusals: readonly ZipRefusal[] };

/** 1 January 1980, the first day of ZIP: all archives of the same files are the same. */
const DATE = (1 << 5) | 1;
const VERSION = 20;
/** What the numbers of a ZIP hold without ZIP64. */
const [MOST_ENTRIES, MOST_BYTES, LONGEST_NAME] = [0xffff, 0xffffffff, 0xffff];

/**
 * Packs files into a ZIP archive, in their order; the same files give the same bytes. Names that are not ASCII are marked
 * as UTF-8. What does not become smaller is stored.
 *
 * fflate deflates; the headers are written here, because its `zipSync` takes names as the keys of an object: those that
 * are numbers come first, whatever the order was, and it fails on a file `__proto__`. Its streaming `Zip` puts sizes behind
 * the files, which leaves less to be found of a damaged archive.
 */
export function writeZip(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): WrittenZip {
  const refusals: ZipRefusal[] = [];
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const [index, { name: text, bytes }] of files.entries()) {
    const name = strToU8(text);
    const isWrong = name.length === 0 || name.length > LONGEST_NAME || /\p{Cs}/u.test(text);
    const isTwice = names.has(text);
    names.add(text);
    if (isTwice || isWrong) {
      refusals.push({ code: isTwice ? 'duplicate' : 'name', index });
      continue;
    }
    const deflated = bytes.length === 0 ? bytes : deflateSync(bytes, { level: 6 });
    const isSmaller = deflated.length < bytes.length;
    const data = isSmaller ? deflated : bytes;
    const head = headOf(name, isSmaller ? DEFLATED : STORED, bytes, data);
    locals.push(bytesOf(name, [4, LOCAL], ...head), data);
    centrals.push(bytesOf(name, [4, CENTRAL], [2, VERSION], ...head, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]));
    offset += LOCAL_SIZE + name.length + data.length;
  }
  const directory = centrals.reduce((sum, one) => sum + one.length, 0);
  const count = centrals.length;
  if (count > MOST_ENTRIES) refusals.push({ code: 'tooMany', limit: MOST_ENTRIES });
  if (offset + directory > MOST_BYTES) refusals.push({ code: 'tooLarge', limit: MOST_BYTES });
  if (refusals.length > 0) return { refusals };
  const end = bytesOf(NONE, [4, END], [2, 0], [2, 0], [2, count], [2, count], [4, directory], [4, offset], [2, 0]);
  return { bytes: concat([...locals, ...centrals, end]) };
}

type Numbers = readonly (readonly [size: 2 | 4, value: number])[];
const NONE = new Uint8Array(0);

/** What both headers of an entry have in common: the one before its content, and the one in the list of contents. */
const headOf = (name: Uint8Array, method: number, bytes: Uint8Array, data: Uint8Array): Numbers => [
  [2, VERSION],
  [2, name.some((byte) => byte >= 0x80) ? UTF8_NAME : 0],
  [2, method],
  [2, 0],
  [2, DATE],
  [4, crc32(bytes)],
  [4, data.length],
  [4, bytes.length],
  [2, name.length],
  [2, 0],
];

/** Numbers of two or four bytes one after the other, and a name behind them. */
function bytesOf(name: Uint8Array, ...numbers: Numbers): Uint8Array {
  const length = numbers.reduce((sum, [size]) => sum + size, 0);
  const out = new Uint8Array(length + name.length);
  const view = viewOf(out);
  let at = 0;
  for (const [size, value] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  out.set(name, at);
  return out;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
