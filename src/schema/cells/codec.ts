import * as z from 'zod';
import { type CellKind, Fault } from './kind.js';

/**
 * The zod codec of a kind of cell: `z.decode` from the text of a cell to its value, `z.encode` back.
 *
 * Built from the kind's `read` and `write`. A text that could be repaired is refused here as well: what passes is clean.
 */
export function cellCodec<T>(kind: CellKind<T>): z.ZodCodec<z.ZodString, z.ZodType<T>> {
  return z.codec(z.string(), kind.value(), {
    decode: (text, context) => {
      const value = text === '' ? new Fault<T>('cell.required') : kind.read(text);
      if (!(value instanceof Fault)) return value as never;
      context.issues.push({ code: 'custom', input: text, message: value.code });
      return z.NEVER;
    },
    encode: (value, context) => {
      const text = kind.write(value);
      if (!(text instanceof Fault)) return text;
      context.issues.push({ code: 'custom', input: value, message: text.code });
      return z.NEVER;
    },
  }) as z.ZodCodec<z.ZodString, z.ZodType<T>>;
}
