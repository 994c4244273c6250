import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../clock.js';
import { codeOf, diskError } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import type { JournalDisk } from './disk.js';
import { lastOwner } from './files.js';

/** How a journal that another process holds is waited for, and how a process shows that it lives. */
export interface LockOptions {
  /** For how long to wait until it is free, in milliseconds; 0 where absent. */
  readonly waitMs?: number;
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal;
  /** How often the owner touches its lock, in milliseconds; 5,000 where absent. */
  readonly heartbeatMs?: number;
  /** The age of a lock of which the process may be gone, in milliseconds; 60,000 where absent. */
  readonly staleMs?: number;
}

/** A lock that is held. */
export interface Lock {
  /** Its number: greater than that of every owner before. */
  readonly number: number;
  /** Whether the owner before ended without closing, or closed after a fault of the disk. */
  readonly afterFault: boolean;
  /** Throws `storage.locked` where another process has taken over. */
  verify(): Promise<void>;
  /** Lets go; `sound` where all that the owner was told is on the device. */
  release(sound: boolean): Promise<void>;
}

const NAME = /^lock\.([1-9][0-9]{0,9})(\.free|\.unsound)?$/;
const POLL_MS = 50;

interface Found {
  readonly number: number;
  readonly name: string;
  readonly left: string | undefined;
}

const locksIn = (names: readonly string[]): Found[] =>
  names.flatMap((name) => {
    const [, number, left] = NAME.exec(name) ?? [];
    return number === undefined ? [] : [{ number: Number(number), name, left }];
  });

/** The one with the highest number; held before left. */
const newest = (found: readonly Found[]): Found | undefined =>
  [...found].sort((a, b) => b.number - a.number || (a.left ?? '').length - (b.left ?? '').length)[0];

/**
 * Takes the lock of a journal: `lock.N`, with the next number after the newest that is free or whose process is gone.
 *
 * Of several that try, the file system lets one create the name. Numbers only rise, and nothing is taken away from a lock
 * that is held: whoever was taken over from sees a higher number, and files that he writes then have lower ones than those
 * that count. Where locks were taken away by hand, numbers go on from those of the journals. A process is gone where its host says so, or where its lock is old and is not touched while it is watched.
 */
export async function takeLock(
  disk: JournalDisk,
  folder: string,
  clock: Clock,
  { waitMs = 0, signal, heartbeatMs = 5000, staleMs = 60_000 }: LockOptions = {},
): Promise<Lock> {
  const end = clock.now() + waitMs;
  const about = Buffer.from(`${JSON.stringify({ host: hostname(), pid: process.pid, nonce: randomUUID() })}\n`);
  for (;;) {
    signal?.throwIfAborted();
    const names = await disk.list(folder);
    const seen = newest(locksIn(names));
    const used = Math.max(seen?.number ?? 0, lastOwner(names));
    const free = seen === undefined || seen.left !== undefined || (await isGone(seen));
    if (free === undefined) continue;
    const mine = used + 1;
    if (free && (await create(mine))) {
      const beside = locksIn(await disk.list(folder)).filter(({ name }) => name !== nameOf(mine));
      if (beside.every(({ number }) => number < mine)) {
        for (const { name } of beside) await disk.remove(join(folder, name)).catch(() => {});
        return hold(mine, used > 0 && seen?.left !== '.free');
      }
      // Too late: others came and went since the first look.
      await disk.remove(join(folder, nameOf(mine)));
    }
    if (!free && clock.now() >= end) throw new TransportError('storage.locked');
    if (!free) await clock.sleep(Math.min(POLL_MS, end - clock.now()), signal);
  }

  async function create(number: number): Promise<boolean> {
    try {
      await disk.create(join(folder, nameOf(number)), about);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** Undefined where the lock is not there any more. */
  async function isGone({ name }: Found): Promise<boolean | undefined> {
    const path = join(folder, name);
    try {
      const modified = await disk.modified(path);
      if (isDead(Buffer.from(await disk.read(path)).toString(), modified)) return true;
      if (clock.now() - modified <= staleMs) return false;
      // Clocks differ, and a computer that slept wakes with all its locks old: the owner is given time to touch it.
      await clock.sleep(heartbeatMs * 1.5, signal);
      return (await disk.modified(path)) === modified;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  function hold(number: number, afterFault: boolean): Lock {
    const path = join(folder, nameOf(number));
    const beat = setInterval(() => void disk.touch(path).catch(() => {}), heartbeatMs);
    beat.unref();
    return {
      number,
      afterFault,
      async verify() {
        const names = await disk.list(folder).catch((error: unknown) => Promise.reject(diskError(error)));
        const locks = locksIn(names);
        const isMine = locks.some(({ name }) => name === nameOf(number)) && locks.every((one) => one.number <= number);
        if (!isMine) throw new TransportError('storage.locked');
      },
      async release(sound) {
        clearInterval(beat);
        // Where it is gone, another has taken over.
        await disk.rename(path, `${path}.${sound ? 'free' : 'unsound'}`).catch(() => {});
      },
    };
  }
}

const nameOf = (number: number): string => `lock.${number}`;

/** Whether this host knows that the process of a lock has ended. */
function isDead(text: string, modified: number): boolean {
  const { host, pid } = parse(text);
  if (host !== hostname() || typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return false;
  // In a container every process may have the same number: the lock is older than this one.
  if (pid === process.pid) return modified < Date.now() - process.uptime() * 1000 - 1000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

function parse(text: string): { readonly host?: unknown; readonly pid?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
