import * as z from 'zod';
import { asciiNumber, putAscii } from './ascii.js';
import { type CellKind, characters, Fault } from './kind.js';

const ZERO = 0x30;
const NINE = 0x39;
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
  /** The value, a 9 for each digit. */
  picture: string;
  toValue(digits: string): string;
  toDigits(value: string): string;
  /** Whether the numbers of the groups name something real. */
  real(first: number, second: number, third: number): boolean;
  hint: string;
  schema: () => z.ZodType<string>;
}

const DATE: Grouped = {
  type: 'date',
  length: 8,
  picture: '9999-99-99',
  toValue: (d) => `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6)}`,
  toDigits: (v) => v.slice(0, 4) + v.slice(5, 7) + v.slice(8),
  real: (year, month, day) => year > 0 && day >= 1 && day <= daysInMonth(year, month),
  hint: '(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])',
  schema: () => z.iso.date().refine((v) => !v.startsWith('0000')),
};
const MONTH: Grouped = {
  type: 'month',
  length: 6,
  picture: '9999-99',
  toValue: (d) => `${d.slice(0, 4)}-${d.slice(4)}`,
  toDigits: (v) => v.slice(0, 4) + v.slice(5),
  real: (year, month) => year > 0 && daysInMonth(2000, month) > 0,
  hint: '(18|19|20)[0-9]{2}(0[1-9]|1[0-2])',
  schema: () => z.string().regex(/^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$/),
};
const TIME: Grouped = {
  type: 'time',
  length: 4,
  picture: '99:99',
  toValue: (d) => `${d.slice(0, 2)}:${d.slice(2)}`,
  toDigits: (v) => v.slice(0, 2) + v.slice(3),
  real: (hour, minute) => hour < 24 && minute < 60,
  hint: '([01][0-9]|2[0-3])[0-5][0-9]',
  schema: () => z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/),
};

function grouped(spec: Grouped, marker?: string): CellKind<string, Grouped['type']> {
  const { picture, length } = spec;
  const form = new RegExp(`^${picture.replaceAll('9', '[0-9]')}$`);
  const digitsOnly = new RegExp(`^[0-9]{${length}}$`);
  const signs = Uint8Array.from(picture, (sign) => sign.charCodeAt(0));
  // All groups but the first have two digits.
  const first = picture.search(/[^9]/);
  const real = (digits: string) =>
    spec.real(numberAt(digits, 0, first), numberAt(digits, first, first + 2), numberAt(digits, first + 2, length));
  return {
    type: spec.type,
    length,
    exact: true,
    quoted: false,
    replaceable: false,
    ...(marker === undefined ? {} : { marker }),
    hint: new RegExp(marker === undefined ? `^${spec.hint}$` : `^(${spec.hint}|${marker})$`),
    read(cell) {
      if (cell === marker) return cell;
      if (!digitsOnly.test(cell)) return new Fault(characters(cell) === length ? 'cell.form' : 'cell.length');
      return real(cell) ? spec.toValue(cell) : new Fault('cell.calendar');
    },
    write(value) {
      if (typeof value !== 'string') return new Fault('cell.type');
      if (value === '') return new Fault('cell.emptyString');
      if (value === marker) return value;
      if (!form.test(value)) return new Fault('cell.form');
      const digits = spec.toDigits(value);
      return real(digits) ? digits : new Fault('cell.calendar');
    },
    writeAscii(value, out, at) {
      if (typeof value !== 'string') return -1;
      if (value.length !== signs.length) return value === marker ? putAscii(value, out, at) : -1;
      let end = at;
      for (let i = 0; i < signs.length; i++) {
        const code = value.charCodeAt(i);
        if (signs[i] === NINE) {
          if (code < ZERO || code > NINE) return -1;
          out[end++] = code;
        } else if (code !== signs[i]) return -1;
      }
      const second = at + first;
      const third = second + 2;
      const one = asciiNumber(out, at, first);
      return spec.real(one, asciiNumber(out, second, 2), asciiNumber(out, third, end - third)) ? end : -1;
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
