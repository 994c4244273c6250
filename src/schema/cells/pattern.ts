import { z } from 'zod';
import { type CellKind, type CellType, characters, Fault, NOT_BARE, writeAsIs } from './kind.js';

/** A kind whose value is the text itself, of exact length and a form given by a regular expression. */
function pattern<Type extends CellType>(
  type: Type,
  length: number,
  form: RegExp,
  options: { exact?: boolean; repair?: (text: string) => string | undefined } = {},
): CellKind<string, Type> {
  const exact = options.exact ?? true;
  const read = (text: string): string | Fault<string> => {
    if (form.test(text)) return text;
    const repaired = options.repair?.(text);
    if (repaired !== undefined) return new Fault('cell.form', repaired);
    const count = characters(text);
    return new Fault(count > length || (exact && count !== length) ? 'cell.length' : 'cell.form');
  };
  const value = () => z.string().regex(form);
  return { type, length, exact, quoted: false, replaceable: false, hint: form, read, write: writeAsIs(read), value };
}

/** Digits only, exactly `length` of them (保険者番号: 6). Leading zeros are part of the value. */
export const digits = (length: number) => pattern('digits', length, new RegExp(`^[0-9]{${length}}$`));

/** 被保険者番号: 10 digits, or `H` and 9 digits for a person on public assistance only (生保単独). */
export const insured = () => pattern('insured', 10, /^[0-9H][0-9]{9}$/);

/** 事業所番号: 10 characters, digits; the third may be an upper-case letter (総合事業). */
export const office = () => pattern('office', 10, /^[0-9]{2}[0-9A-Z][0-9]{7}$/);

/** サービスコード: 6 characters, 2 of service type and 4 of item; also the subtotal and total codes of sheet 7. */
export const serviceCode = () => pattern('serviceCode', 6, /^[0-9A-Z]{6}$/);

/** TAISコード or 福祉用具届出コード: 5 and 6 characters (digits or upper-case letters) joined by a hyphen. */
export const tais = () => pattern('tais', 12, /^[0-9A-Z]{5}-[0-9A-Z]{6}$/);

/** 日割対象日: 31 characters of `0` and `1`, the first for the 1st of the month. */
export const flags31 = () => pattern('flags31', 31, /^[01]{31}$/);

/** 郵便番号 `NNN-NNNN`; seven digits without the hyphen are repaired. */
export const postal = () =>
  pattern('postal', 8, /^[0-9]{3}-[0-9]{4}$/, {
    exact: false,
    repair: (text) => (/^[0-9]{7}$/.test(text) ? `${text.slice(0, 3)}-${text.slice(3)}` : undefined),
  });

/** 入力者コード: an office number by custom; anything else is taken with a warning, for no form is printed (section 10). */
export const anything = (length: number): CellKind<string, 'digits'> => {
  const usual = office();
  const read = (text: string) => {
    if (NOT_BARE.test(text)) return new Fault<string>('cell.bare');
    return usual.read(text) instanceof Fault ? new Fault('cell.unusualForm', text) : text;
  };
  return {
    ...usual,
    type: 'digits',
    length,
    exact: false,
    read,
    write(value) {
      if (typeof value !== 'string') return new Fault('cell.type');
      if (value === '') return new Fault('cell.emptyString');
      return read(value);
    },
    value: () => z.string().regex(/^[^",\r\n]+$/),
  };
};
