import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from './fixtures.js';

/**
 * Sentences as care records have them, and what of each cannot be sent: `3+2 #4 U+20BB7 variant =吉`, that is UTF-16 index
 * and length, number of the character, code points, class, `safe` where it is, and what the table writes. Written by
 * hand and looked up in replacements.tsv, not by the library. What is invisible is escaped.
 */
export const SENTENCES = readFileSync(join(FIXTURES, 'characters/sentences.tsv'), 'utf8')
  .split('\n')
  .slice(1)
  .filter(Boolean)
  .map((line, i) => {
    const [shown = '', findings = ''] = line.split('\t');
    return {
      line: i + 2,
      shown,
      sentence: unescaped(shown),
      findings: findings === '' ? [] : findings.split('; ').map(finding),
    };
  });

function unescaped(text: string): string {
  return text
    .replaceAll(/\\u\{([0-9A-F]+)\}/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll('\\r', '\r')
    .replaceAll('\\n', '\n');
}

function finding(text: string) {
  const form = /^([0-9]+)\+([0-9]+) #([0-9]+) (U\+[0-9A-F U+]+) ([a-z]+)( safe)?(?: =(.*))?$/;
  const [, index, length, number, codePoints = '', group, safe, suggestion] = form.exec(text) ?? [];
  if (group === undefined) throw new Error(`sentences.tsv: ${text}`);
  return {
    index: Number(index),
    length: Number(length),
    number: Number(number),
    codePoints: codePoints.split(' '),
    class: group,
    safe: safe !== undefined,
    suggestion: suggestion === undefined ? undefined : unescaped(suggestion),
  };
}
