import { type CheckedTransmission, type CheckFilesOptions, checkFiles } from '../codec/check.js';
import { decodeDocuments, layoutOf, type NamedBytes } from '../codec/internal.js';
import type { Cells, Documents, Issue, Layout } from '../schema/internal.js';
import { isOfPrograms, sharesFiles, type TestPattern, tellingKinds } from './pattern.js';
import { UNLIKE } from './points/unlike.js';

/** A row of a file, and where it stands. */
export interface KitRow {
  readonly layout: Layout;
  readonly file: string;
  readonly row: number | undefined;
  readonly record: Cells;
}

/** A transmission of the pattern: its files, its rows, and the documents that they make. */
export interface KitTransmission extends CheckedTransmission {
  readonly rows: readonly KitRow[];
  readonly documents: Documents;
}

/** What a point of a checklist judges: the transmissions of a pattern, and all that the checker says of them. */
export interface Kit {
  readonly pattern: TestPattern;
  /** In the order of their serials. */
  readonly transmissions: readonly KitTransmission[];
  /** Strict issues of these, of names that tell no kind, and of what documents cannot be made of. */
  readonly issues: readonly Issue[];
  /** Transmissions of other patterns, which are not judged. */
  readonly others: number;
}

export interface KitOptions extends Pick<CheckFilesOptions, 'showValues' | 'today'> {}

/** Files as the points of a pattern see them. Several patterns may be asked of one set: it is read once. */
export function kitsOf(files: Iterable<NamedBytes>, options: KitOptions = {}): (pattern: TestPattern) => Kit {
  const checked = checkFiles(files, options);
  const told = new Set(checked.transmissions.flatMap(({ files, images }) => [...files, ...images].map((f) => f.path)));
  const elsewhere = checked.issues.filter(({ file }) => file === undefined || !told.has(file));
  const all = checked.transmissions.map((one): KitTransmission & { readonly more: readonly Issue[] } => {
    const { documents, issues } = decodeDocuments(one);
    const unlike = issues.filter(({ code }) => UNLIKE.some((other) => other === code));
    return { ...one, documents, rows: rowsOf(one), more: unlike };
  });
  return (pattern) => {
    const kinds = tellingKinds(pattern);
    const own = all.filter((one) => belongs(one, pattern, kinds));
    const paths = new Set(own.flatMap(({ files, images }) => [...files, ...images].map(({ path }) => path)));
    const ofOwn = checked.issues.filter(({ file }) => file !== undefined && paths.has(file));
    const issues = [...elsewhere, ...ofOwn, ...own.flatMap(({ more }) => more)];
    return { pattern, transmissions: own, issues, others: all.length - own.length };
  };
}

function rowsOf({ files }: CheckedTransmission): KitRow[] {
  return files.flatMap(({ kind, path, records, rows }) => {
    const layout = layoutOf(kind);
    return (records as readonly Cells[]).map((record, i) => ({ layout, file: path, row: rows.at(i)?.row, record }));
  });
}

/**
 * Whether a transmission is of a pattern: by its files and, where patterns have the same, by its services. Without a
 * service of either it is of both.
 */
function belongs(one: KitTransmission, pattern: TestPattern, kinds: ReadonlySet<string>): boolean {
  if (!one.files.some(({ kind }) => kinds.has(kind))) {
    return one.files.length === 0 && one.images.some(({ kind }) => kinds.has(kind));
  }
  if (!sharesFiles(pattern)) return true;
  const { from, to } = one;
  const types = [from.serviceType, to.serviceType, ...one.rows.map(({ record }) => servedBy(record))];
  const judged = types.flatMap((type) => (type === undefined ? [] : (isOfPrograms(pattern, type) ?? [])));
  return judged.length === 0 || judged.includes(true);
}

/** The service code or service type of a row. */
export const servedBy = ({ serviceCode, serviceType }: Cells): string | undefined => serviceCode ?? serviceType;
