import {
  CENTRAL,
  CENTRAL_SIZE,
  DESCRIPTOR,
  END,
  END_64,
  END_SIZE,
  findSignature,
  HAS_DESCRIPTOR,
  LOCAL,
  LOCAL_SIZE,
  LOCATOR_64,
  viewOf,
} from './structure.js';

/** What an archive says of one entry. Nothing of it is certain. */
export interface ZipEntry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly name: Uint8Array;
  readonly extra: Uint8Array;
  /** Where its local header stands. */
  readonly offset: number;
  /** Whether it is a link to another file, as Unix packs them. */
  readonly isLink: boolean;
}

export interface ZipEntries {
  readonly entries: readonly ZipEntry[];
  /** Whether the list of contents at the end is there and whole; else entries were looked for by their own headers. */
  readonly whole: boolean;
  /** Whether there were more than `most`. */
  readonly more: boolean;
}

/** The entries of an archive by its list of contents, and, where that is damaged, by their local headers. */
export function zipEntries(bytes: Uint8Array, most: number): ZipEntries {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  const end = endOf(view);
  let at = end?.start ?? 0;
  while (end && entries.length < most && at + CENTRAL_SIZE <= end.at && view.getUint32(at, true) === CENTRAL) {
    const next =
      at + CENTRAL_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end.at) break;
    entries.push(centralEntry(bytes, view, at, end.shift));
    at = next;
  }
  // Where an archive inside this one has the only list of contents, it is not the list of this one.
  const isOwn = entries.length === 0 || view.getUint32(0, true) !== LOCAL || entries.some(({ offset }) => offset === 0);
  if (end && isOwn && entries.length >= Math.min(end.count, most)) {
    return { entries, whole: true, more: end.count > most || isCentral(view, at, end.at) };
  }
  if (!isOwn) entries.length = 0;
  const known = new Set(entries.map(({ offset }) => offset));
  for (const entry of localEntries(bytes, view)) {
    if (known.has(entry.offset)) continue;
    if (entries.length >= most) return { entries, whole: false, more: true };
    entries.push(entry);
  }
  return { entries, whole: false, more: false };
}

const isCentral = (view: DataView, at: number, end: number): boolean =>
  at + CENTRAL_SIZE <= end && view.getUint32(at, true) === CENTRAL;

interface End {
  readonly at: number;
  /** Where the list of contents begins. */
  readonly start: number;
  readonly count: number;
  /** How far everything lies behind where the archive says, because something was put before it. */
  readonly shift: number;
}

/** The last record that says where the list of contents is; it may have a comment of up to 65,535 bytes behind it. */
function endOf(view: DataView): End | undefined {
  const first = Math.max(0, view.byteLength - END_SIZE - 0xffff);
  for (let at = view.byteLength - END_SIZE; at >= first; at--) {
    if (view.getUint8(at) !== 0x50 || view.getUint32(at, true) !== END) continue;
    const long = end64(view, at);
    const count = long?.count ?? view.getUint16(at + 10, true);
    const size = long?.size ?? view.getUint32(at + 12, true);
    const said = long?.start ?? view.getUint32(at + 16, true);
    const edge = long?.at ?? at;
    // Where something was put before the archive, the list still ends where this record begins.
    const start = count === 0 || isCentral(view, said, edge) ? said : edge - size;
    if ((count === 0 && size === 0) || (start >= 0 && isCentral(view, start, edge))) {
      return { at: edge, start: Math.min(start, edge), count, shift: start - said };
    }
  }
  return undefined;
}

/** The same of ZIP64, which some software writes for small archives too. */
function end64(view: DataView, end: number): (Omit<End, 'shift'> & { readonly size: number }) | undefined {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return undefined;
  const at = number64(view, locator + 8);
  if (at + 56 > locator || view.getUint32(at, true) !== END_64) return undefined;
  return { at, count: number64(view, at + 32), size: number64(view, at + 40), start: number64(view, at + 48) };
}

const number64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;

function centralEntry(bytes: Uint8Array, view: DataView, at: number, shift: number): ZipEntry {
  const [nameAt, nameSize] = [at + CENTRAL_SIZE, view.getUint16(at + 28, true)];
  const extra = bytes.subarray(nameAt + nameSize, nameAt + nameSize + view.getUint16(at + 30, true));
  const madeBy = view.getUint8(at + 5);
  const long = extraField(extra, 0x0001);
  let used = 0;
  const sizeOf = (place: number): number => {
    const short = view.getUint32(place, true);
    if (short !== 0xffffffff || !long || used + 8 > long.length) return short;
    used += 8;
    return number64(viewOf(long), used - 8);
  };
  const size = sizeOf(at + 24);
  const compressedSize = sizeOf(at + 20);
  return {
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize,
    size,
    name: bytes.subarray(nameAt, nameAt + nameSize),
    extra,
    offset: sizeOf(at + 42) + shift,
    isLink: (madeBy === 3 || madeBy === 19) && view.getUint32(at + 38, true) >>> 28 === 0xa,
  };
}

/** The entries that can be found by their own headers alone, each with its content whole or not. */
function* localEntries(bytes: Uint8Array, view: DataView): Generator<ZipEntry> {
  let descriptors: ReadonlyMap<number, number> | undefined;
  for (let at = findSignature(view, 0, LOCAL); at >= 0; ) {
    if (at + LOCAL_SIZE > bytes.length) return;
    const nameEnd = at + LOCAL_SIZE + view.getUint16(at + 26, true);
    const start = nameEnd + view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 6, true);
    // Sizes stand here, or in a record behind the content; where that is not found, the content has no end.
    if (flags & HAS_DESCRIPTOR) descriptors ??= descriptorsOf(view);
    const sizesAt = flags & HAS_DESCRIPTOR ? descriptors?.get(start) : at + 10;
    const number = (place: number, other: number) =>
      sizesAt === undefined ? other : view.getUint32(sizesAt + place, true);
    const [crc, compressedSize, size] = [number(4, 0), number(8, bytes.length), number(12, 0)];
    const [name, extra] = [bytes.subarray(at + LOCAL_SIZE, nameEnd), bytes.subarray(nameEnd, start)];
    const method = view.getUint16(at + 8, true);
    yield { flags, method, crc, compressedSize, size, name, extra, offset: at, isLink: false };
    const next = start + compressedSize;
    at = findSignature(view, next <= bytes.length ? next : at + 4, LOCAL);
  }
}

/** Where contents begin that have their sizes behind them: each such record tells how long what it follows is. */
function descriptorsOf(view: DataView): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let at = findSignature(view, 0, DESCRIPTOR); at >= 0; at = findSignature(view, at + 4, DESCRIPTOR)) {
    if (at + 16 <= view.byteLength) found.set(at - view.getUint32(at + 8, true), at);
  }
  return found;
}

/** A field of an entry's extra data. */
export function extraField(extra: Uint8Array, id: number): Uint8Array | undefined {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === id) return extra.subarray(at + 4, at + 4 + view.getUint16(at + 2, true));
  }
  return undefined;
}
