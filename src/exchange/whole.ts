import {
  Checker,
  decodeFile,
  layoutOf,
  type ParsedFileName,
  parseFileName,
  type Transmission,
} from '../codec/index.js';
import { editionOf, type Issue, type IssueCode, type Layout } from '../schema/index.js';
import { headsIn, missingFiles } from '../schema/internal.js';

/** A file of a transmission: its name says what it is. */
export interface TransmissionFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Named {
  readonly file: TransmissionFile;
  readonly name: ParsedFileName;
}

/**
 * Whether these files are a whole transmission (送信単位, section 1 of the standard): all kinds of each group that is
 * there, the supplement where one goes with it, and every image that a record names as one of this transmission. An image
 * of another name could not be waited for, and is not. Records are decoded only once it comes to the images. For `isWhole`
 * of a folder.
 */
export function isWholeTransmission(files: Iterable<TransmissionFile>): boolean {
  const all: Named[] = [];
  for (const file of files) {
    const { name } = parseFileName(file.name);
    if (name) all.push({ file, name });
  }
  const kinds = new Set<string>(all.map(({ name }) => name.kind));
  const layouts: readonly Layout[] = editionOf(all[0]?.name.edition ?? '')?.layouts ?? [];
  if (headsIn(kinds).size === 0 || missingFiles(kinds, layouts).length > 0) return false;
  return all.every((one) => hasImages(one, all));
}

/** Whether the images are there that the records of a file name as those of its transmission (section 2). */
function hasImages({ file, name }: Named, all: readonly Named[]): boolean {
  for (const { kind, namedBy, namedIn } of editionOf(name.edition)?.images ?? []) {
    if (namedBy !== name.kind || !layoutOf(namedBy, name.edition)) continue;
    const there = new Set(all.flatMap(({ name: one }) => (one.kind === kind ? one.branch : [])));
    for (const record of decodeFile(file.bytes, { name: file.name }).records) {
      const said = (record as Readonly<Record<string, unknown>>)[namedIn];
      const image = typeof said === 'string' ? parseFileName(said).name : undefined;
      if (image?.kind !== kind || routeOf(image) !== routeOf(name)) continue;
      if (image.branch !== undefined && !there.has(image.branch)) return false;
    }
  }
  return true;
}

const routeOf = ({ from, to, serial }: ParsedFileName): string => JSON.stringify([from, to, serial]);

/** The rules that say what is missing. */
const COMPLETENESS: ReadonlySet<IssueCode> = new Set(['transmission.incomplete', 'transmission.imageMissing']);

/** What is missing in transmissions that are to be sent: an error each, or an info where they are to go as they are. */
export function issuesOfMissing(transmissions: readonly Transmission[], allowIncomplete = false): Issue[] {
  const checker = new Checker({ profile: 'strict', only: COMPLETENESS });
  const missing = transmissions.flatMap((one) => checker.check(one));
  return allowIncomplete ? missing.map((one) => ({ ...one, severity: 'info' })) : missing;
}
