import { deflateSync } from 'fflate';
import { hasError, type Issue, issue } from '../../schema/internal.js';
import { writeUtf8 } from '../utf8.js';
import { crc32 } from './crc32.js';
import { safePath } from './entry-name.js';
import {
  CENTRAL,
  CENTRAL_SIZE,
  DEFLATED,
  END,
  END_SIZE,
  LOCAL,
  LOCAL_SIZE,
  STORED,
  UTF8_NAME,
  viewOf,
} from './structure.js';

/** A file to pack: what `encodeTransmission` gives (`name`), or what `decodeZip` does (`path`). */
export type ZippedFile = { readonly bytes: Uint8Array } & (
  | { readonly name: string; readonly path?: never }
  | { readonly path: string; readonly name?: never }
);

/** The archive, or every reason why there is none. */
export type EncodedZip =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly bytes?: undefined; readonly issues: readonly Issue[] };

/** 1 January 1980, the first day of ZIP: all archives of the same files are the same. */
const DATE = (1 << 5) | 1;
const VERSION = 20;
/** What the numbers of a ZIP hold without ZIP64. */
const [MOST_ENTRIES, MOST_BYTES] = [0xffff, 0xffffffff];

/**
 * Packs files into a ZIP archive, in their order. The same files give the same bytes.
 *
 * Refuses (`ok: false`) names that `decodeZip` would not give back: absolute ones, those with `..`, the same twice, those
 * that are longer than 65,535 bytes; and more than 65,535 files or 4 GiB. Does not throw for bad data.
 */
export function encodeZip(files: Iterable<ZippedFile>): EncodedZip {
  const issues: Issue[] = [];
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const { name, path = name, bytes } of files) {
    const text = path ?? '';
    const code = names.has(text) ? 'zip.duplicate' : wrongName(text);
    names.add(text);
    const utf8 = new Uint8Array(text.length * 3);
    const length = writeUtf8(text, utf8, 0);
    if (code || length < 0 || length > 0xffff) {
      issues.push(issue(code ?? 'zip.path', { file: text }, {}, { severity: 'error' }));
      continue;
    }
    const deflated = bytes.length === 0 ? bytes : deflateSync(bytes, { level: 6 });
    const isSmaller = deflated.length < bytes.length;
    const data = isSmaller ? deflated : bytes;
    const head = headOf({ name: utf8.subarray(0, length), bytes, data, method: isSmaller ? DEFLATED : STORED });
    locals.push(head.local, data);
    centrals.push(head.central(offset));
    offset += head.local.length + data.length;
  }
  const directory = centrals.reduce((sum, one) => sum + one.length, 0);
  if (centrals.length > MOST_ENTRIES) issues.push(issue('zip.tooMany', {}, { expected: MOST_ENTRIES }));
  if (offset + directory > MOST_BYTES) issues.push(issue('zip.tooLarge', {}, { expected: MOST_BYTES }));
  if (hasError(issues)) return { ok: false, issues };
  const end = new Uint8Array(END_SIZE);
  write(end, [4, END], [2, 0], [2, 0], [2, centrals.length], [2, centrals.length], [4, directory], [4, offset]);
  return { ok: true, bytes: concat([...locals, ...centrals, end]), issues };
}

const wrongName = (name: string) => {
  const { path, unsafe } = safePath(name);
  return unsafe ?? (path !== name || name === '' || name.endsWith('/') ? 'zip.path' : undefined);
};

/** The two headers of an entry: before its content, and in the list of contents. */
function headOf(entry: { name: Uint8Array; bytes: Uint8Array; data: Uint8Array; method: number }) {
  const { name, bytes, data, method } = entry;
  const flags = name.some((byte) => byte >= 0x80) ? UTF8_NAME : 0;
  const common = [
    [2, VERSION],
    [2, flags],
    [2, method],
    [2, 0],
    [2, DATE],
    [4, crc32(bytes)],
    [4, data.length],
    [4, bytes.length],
    [2, name.length],
    [2, 0],
  ] as const;
  const local = new Uint8Array(LOCAL_SIZE + name.length);
  local.set(name, write(local, [4, LOCAL], ...common));
  const central = (offset: number) => {
    const out = new Uint8Array(CENTRAL_SIZE + name.length);
    out.set(name, write(out, [4, CENTRAL], [2, VERSION], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]));
    return out;
  };
  return { local, central };
}

/** Writes numbers of two or four bytes one after the other and returns the place behind them. */
function write(out: Uint8Array, ...numbers: readonly (readonly [size: 2 | 4, value: number])[]): number {
  const view = viewOf(out);
  let at = 0;
  for (const [size, value] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return at;
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
