import { type Issue, issue } from '../../schema/internal.js';
import { isZip } from '../../zip/structure.js';
import { parseFileName } from '../file-name.js';
import type { NamedBytes } from '../named-bytes.js';
import { decodeZip, ZIP_LIMITS, type ZipLimits } from './decode-zip.js';

/** A file, or an archive's, to look at. */
export interface UnpackedFile extends NamedBytes {
  /** What was found on the way to it. */
  readonly issues: readonly Issue[];
  /** Not to be read: an archive, whose files follow; or what holds nothing of the exchange. */
  readonly use?: 'archive' | 'stranger';
}

/** Files that are ZIPs by their form, and no archives by their use. */
const OFFICE_FILE = /\.(xls[xm]|doc[xm]|ppt[xm]|od[tsp])$/i;

/**
 * The files themselves, and in the place of each ZIP, whatever its name, those in it.
 *
 * An archive may hold other things, as a folder may: they are strangers, with an issue of severity info. An archive inside
 * an archive is not opened. The limits hold for all archives together.
 */
export function* unpack(files: Iterable<NamedBytes>, given: ZipLimits = {}): Generator<UnpackedFile> {
  const limits = { ...ZIP_LIMITS, ...given };
  let { maxEntries, maxTotalSize } = limits;
  for (const file of files) {
    const { path, bytes } = file;
    if (!isZip(bytes) && !(/\.zip$/i.test(path) && !parseFileName(path).name)) {
      yield { ...file, issues: [] };
      continue;
    }
    const { files: inner, issues } = decodeZip(bytes, { ...limits, maxEntries, maxTotalSize, name: path });
    maxEntries = Math.max(0, maxEntries - inner.length);
    maxTotalSize -= inner.reduce((sum, one) => sum + one.bytes.length, 0);
    const unpacked = inner.map(unpackedFile);
    const isEmpty = unpacked.every(({ use }) => use === 'stranger');
    const found = isEmpty && issues.length === 0 ? [issue('zip.empty', { file: path })] : issues;
    yield { ...file, use: isEmpty ? 'stranger' : 'archive', issues: found };
    yield* unpacked;
  }
}

function unpackedFile(file: NamedBytes): UnpackedFile {
  const place = { file: file.path };
  const { name } = parseFileName(file.path);
  const isOffice = OFFICE_FILE.test(file.path);
  if (isZip(file.bytes) && !isOffice) return { ...file, use: 'stranger', issues: [issue('zip.nested', place)] };
  // What ends as a file of the exchange, and is not named as one, is told of as where it lies in a folder.
  if (name || /\.(csv|jpe?g)$/i.test(file.path)) return { ...file, issues: [] };
  return { ...file, use: 'stranger', issues: [issue('name.notOurs', place)] };
}
