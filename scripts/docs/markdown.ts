/** Text for a cell of a table: what Markdown would take for its own is escaped. */
export const cell = (text: string): string =>
  text.replace(/[\\|<>*_`[\]]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '<br>');

/** Two languages in one cell, a line each. */
export const both = (english: string, japanese: string): string =>
  english === japanese ? cell(english) : `${cell(english)}<br>${cell(japanese)}`;

export const code = (text: string): string => `\`${text}\``;
export const link = (text: string, target: string): string => `[${text}](${target})`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace(/ +(?= \|)/g, '');

/** A table. The cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${head.map(() => '---|').join('')}`, ...rows.map(row)].join('\n');

/** A page: a note that it is generated, and its blocks. */
export const page = (from: string, ...blocks: readonly string[]): string =>
  `<!-- Generated from ${from} by scripts/generate-docs.ts. Do not edit. -->\n\n${blocks.filter((block) => block !== '').join('\n\n')}\n`;

/** The anchor that a heading has on a page. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');
