import { detectCharset } from '../charset.js';
import { readMs932 } from '../ms932.js';
import { readUtf8 } from '../utf8.js';
import { crc32 } from './crc32.js';
import { extraField, type ZipEntry } from './entries.js';
import { UTF8_NAME, viewOf } from './structure.js';

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
export function entryName({ name, flags, extra }: Pick<ZipEntry, 'name' | 'flags' | 'extra'>): string {
  const unicode = extraField(extra, 0x7075);
  if (unicode && unicode.length > 5 && unicode[0] === 1 && viewOf(unicode).getUint32(1, true) === crc32(name)) {
    return readUtf8(unicode, 5, unicode.length);
  }
  const isUtf8 = (bytes: Uint8Array) => !readUtf8(bytes, 0, bytes.length).includes('\ufffd');
  const detected = detectCharset(name);
  const saysUtf8 = (flags & UTF8_NAME) !== 0 && isUtf8(name);
  return saysUtf8 || ('charset' in detected && detected.charset === 'utf-8')
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
