import { type Issue, type IssueCode, type IssueDetails, issue } from '../../schema/internal.js';
import type { ZipEntry } from '../../zip/entry.js';
import { ZIP_LIMITS, type ZipLimits } from '../../zip/limits.js';
import { type EntryFault, readZip, type ZipContent } from '../../zip/read-zip.js';
import type { NamedBytes } from '../named-bytes.js';
import { entryName, safePath } from './entry-name.js';

export { ZIP_LIMITS, type ZipLimits };

export interface DecodeZipOptions extends ZipLimits {
  /** The archive's name or path: stands before the paths of its files. */
  readonly name?: string;
}

export interface DecodedZip {
  /** In the order of the archive; paths with `/`, never absolute, never with `..`. */
  readonly files: readonly NamedBytes[];
  readonly issues: readonly Issue[];
}

/**
 * Reads the files of a ZIP archive.
 *
 * Never throws for bad data: what is damaged, encrypted, packed in an unknown way, or too large has an issue `zip.*` and
 * is left out; the other files are read. A file is read whole, with its checksum, or not at all. Names without the UTF-8
 * flag are read as MS932, unless they are UTF-8. Folders are passed over; archives inside are not opened.
 */
export function decodeZip(bytes: Uint8Array, options: DecodeZipOptions = {}): DecodedZip {
  const { name: archive, ...given } = options;
  const limits = { ...ZIP_LIMITS, ...given };
  const place = archive === undefined ? {} : { file: archive };
  const zip = readZip(bytes, limits);
  const issues: Issue[] = [];
  if (zip.findings.includes('directory')) issues.push(issue('zip.directory', place));
  if (zip.findings.includes('tooMany')) issues.push(issue('zip.tooMany', place, { expected: limits.maxEntries }));
  const files: NamedBytes[] = [];
  const paths = new Set<string>();
  for (const entry of zip.entries) {
    const { path: inner, unsafe } = safePath(entryName(entry));
    const path = archive === undefined ? inner : `${archive}/${inner}`;
    const tell = (code: IssueCode, details: IssueDetails = {}) => issues.push(issue(code, { file: path }, details));
    const isFolder = inner.endsWith('/');
    if (isFolder && entry.size === 0) continue;
    if (unsafe) tell(unsafe);
    if (unsafe === 'zip.traversal') continue;
    const { bytes: content, fault } = inner === '' || isFolder ? NO_FILE : zip.read(entry);
    if (fault) tell(ISSUES[fault.code], detailsOf(fault, entry));
    else {
      if (paths.has(path)) tell('zip.duplicate');
      paths.add(path);
      files.push({ path, bytes: content });
    }
  }
  return { files, issues };
}

/** What is to be read of an entry without a name, or of a folder that has a content. */
const NO_FILE: ZipContent = { fault: { code: 'entry' } };

const ISSUES: Readonly<Record<EntryFault['code'], IssueCode>> = {
  encrypted: 'zip.encrypted',
  link: 'zip.method',
  method: 'zip.method',
  tooLarge: 'zip.tooLarge',
  ratio: 'zip.ratio',
  entry: 'zip.entry',
  checksum: 'zip.checksum',
};

function detailsOf({ code, limit }: EntryFault, { method }: ZipEntry): IssueDetails {
  if (code === 'link') return { found: 'symbolic link' };
  if (code === 'method') return { found: METHODS[method] ?? `method ${method}` };
  return limit === undefined ? {} : { expected: limit };
}

/** The compression methods that are met with, by their names. */
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZIP2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES',
};
