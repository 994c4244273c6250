import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { encodeZip, type NamedBytes } from '../index.js';
import { UsageError } from './io.js';

/** A file to read, and whether it was named by hand or found in a folder. */
interface FoundFile {
  readonly path: string;
  readonly named: boolean;
}

/**
 * The files of paths: a file itself, or those below a folder in the order of their names. Links to folders are not
 * followed below a folder, and what is no regular file is passed over.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) yield* below(path);
    else yield { path, named: true };
  }
}

async function* below(folder: string): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* below(path);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) yield { path, named: false };
  }
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (target) => target.isDirectory(),
    () => false,
  );

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (target) => target.isFile(),
    () => false,
  );

export const read = (path: string): Promise<Uint8Array> => readFile(path);

/** What the exchange's files, and archives of them, end with. */
export const MAY_BE_OURS = /\.(csv|jpg|zip)$/i;

/**
 * The exchange's files of paths. A folder may hold other things, of which `other` is told; a file named by hand is meant.
 */
export async function collect(
  paths: readonly string[],
  other: (path: string) => void = () => {},
): Promise<NamedBytes[]> {
  const inputs: NamedBytes[] = [];
  for await (const { path, named } of walk(paths)) {
    if (named || MAY_BE_OURS.test(path)) inputs.push({ path, bytes: await read(path) });
    else other(path);
  }
  return inputs;
}

/** A JSON document; its bytes must be UTF-8. */
export function parseJson(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UsageError(`${path} is not JSON in UTF-8`);
  }
}

/** What is at a path: a regular file, nothing, or something to write into (a device, a pipe). Throws for a folder. */
async function target(path: string): Promise<{ path: string; state: 'file' | 'none' | 'stream'; mode?: number }> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return { path, state: 'none' };
  const found = await stat(real);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder, not a file`);
  return found.isFile() ? { path: real, state: 'file', mode: found.mode & 0o777 } : { path: real, state: 'stream' };
}

/** Writes files by their names into a folder, or into a ZIP archive where the name of that ends so; all or none. */
export async function writeFiles(out: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  if (!/\.zip$/i.test(out)) {
    return writeAll([...files].map(([name, content]) => ({ path: join(out, name), content })));
  }
  const zip = encodeZip([...files].map(([name, bytes]) => ({ name, bytes })));
  if (!zip.ok) throw new UsageError(zip.issues.map(({ message }) => message.en).join('\n'));
  return writeAll([{ path: out, content: zip.bytes }]);
}

/**
 * Writes files so that each appears whole, and all or none: to temporary names beside their places first, then renamed.
 * What stood there before is put aside until the end, and put back when something fails; who may read a file stays so.
 * A signal that ends the command takes the temporary files with it.
 */
export async function writeAll(files: readonly { path: string; content: string | Uint8Array }[]): Promise<void> {
  const id = randomUUID();
  const aside = (path: string, ending: string) => join(dirname(path), `.${basename(path)}.${id}.${ending}`);
  const places = await Promise.all(files.map(({ path }) => target(path)));
  const temporary = places.map(({ path }) => aside(path, 'tmp'));
  const undo: (() => Promise<void>)[] = [];
  let renaming = false;
  let stop: (() => void) | undefined;
  const interrupted = (signal: NodeJS.Signals) => {
    stop = () => {
      for (const path of temporary) rmSync(path, { force: true });
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    // Renaming is short, and is not left half done.
    if (!renaming) stop();
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const [i, { content }] of files.entries()) {
      const { path, state, mode } = places[i] as (typeof places)[number];
      if (state === 'stream') continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary[i] as string, content, mode === undefined ? { flush: true } : { flush: true, mode });
      if (mode !== undefined) await chmod(temporary[i] as string, mode);
    }
    renaming = true;
    for (const [i, { content }] of files.entries()) {
      const { path, state } = places[i] as (typeof places)[number];
      if (state === 'stream') {
        await writeFile(path, content);
        continue;
      }
      const old = aside(path, 'old');
      if (state === 'file') await rename(path, old);
      undo.push(() => (state === 'file' ? rename(old, path) : rm(path, { force: true })));
      await rename(temporary[i] as string, path);
    }
    for (const { path, state } of places) if (state === 'file') await rm(aside(path, 'old'), { force: true });
  } catch (error) {
    for (const restore of undo.reverse()) await restore();
    for (const path of temporary) await rm(path, { force: true });
    throw error;
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    stop?.();
  }
}

/**
 * Writes a folder as a whole: beside its place first, then renamed. One that holds something already is refused, and
 * nothing is left behind where that fails.
 */
export async function writeFolder(
  folder: string,
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code === 'ENOTDIR') throw new UsageError(`${folder} is a file; give a folder that is not there yet`);
    throw error;
  });
  if (found && found.length > 0) throw new UsageError(`${folder} is not empty; give a folder that is not there yet`);
  const place = resolve(folder);
  const aside = join(dirname(place), `.${basename(place)}.${randomUUID()}.tmp`);
  const interrupted = (signal: NodeJS.Signals) => {
    rmSync(aside, { recursive: true, force: true });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const { path, content } of files) {
      const target = join(aside, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content, { flush: true });
    }
    if (found) await rmdir(place);
    await rename(aside, place);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}
