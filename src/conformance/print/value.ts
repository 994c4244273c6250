import type { Layout, PlacedColumn } from '../../schema/internal.js';
import { officeTypeOf, serviceTypeOf } from '../../schema/internal.js';

/** The eras of Japan and their first days, the present one first. */
const ERAS = [
  ['令和', '2019-05-01'],
  ['平成', '1989-01-08'],
  ['昭和', '1926-12-25'],
  ['大正', '1912-07-30'],
  ['明治', '1868-01-25'],
] as const;

/** A date as forms have it, and as it is: `令和7年11月1日 (2025-11-01)`. */
export function dateText(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [era, first] = ERAS.find(([, from]) => from <= date) ?? [];
  if (era === undefined || day === 0) return date;
  const yearOfEra = year - Number(first.slice(0, 4)) + 1;
  return `${era}${yearOfEra === 1 ? '元' : yearOfEra}年${month}月${day}日 (${date})`;
}

/** A value as a form shows it: codes with their labels, dates by era. */
export function valueText(column: PlacedColumn, value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  const { kind } = column;
  const label = kind.codes?.[text];
  if (label !== undefined) return `${label} (${text})`;
  if (kind.type === 'date' && /^\d{4}-/.test(text)) return dateText(text);
  if (kind.type === 'month' && /^\d{4}-\d\d$/.test(text))
    return `${Number(text.slice(0, 4))}年${Number(text.slice(5))}月`;
  if (kind.type === 'serviceType') return typeText(text);
  return text;
}

/** A service type, or a type of office, with its name. */
export function typeText(type: string): string {
  const name = (serviceTypeOf(type) ?? officeTypeOf(type))?.ja;
  return name === undefined ? type : `${type} ${name}`;
}

export const columnIn = (layout: Layout, name: string): PlacedColumn => {
  const column = layout.placed.find((one) => one.name === name);
  if (!column) throw new RangeError(`${layout.kind} has no column ${name}`);
  return column;
};
