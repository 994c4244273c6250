import { type Address, type FileName, formatFileName, parseFileName } from '../codec/index.js';

/**
 * What a file's name says of the transmission it belongs to, also where people renamed the file; undefined for other
 * names and for those of older editions, whose service types are missing or of unknown form. For `grouping` of a folder.
 */
export function transmissionName(path: string):
  | {
      readonly from: Address;
      readonly to: Address;
      readonly serial: string;
      readonly kind: string;
      readonly name: string;
    }
  | undefined {
  const { name } = parseFileName(path);
  if (name?.edition !== '4.1') return undefined;
  const { from, to, serial, kind } = name;
  try {
    return { from, to, serial, kind, name: formatFileName(name as FileName) };
  } catch {
    // Parts that are read with a warning and never written: the name stays as it is.
    return { from, to, serial, kind, name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) };
  }
}
