import { createHash } from 'node:crypto';

/** A record of a journal as it lies in the file. */
export interface Frame {
  readonly seq: number;
  readonly body: Buffer;
  /** The SHA-256 over the hash of the record before, its own header and body. */
  readonly hash: string;
  /** Where the next begins. */
  readonly end: number;
}

/** What stands in the place of the hash before the first record. */
export const GENESIS = '0'.repeat(64);
/** `J1`, number, bytes of the body, checksum of these three; each followed by a space. */
const HEADER = 32;
const HEADER_FORM = /^(J1 ([0-9]{10}) ([0-9a-f]{8}) )([0-9a-f]{8}) $/;
/** Space, hash, line feed. */
const TRAILER = 66;
/** What a device writes as a whole. */
const SECTOR = 512;

const sha256 = (...pieces: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};

const checkOf = (start: string): string => sha256(start).slice(0, 8);

/** A record as one line. */
export function writeFrame(
  seq: number,
  body: Buffer,
  previous: string,
): { readonly bytes: Buffer; readonly hash: string } {
  const start = `J1 ${String(seq).padStart(10, '0')} ${body.length.toString(16).padStart(8, '0')} `;
  const header = `${start}${checkOf(start)} `;
  const hash = sha256(previous, header, body);
  return { bytes: Buffer.concat([Buffer.from(header), body, Buffer.from(` ${hash}\n`)]), hash };
}

/**
 * The record at a place of a file; or `torn`, where the file ends before it does, as a write leaves it that was not
 * finished and so never confirmed; or `damaged`.
 *
 * The header has a checksum of its own, so its length is believed, and a file that ends early is told from a length that
 * was changed. Zeros up to the end of the file, or in a whole sector of the last record, are what a loss of power leaves of
 * a write: no record has any. They are torn, unless the file goes on after the end that the header says.
 */
export function readFrame(bytes: Buffer, at: number, previous: string, seq?: number): Frame | 'torn' | 'damaged' {
  const text = bytes.toString('latin1', at, at + HEADER);
  const [, start = '', number = '', length = '', check] = HEADER_FORM.exec(text) ?? [];
  if (start === '' || checkOf(start) !== check) {
    return text.length < HEADER || zerosFrom(bytes, at) < at + HEADER ? 'torn' : 'damaged';
  }
  if (seq !== undefined && Number(number) !== seq) return 'damaged';
  const bodyEnd = at + HEADER + Number.parseInt(length, 16);
  const end = bodyEnd + TRAILER;
  if (end > bytes.length) return 'torn';
  const body = bytes.subarray(at + HEADER, bodyEnd);
  const hash = sha256(previous, text, body);
  if (bytes.toString('latin1', bodyEnd, end) === ` ${hash}\n`) return { seq: Number(number), body, hash, end };
  return end === bytes.length && (bytes[end - 1] === 0 || hasEmptySector(bytes, at)) ? 'torn' : 'damaged';
}

/** Where the zeros begin with which a file ends. */
function zerosFrom(bytes: Buffer, from: number): number {
  let at = bytes.length;
  while (at > from && bytes[at - 1] === 0) at--;
  return at;
}

function hasEmptySector(bytes: Buffer, from: number): boolean {
  for (let at = Math.ceil(from / SECTOR) * SECTOR; at + SECTOR <= bytes.length; at += SECTOR) {
    if (bytes.subarray(at, at + SECTOR).every((byte) => byte === 0)) return true;
  }
  return false;
}
