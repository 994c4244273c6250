/** Names that Windows keeps for devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;
/** Separators, what Windows forbids, control characters, characters that turn or hide others. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const LONGEST = 255;

/** Why a name is not taken as that of a file. */
export type NameFault = 'empty' | 'too-long' | 'character' | 'unpaired' | 'device' | 'dots';

/**
 * Why a text cannot be a file's name on every system; undefined where it can.
 *
 * Refused are separators and `..` (they leave the folder), device names such as `CON` and `NUL.CSV`, control and
 * direction characters, a dot or space at the end, half a surrogate pair, and more than 255 bytes of UTF-8.
 */
export function nameFault(name: string): NameFault | undefined {
  if (name === '') return 'empty';
  if (/\p{Cs}/u.test(name)) return 'unpaired';
  if (utf8Length(name) > LONGEST) return 'too-long';
  if (FORBIDDEN.test(name)) return 'character';
  if (/^\.+$/.test(name) || /[. ]$/.test(name) || name.startsWith(' ')) return 'dots';
  return DEVICE.test(name.replace(/[. ].*$/s, '')) ? 'device' : undefined;
}

/** Names that some file system takes for the same: compared without regard to case and composition. */
export const sameFile = (a: string, b: string): boolean => foldName(a) === foldName(b);

/** A name as a file system without letter case sees it. */
export const foldName = (name: string): string => name.normalize('NFC').toUpperCase().toLowerCase();

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
