import { crc32 } from './crc32.js';
import { type ZipEntries, zipEntries } from './entries.js';
import type { ZipEntry } from './entry.js';
import { inflateExactly } from './inflate.js';
import type { ZipLimits } from './limits.js';
import { DEFLATED, ENCRYPTED, LOCAL, LOCAL_SIZE, STORED, viewOf } from './structure.js';

/** Below this size no ratio is suspicious. */
const SMALL = 1024 * 1024;

/** Why an entry is not read, and the limit, where one is the reason. */
export interface EntryFault {
  readonly code: 'encrypted' | 'link' | 'method' | 'tooLarge' | 'ratio' | 'entry' | 'checksum';
  readonly limit?: number;
}

export type ZipContent =
  | { readonly bytes: Uint8Array; readonly fault?: undefined }
  | { readonly bytes?: undefined; readonly fault: EntryFault };

/** An archive that was opened; nothing of it is inflated yet. */
export interface ZipArchive extends ZipEntries {
  /** Why an entry will not be read, by what the archive says of it and by what may still be read. */
  faultOf(entry: ZipEntry): EntryFault | undefined;
  /** The content of an entry, whole and with its checksum proved, or why there is none. */
  read(entry: ZipEntry): ZipContent;
}

/**
 * Opens a ZIP archive. Never throws, whatever the bytes are; what is wrong is told by codes.
 *
 * The limits hold for all that is read of it, while inflating, whatever the archive says of itself. What is to become of an
 * archive with findings, and what names mean, is for the caller to decide; names are neither decoded nor made safe.
 */
export function readZip(bytes: Uint8Array, limits: Required<ZipLimits>): ZipArchive {
  const { entries, findings } = zipEntries(bytes, limits.maxEntries);
  const overlapping = overlaps(entries, bytes);
  let left = limits.maxTotalSize;
  const faultOf = ({ flags, method, isLink, size, compressedSize }: ZipEntry): EntryFault | undefined => {
    if (flags & ENCRYPTED) return { code: 'encrypted' };
    if (isLink) return { code: 'link' };
    if (method !== STORED && method !== DEFLATED) return { code: 'method' };
    const most = Math.min(limits.maxFileSize, left);
    if (size > most) return { code: 'tooLarge', limit: most };
    return size > Math.max(SMALL, compressedSize * limits.maxRatio)
      ? { code: 'ratio', limit: limits.maxRatio }
      : undefined;
  };
  const read = (entry: ZipEntry): ZipContent => {
    const fault = faultOf(entry);
    if (fault) return { fault };
    // What is inflated counts, whether it turns out to be sound or not.
    left -= entry.size;
    const content = overlapping.has(entry) ? undefined : contentOf(entry, bytes);
    if (!content) return { fault: { code: 'entry' } };
    return crc32(content) === entry.crc ? { bytes: content } : { fault: { code: 'checksum' } };
  };
  return { entries, findings, faultOf, read };
}

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
