/** The records of a ZIP by their signatures: `PK` and two bytes, read as one number. */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const DESCRIPTOR = 0x08074b50;
export const END_64 = 0x06064b50;
export const LOCATOR_64 = 0x07064b50;
/** Their lengths without what varies. */
export const LOCAL_SIZE = 30;
export const CENTRAL_SIZE = 46;
export const END_SIZE = 22;

/** Bits of an entry's flags. */
export const ENCRYPTED = 0x0041;
export const HAS_DESCRIPTOR = 0x0008;
export const UTF8_NAME = 0x0800;

/** Compression methods. */
export const STORED = 0;
export const DEFLATED = 8;

/** Whether bytes begin as a ZIP does, whatever their name: with an entry, or with the end of an archive without any. */
export const isZip = (bytes: Uint8Array): boolean => {
  if (bytes.length < 4) return false;
  const signature = viewOf(bytes).getUint32(0, true);
  return signature === LOCAL || signature === END;
};

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A number of eight bytes; beyond 2 ** 53 it is not exact. */
export const number64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;

/** The next place from `from` on where a signature stands; -1 where there is none. */
export function findSignature(view: DataView, from: number, signature: number): number {
  for (let at = from; at + 4 <= view.byteLength; at++) {
    if (view.getUint8(at) === 0x50 && view.getUint32(at, true) === signature) return at;
  }
  return -1;
}
