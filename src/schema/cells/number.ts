import * as z from 'zod';
import { asciiNumber, putNumber } from './ascii.js';
import { type CellKind, Fault } from './kind.js';

/** The longest run of digits that a JavaScript number holds exactly. */
const SAFE_DIGITS = 15;
const ZERO = 0x30;

/**
 * A whole number from 0, of at most `length` digits (null: as many as a number holds exactly).
 *
 * Leading zeros are read with a warning and not written. `usual` is a smaller length above which a reader is warned.
 */
export function int(length: number | null, options: { usual?: number } = {}): CellKind<number, 'int'> {
  const max = length ?? SAFE_DIGITS;
  const top = 10 ** max - 1;
  const usual = 10 ** (options.usual ?? max) - 1;
  return {
    type: 'int',
    length,
    exact: false,
    quoted: false,
    replaceable: false,
    hint: new RegExp(`^(0|[1-9][0-9]{0,${(options.usual ?? max) - 1}})$`),
    read(text) {
      if (!/^[0-9]+$/.test(text)) return new Fault('cell.form');
      const value = Number(text);
      if (value > top) return new Fault('cell.length');
      if (text.length > 1 && text.startsWith('0')) return new Fault('cell.leadingZeros', value);
      return value > usual ? new Fault('cell.unusualLength', value) : value;
    },
    readAscii(codes, start, length) {
      if (length > SAFE_DIGITS || (length > 1 && codes[start] === ZERO)) return undefined;
      const value = asciiNumber(codes, start, length);
      return value >= 0 && value <= usual ? value : undefined;
    },
    write(value) {
      if (typeof value !== 'number') return new Fault('cell.type');
      if (!Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) return new Fault('cell.form');
      if (value > top) return new Fault('cell.length');
      const text = String(value);
      return value > usual ? new Fault('cell.unusualLength', text) : text;
    },
    writeAscii(value, out, at) {
      if (typeof value !== 'number' || (value | 0) !== value || value < 0 || value > usual) return -1;
      return value === 0 && Object.is(value, -0) ? -1 : putNumber(value, out, at);
    },
    value: () =>
      z
        .int()
        .min(0)
        .max(top)
        .refine((v) => !Object.is(v, -0)),
  };
}

/**
 * 単位数単価: a number from 0 to 99.99 with two decimals, written `10.42`.
 *
 * Other decimals (`10`, `10.4`) and leading zeros are read with a warning and written with two decimals.
 */
export function decimal(length: number): CellKind<number, 'decimal'> {
  const clean = /^(0|[1-9][0-9]?)\.[0-9]{2}$/;
  return {
    type: 'decimal',
    length,
    exact: false,
    quoted: false,
    replaceable: false,
    hint: clean,
    read(text) {
      if (clean.test(text)) return Number(text);
      if (text.length > length) return new Fault('cell.length');
      if (!/^[0-9]+(\.[0-9]{1,2}0*)?$/.test(text) || Number(text) > 99.99) return new Fault('cell.form');
      return new Fault('cell.decimals', Number(text));
    },
    write(value) {
      if (typeof value !== 'number') return new Fault('cell.type');
      if (!(value >= 0 && value <= 99.99) || Object.is(value, -0)) return new Fault('cell.form');
      const text = value.toFixed(2);
      return Number(text) === value ? text : new Fault('cell.form');
    },
    value: () =>
      z
        .number()
        .min(0)
        .max(99.99)
        .refine((v) => Number(v.toFixed(2)) === v && !Object.is(v, -0)),
  };
}
