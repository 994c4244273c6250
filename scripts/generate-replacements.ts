/** Writes src/codec/ms932-replacements.generated.ts from test/fixtures/ms932/replacements.tsv. Run: npm run generate */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
export const TARGET = fileURLToPath(new URL('src/codec/ms932-replacements.generated.ts', root));

/** Visible ASCII, Japanese script and common punctuation stay readable; all else is escaped. */
const escaped = (text: string) =>
  text.replace(/[^ -~ぁ-ヿ㐀-鿿！-～]|['\\]/gu, (c) =>
    c === "'" || c === '\\'
      ? `\\${c}`
      : c === '\t'
        ? '\\t'
        : [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );

export function generate(): string {
  const tsv = readFileSync(new URL('test/fixtures/ms932/replacements.tsv', root), 'utf8');
  const groups = new Map<string, string[]>();
  for (const line of tsv.split('\n').slice(1).filter(Boolean)) {
    const [codePoint = '', replacement = '', group = ''] = line.split('\t');
    const list = groups.get(group) ?? [];
    const text = replacement.replace(/\\n|\\\\/g, (e) => (e === '\\n' ? '\n' : '\\'));
    list.push(String.fromCodePoint(Number.parseInt(codePoint, 16)) + text);
    groups.set(group, list);
  }
  const bodies = [...groups].sort().map(([group, list]) => {
    const lines: string[] = [];
    for (let i = 0; i < list.length; i += 40) {
      lines.push(`    '${escaped(list.slice(i, i + 40).join('\t') + (i + 40 < list.length ? '\t' : ''))}'`);
    }
    return `  ${group}:\n${lines.join(' +\n')},`;
  });
  return `// Generated from test/fixtures/ms932/replacements.tsv by scripts/generate-replacements.ts. Do not edit.
/** By class, entries separated by tabs: a character outside MS932 and, behind it, what is written instead. */
export const REPLACEMENTS = {
${bodies.join('\n')}
} as const;
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, generate());
