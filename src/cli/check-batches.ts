import { resolve } from 'node:path';
import { groupFiles, parseFileName, zipPaths } from '../index.js';
import { MAY_BE_OURS, read, walk } from './paths.js';

/** Files that are read and checked at a time: those of one transmission, or the archives that transmissions share. */
export interface Batch {
  readonly paths: readonly string[];
  /** One file named by hand, of whose transmission no other was given. */
  readonly alone: boolean;
}

interface Draft {
  readonly serial: string;
  readonly paths: Set<string>;
  alone: boolean;
}

/** An archive by its name; one that has the name of a file is known by its bytes, later. */
const isArchive = (path: string): boolean => /\.zip$/i.test(path) && !parseFileName(path).name;

/**
 * What to read at a time, in the order of the serials. Only names are looked at, and of archives their lists of contents;
 * `other` is told of what folders hold besides.
 */
export async function batchesOf(paths: readonly string[], other: (path: string) => void): Promise<Batch[]> {
  const { loose, archives } = await listed(paths, other);
  const { groups, unknown } = groupFiles(loose);
  const byKey = new Map<string, Draft>();
  for (const { key, serial, files } of groups) {
    const alone = files.length === 1 && files[0]?.named === true;
    byKey.set(key, { serial, paths: new Set(files.map(({ path }) => path)), alone });
  }
  const drafts = new Set(byKey.values());
  for (const archive of archives) {
    const inside = groupFiles(zipPaths(await read(archive), archive).map((path) => ({ path }))).groups;
    const shared = new Set(inside.flatMap(({ key }) => byKey.get(key) ?? []));
    const serials = [...inside, ...shared].map(({ serial }) => serial).sort();
    const all = [...[...shared].flatMap((one) => [...one.paths]), archive];
    const draft: Draft = { serial: serials[0] ?? '', paths: new Set(all), alone: false };
    for (const one of shared) drafts.delete(one);
    for (const [key, one] of byKey) if (shared.has(one)) byKey.set(key, draft);
    for (const { key } of inside) byKey.set(key, draft);
    drafts.add(draft);
  }
  const inOrder = [...drafts].sort((a, b) => (a.serial < b.serial ? -1 : a.serial > b.serial ? 1 : 0));
  return [
    ...inOrder.map(({ paths, alone }) => ({ paths: [...paths], alone })),
    ...unknown.map(({ path }) => ({ paths: [path], alone: false })),
  ];
}

/** Every file once, however often it was given. One that a folder gives as well is not by itself. */
async function listed(paths: readonly string[], other: (path: string) => void) {
  const found = new Map<string, { readonly path: string; named: boolean }>();
  for await (const { path, named } of walk(paths)) {
    const place = resolve(path);
    const known = found.get(place);
    if (known) known.named &&= named;
    else if (named || MAY_BE_OURS.test(path)) found.set(place, { path, named });
    else other(path);
  }
  const all = [...found.values()];
  return {
    loose: all.filter(({ path }) => !isArchive(path)),
    archives: all.filter(({ path }) => isArchive(path)).map(({ path }) => path),
  };
}
