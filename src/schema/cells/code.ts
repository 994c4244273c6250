import * as z from 'zod';
import type { CodeTable } from '../codes/define.js';
import { SERVICE_TYPES, type ServiceType } from '../codes/service-type.js';
import { putAscii } from './ascii.js';
import { type CellKind, type CellType, characters, Fault, writeAsIs } from './kind.js';

function listed<C extends string, Type extends CellType>(
  type: Type,
  length: number,
  known: ReadonlySet<string>,
): CellKind<C, Type> {
  const read = (text: string): C | Fault<C> => {
    if (known.has(text)) return text as C;
    return new Fault(characters(text) === length ? 'cell.code' : 'cell.length');
  };
  const list = [...known] as [C, ...C[]];
  return {
    type,
    length,
    exact: true,
    quoted: false,
    replaceable: false,
    hint: new RegExp(`^(${list.join('|')})$`),
    read,
    write: writeAsIs(read),
    writeAscii: (value, out, at) => (known.has(value as string) ? putAscii(value as string, out, at) : -1),
    value: () => z.enum(list) as z.ZodType<C>,
  };
}

/** A code of an official table: the value is the official string, leading zeros included. */
export function code<C extends string>(table: CodeTable<C>): CellKind<C, 'code'> {
  const codes = Object.keys(table.codes);
  return { ...listed<C, 'code'>('code', codes[0]?.length ?? 0, new Set(codes)), codes: table.codes };
}

/** サービス種類コード: one of the 60 service types, 2 characters. */
export const serviceType = (): CellKind<ServiceType, 'serviceType'> =>
  listed('serviceType', 2, new Set(SERVICE_TYPES.map((t) => t.code)));

/**
 * Column 1 of every record: the csvVersion of the edition, as written (`202407`). `mistaken` are other numbers that
 * software is known to write for it: read with a warning.
 */
export function version<V extends string>(csvVersion: V, mistaken: readonly string[] = []): CellKind<V, 'month'> {
  const kind = listed<V, 'month'>('month', csvVersion.length, new Set([csvVersion]));
  const fault = (code: Fault['code']) => (code === 'cell.code' ? 'cell.version' : code);
  return {
    ...kind,
    constant: csvVersion,
    read(text) {
      const value = kind.read(text);
      if (!(value instanceof Fault)) return value;
      return mistaken.includes(text) ? new Fault('cell.version', csvVersion) : new Fault(fault(value.code));
    },
    write(given) {
      const text = kind.write(given);
      return text instanceof Fault ? new Fault(fault(text.code)) : text;
    },
    value: () => z.literal(csvVersion),
  };
}
