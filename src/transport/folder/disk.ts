import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../disk-error.js';

/** What says that a file is the same as before. */
export interface FileMark {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** The calls of the file system that the folder makes; tests put one that fails in its place. */
export interface Disk {
  /** Names in a folder. */
  list(folder: string): Promise<readonly string[]>;
  /** What lies at a path; undefined for what is no regular file (a link, a folder, a pipe). */
  mark(path: string): Promise<FileMark | undefined>;
  /** All bytes of a file, and how it looked before and after. */
  read(path: string): Promise<{ readonly bytes: Uint8Array; readonly before: FileMark; readonly after: FileMark }>;
  /** Writes a file that is not there yet, down to the device. */
  create(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with all in it; no error where nothing is. */
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Writes the names in a folder down to the device, where the system can. */
  sync(folder: string): Promise<void>;
}

const markOf = ({ size, mtimeMs, ino }: FileMark): FileMark => ({ size, mtimeMs, ino });

export const sameMark = (a: FileMark, b: FileMark): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;

/** Makes a folder and those above it; `recursive` would say of a read-only disk that something is not there. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

/** The file system of the machine. */
export const nodeDisk: Disk = Object.freeze({
  list: (folder: string) => readdir(folder),
  async mark(path: string) {
    const found = await lstat(path);
    return found.isFile() ? markOf(found) : undefined;
  },
  async read(path: string) {
    // A link that was put in the place of a file is not followed.
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const before = markOf(await file.stat());
      const bytes = new Uint8Array(await file.readFile());
      return { bytes, before, after: markOf(await file.stat()) };
    } finally {
      await file.close();
    }
  },
  async create(path: string, bytes: Uint8Array) {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  remove: (path: string) => rm(path, { recursive: true, force: true }),
  makeFolder,
  async sync(folder: string) {
    // Windows cannot open a folder; some file systems cannot write one down.
    const handle = await open(folder, 'r').catch(() => undefined);
    await handle?.sync().catch(() => {});
    await handle?.close();
  },
});

/** Writes a file so that it is there whole or not at all: to a name of its own beside its place, then renamed. */
export async function createWhole(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await disk.create(temporary, bytes);
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.remove(temporary).catch(() => {});
    throw error;
  }
  await disk.sync(dirname(path));
}

/** Removes what a process left that died while it wrote a file whole, once that is a day ago. */
export async function sweep(disk: Disk, folder: string, now: number): Promise<void> {
  for (const name of await disk.list(folder)) {
    if (!name.endsWith('.tmp')) continue;
    const mark = await disk.mark(join(folder, name)).catch(() => undefined);
    if (mark && now - mark.mtimeMs > DAY) await disk.remove(join(folder, name)).catch(() => {});
  }
}

export const DAY = 86_400_000;
