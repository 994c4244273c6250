import { nameOf, type ZipEntry } from './entry.js';
import { DESCRIPTOR, findSignature, HAS_DESCRIPTOR, LOCAL, LOCAL_SIZE } from './structure.js';

/** The entries that can be found by their own headers alone, each with its content whole or not. */
export function* localEntries(bytes: Uint8Array, view: DataView): Generator<ZipEntry> {
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
    const name = nameOf(bytes.subarray(at + LOCAL_SIZE, nameEnd), flags, bytes.subarray(nameEnd, start));
    const method = view.getUint16(at + 8, true);
    yield { ...name, flags, method, crc, compressedSize, size, offset: at, isLink: false, isZip64: false };
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
