import { zipEntries } from '../../zip/entries.js';
import { ZIP_LIMITS } from './decode-zip.js';
import { entryName, safePath } from './entry-name.js';

/** The paths of the files that a ZIP says it holds, `archive.zip/NAME.CSV`; nothing is inflated, and nothing is certain. */
export function zipPaths(bytes: Uint8Array, archive: string): string[] {
  const { entries } = zipEntries(bytes, ZIP_LIMITS.maxEntries);
  return entries.flatMap((entry) => {
    const { path, unsafe } = safePath(entryName(entry));
    return path.endsWith('/') || unsafe === 'zip.traversal' ? [] : [`${archive}/${path}`];
  });
}
