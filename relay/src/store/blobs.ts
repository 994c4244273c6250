import { randomUUID } from 'node:crypto';
import * as files from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where parts lie that are too long for a row. */
export interface Blobs {
  /** Stores bytes durably under a new key. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes from `start` up to `end`. */
  read(key: string, start: number, end: number): Promise<Uint8Array>;
  /** Takes bytes away; no error where there are none. */
  remove(key: string): Promise<void>;
  /** The keys of what was put before a time (milliseconds since 1970 UTC), unfinished files included. */
  olderThan(time: number): Promise<readonly string[]>;
}

const KEY = /^[0-9a-f-]{36}(\.tmp)?$/;

/** What of the file system blobs are written with; tests let it fail. */
export type BlobDisk = Pick<typeof files, 'mkdir' | 'open' | 'rename'>;

const { readdir, rm, stat } = files;

/** Blobs as files of a folder: written under another name, made durable, then renamed. */
export function folderBlobs(folder: string, disk: BlobDisk = files): Blobs {
  const { mkdir, open, rename } = disk;
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new TypeError('not a key of a blob');
    return join(folder, key.slice(0, 2), key);
  };
  return {
    async put(bytes) {
      const key = randomUUID();
      const path = pathOf(key);
      if ((await mkdir(dirname(path), { recursive: true })) !== undefined) await sync(disk, folder);
      try {
        await write(disk, `${path}.tmp`, bytes);
        await rename(`${path}.tmp`, path);
        await sync(disk, dirname(path));
      } catch (error) {
        // Where there is no room, what nobody knows of must not take any.
        for (const left of [`${path}.tmp`, path]) await rm(left, { force: true }).catch(() => {});
        throw error;
      }
      return key;
    },
    async read(key, start, end) {
      const file = await open(pathOf(key), 'r');
      try {
        const bytes = new Uint8Array(end - start);
        for (let at = 0; at < bytes.length; ) {
          const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
          if (bytesRead === 0) throw new Error('a blob is shorter than its part');
          at += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    async olderThan(time) {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      const keys = names.map((name) => name.slice(-(name.length - 3))).filter((key) => KEY.test(key));
      const old = await Promise.all(
        keys.map(async (key) => {
          const found = await stat(pathOf(key)).catch(() => undefined);
          return found !== undefined && found.mtimeMs < time ? [key] : [];
        }),
      );
      return old.flat();
    },
  };
}

/** Writes a new file, durably. */
async function write({ open }: BlobDisk, path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable; Windows needs and allows none of this. */
async function sync({ open }: BlobDisk, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
