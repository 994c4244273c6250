import { type End, endOf, isCentral } from './end.js';
import { extraField, nameOf, type ZipEntry } from './entry.js';
import { localEntries } from './local-entries.js';
import { CENTRAL_SIZE, LOCAL, number64, viewOf } from './structure.js';

/**
 * What was found of an archive as a whole.
 *
 * `directory`: its list of contents is not there or not whole, and entries were looked for by their own headers.
 * `tooMany`: it has more entries than the limit. `prefix`: something was put before it. `count`: its list is longer than
 * it says. `split`: it is one of several parts. `zip64`: it is a ZIP64. The last four are no harm to who reads it all the
 * same.
 */
export type ZipFinding = 'directory' | 'tooMany' | 'prefix' | 'count' | 'split' | 'zip64';

export interface ZipEntries {
  readonly entries: readonly ZipEntry[];
  readonly findings: readonly ZipFinding[];
}

/** The entries of an archive by its list of contents, and, where that is damaged, by their local headers. */
export function zipEntries(bytes: Uint8Array, most: number): ZipEntries {
  const view = viewOf(bytes);
  const end = endOf(view);
  const { entries, at } = end ? centralEntries(bytes, view, end, most) : { entries: [], at: 0 };
  // Where an archive inside this one has the only list of contents, it is not the list of this one.
  const isOwn = entries.length === 0 || view.getUint32(0, true) !== LOCAL || entries.some(({ offset }) => offset === 0);
  if (end && isOwn && entries.length >= Math.min(end.count, most)) {
    const isMore = end.count > most || isCentral(view, at, end.at);
    return { entries, findings: findingsOf(end, entries, isMore) };
  }
  if (!isOwn) entries.length = 0;
  const known = new Set(entries.map(({ offset }) => offset));
  for (const entry of localEntries(bytes, view)) {
    if (known.has(entry.offset)) continue;
    if (entries.length >= most) return { entries, findings: ['directory', 'tooMany'] };
    entries.push(entry);
  }
  return { entries, findings: ['directory'] };
}

function findingsOf(end: End, entries: readonly ZipEntry[], isMore: boolean): ZipFinding[] {
  const all: Readonly<Record<Exclude<ZipFinding, 'directory'>, boolean>> = {
    tooMany: isMore,
    prefix: end.shift !== 0,
    count: !isMore && entries.length !== end.count,
    split: end.isSplit,
    zip64: end.isZip64 || entries.some(({ isZip64 }) => isZip64),
  };
  return (Object.keys(all) as (keyof typeof all)[]).filter((code) => all[code]);
}

/** The entries that stand in the list one after the other, and where the next would. */
function centralEntries(
  bytes: Uint8Array,
  view: DataView,
  end: End,
  most: number,
): { entries: ZipEntry[]; at: number } {
  const entries: ZipEntry[] = [];
  let at = end.start;
  while (entries.length < most && isCentral(view, at, end.at)) {
    const next =
      at + CENTRAL_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end.at) break;
    entries.push(centralEntry(bytes, view, at, end.shift));
    at = next;
  }
  return { entries, at };
}

function centralEntry(bytes: Uint8Array, view: DataView, at: number, shift: number): ZipEntry {
  const nameAt = at + CENTRAL_SIZE;
  const extraAt = nameAt + view.getUint16(at + 28, true);
  const extra = bytes.subarray(extraAt, extraAt + view.getUint16(at + 30, true));
  const flags = view.getUint16(at + 8, true);
  const madeBy = view.getUint8(at + 5);
  const long = extraField(extra, 0x0001);
  let used = 0;
  const sizeOf = (place: number): number => {
    const short = view.getUint32(place, true);
    if (short !== 0xffffffff || !long || used + 8 > long.length) return short;
    used += 8;
    return number64(viewOf(long), used - 8);
  };
  // In the order of the extra field.
  const [size, compressedSize, offset] = [sizeOf(at + 24), sizeOf(at + 20), sizeOf(at + 42) + shift];
  return {
    ...nameOf(bytes.subarray(nameAt, extraAt), flags, extra),
    flags,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize,
    size,
    offset,
    isLink: (madeBy === 3 || madeBy === 19) && view.getUint32(at + 38, true) >>> 28 === 0xa,
    isZip64: used > 0,
  };
}
