import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OfficeKeys } from '../transport/envelope/index.js';
import { TransportError } from '../transport/index.js';
import {
  type DeliveryStore,
  type FileJournalStore,
  fileJournalStore,
  journalSeal,
  type Outbox,
  openOutbox,
  readJournal,
} from '../transport/outbox/index.js';
import { type HomeOptions, homeOf, keysPathOf, makePrivate } from './home.js';
import { Failure, type Language } from './io.js';
import { endsSoon } from './key-age.js';
import { createFile, keysOrNew, readKeys } from './key-file.js';
import { keysWordsOf } from './keys-words.js';
import { isFolder, parseJson } from './paths.js';
import { roadsWordsOf } from './roads-words.js';
import { absoluteVia, transportOf } from './via.js';

/** A road, and where what is known of its messages is kept. */
export interface Road {
  /** As `--via` names it, with the absolute path. */
  readonly via: string;
  /** `road.json` and the journal. */
  readonly folder: string;
  readonly journal: string;
}

const roadIn = (home: string, via: string, name: string): Road => {
  const folder = join(home, 'roads', name);
  return { via, folder, journal: join(folder, 'journal') };
};

/** The road that `--via` names: kept below the home under the folder's name and the beginning of a hash. */
export function roadOf(via: string, options: HomeOptions): Road {
  const absolute = absoluteVia(via);
  const name = basename(absolute)
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
    .slice(0, 40);
  const hash = createHash('sha256').update(absolute).digest('hex').slice(0, 8);
  return roadIn(homeOf(options), absolute, `${name}-${hash}`);
}

/** The roads of which something is kept, in the order of their names. */
export async function roadsOf(options: HomeOptions): Promise<Road[]> {
  const home = homeOf(options);
  const names = await readdir(join(home, 'roads')).catch(() => []);
  const roads: Road[] = [];
  for (const name of names.sort()) {
    const path = join(home, 'roads', name, 'road.json');
    const bytes = await readFile(path).catch(() => undefined);
    const { via } = Object(bytes && parseJson(path, bytes)) as { via?: unknown };
    if (typeof via === 'string') roads.push(roadIn(home, via, name));
  }
  return roads;
}

/** The roads that a command is about: the one of `--via`, or all. */
export const roadsAsked = async (options: HomeOptions & { via?: string }): Promise<Road[]> =>
  options.via === undefined ? roadsOf(options) : [roadOf(options.via, options)];

/** How long another careplan on the same road is waited for, in milliseconds. */
export const PATIENCE = 15_000;

/** Opens what is kept of a road, for this process alone, and closes it when the work has ended. Keys are made where there are none. */
export async function withRoad<T>(
  road: Road,
  options: HomeOptions,
  language: Language,
  work: (store: FileJournalStore) => Promise<T>,
  patienceMs = PATIENCE,
): Promise<T> {
  await makePrivate(homeOf(options));
  const kept = await Promise.all((await roadsOf(options)).map(({ journal }) => isFolder(journal)));
  const keys = await keysOrNew(options, language, kept.includes(true));
  const soon = endsSoon(keys, Date.now(), 30);
  if (soon !== undefined) process.stderr.write(`${keysWordsOf(language).soon(soon)}\n`);
  await createFile(join(road.folder, 'road.json'), `${JSON.stringify({ version: 1, via: road.via })}\n`);
  return told(road, options, language, async () => {
    const recovered = (bytes: number) => {
      process.stderr.write(`${roadsWordsOf(language).recovered(bytes)}\n`);
    };
    const isHeld = (error: unknown) => error instanceof TransportError && error.code === 'storage.locked';
    // Only here it is the journal that another process holds; later it may be a file of the road.
    const store = await openStore(road, keys, 0, recovered).catch(async (error: unknown) => {
      if (!isHeld(error)) throw error;
      process.stderr.write(`${roadsWordsOf(language).waiting(road.via)}\n`);
      return openStore(road, keys, patienceMs, recovered).catch((later: unknown) => {
        throw isHeld(later) ? new Failure(roadsWordsOf(language).locked(road.via, patienceMs / 1000)) : later;
      });
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  });
}

const openStore = (road: Road, keys: OfficeKeys, waitMs = PATIENCE, recovered: (bytes: number) => void = () => {}) =>
  fileJournalStore({
    path: road.journal,
    seal: journalSeal(keys),
    lock: { waitMs },
    onEvent: (event) => {
      if (event.type === 'recovered') recovered(event.droppedBytes);
    },
  });

/** Reads the outbox of a road beside whoever works on it; undefined where nothing is kept. It can only be read. */
export async function peek(road: Road, options: HomeOptions, language: Language): Promise<Outbox | undefined> {
  if (!(await isFolder(road.journal))) return undefined;
  const keys = await readKeys(options, language);
  return told(road, options, language, async () => {
    const reader = await readJournal({ path: road.journal, seal: journalSeal(keys) });
    const closed = () => Promise.reject(new TransportError('unsupported'));
    const store: DeliveryStore = {
      transact: (work) => work({ ...reader, set: closed, delete: closed }),
      close: async () => {},
    };
    return openOutbox({ store, transport: transportOf(road.via).transport });
  });
}

/** Writes the journals of all roads anew, wrapped for the keys of today. */
export async function compactRoads(
  keys: OfficeKeys,
  options: HomeOptions & { via?: string },
): Promise<{
  readonly done: number;
  readonly failed: readonly { readonly via: string; readonly error: TransportError }[];
}> {
  const failed: { via: string; error: TransportError }[] = [];
  let done = 0;
  for (const road of await roadsAsked(options)) {
    if (!(await isFolder(road.journal))) continue;
    try {
      const store = await openStore(road, keys);
      await store.compact().finally(() => store.close());
      done++;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      failed.push({ via: road.via, error });
    }
  }
  return { done, failed };
}

/** Runs work on a journal; what is wrong with it becomes a sentence that says what to do. */
export async function told<T>(
  { via, folder }: Road,
  options: HomeOptions,
  language: Language,
  work: () => Promise<T>,
): Promise<T> {
  const words = roadsWordsOf(language);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    if (error.code === 'storage.damaged') throw new Failure(words.damaged(via, folder, error.offset));
    if (error.code === 'key.unknown' || error.code === 'decrypt') {
      throw new Failure(words.otherKeys(via, keysPathOf(options)));
    }
    if (error.code === 'unsupported') throw new Failure(words.newer(via));
    throw error;
  }
}
