import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Disk, type FolderOptions, folderTransport, nodeDisk } from '../../src/transport/folder/index.js';
import {
  type ContractFault,
  type ContractHarness,
  type ManualClock,
  manualClock,
} from '../../src/transport/testing/index.js';
import { OFFICES } from './memory-harness.js';
import { isWholeSlip } from './slips.js';

/** An error of the file system, with the path in its text as Node writes it. */
export const diskTrouble = (code: string, path = '/home/山田花子/secret-path'): Error =>
  Object.assign(new Error(`${code}: operation failed, open '${path}'`), { code, syscall: 'open', path });

/** A disk of which the next calls can be made to fail, and whose calls are counted. */
export function faultyDisk(disk: Disk = nodeDisk) {
  const faults: { call: keyof Disk; code: string; left: number; match: RegExp }[] = [];
  const calls: string[] = [];
  let dieAt = Number.POSITIVE_INFINITY;
  let died = () => {};
  let failing: { at: number; code: string } | undefined;
  const wrapped = Object.fromEntries(
    (Object.keys(disk) as (keyof Disk)[]).map((call) => [
      call,
      async (...args: string[]) => {
        // A dead process does nothing more.
        if (calls.length >= dieAt) {
          died();
          return new Promise<never>(() => {});
        }
        calls.push(call);
        if (failing && calls.length > failing.at) {
          const { code } = failing;
          failing = undefined;
          throw diskTrouble(code, args[0]);
        }
        const fault = faults.find(
          (one) => one.call === call && one.left > 0 && args.some((arg) => one.match.test(String(arg))),
        );
        if (fault) {
          fault.left--;
          throw diskTrouble(fault.code, args[0]);
        }
        return (disk[call] as (...given: string[]) => Promise<unknown>)(...args);
      },
    ]),
  ) as unknown as Disk;
  return {
    disk: wrapped,
    calls,
    /** Makes the nth call from now fail, whatever it is. */
    failAt(n: number, code: string) {
      failing = { at: calls.length + n, code };
    },
    fail(call: keyof Disk, code: string, times = 1, match = /./) {
      faults.push({ call, code, left: times, match });
    },
    heal() {
      failing = undefined;
      faults.length = 0;
    },
    /** Makes all calls after the next n stand still for ever, as in a process that was killed; resolves at the first. */
    dieAfter(n: number): Promise<void> {
      dieAt = calls.length + n;
      return new Promise((resolve) => {
        died = resolve;
      });
    },
  };
}

export type FaultyDisk = ReturnType<typeof faultyDisk>;

export interface FolderHarness extends ContractHarness {
  readonly clock: ManualClock;
  readonly roots: { readonly a: string; readonly b: string };
  readonly faulty: { a: FaultyDisk; b: FaultyDisk };
}

/** The file system without waiting for the device, which only a loss of power would show. */
const quickDisk: Disk = {
  ...nodeDisk,
  create: (path, bytes) => writeFile(path, bytes, { flag: 'wx' }),
  sync: async () => {},
};

/** How the files of one end come to the other. */
export type Road = 'person' | 'program' | 'zip';

/** Moves all that one end handed over to where the other takes in. */
export function carryFiles(from: string, to: string): void {
  mkdirSync(join(from, 'out'), { recursive: true });
  mkdirSync(join(to, 'in'), { recursive: true });
  for (const name of readdirSync(join(from, 'out'))) renameSync(join(from, 'out', name), join(to, 'in', name));
}

const FAULTS: readonly [ContractFault['verb'], keyof Disk, string, ContractFault['expect']][] = [
  ['send', 'create', 'ENOSPC', { code: 'storage.full', outcome: 'not-sent', retry: 'backoff' }],
  ['send', 'create', 'EIO', { code: 'storage.io', outcome: 'not-sent', retry: 'backoff' }],
  ['send', 'makeFolder', 'EROFS', { code: 'storage.io', outcome: 'not-sent', retry: 'after-person' }],
  ['lookup', 'list', 'EACCES', { code: 'storage.io', outcome: 'not-sent', retry: 'after-person' }],
  ['list', 'list', 'ENOENT', { code: 'storage.io', outcome: 'not-sent', retry: 'backoff' }],
  ['fetch', 'list', 'EBUSY', { code: 'storage.locked', outcome: 'not-sent', retry: 'backoff' }],
  ['acknowledge', 'create', 'ENOSPC', { code: 'storage.full', outcome: 'not-sent', retry: 'backoff' }],
];

/** Calls of the file system after which a sender dies: in staging, before and after the intent, between the files. */
const CRASHES = [2, 6, 11, 14, 16, 17, 18, 19, 20, 21, 22, 23];

/** Two folders and a person, or a program, that carries between them. */
export async function folderHarness(road: Road, real: Disk = quickDisk): Promise<FolderHarness> {
  const clock = manualClock();
  const home = mkdtempSync(join(tmpdir(), 'careplan-transport-'));
  const roots = { a: join(home, 'a'), b: join(home, 'b') };
  const faulty = { a: faultyDisk(real), b: faultyDisk(real) };
  const limits = { maxPartBytes: 300_000, maxParts: 50 };
  const connect = (side: 'a' | 'b') => {
    const other = side === 'a' ? 'b' : 'a';
    const options: FolderOptions = {
      root: roots[side],
      addresses: OFFICES[side],
      clock,
      disk: faulty[side].disk,
      limits,
      isWhole: isWholeSlip,
      zip: road === 'zip',
    };
    const byProgram = { in: join(roots[other], 'out'), inManifests: join(roots[other], 'manifests') };
    return folderTransport(road === 'program' ? { ...options, ...byProgram } : options);
  };
  for (const root of Object.values(roots)) {
    for (const folder of ['out', 'manifests', 'in']) mkdirSync(join(root, folder), { recursive: true });
  }
  const ends = { a: connect('a'), b: connect('b') };
  const look = async () => {
    const options = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY, attempt: 1 };
    for (const end of Object.values(ends)) await end.list({}, options).catch(() => {});
  };
  return {
    clock,
    roots,
    faulty,
    a: { transport: ends.a, addresses: OFFICES.a },
    b: { transport: ends.b, addresses: OFFICES.b },
    async carry() {
      if (road === 'program') return;
      carryFiles(roots.a, roots.b);
      carryFiles(roots.b, roots.a);
      await look();
      await clock.advance(2000);
    },
    turnClock: (ms) => clock.advance(ms),
    async reopen(side) {
      await ends[side].close();
      faulty[side] = faultyDisk(real);
      ends[side] = connect(side);
      return ends[side];
    },
    faults: FAULTS.map(([verb, call, code, expect]): ContractFault => {
      const side = ['list', 'fetch', 'acknowledge'].includes(verb) ? 'b' : 'a';
      return { name: `${code} of ${call}`, verb, expect, inject: () => faulty[side].fail(call, code) };
    }),
    crashes: CRASHES.map((n) => ({
      name: `dead after ${n} calls of the file system`,
      async crash(message) {
        const died = faulty.a.dieAfter(n);
        const options = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY, attempt: 1 };
        await Promise.race([ends.a.send(message, options), died]);
      },
    })),
    async dispose() {
      await Promise.all([ends.a.close(), ends.b.close()]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
