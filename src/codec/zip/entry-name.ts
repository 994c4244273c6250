import type { EntryName } from '../../zip/entry.js';
import { detectCharset } from '../charset.js';
import { readMs932 } from '../ms932.js';
import { readUtf8 } from '../utf8.js';

/** A path that an archive gives, made safe. */
export interface SafePath {
  /** With `/` between its parts; ends with one where it is a folder. */
  readonly path: string;
  /** Why it was not safe as it stood: it left its folder, or did not begin in it. */
  readonly unsafe?: 'zip.traversal' | 'zip.path';
}

/**
 * The text of an entry's name. Windows writes MS932 without saying so, macOS UTF-8; so what is not said is told by the
 * bytes.
 */
export function entryName({ name, saysUtf8, unicodeName }: EntryName): string {
  if (unicodeName) return readUtf8(unicodeName, 0, unicodeName.length);
  const isUtf8 = (bytes: Uint8Array) => !readUtf8(bytes, 0, bytes.length).includes('\ufffd');
  const detected = detectCharset(name);
  return (saysUtf8 && isUtf8(name)) || ('charset' in detected && detected.charset === 'utf-8')
    ? readUtf8(name, 0, name.length)
    : readMs932(name, 0, name.length);
}

/**
 * A path below the archive: without a drive, without `/` at its beginning, without `.` and `..`; control characters, which
 * could speak to a terminal, become U+FFFD. What is left is never outside the folder it is put into.
 */
export function safePath(name: string): SafePath {
  const plain = name.replaceAll('\\', '/').replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  const parts = plain.split('/').map((part) => part.replace(/^([A-Za-z]:)+/, ''));
  const path = parts.filter((part) => !/^\s*\.{0,2}\s*$/.test(part)).join('/');
  const folder = path !== '' && plain.endsWith('/') ? `${path}/` : path;
  if (parts.some((part) => part.trim() === '..')) return { path: folder, unsafe: 'zip.traversal' };
  const isAbsolute = plain.startsWith('/') || /(^|\/)[A-Za-z]:/.test(plain);
  return isAbsolute ? { path: folder, unsafe: 'zip.path' } : { path: folder };
}
