import { type Issue, type IssueCode, type IssueDetails, issue } from '../../schema/internal.js';
import type { NamedBytes } from '../named-bytes.js';
import { crc32 } from './crc32.js';
import { type ZipEntry, zipEntries } from './entries.js';
import { entryName, safePath } from './entry-name.js';
import { inflateExactly } from './inflate.js';
import { DEFLATED, ENCRYPTED, LOCAL, LOCAL_SIZE, STORED, viewOf } from './structure.js';

/** How much of an archive is read at most. They hold while inflating, whatever the archive says of itself. */
export interface ZipLimits {
  /** Entries; 10,000 where absent. */
  readonly maxEntries?: number;
  /** Bytes of one file; 128 MiB where absent. */
  readonly maxFileSize?: number;
  /** Bytes of all files; 512 MiB where absent. */
  readonly maxTotalSize?: number;
  /** How many times as large as packed a file of more than 1 MiB may be; 500 where absent. */
  readonly maxRatio?: number;
}

export interface DecodeZipOptions extends ZipLimits {
  /** The archive's name or path: stands before the paths of its files. */
  readonly name?: string;
}

export interface DecodedZip {
  /** In the order of the archive; paths with `/`, never absolute, never with `..`. */
  readonly files: readonly NamedBytes[];
  readonly issues: readonly Issue[];
}

/** The limits where the caller gives none. */
export const ZIP_LIMITS: Required<ZipLimits> = Object.freeze({
  maxEntries: 10_000,
  maxFileSize: 128 * 1024 * 1024,
  maxTotalSize: 512 * 1024 * 1024,
  maxRatio: 500,
});

/** Below this size no ratio is suspicious. */
const SMALL = 1024 * 1024;

/**
 * Reads the files of a ZIP archive.
 *
 * Never throws for bad data: what is damaged, encrypted, packed in an unknown way, or too large has an issue `zip.*` and
 * is left out; the other files are read. A file is read whole, with its checksum, or not at all. Names without the UTF-8
 * flag are read as MS932, unless they are UTF-8. Folders are passed over; archives inside are not opened.
 */
export function decodeZip(bytes: Uint8Array, options: DecodeZipOptions = {}): DecodedZip {
  const { name: archive, ...given } = options;
  const limits = { ...ZIP_LIMITS, ...given };
  const place = archive === undefined ? {} : { file: archive };
  const { entries, whole, more } = zipEntries(bytes, limits.maxEntries);
  const issues: Issue[] = [];
  if (!whole) issues.push(issue('zip.directory', place));
  if (more) issues.push(issue('zip.tooMany', place, { expected: limits.maxEntries }));
  const files: NamedBytes[] = [];
  const paths = new Set<string>();
  const overlapping = overlaps(entries, bytes);
  let left = limits.maxTotalSize;
  for (const entry of entries) {
    const { path: inner, unsafe } = safePath(entryName(entry));
    const path = archive === undefined ? inner : `${archive}/${inner}`;
    const tell = (code: IssueCode, details: IssueDetails = {}) => issues.push(issue(code, { file: path }, details));
    if (inner.endsWith('/') && entry.size === 0) continue;
    if (unsafe) tell(unsafe);
    if (unsafe === 'zip.traversal') continue;
    const refusal = inner === '' || inner.endsWith('/') ? 'zip.entry' : refusalOf(entry);
    const most = Math.min(limits.maxFileSize, left);
    if (refusal) tell(refusal, refusal === 'zip.method' ? { found: methodOf(entry) } : {});
    else if (entry.size > most) tell('zip.tooLarge', { expected: most });
    else if (entry.size > Math.max(SMALL, entry.compressedSize * limits.maxRatio)) {
      tell('zip.ratio', { expected: limits.maxRatio });
    } else {
      const content = overlapping.has(entry) ? undefined : contentOf(entry, bytes);
      // What was inflated counts, whether it turns out to be sound or not.
      left -= entry.size;
      if (!content) tell('zip.entry');
      else if (crc32(content) !== entry.crc) tell('zip.checksum');
      else {
        if (paths.has(path)) tell('zip.duplicate');
        paths.add(path);
        files.push({ path, bytes: content });
      }
    }
  }
  return { files, issues };
}

function refusalOf({ flags, method, isLink }: ZipEntry): IssueCode | undefined {
  if (flags & ENCRYPTED) return 'zip.encrypted';
  return (method === STORED || method === DEFLATED) && !isLink ? undefined : 'zip.method';
}

/** The compression methods that are met with, by their names. */
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZIP2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES',
};
const methodOf = ({ method, isLink }: ZipEntry): string =>
  isLink ? 'symbolic link' : (METHODS[method] ?? `method ${method}`);

/** Where the packed bytes of an entry lie; undefined where its local header, or a part of them, is not there. */
function rangeOf({ offset, compressedSize }: ZipEntry, bytes: Uint8Array): [start: number, end: number] | undefined {
  if (offset < 0 || offset + LOCAL_SIZE > bytes.length) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(offset, true) !== LOCAL) return undefined;
  const start = offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + compressedSize > bytes.length ? undefined : [start, start + compressedSize];
}

function contentOf(entry: ZipEntry, bytes: Uint8Array): Uint8Array | undefined {
  const range = rangeOf(entry, bytes);
  if (!range) return undefined;
  const data = bytes.subarray(...range);
  if (entry.method === DEFLATED) return inflateExactly(data, entry.size);
  return data.length === entry.size ? data : undefined;
}

/** Entries that reach into the next one, or begin where another does: a few bytes would be read any number of times. */
function overlaps(entries: readonly ZipEntry[], bytes: Uint8Array): ReadonlySet<ZipEntry> {
  const found = new Set<ZipEntry>();
  let last: { readonly entry: ZipEntry; readonly end: number } | undefined;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const range = rangeOf(entry, bytes);
    if (!range) continue;
    if (last?.entry.offset === entry.offset) found.add(entry);
    else {
      if (last && last.end > entry.offset) found.add(last.entry);
      last = { entry, end: range[1] };
    }
  }
  return found;
}
