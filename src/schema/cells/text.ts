import * as z from 'zod';
import { type CellKind, type CellType, characters, Fault, NOT_BARE, writeAsIs } from './kind.js';

function words<Type extends CellType>(type: Type, length: number | null, quoted: boolean): CellKind<string, Type> {
  const read = (text: string): string | Fault<string> => {
    if (!quoted && NOT_BARE.test(text)) return new Fault('cell.bare');
    return length !== null && text.length > length && characters(text) > length ? new Fault('cell.length') : text;
  };
  return {
    type,
    length,
    exact: false,
    quoted,
    replaceable: true,
    read,
    write: writeAsIs(read),
    value: () =>
      z
        .string()
        .min(1)
        .refine((v) => !(read(v) instanceof Fault)),
  };
}

/** Free text, in quotes when filled; commas, line breaks and quotes inside are kept. `length` is a maximum or null. */
export const text = (length: number | null = null) => words('text', length, true);

/** Words without quotes: no comma, quote or line break. `length` is a maximum. */
export const string = (length: number) => words('string', length, false);

/** A telephone number as people write it: bare text, at most 15 characters. */
export const phone = () => words('phone', 15, false);

/** 識別子: a column that the standard keeps empty. It has no value. */
export const unused = (): CellKind<never, 'unused'> => ({
  type: 'unused',
  length: 1,
  exact: false,
  quoted: false,
  replaceable: false,
  read: () => new Fault('cell.unused'),
  write: () => new Fault('cell.unused'),
  value: () => z.never(),
});
