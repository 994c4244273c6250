import type { ReadText } from './ms932.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes a stretch of UTF-8; `odd` is told of private-use characters (gaiji) and of U+FFFD, broken bytes or not. */
export const readUtf8: ReadText = (bytes, start, end, odd) => {
  const text = decoder.decode(bytes.subarray(start, end));
  if (odd) {
    for (const { 0: char, index } of text.matchAll(/[\uE000-\uF8FF\uFFFD]/g)) {
      odd({ code: char === '\ufffd' ? 'char.broken' : 'char.gaiji', start, end, index, text: char });
    }
  }
  return text;
};

const encoder = new TextEncoder();

/** Writes a text as UTF-8 at a place of a buffer with room for three bytes a unit; -1 where it has a lone surrogate. */
export function writeUtf8(text: string, out: Uint8Array, at: number): number {
  if (/\p{Cs}/u.test(text)) return -1;
  return at + encoder.encodeInto(text, out.subarray(at)).written;
}
