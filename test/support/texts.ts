import fc from 'fast-check';
import { REPERTOIRE } from './arbitrary.js';

/** A character that has bytes in MS932. */
export const written = fc.constantFrom(...REPERTOIRE, '\r', '\n', '\t', '\0', '\x1a', '\x1c', '\x7f');
/** What has none, or looks so, by itself or with its marks. */
export const tricky = fc.constantFrom(
  ...[
    'か\u3099',
    'ハ\u309a',
    'ﾊﾞ',
    'e\u0301',
    '\u3099',
    '葛\u{e0100}',
    '\ufa19\ufe00',
    '\u200d',
    '👨\u200d👩\u200d👧',
    '🇯🇵',
  ],
  ...['𠮷', '鷗', '☑\ufe0f', '㉑', '〜', '−', '¥', '‾', '\ue000', '\uf8ff', '\u{10ffff}', '\ufffd', '\ufeff', '\u0085'],
);
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
/** Any text: of whole characters, of any units, of what MS932 has and what it lacks. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: anyUnit }),
  fc.string({ unit: fc.oneof(written, tricky) }),
  fc.string({ unit: fc.oneof(written, tricky, tricky, half, anyUnit, fc.string({ unit: 'binary', maxLength: 2 })) }),
);
