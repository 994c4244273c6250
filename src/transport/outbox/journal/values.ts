import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../clock.js';
import { codeOf, diskError } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import type { JournalDisk } from './disk.js';
import type { Ref } from './records.js';
import type { JournalCipher } from './seal.js';
import { writeWhole } from './whole.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Reads a value that lies in a file of its own. Throws `storage.damaged` where it is not there as it was written. */
export async function readValue(
  disk: JournalDisk,
  folder: string,
  { name, size }: Ref,
  cipher: JournalCipher | undefined,
): Promise<string> {
  const bytes = await disk.read(join(folder, name)).catch((error: unknown) => {
    throw codeOf(error) === 'ENOENT' ? new TransportError('storage.damaged', { cause: error }) : diskError(error);
  });
  if (bytes.length !== size || sha256(bytes) !== name.slice(-64)) throw new TransportError('storage.damaged');
  if (!cipher) return Buffer.from(bytes).toString();
  const opened = await cipher.decrypt(Buffer.from(bytes).toString('latin1')).catch((error: unknown) => {
    throw new TransportError('storage.damaged', { cause: error });
  });
  return Buffer.from(opened).toString();
}

/** Writes values to files of their own, each under a name that no other owner of the journal ever writes. */
export function valueWriter(
  disk: JournalDisk,
  clock: Clock,
  folder: string,
  owner: number,
  cipher: JournalCipher | undefined,
): (text: string) => Promise<Ref> {
  let count = 0;
  return async (text) => {
    const plain = Buffer.from(text);
    const bytes = cipher ? Buffer.from(await cipher.encrypt(plain)) : plain;
    const name = `${owner}-${++count}-${sha256(bytes)}`;
    await writeWhole(disk, clock, join(folder, name), bytes).catch((error: unknown) => {
      throw diskError(error);
    });
    return { name, size: bytes.length };
  };
}
