/**
 * The columns that a text takes where full-width characters take two, as Japanese fonts draw them: of MS932 all but ASCII
 * and half-width kana.
 */
export const widthOf = (text: string): number =>
  [...text].reduce((width, char) => width + (/[ -~｡-ﾟ]/.test(char) ? 1 : 2), 0);

/** A text filled up with spaces. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** The lines of a text, none wider than this; its own line breaks stay. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    let [current, taken] = ['', 0];
    for (const char of line) {
      const own = widthOf(char);
      if (taken + own > width && current !== '') {
        lines.push(current);
        [current, taken] = ['', 0];
      }
      current += char;
      taken += own;
    }
    lines.push(current);
  }
  return lines;
}

/** A column of a grid: its title, and how wide it may get. */
export interface GridColumn {
  readonly title: string;
  readonly width: number;
  readonly right?: true;
}

/** Rows in a grid drawn with ASCII, which is as wide in every font; texts that are too wide go on below. */
export function gridOf(columns: readonly GridColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title, width }, i) => {
    const widest = Math.max(
      ...[title, ...rows.map((row) => row[i] ?? '')].flatMap((cell) => cell.split(/\r\n|\r|\n/).map(widthOf)),
    );
    return Math.max(Math.min(width, widest), 1);
  });
  const border = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const draw = (cells: readonly string[]): string[] => {
    const texts = widths.map((width, i) => wrapped(cells[i] ?? '', width));
    const height = Math.max(...texts.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) => {
      const parts = texts.map((lines, i) => {
        const text = lines[at] ?? '';
        const width = widths[i] ?? 0;
        return columns[i]?.right ? ' '.repeat(width - widthOf(text)) + text : padded(text, width);
      });
      return `| ${parts.join(' | ')} |`;
    });
  };
  return [border, ...draw(columns.map(({ title }) => title)), border, ...rows.flatMap(draw), border];
}
