import { widthOf } from '../conformance/index.js';

export { widthOf };

/** Rows as lines of aligned columns, two spaces apart; columns of these numbers are set to the right. */
export function tableOf(rows: readonly (readonly string[])[], toTheRight: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - widthOf(cell));
        return toTheRight.includes(i) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}
