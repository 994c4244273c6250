import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The files below paths: a file itself, a folder with all its folders, in the order of their names. */
export async function* walk(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) {
      yield path;
      continue;
    }
    const names = (await readdir(path)).sort();
    yield* walk(names.map((name) => join(path, name)));
  }
}

export const read = (path: string): Promise<Uint8Array> => readFile(path);

/**
 * Writes files so that each appears whole and, as far as a file system can, all or none: to temporary names beside
 * their places first, then renamed. A failure takes back what was renamed, where nothing had been there before.
 */
export async function writeAll(files: readonly { path: string; content: string | Uint8Array }[]): Promise<void> {
  const temporary = files.map(({ path }) => join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`));
  const made: string[] = [];
  try {
    for (const [i, { path, content }] of files.entries()) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary[i] as string, content, { flush: true });
    }
    for (const [i, { path }] of files.entries()) {
      const fresh = await stat(path).then(
        () => false,
        () => true,
      );
      await rename(temporary[i] as string, path);
      if (fresh) made.push(path);
    }
  } catch (error) {
    for (const path of [...temporary, ...made]) await rm(path, { force: true });
    throw error;
  }
}
