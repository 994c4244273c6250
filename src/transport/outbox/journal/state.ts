import { TransportError } from '../../error.js';
import { Table } from '../table.js';
import { GENESIS, readFrame, writeFrame } from './frame.js';
import { type Entry, formatChanges, formatHead, parseChanges, parseHead } from './records.js';
import type { JournalCipher, JournalSeal } from './seal.js';

/** Where a journal stands: the last record that is whole. */
export interface Position {
  readonly seq: number;
  readonly hash: string;
  /** Bytes up to its end. */
  readonly size: number;
  /** Bytes of head and state, as they were when the file was made. */
  readonly base: number;
}

/** What a journal holds. */
export interface State extends Position {
  readonly table: Table<Entry>;
  readonly cipher: JournalCipher | undefined;
  /** Whether all of the state that the file was made with is there. */
  readonly whole: boolean;
  /** Transactions since the file was made. */
  readonly transactions: number;
  /** Bytes of a record that was never finished. */
  readonly droppedBytes: number;
  /** Where damage begins; only where it is asked to read up to it. */
  readonly damage?: number;
}

/**
 * Reads a journal to its end.
 *
 * Throws a TransportError: `storage.damaged` with the offset, `unsupported` for one of a later version, `config` where it
 * is sealed and there is no seal, or the other way round; what the seal throws where the keys are not the right ones.
 * With `upToDamage` it gives what is whole before the damage.
 */
export async function readState(
  bytes: Buffer,
  seal: JournalSeal | undefined,
  { upToDamage = false }: { readonly upToDamage?: boolean } = {},
): Promise<State> {
  const head = readFrame(bytes, 0, GENESIS);
  const about = typeof head === 'string' ? undefined : parseHead(head.body.toString());
  if (about === 'unsupported') throw new TransportError('unsupported');
  if (typeof head === 'string' || !about) throw damagedAt(0);
  if ((about.seal === null) !== (seal === undefined)) throw new TransportError('config');
  const cipher = about.seal === null ? undefined : await seal?.open(about.seal);

  const entries = new Map<string, Entry>();
  let [at, base, seq, hash, records] = [head.end, head.end, head.seq, head.hash, 0];
  let end: 'torn' | 'damaged' | undefined;
  while (at < bytes.length || records < about.snapshot) {
    const frame = readFrame(bytes, at, hash, seq + 1);
    const changes = typeof frame === 'string' ? undefined : parseChanges(await openBody(frame.body, cipher), frame.seq);
    if (typeof frame === 'string' || !changes) {
      // The state was whole before the file got its name.
      end = frame === 'torn' && records >= about.snapshot ? 'torn' : 'damaged';
      break;
    }
    for (const [key, entry] of changes) {
      if (entry === undefined) entries.delete(key);
      else entries.set(key, entry);
    }
    [at, seq, hash] = [frame.end, frame.seq, frame.hash];
    if (++records === about.snapshot) base = at;
  }
  if (end === 'damaged' && !upToDamage) throw damagedAt(at);
  return {
    table: new Table(entries),
    cipher,
    seq,
    hash,
    size: at,
    base,
    whole: records >= about.snapshot,
    transactions: Math.max(0, records - about.snapshot),
    droppedBytes: end === 'torn' ? bytes.length - at : 0,
    ...(end === 'damaged' ? { damage: at } : {}),
  };
}

const damagedAt = (offset: number) => new TransportError('storage.damaged', { offset });

/** The text of a body; an empty one, which is no record, where it cannot be opened. */
async function openBody(body: Buffer, cipher: JournalCipher | undefined): Promise<string> {
  if (!cipher) return body.toString();
  const opened = await cipher.decrypt(body.toString('latin1')).catch(() => undefined);
  return opened ? Buffer.from(opened).toString() : '';
}

export async function sealBody(text: string, cipher: JournalCipher | undefined): Promise<Buffer> {
  return Buffer.from(cipher ? await cipher.encrypt(Buffer.from(text)) : text);
}

/** Characters of keys and texts that stand in one record of a state. */
const CHUNK = 256 * 1024;

/** A new journal that holds a state and nothing else. */
export async function writeState(
  table: Table<Entry>,
  cipher: JournalCipher | undefined,
  after: number,
): Promise<Position & { readonly bytes: Buffer }> {
  const chunks: (readonly [string, Entry])[][] = [];
  let room = 0;
  for (const entry of table.entries()) {
    room -= entry[0].length + (typeof entry[1] === 'string' ? entry[1].length : 0);
    if (room < 0) {
      chunks.push([]);
      room = CHUNK;
    }
    chunks.at(-1)?.push(entry);
  }
  let seq = after + 1;
  const note = cipher ? await cipher.note() : null;
  let { bytes, hash } = writeFrame(seq, Buffer.from(formatHead(note, chunks.length)), GENESIS);
  const frames = [bytes];
  for (const chunk of chunks) {
    seq++;
    ({ bytes, hash } = writeFrame(seq, await sealBody(formatChanges(seq, chunk), cipher), hash));
    frames.push(bytes);
  }
  const whole = Buffer.concat(frames);
  return { bytes: whole, seq, hash, size: whole.length, base: whole.length };
}
