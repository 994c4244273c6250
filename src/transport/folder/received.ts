import { join } from 'node:path';
import { TransportError } from '../error.js';
import { isMessageId } from '../id.js';
import type { ReceiptInput } from '../message.js';
import { type Disk, sweep } from './disk.js';
import { readJson, writeJson } from './json.js';
import { laneSerial } from './places.js';
import type { FoundFile } from './scan.js';
import type { FoundSet } from './sets.js';

/** What is kept of a message that was acknowledged, by which its files are known again. */
export interface Received {
  readonly version: 1;
  readonly id: string;
  /** The lane and serial. */
  readonly set: string;
  readonly kind: ReceiptInput['kind'];
  readonly reasons?: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** The names of the originals. */
  readonly lies: readonly string[];
}

/** A record by its name; `open` while originals of it may still lie where they came in. */
interface Entry {
  readonly name: string;
  readonly set: string;
  readonly id: string;
  readonly open: boolean;
}

/** The records of what was received, one file each; names alone tell which there are. */
export function receivedRecords(disk: Disk, folder: string) {
  const read = ({ name }: Entry): Promise<Received | undefined> => readJson(disk, join(folder, name));
  const entries = async (): Promise<readonly Entry[]> =>
    (await disk.list(folder)).flatMap((name) => {
      const match = /^(?<set>[0-9A-Z_-]+)\.(?<id>[0-9a-f-]{36})(?<open>\.open)?\.json$/.exec(name);
      const { set = '', id = '', open } = match?.groups ?? {};
      return match ? [{ name, set, id, open: open !== undefined }] : [];
    });
  return {
    entries,
    read,
    async find(id: string): Promise<Received | undefined> {
      if (!isMessageId(id)) throw new TransportError('message.unknown');
      const entry = (await entries()).find((one) => one.id === id);
      return entry && read(entry);
    },
    async write(record: Received, now: number): Promise<Entry> {
      await sweep(disk, folder, now);
      const { set, id } = record;
      const before = (await entries()).find((entry) => entry.id === id);
      const entry = before ?? { name: `${set}.${id}.open.json`, set, id, open: true };
      await writeJson(disk, join(folder, entry.name), record);
      return entry;
    },
    async close({ name }: Entry): Promise<void> {
      await disk.rename(join(folder, name), join(folder, name.replace('.open.json', '.json')));
    },
  };
}
export type ReceivedRecords = ReturnType<typeof receivedRecords>;

/** The record of a set that is now received. */
export function recordOf(set: FoundSet, receipt: ReceiptInput, at: number): Received {
  const files = set.files.map(({ name, sha256 }) => ({ name, sha256 }));
  const reasons = receipt.kind === 'rejected' ? { reasons: receipt.reasons } : {};
  return { version: 1, id: set.id, set: laneSerial(set), kind: receipt.kind, ...reasons, at, files, lies: set.lies };
}

/** Whether a file, by the name the standard gives it, is one of those that were received. */
export const holds = ({ files }: Received, name: string, { sha256 }: FoundFile): boolean =>
  files.some((file) => file.name === name && file.sha256 === sha256);
