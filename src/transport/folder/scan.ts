import { join } from 'node:path';
import { sha256 } from '../bytes.js';
import type { Clock } from '../clock.js';
import { nameFault } from '../names.js';
import type { TransportLimits } from '../transport.js';
import { type Disk, type FileMark, sameMark } from './disk.js';
import type { LeftFile, LeftReason } from './places.js';
import { unpackZip, ZipFault } from './zip-read.js';

/** A file as it lies in the folder, or in a ZIP that lies there. */
export interface FoundFile {
  /** The name of what lies in the folder: the file's, or the ZIP's. */
  readonly lies: string;
  readonly inZip: boolean;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

interface Seen extends FileMark {
  readonly since: number;
  found?: readonly FoundFile[] | LeftReason;
}

interface Setting {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly stableMs: number;
  readonly limits: TransportLimits;
  /** Whether a file of this name can be of a set: others are not read, for the folder may be one for all downloads. */
  readonly isOurs: (name: string) => boolean;
}

/** What browsers and systems lay beside a file that is not whole yet, and files of their own. */
export const UNFINISHED = /\.(part|partial|crdownload|download|tmp|filepart|opdownload)$/i;
const SHADOW = /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i;

export interface Scan {
  readonly found: readonly FoundFile[];
  readonly left: readonly LeftFile[];
  /** When the next of the changing files can be whole; undefined where none is. */
  readonly nextAt?: number;
}

export interface Scanner {
  /** Looks at the whole folder. `trusted`: names that a manifest vouches for; then no others are looked at. */
  scan(trusted?: ReadonlySet<string>): Promise<Scan>;
  /** Whether all of these still lie there as the last scan read them. */
  isSame(names: readonly string[]): Promise<boolean>;
}

/** A scanner remembers what it saw: a file counts once it looked the same for so long. */
export function scanner({ folder, disk, clock, stableMs, limits, isOurs }: Setting): Scanner {
  let memory = new Map<string, Seen>();

  const isSameFile = async (name: string): Promise<boolean> => {
    const seen = memory.get(name);
    const mark = await disk.mark(join(folder, name)).catch(() => undefined);
    return seen?.found !== undefined && mark !== undefined && sameMark(seen, mark);
  };

  const read = async (name: string, mark: FileMark): Promise<readonly FoundFile[] | LeftReason> => {
    if (mark.size > limits.maxMessageBytes) return 'too-large';
    const file = await disk.read(join(folder, name)).catch(() => undefined);
    if (!file) return 'unreadable';
    if (!sameMark(file.before, mark) || !sameMark(file.after, mark) || file.bytes.length !== mark.size)
      return 'changing';
    if (!/\.zip$/i.test(name)) return [await foundFile(name, false, name, file.bytes)];
    try {
      const entries = unpackZip(file.bytes, {
        maxEntries: limits.maxParts,
        maxFileSize: limits.maxPartBytes,
        maxTotalSize: limits.maxMessageBytes,
      });
      const ours = entries.filter((entry) => isOurs(entry.name));
      return await Promise.all(ours.map((entry) => foundFile(name, true, entry.name, entry.bytes)));
    } catch (error) {
      if (error instanceof ZipFault) return error.reason;
      throw error;
    }
  };

  const scan: Scanner['scan'] = async (trusted) => {
    const names = [...(await disk.list(folder))].sort();
    const unfinished = names.filter((name) => UNFINISHED.test(name));
    const now = clock.now();
    const left: LeftFile[] = [];
    const found: FoundFile[] = [];
    const next = new Map<string, Seen>();
    let nextAt: number | undefined;
    for (const name of names) {
      const leave = (reason: LeftReason) => left.push({ name, reason });
      if (UNFINISHED.test(name)) leave('changing');
      if (SHADOW.test(name) || UNFINISHED.test(name)) continue;
      if (nameFault(name) !== undefined) {
        leave('hostile');
        continue;
      }
      if (!isOurs(name) && !/\.zip$/i.test(name)) {
        leave('name');
        continue;
      }
      const mark = await disk.mark(join(folder, name)).catch(() => null);
      if (!mark) {
        if (mark === undefined) leave('not-a-file');
        continue;
      }
      const before = memory.get(name);
      // Seen at a time that is still to come: the clock was set back, and the time is counted anew.
      const isSame = before && sameMark(before, mark) && before.since <= now;
      const seen: Seen = isSame ? before : { ...mark, since: now };
      next.set(name, seen);
      const beingWritten = unfinished.some((other) => other.startsWith(`${name}.`));
      // A manifest vouches for its files, and their SHA-256 is proved against it.
      const stable = trusted ? trusted.has(name) : now - seen.since >= stableMs && !beingWritten;
      if (!stable) {
        if (trusted) continue;
        leave('changing');
        nextAt = Math.min(nextAt ?? Number.POSITIVE_INFINITY, Math.max(now + 1, seen.since + stableMs));
        continue;
      }
      if (seen.found === undefined) {
        const result = await read(name, mark);
        if (result !== 'changing' && result !== 'unreadable') seen.found = result;
        else next.delete(name);
        if (typeof result === 'string') leave(result);
        else found.push(...result);
      } else if (typeof seen.found === 'string') leave(seen.found);
      else found.push(...seen.found);
    }
    memory = next;
    return { found, left, ...(nextAt === undefined ? {} : { nextAt }) };
  };
  return {
    scan,
    isSame: async (names) => (await Promise.all(names.map(isSameFile))).every(Boolean),
  };
}

async function foundFile(lies: string, inZip: boolean, name: string, bytes: Uint8Array): Promise<FoundFile> {
  return { lies, inZip, name, bytes, sha256: await sha256(bytes) };
}
