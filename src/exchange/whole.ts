import {
  decodeFile,
  type FileName,
  isFileKind,
  layoutOf,
  type ParsedFileName,
  parseFileName,
  safeFormatFileName,
} from '../codec/index.js';
import { type Edition, editionOf, type Issue, issue, type Layout, type PlacedColumn } from '../schema/index.js';

/** A file of a transmission: its name says what it is. */
export interface TransmissionFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a transmission lacks, and the file that does not go without it. */
export interface MissingFile {
  readonly kind: string;
  /** The name of an image; absent where what the record says is no name of an image of this transmission. */
  readonly name?: string;
  readonly asked: { readonly file: TransmissionFile; readonly row?: number; readonly column?: PlacedColumn };
}

interface Named {
  readonly file: TransmissionFile;
  readonly name: ParsedFileName;
}

/**
 * The files that are missing where these are to be one transmission (送信単位, section 1 of the standard): of each group
 * that is there all its kinds, the supplement that goes with one and what a supplement goes with, and the images that
 * records name. Records are decoded only once it comes to the images.
 */
export function* missingFiles(files: Iterable<TransmissionFile>): Generator<MissingFile, void, void> {
  const all: Named[] = [];
  for (const file of files) {
    const { name } = parseFileName(file.name);
    if (name) all.push({ file, name });
  }
  const kinds = new Set<string>(all.map(({ name }) => name.kind));
  for (const { file, name } of all) {
    for (const kind of companions(name, kinds)) {
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      yield { kind, asked: { file } };
    }
  }
  for (const one of all) yield* missingImages(one, all);
}

/**
 * Whether these files are a whole transmission (送信単位, section 1 of the standard): all kinds of each group that is
 * there, the supplement where one goes with it, and every image that a record names as one of this transmission. An image
 * of another name could not be waited for, and is not. For `isWhole` of a folder.
 */
export function isWholeTransmission(files: Iterable<TransmissionFile>): boolean {
  const all = [...files].filter(({ name }) => parseFileName(name).name);
  for (const { kind, name } of missingFiles(all)) if (isFileKind(kind) || name !== undefined) return false;
  return all.length > 0;
}

/** An issue for everything that is missing: an error, or an info where it is to go as it is. */
export const issuesOfMissing = (files: Iterable<TransmissionFile>, allowIncomplete = false): Issue[] =>
  [...missingFiles(files)].map(({ kind, name, asked: { file, row, column } }) =>
    issue(
      'transmission.incomplete',
      { file: file.name, ...(row === undefined ? {} : { row }) },
      { expected: name ?? kind },
      { severity: allowIncomplete ? 'info' : 'error', ...(column ? { column } : {}) },
    ),
  );

/** The kinds that a file does not go without: those of its group, and the supplement of that. */
function companions(name: ParsedFileName, there: ReadonlySet<string>): readonly string[] {
  const { layouts, images } = editionOf(name.edition) as Edition;
  const group = groupOf(name, layouts, images, there);
  if (group === undefined) return [];
  const kinds = layouts.filter((one) => one.group === group).map(({ kind }) => kind);
  const beside = layouts.filter(({ accompanies = [] }) => accompanies.some((kind) => kinds.includes(kind)));
  return [...kinds, ...beside.map(({ kind }) => kind)];
}

/** The group that a file belongs to: an image to that of the records that name it, a supplement to that of what it is beside. */
function groupOf(
  name: ParsedFileName,
  layouts: readonly Layout[],
  images: Edition['images'],
  there: ReadonlySet<string>,
): string | undefined {
  const namedBy = images.find(({ kind }) => kind === name.kind)?.namedBy;
  const own = layouts.find(({ kind }) => kind === (namedBy ?? name.kind));
  const beside = layouts.filter(({ kind }) => own?.accompanies?.includes(kind));
  if (beside.length === 0) return own?.group;
  if (beside.some(({ kind }) => there.has(kind))) return undefined;
  // Nothing of it is there: what it would be, the month in the supplement's name says.
  return beside.find(({ monthInName }) => monthInName === (name.month !== own?.monthMarker))?.group;
}

/** The images that the records of a file name, and that are not there; each once. */
function* missingImages({ file, name }: Named, all: readonly Named[]): Generator<MissingFile> {
  const { images } = editionOf(name.edition) as Edition;
  for (const { kind, namedBy, namedIn } of images) {
    if (namedBy !== name.kind) continue;
    const column = layoutOf(namedBy, name.edition)?.placed.find((one) => one.name === namedIn);
    const there = new Set(all.flatMap(({ name: one }) => (one.kind === kind ? one.branch : [])));
    const { records, rows } = decodeFile(file.bytes, { name: file.name });
    for (const [i, record] of records.entries()) {
      const said = (record as Readonly<Record<string, unknown>>)[namedIn];
      if (typeof said !== 'string') continue;
      const image = imageOf(said, kind, name);
      if (image && there.has(image.branch)) continue;
      if (image) there.add(image.branch);
      const row = rows.at(i)?.row;
      const asked = { file, ...(row === undefined ? {} : { row }), ...(column ? { column } : {}) };
      yield { kind, ...(image ? { name: image.name } : {}), asked };
    }
  }
}

/** The image that a record names: one with the addresses and the serial of its transmission (section 2). */
function imageOf(
  said: string,
  kind: string,
  { from, to, serial }: ParsedFileName,
): { readonly branch: string; readonly name: string } | undefined {
  const { name } = parseFileName(said);
  const route = (one: Pick<ParsedFileName, 'from' | 'to' | 'serial'>) => JSON.stringify([one.from, one.to, one.serial]);
  if (name?.kind !== kind || name.branch === undefined || route(name) !== route({ from, to, serial })) return undefined;
  // Not as it stands there: people write more into names.
  return { branch: name.branch, name: safeFormatFileName(name as FileName).name ?? `${kind} ${name.branch}` };
}
