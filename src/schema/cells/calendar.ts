import { z } from 'zod';
import { type CellKind, Fault } from './kind.js';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number of days of a month; 0 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

/** Digits in groups: the text is `20250401` or `1300`, the value `2025-04-01` or `13:00`. */
interface Grouped {
  type: 'date' | 'month' | 'time';
  groups: readonly number[];
  joint: string;
  /** Whether these numbers name something real. */
  real(numbers: readonly number[]): boolean;
  hint: string;
  /** JSON Schema's word for the form, where it has one. */
  schema: () => z.ZodType<string>;
}

const DATE: Grouped = {
  type: 'date',
  groups: [4, 2, 2],
  joint: '-',
  real: ([y = 0, m = 0, d = 0]) => y > 0 && d >= 1 && d <= daysInMonth(y, m),
  hint: '(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])',
  schema: () => z.iso.date().refine((v) => !v.startsWith('0000')),
};
const MONTH: Grouped = {
  type: 'month',
  groups: [4, 2],
  joint: '-',
  real: ([y = 0, m = 0]) => y > 0 && m >= 1 && m <= 12,
  hint: '(18|19|20)[0-9]{2}(0[1-9]|1[0-2])',
  schema: () => z.string().regex(/^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$/),
};
const TIME: Grouped = {
  type: 'time',
  groups: [2, 2],
  joint: ':',
  real: ([h = 99, m = 99]) => h < 24 && m < 60,
  hint: '([01][0-9]|2[0-3])[0-5][0-9]',
  schema: () => z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/),
};

function grouped<M extends string>(spec: Grouped, marker?: M): CellKind<string, Grouped['type']> {
  const { type, groups, joint } = spec;
  const length = groups.reduce((a, b) => a + b, 0);
  const text = new RegExp(`^${groups.map((n) => `([0-9]{${n}})`).join('')}$`);
  const value = new RegExp(`^${groups.map((n) => `([0-9]{${n}})`).join(joint)}$`);
  const take = (match: RegExpExecArray, glue: string): string | Fault<string> => {
    const parts = match.slice(1);
    return spec.real(parts.map(Number)) ? parts.join(glue) : new Fault('cell.calendar');
  };
  return {
    type,
    length,
    exact: true,
    quoted: false,
    replaceable: false,
    ...(marker === undefined ? {} : { marker }),
    hint: new RegExp(marker === undefined ? `^${spec.hint}$` : `^(${spec.hint}|${marker})$`),
    read(cell) {
      if (cell === marker) return cell;
      const match = text.exec(cell);
      if (match) return take(match, joint);
      return new Fault(cell.length === length ? 'cell.form' : 'cell.length');
    },
    write(given) {
      if (typeof given !== 'string') return new Fault('cell.type');
      if (given === '') return new Fault('cell.emptyString');
      if (given === marker) return given;
      const match = value.exec(given);
      return match ? take(match, '') : new Fault('cell.form');
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
