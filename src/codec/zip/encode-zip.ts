import { type Issue, type IssueCode, issue } from '../../schema/internal.js';
import { writeZip } from '../../zip/write-zip.js';
import { safePath } from './entry-name.js';

/** A file to pack: what `encodeTransmission` gives (`name`), or what `decodeZip` does (`path`). */
export type ZippedFile = { readonly bytes: Uint8Array } & (
  | { readonly name: string; readonly path?: never }
  | { readonly path: string; readonly name?: never }
);

/** The archive, or every reason why there is none. */
export type EncodedZip =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly bytes?: undefined; readonly issues: readonly Issue[] };

/**
 * Packs files into a ZIP archive, in their order. The same files give the same bytes.
 *
 * Refuses (`ok: false`) names that `decodeZip` would not give back: absolute ones, those with `..`, the same twice, those
 * that are longer than 65,535 bytes; and more than 65,535 files or 4 GiB. Does not throw for bad data.
 */
export function encodeZip(files: Iterable<ZippedFile>): EncodedZip {
  const named = Array.from(files, ({ name, path = name, bytes }) => ({ name: path ?? '', bytes }));
  const { bytes, refusals = [] } = writeZip(named);
  const about = new Map(refusals.flatMap((one) => ('index' in one ? [[one.index, one.code] as const] : [])));
  const issues = named.flatMap(({ name: file }, index): Issue[] => {
    const refused = about.get(index);
    const code = refused === 'duplicate' ? 'zip.duplicate' : (wrongName(file) ?? (refused && 'zip.path'));
    return code ? [issue(code, { file }, {}, { severity: 'error' })] : [];
  });
  for (const one of refusals) if ('limit' in one) issues.push(issue(`zip.${one.code}`, {}, { expected: one.limit }));
  return bytes && issues.length === 0 ? { ok: true, bytes, issues } : { ok: false, issues };
}

/** What `decodeZip` would say of a name, or do to it. */
const wrongName = (name: string): IssueCode | undefined => {
  const { path, unsafe } = safePath(name);
  return unsafe ?? (path !== name || name === '' || name.endsWith('/') ? 'zip.path' : undefined);
};
