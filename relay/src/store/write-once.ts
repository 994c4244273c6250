import { randomUUID } from 'node:crypto';
import { access, link, open, rm } from 'node:fs/promises';

/** Writes a file where there is none, whole and durable or not at all; readable by its owner only. */
export async function writeOnce(path: string, text: () => Promise<string>): Promise<void> {
  if (await exists(path)) return;
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(await text());
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A link refuses to take the place of a file that another process has made meanwhile.
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
