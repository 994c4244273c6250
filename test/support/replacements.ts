import { readFileSync } from 'node:fs';

/** The lines of replacements.tsv by their characters: what to write, and the class. */
export const replacementLines = (): Map<string, { readonly replacement: string; readonly class: string }> =>
  new Map(
    readFileSync(new URL('../fixtures/ms932/replacements.tsv', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [hex = '', escaped = '', group = ''] = line.split('\t');
        const replacement = escaped.replaceAll('\\n', '\n').replaceAll('\\\\', '\\');
        return [String.fromCodePoint(Number.parseInt(hex, 16)), { replacement, class: group }];
      }),
  );
