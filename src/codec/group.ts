import { type ParsedAddress, type ParsedFileName, parseFileName } from './file-name.js';

type Envelope = Pick<ParsedFileName, 'from' | 'to' | 'serial'>;

/** What tells transmissions apart: sender, receiver and serial (section 1). */
export const transmissionKey = ({ from, to, serial }: Envelope): string =>
  [from.officeNumber, from.serviceType, to.officeNumber, to.serviceType, serial].join('_');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Groups by their keys in the order of their serials, as a receiver processes them. */
export const inOrder = <T extends { readonly serial: string }>(groups: ReadonlyMap<string, T>): [string, T][] =>
  [...groups].sort(([a, { serial: s }], [b, { serial: t }]) => compare(s, t) || compare(a, b));

/** Files whose names say that they travel together. */
export interface FileGroup<T> {
  /** Tells it apart from all others. */
  readonly key: string;
  readonly from: ParsedAddress;
  readonly to: ParsedAddress;
  readonly serial: string;
  readonly files: readonly T[];
}

/**
 * Groups files by what their names say, as `decodeFiles` does, without their content: so that many can be read one
 * transmission after another. The groups are in the order of their serials; `unknown` has names that say no kind.
 */
export function groupFiles<T extends { readonly path: string }>(
  files: Iterable<T>,
): { readonly groups: readonly FileGroup<T>[]; readonly unknown: readonly T[] } {
  const groups = new Map<string, Omit<FileGroup<T>, 'key' | 'files'> & { files: T[] }>();
  const unknown: T[] = [];
  for (const file of files) {
    const { name } = parseFileName(file.path);
    if (!name) {
      unknown.push(file);
      continue;
    }
    const key = transmissionKey(name);
    const group = groups.get(key);
    if (group) group.files.push(file);
    else groups.set(key, { from: name.from, to: name.to, serial: name.serial, files: [file] });
  }
  return { groups: inOrder(groups).map(([key, group]) => ({ key, ...group })), unknown };
}
