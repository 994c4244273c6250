import type { JournalDisk, JournalFile } from '../../src/transport/outbox/index.js';

/** What a file holds: as programs see it, and as it is on the device. */
interface Inode {
  seen: Buffer;
  written: Buffer;
  mtimeMs: number;
}

const SECTOR = 512;
const trouble = (code: string) =>
  Object.assign(new Error(`${code}: operation failed, open '/home/山田花子'`), { code });
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

/**
 * A disk in memory that loses its power as real ones do: bytes that were not synced are there, or zeros, sector by sector,
 * or the file is shorter; names that were not synced are as before, or as far as the file system came, folder by folder.
 */
export function powerDisk(now: () => number = Date.now) {
  const names = new Map<string, Inode>();
  const onDevice = new Map<string, Inode>();
  /** Changes of names that are not on the device yet, in their order. */
  let pending: { readonly folder: string; readonly apply: (to: Map<string, Inode>) => void }[] = [];
  const folders = new Set<string>();

  const change = (folder: string, apply: (to: Map<string, Inode>) => void) => {
    apply(names);
    pending.push({ folder, apply });
  };
  const find = (path: string): Inode => {
    const found = names.get(path);
    if (!found) throw trouble('ENOENT');
    return found;
  };

  const disk: JournalDisk = {
    async list(folder) {
      if (!folders.has(folder)) throw trouble('ENOENT');
      return [...names.keys(), ...folders]
        .filter((path) => folderOf(path) === folder)
        .map((path) => path.slice(folder.length + 1));
    },
    read: async (path) => Buffer.from(find(path).seen),
    modified: async (path) => find(path).mtimeMs,
    async touch(path) {
      find(path).mtimeMs = now();
    },
    async create(path, bytes) {
      if (names.has(path)) throw trouble('EEXIST');
      const copy = Buffer.from(bytes);
      const inode: Inode = { seen: copy, written: copy, mtimeMs: now() };
      change(folderOf(path), (to) => to.set(path, inode));
    },
    async open(path): Promise<JournalFile> {
      const inode = find(path);
      return {
        async write(bytes, at) {
          const rest = inode.seen.subarray(at + bytes.length);
          const gap = Buffer.alloc(Math.max(0, at - inode.seen.length));
          inode.seen = Buffer.concat([inode.seen.subarray(0, at), gap, bytes, rest]);
        },
        async truncate(size) {
          inode.seen = inode.seen.subarray(0, size);
        },
        async sync() {
          inode.written = inode.seen;
        },
        async close() {},
      };
    },
    async rename(from, to) {
      const inode = find(from);
      change(folderOf(from), (all) => {
        all.delete(from);
        all.set(to, inode);
      });
    },
    async remove(path) {
      if (names.has(path)) change(folderOf(path), (to) => to.delete(path));
    },
    async makeFolder(path) {
      folders.add(path);
    },
    async sync(folder) {
      for (const one of pending) if (one.folder === folder) one.apply(onDevice);
      pending = pending.filter((one) => one.folder !== folder);
    },
  };

  return {
    disk,
    /** All files as programs see them. */
    files: () => new Map([...names].map(([path, { seen }]) => [path, Buffer.from(seen)])),
    put(path: string, bytes: Buffer) {
      folders.add(folderOf(path));
      const inode: Inode = { seen: bytes, written: bytes, mtimeMs: now() };
      names.set(path, inode);
      onDevice.set(path, inode);
    },
    /** Makes the locks those of a process that is not there any more. */
    bury() {
      for (const [path, inode] of names) {
        if (!/\/lock\.[0-9]+$/.test(path)) continue;
        const { host } = JSON.parse(inode.seen.toString());
        inode.seen = inode.written = Buffer.from(JSON.stringify({ host, pid: 999_999_999 }));
      }
    },
    /** Takes the power away; `random` gives numbers from 0 up to 1. */
    losePower(random: () => number) {
      const upTo = (n: number) => Math.floor(random() * (n + 1));
      for (const folder of new Set(pending.map((one) => one.folder))) {
        const own = pending.filter((one) => one.folder === folder);
        for (const one of own.slice(0, upTo(own.length))) one.apply(onDevice);
      }
      pending = [];
      names.clear();
      for (const [path, inode] of onDevice) {
        names.set(path, inode);
        const { seen, written } = inode;
        if (seen === written) continue;
        const size = random() < 0.5 ? seen.length : Math.min(seen.length, written.length + upTo(seen.length));
        const left = Buffer.from(seen.subarray(0, size));
        const safe = random() < 0.3 ? size : written.length;
        for (let at = safe; at < size; at = (Math.floor(at / SECTOR) + 1) * SECTOR) {
          if (random() < 0.5) left.fill(0, at, Math.min(size, (Math.floor(at / SECTOR) + 1) * SECTOR));
        }
        inode.seen = inode.written = left;
      }
    },
  };
}

export type PowerDisk = ReturnType<typeof powerDisk>;

/** A disk of which one call can be made to fail, or all calls after some to stand still as in a process that was killed. */
export function frailDisk(disk: JournalDisk) {
  let count = 0;
  const calls: string[] = [];
  let dieAt = Number.POSITIVE_INFINITY;
  let died = () => {};
  let faults: { readonly at: number; readonly code: string; readonly half: boolean }[] = [];
  const frail =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>, half?: (...args: A) => Promise<unknown>) =>
    async (...args: A): Promise<R> => {
      const mine = count++;
      if (mine >= dieAt) {
        if (mine === dieAt) await half?.(...args);
        died();
        return new Promise<never>(() => {});
      }
      calls.push(name);
      const fault = faults.find(({ at }) => at === mine);
      if (fault) {
        if (fault.half) await half?.(...args);
        throw trouble(fault.code);
      }
      return call(...args);
    };
  const wrapped = {
    ...Object.fromEntries(
      Object.entries(disk)
        .filter(([name]) => name !== 'open' && name !== 'touch')
        .map(([name, call]) => [name, frail(name, call as (...args: unknown[]) => Promise<unknown>)]),
    ),
    touch: disk.touch,
    open: frail('open', async (path: string): Promise<JournalFile> => {
      const file = await disk.open(path);
      return {
        write: frail('write', file.write, (bytes, at) => file.write(bytes.subarray(0, bytes.length >> 1), at)),
        truncate: frail('truncate', file.truncate),
        sync: frail('fsync', file.sync),
        close: file.close,
      };
    }),
  } as unknown as JournalDisk;
  return {
    disk: wrapped,
    calls,
    /** Makes calls fail, counted from the next; a write that fails may have written a half. */
    fail(...wanted: { readonly at: number; readonly code: string; readonly half?: boolean }[]) {
      faults = wanted.map(({ at, code, half = false }) => ({ at: count + at, code, half }));
    },
    heal() {
      faults = [];
    },
    /** Lets only so many more calls through; resolves at the first that stands still. */
    dieAfter(n: number): Promise<void> {
      dieAt = count + n;
      return new Promise((resolve) => {
        died = resolve;
      });
    },
  };
}
