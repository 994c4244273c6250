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
/** How each begins, behind the end of the one before. */
const START = '\nJ1 ';
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
 * was changed. A sector of zeros, as far as it belongs to the record, or zeros at the end of the file are what a loss of
 * power leaves of a write: no record has any, and no single bit makes them. It is torn where no other record follows, for
 * that one would have been written only after this was confirmed.
 */
export function readFrame(bytes: Buffer, at: number, previous: string, seq?: number): Frame | 'torn' | 'damaged' {
  const text = bytes.toString('latin1', at, at + HEADER);
  const [, start = '', number = '', length = '', check] = HEADER_FORM.exec(text) ?? [];
  if (start === '' || checkOf(start) !== check) {
    return text.length < HEADER || (hasZeros(bytes, at) && !hasHeader(bytes, at)) ? 'torn' : 'damaged';
  }
  if (seq !== undefined && Number(number) !== seq) return 'damaged';
  const bodyEnd = at + HEADER + Number.parseInt(length, 16);
  const end = bodyEnd + TRAILER;
  if (end > bytes.length) return 'torn';
  const body = bytes.subarray(at + HEADER, bodyEnd);
  const hash = sha256(previous, text, body);
  if (bytes.toString('latin1', bodyEnd, end) === ` ${hash}\n`) return { seq: Number(number), body, hash, end };
  return end === bytes.length && hasZeros(bytes, at) ? 'torn' : 'damaged';
}

/** Whether the file ends with a zero, or some sector, as far as it belongs to what begins here, is empty. */
function hasZeros(bytes: Buffer, from: number): boolean {
  if (bytes.at(-1) === 0) return true;
  for (let at = from; at < bytes.length; ) {
    const end = Math.min((Math.floor(at / SECTOR) + 1) * SECTOR, bytes.length);
    if (bytes.subarray(at, end).every((byte) => byte === 0)) return true;
    at = end;
  }
  return false;
}

/** How many records seem to begin after a place: a line feed stands nowhere else in a record than at its end. */
export function countHeaders(bytes: Buffer, after: number): number {
  let found = 0;
  for (let at = bytes.indexOf(START, after); at !== -1; at = bytes.indexOf(START, at + 1)) {
    const [, start = '', , , check] = HEADER_FORM.exec(bytes.toString('latin1', at + 1, at + 1 + HEADER)) ?? [];
    if (start !== '' && checkOf(start) === check) found++;
  }
  return found;
}

const hasHeader = (bytes: Buffer, after: number): boolean => countHeaders(bytes, after) > 0;
