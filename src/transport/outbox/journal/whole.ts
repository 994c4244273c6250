import { dirname } from 'node:path';
import type { Clock } from '../../clock.js';
import { codeOf } from '../../disk-error.js';
import type { JournalDisk } from './disk.js';

/** Codes of a file that a virus scanner or another program holds open for a moment. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** For how long to try, in milliseconds. */
const PATIENCE_MS = 2000;

/** Writes a file so that it is there whole or not at all. Its name is on the device only after a `sync` of the folder. */
export async function writeWhole(disk: JournalDisk, clock: Clock, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await disk.create(temporary, bytes).catch(async (error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
      // Of an attempt that failed, and whose remains could not be removed then.
      await disk.remove(temporary);
      await disk.create(temporary, bytes);
    });
    await rename(disk, clock, temporary, path);
  } catch (error) {
    await disk.remove(temporary).catch(() => {});
    throw error;
  }
}

async function rename(disk: JournalDisk, clock: Clock, from: string, to: string): Promise<void> {
  const end = clock.now() + PATIENCE_MS;
  for (let waitMs = 10; ; waitMs *= 2) {
    try {
      return await disk.rename(from, to);
    } catch (error) {
      if (!HELD.has(codeOf(error)) || clock.now() + waitMs > end) throw error;
    }
    await clock.sleep(waitMs);
  }
}

/** Writes a file whole, and its name down to the device. */
export async function writeDurably(disk: JournalDisk, clock: Clock, path: string, bytes: Uint8Array): Promise<void> {
  await writeWhole(disk, clock, path, bytes);
  await disk.sync(dirname(path));
}
