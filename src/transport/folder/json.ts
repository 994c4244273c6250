import { createWhole, type Disk } from './disk.js';

/** Writes a value as JSON, whole or not at all. */
export const writeJson = (disk: Disk, path: string, value: unknown): Promise<void> =>
  createWhole(disk, path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));

/** Reads JSON; undefined where it is none. */
export async function readJson<T extends { readonly version: 1 }>(disk: Disk, path: string): Promise<T | undefined> {
  const { bytes } = await disk.read(path);
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
    return value.version === 1 ? value : undefined;
  } catch {
    return undefined;
  }
}
