import { crc32 } from './crc32.js';
import { UTF8_NAME, viewOf } from './structure.js';

/** What an archive says of one entry. Nothing of it is certain. */
export interface ZipEntry extends EntryName {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header stands. */
  readonly offset: number;
  /** Whether it is a link to another file, as Unix packs them. */
  readonly isLink: boolean;
  /** Whether its numbers stand where ZIP64 puts them. */
  readonly isZip64: boolean;
}

/** The name of an entry, not decoded: which encoding it is in is for the caller to find. */
export interface EntryName {
  readonly name: Uint8Array;
  /** Whether the archive says that the name is UTF-8. */
  readonly saysUtf8: boolean;
  /** The name in UTF-8 that stands beside it (Info-ZIP's extra field), where that is of this name. */
  readonly unicodeName?: Uint8Array;
}

export function nameOf(name: Uint8Array, flags: number, extra: Uint8Array): EntryName {
  const field = extraField(extra, 0x7075);
  const isOfName = field && field.length > 5 && field[0] === 1 && viewOf(field).getUint32(1, true) === crc32(name);
  return {
    name,
    saysUtf8: (flags & UTF8_NAME) !== 0,
    ...(isOfName ? { unicodeName: field.subarray(5) } : {}),
  };
}

/** A field of an entry's extra data. */
export function extraField(extra: Uint8Array, id: number): Uint8Array | undefined {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === id) return extra.subarray(at + 4, at + 4 + view.getUint16(at + 2, true));
  }
  return undefined;
}
