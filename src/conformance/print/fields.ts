import type { Part } from '../../schema/model/part.js';
import { type GridColumn, gridOf, padded, widthOf, wrapped } from './text.js';
import { columnIn, valueText } from './value.js';

type Values = Readonly<Record<string, unknown>>;

/** How wide a line of a form may get. */
const WIDTH = 110;

/** The columns of a part that are filled, and of its layout those that precede them, each with its name on the form. */
export function fieldLines(
  { layout, names }: Pick<Part, 'layout' | 'names'>,
  values: object,
  before: readonly string[] = [],
): string[] {
  const filled = [...before, ...names]
    .map((name) => columnIn(layout, name))
    .filter(({ name }) => (values as Values)[name] !== undefined)
    .map((column) => [column.ja, valueText(column, (values as Values)[column.name])] as const);
  const width = Math.max(0, ...filled.map(([title]) => widthOf(title)));
  return filled.flatMap(([title, text]) => {
    const [first = '', ...more] = wrapped(text, WIDTH - width);
    return [`${padded(title, width)} : ${first}`, ...more.map((line) => `${' '.repeat(width)}   ${line}`)];
  });
}

/** Entries of a part as a grid, with the columns' names; columns that all leave empty are left out. */
export function gridLines(
  { layout, names }: Pick<Part, 'layout' | 'names'>,
  entries: readonly object[],
  width = 30,
): string[] {
  const columns = names
    .map((name) => columnIn(layout, name))
    .filter(({ name }) => entries.some((entry) => (entry as Values)[name] !== undefined));
  if (columns.length === 0) return [];
  const titles = columns.map(({ ja, kind }): GridColumn => {
    const isNumber = kind.type === 'int' || kind.type === 'decimal';
    return isNumber ? { title: ja, width: 10, right: true } : { title: ja, width };
  });
  const rows = entries.map((entry) => columns.map((column) => valueText(column, (entry as Values)[column.name])));
  return gridOf(titles, rows);
}

/** A heading of a form, a paragraph below another. */
export const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `【${title}】`, ...lines];
