import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { platform } from 'node:os';
import { codeOf } from '../../disk-error.js';

/** An open journal: written where it ends, down to the device by `sync`. */
export interface JournalFile {
  /** Writes all bytes at a place. */
  write(bytes: Uint8Array, at: number): Promise<void>;
  truncate(size: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The calls of the file system that a journal makes; tests put one that fails in its place. */
export interface JournalDisk {
  /** Names in a folder. */
  list(folder: string): Promise<readonly string[]>;
  read(path: string): Promise<Uint8Array>;
  /** When a file was last written or touched, in milliseconds since 1970 UTC. */
  modified(path: string): Promise<number>;
  touch(path: string): Promise<void>;
  /** Writes a file that is not there yet, down to the device, for its owner alone. */
  create(path: string, bytes: Uint8Array): Promise<void>;
  /** Opens a file that is there. */
  open(path: string): Promise<JournalFile>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; no error where none is. */
  remove(path: string): Promise<void>;
  /** Makes a folder for its owner alone, and those above it. */
  makeFolder(path: string): Promise<void>;
  /** Writes the names in a folder down to the device, where the system can. */
  sync(folder: string): Promise<void>;
}

/** Codes of a system or file system that cannot write a folder down. */
const UNABLE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** The file system of the machine. */
export const journalDisk: JournalDisk = Object.freeze({
  list: (folder: string) => readdir(folder),
  read: (path: string) => readFile(path),
  modified: async (path: string) => (await stat(path)).mtimeMs,
  async touch(path: string) {
    const now = new Date();
    await utimes(path, now, now);
  },
  async create(path: string, bytes: Uint8Array) {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async open(path: string): Promise<JournalFile> {
    const file = await open(path, 'r+');
    return {
      async write(bytes, at) {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
        }
      },
      truncate: (size) => file.truncate(size),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  rename,
  remove: (path: string) => rm(path, { force: true }),
  async makeFolder(path: string) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  async sync(folder: string) {
    // Windows cannot open a folder, and writes names down by itself.
    if (platform() === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (error) {
      if (!UNABLE.has(codeOf(error))) throw error;
    } finally {
      await handle.close();
    }
  },
});
