import { join } from 'node:path';
import { codeOf } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import type { JournalDisk } from './disk.js';

const JOURNAL = /^journal\.([1-9][0-9]{0,9})-([1-9][0-9]{0,9})$/;
const LEFT_OVER = /^journal\.[0-9]+-[0-9]+\.tmp$/;

/** The name of a journal: the number of the owner that made it, and how many he had made. The greatest counts. */
export const journalName = (owner: number, count: number): string => `journal.${owner}-${count}`;
export const valuesFolder = (folder: string): string => join(folder, 'values');

/** The journal that counts, with all its bytes; undefined where there is none and never was. */
export async function readJournalFile(
  disk: JournalDisk,
  folder: string,
): Promise<{ readonly name: string; readonly bytes: Buffer } | undefined> {
  for (;;) {
    const name = newest(await disk.list(folder));
    if (name === undefined) {
      // The first journal is there before the first value.
      const values = await disk.list(valuesFolder(folder)).catch(nothingThere);
      if (values.length > 0) throw new TransportError('storage.damaged', { offset: 0 });
      return undefined;
    }
    try {
      return { name, bytes: Buffer.from(await disk.read(join(folder, name))) };
    } catch (error) {
      // Its owner has just put a newer one in its place.
      if (codeOf(error) !== 'ENOENT' || newest(await disk.list(folder)) === name) throw error;
    }
  }
}

const orderOf = (name: string): readonly [number, number] | undefined => {
  const [, owner, count] = JOURNAL.exec(name) ?? [];
  return owner === undefined ? undefined : [Number(owner), Number(count)];
};

/** The number of the last owner that made a journal; 0 where none is there. */
export const lastOwner = (names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => orderOf(name)?.[0] ?? 0));

const newest = (names: readonly string[]): string | undefined =>
  names.reduce<string | undefined>((best, name) => (orderOf(name) && isOlder(best, name) ? name : best), undefined);

function isOlder(name: string | undefined, than: string): boolean {
  const [a, b] = [orderOf(name ?? '') ?? [0, 0], orderOf(than) ?? [0, 0]];
  return a[0] - b[0] < 0 || (a[0] === b[0] && a[1] < b[1]);
}

const nothingThere = (error: unknown): readonly string[] => {
  if (codeOf(error) === 'ENOENT') return [];
  throw error;
};

/** Removes journals older than one, and what was never finished. What cannot be removed now is removed another time. */
export async function removeOlder(disk: JournalDisk, folder: string, than: string): Promise<void> {
  for (const name of await disk.list(folder)) {
    const older = orderOf(name) !== undefined && isOlder(name, than);
    if (older || LEFT_OVER.test(name)) await disk.remove(join(folder, name)).catch(() => {});
  }
}

/** Removes the side files to which nothing refers, and says how many. */
export async function removeOrphans(disk: JournalDisk, folder: string, referred: ReadonlySet<string>): Promise<number> {
  let files = 0;
  for (const name of await disk.list(valuesFolder(folder))) {
    if (referred.has(name)) continue;
    await disk.remove(join(valuesFolder(folder), name)).then(
      () => files++,
      () => {},
    );
  }
  return files;
}
