import * as z from 'zod';
import { asciiText } from './ascii.js';
import { type CellKind, type CellType, characters, Fault, NOT_BARE, writeAsIs } from './kind.js';

/** What a sign of a picture stands for; any other sign stands for itself. */
const SIGNS: Readonly<Record<string, string>> = { 9: '[0-9]', X: '[0-9A-Z]', H: '[0-9H]', B: '[01]' };

/** The test of a picture such as `999-9999`: as its regular expression, but several times as fast. */
function matcher(picture: string): {
  readonly form: RegExp;
  matches(text: string): boolean;
  matchesAscii(codes: Uint8Array, start: number, length: number): boolean;
  /** Writes a text that matches, and returns the place behind it; -1 for any other. */
  put(text: string, out: Uint8Array, at: number): number;
} {
  const signs = [...picture];
  const form = new RegExp(`^${signs.map((sign) => SIGNS[sign] ?? sign).join('')}$`);
  const kinds = [...new Set(signs)];
  const allowed = new Uint8Array(256);
  kinds.forEach((sign, bit) => {
    const one = new RegExp(`^${SIGNS[sign] ?? sign}$`);
    for (let code = 0; code < 128; code++) {
      if (one.test(String.fromCharCode(code))) allowed[code] = (allowed[code] ?? 0) | (1 << bit);
    }
  });
  const masks = Uint8Array.from(signs, (sign) => 1 << kinds.indexOf(sign));
  const { length } = masks;
  return {
    form,
    matches(text) {
      if (text.length !== length) return false;
      for (let i = 0; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127 || ((allowed[code] as number) & (masks[i] as number)) === 0) return false;
      }
      return true;
    },
    matchesAscii(codes, start, count) {
      if (count !== length) return false;
      for (let i = 0; i < length; i++) {
        if (((allowed[codes[start + i] as number] as number) & (masks[i] as number)) === 0) return false;
      }
      return true;
    },
    put(text, out, at) {
      if (text.length !== length) return -1;
      for (let i = 0; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127 || ((allowed[code] as number) & (masks[i] as number)) === 0) return -1;
        out[at + i] = code;
      }
      return at + length;
    },
  };
}

/** A kind whose value is the text itself, as a picture shows it. */
function pictured<Type extends CellType>(
  type: Type,
  picture: string,
  options: { exact?: boolean; repair?: (text: string) => string | undefined } = {},
): CellKind<string, Type> {
  const { length } = picture;
  const exact = options.exact ?? true;
  const { form, matches, matchesAscii, put } = matcher(picture);
  const read = (text: string): string | Fault<string> => {
    if (matches(text)) return text;
    const repaired = options.repair?.(text);
    if (repaired !== undefined) return new Fault('cell.form', repaired);
    const count = characters(text);
    return new Fault(count > length || (exact && count !== length) ? 'cell.length' : 'cell.form');
  };
  const readAscii = (codes: Uint8Array, start: number, count: number) =>
    matchesAscii(codes, start, count) ? asciiText(codes, start, count) : undefined;
  const refused = writeAsIs(read);
  const write = (value: unknown) => (typeof value === 'string' && matches(value) ? value : refused(value));
  const writeAscii = (value: unknown, out: Uint8Array, at: number) =>
    typeof value === 'string' ? put(value, out, at) : -1;
  const value = () => z.string().regex(form);
  const shortCuts = { readAscii, writeAscii };
  return { type, length, exact, quoted: false, replaceable: false, hint: form, read, write, ...shortCuts, value };
}

/** Digits only, exactly `length` of them (保険者番号: 6). Leading zeros are part of the value. */
export const digits = (length: number) => pictured('digits', '9'.repeat(length));

/** 被保険者番号: 10 digits, or `H` and 9 digits for a person on public assistance only (生保単独). */
export const insured = () => pictured('insured', 'H999999999');

/** 事業所番号: 10 characters, digits; the third may be an upper-case letter (総合事業). */
export const office = () => pictured('office', '99X9999999');

/** サービスコード: 6 characters, 2 of service type and 4 of item; also the subtotal and total codes of sheet 7. */
export const serviceCode = () => pictured('serviceCode', 'XXXXXX');

/** TAISコード or 福祉用具届出コード: 5 and 6 characters (digits or upper-case letters) joined by a hyphen. */
export const tais = () => pictured('tais', 'XXXXX-XXXXXX');

/** 日割対象日: 31 characters of `0` and `1`, the first for the 1st of the month. */
export const flags31 = () => pictured('flags31', 'B'.repeat(31));

/** 郵便番号 `NNN-NNNN`; seven digits without the hyphen are repaired. */
export const postal = () =>
  pictured('postal', '999-9999', {
    exact: false,
    repair: (text) => (/^[0-9]{7}$/.test(text) ? `${text.slice(0, 3)}-${text.slice(3)}` : undefined),
  });

/** 入力者コード: an office number by custom; anything else is taken with a warning, for no form is printed (section 10). */
export const anything = (length: number): CellKind<string, 'digits'> => {
  const usual = office();
  const read = (text: string) => {
    if (NOT_BARE.test(text)) return new Fault<string>('cell.bare');
    if (characters(text) > length) return new Fault<string>('cell.length');
    return usual.read(text) instanceof Fault ? new Fault('cell.unusualForm', text) : text;
  };
  return {
    ...usual,
    type: 'digits',
    length,
    exact: false,
    read,
    readAscii: (codes, start, count) => (count > length ? undefined : usual.readAscii?.(codes, start, count)),
    write(value) {
      if (typeof value !== 'string') return new Fault('cell.type');
      if (value === '') return new Fault('cell.emptyString');
      return read(value);
    },
    writeAscii: (value, out, at) =>
      typeof value === 'string' && value.length <= length ? (usual.writeAscii?.(value, out, at) ?? -1) : -1,
    value: () =>
      z
        .string()
        .regex(/^[^",\r\n]+$/)
        .refine((value) => characters(value) <= length),
  };
};
