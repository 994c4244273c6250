import * as z from 'zod';
import { type CellKind, characters, Fault } from './kind.js';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number of days of a month; 0 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

/** The number that the digits of a text make from one place up to another. */
function numberAt(digits: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + digits.charCodeAt(i) - 48;
  return value;
}

/** Digits in groups: the text is `20250401` or `1300`, the value `2025-04-01` or `13:00`. */
interface Grouped {
  type: 'date' | 'month' | 'time';
  length: number;
  /** The form of the text, and of the value. */
  digits: RegExp;
  form: RegExp;
  toValue(digits: string): string;
  toDigits(value: string): string;
  /** Whether the digits name something real. */
  real(digits: string): boolean;
  hint: string;
  schema: () => z.ZodType<string>;
}

const DATE: Grouped = {
  type: 'date',
  length: 8,
  digits: /^[0-9]{8}$/,
  form: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  toValue: (d) => `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6)}`,
  toDigits: (v) => v.slice(0, 4) + v.slice(5, 7) + v.slice(8),
  real(d) {
    const year = numberAt(d, 0, 4);
    const day = numberAt(d, 6, 8);
    return year > 0 && day >= 1 && day <= daysInMonth(year, numberAt(d, 4, 6));
  },
  hint: '(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])',
  schema: () => z.iso.date().refine((v) => !v.startsWith('0000')),
};
const MONTH: Grouped = {
  type: 'month',
  length: 6,
  digits: /^[0-9]{6}$/,
  form: /^[0-9]{4}-[0-9]{2}$/,
  toValue: (d) => `${d.slice(0, 4)}-${d.slice(4)}`,
  toDigits: (v) => v.slice(0, 4) + v.slice(5),
  real: (d) => numberAt(d, 0, 4) > 0 && daysInMonth(2000, numberAt(d, 4, 6)) > 0,
  hint: '(18|19|20)[0-9]{2}(0[1-9]|1[0-2])',
  schema: () => z.string().regex(/^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$/),
};
const TIME: Grouped = {
  type: 'time',
  length: 4,
  digits: /^[0-9]{4}$/,
  form: /^[0-9]{2}:[0-9]{2}$/,
  toValue: (d) => `${d.slice(0, 2)}:${d.slice(2)}`,
  toDigits: (v) => v.slice(0, 2) + v.slice(3),
  real: (d) => numberAt(d, 0, 2) < 24 && numberAt(d, 2, 4) < 60,
  hint: '([01][0-9]|2[0-3])[0-5][0-9]',
  schema: () => z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/),
};

function grouped(spec: Grouped, marker?: string): CellKind<string, Grouped['type']> {
  return {
    type: spec.type,
    length: spec.length,
    exact: true,
    quoted: false,
    replaceable: false,
    ...(marker === undefined ? {} : { marker }),
    hint: new RegExp(marker === undefined ? `^${spec.hint}$` : `^(${spec.hint}|${marker})$`),
    read(cell) {
      if (cell === marker) return cell;
      if (!spec.digits.test(cell)) return new Fault(characters(cell) === spec.length ? 'cell.form' : 'cell.length');
      return spec.real(cell) ? spec.toValue(cell) : new Fault('cell.calendar');
    },
    write(value) {
      if (typeof value !== 'string') return new Fault('cell.type');
      if (value === '') return new Fault('cell.emptyString');
      if (value === marker) return value;
      if (!spec.form.test(value)) return new Fault('cell.form');
      const digits = spec.toDigits(value);
      return spec.real(digits) ? digits : new Fault('cell.calendar');
    },
    value: () => (marker === undefined ? spec.schema() : z.union([spec.schema(), z.literal(marker)])),
  };
}

type Kind<Type extends Grouped['type']> = CellKind<string, Type>;

/** A calendar date: `20250401` in the file, `2025-04-01` as a value; `marker` (`00000000`) stays as written. */
export const date = (marker?: '00000000') => grouped(DATE, marker) as Kind<'date'>;

/** A month: `202504` in the file, `2025-04` as a value; `marker` (`000000`) stays as written. */
export const month = (marker?: '000000') => grouped(MONTH, marker) as Kind<'month'>;

/** A time of day 0000-2359: `1300` in the file, `13:00` as a value; `marker` (`9999`, no time of day) stays. */
export const time = (marker?: '9999') => grouped(TIME, marker) as Kind<'time'>;
