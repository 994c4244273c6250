import {
  EDITIONS,
  type FileKind,
  hasError,
  type Issue,
  issue,
  type RecordOf,
  V4_1,
  type WrittenEdition,
} from '../schema/internal.js';
import { Checker } from './check/checker.js';
import type { JudgedFile } from './check/file-view.js';
import { type DecodedFile, type DecodeFileOptions, decodeFile, type UnknownFile } from './decode-file.js';
import { type EncodeFileOptions, encodeFile } from './encode-file.js';
import {
  type Address,
  type FileName,
  type ImageFileKind,
  type ParsedAddress,
  type ParsedFileName,
  parseFileName,
  safeFormatFileName,
} from './file-name.js';
import { inOrder, transmissionKey } from './group.js';
import { layoutOf } from './kinds.js';
import type { NamedBytes } from './named-bytes.js';
import { processSerials, type SerialSource } from './serial.js';
import type { ZipLimits } from './zip/decode-zip.js';
import { unpack } from './zip/unpack.js';

/** A decoded CSV file and where it lay. */
export type ReceivedFile = DecodedFile & { readonly path: string; readonly name: ParsedFileName };

/** An image and where it lay. Its bytes are not looked at. */
export interface ReceivedImage {
  readonly path: string;
  readonly kind: ImageFileKind;
  readonly name: ParsedFileName;
  readonly bytes: Uint8Array;
}

/** The files that travel together: the same sender, receiver and serial (送信単位, section 1). */
export interface Transmission {
  readonly from: ParsedAddress;
  readonly to: ParsedAddress;
  readonly serial: string;
  /** In the order of the standard's table. */
  readonly files: readonly ReceivedFile[];
  readonly images: readonly ReceivedImage[];
}

export interface DecodedFiles {
  /** In the order of their serials, as a receiver processes them. */
  readonly transmissions: readonly Transmission[];
  /** Paths that are no file of the exchange, or whose kind is not known; the issues say why. */
  readonly unknown: readonly string[];
  /** The issues of all files, in the order of the files. */
  readonly issues: readonly Issue[];
}

const IMAGE_KINDS: ReadonlySet<string> = new Set(V4_1.images.map(({ kind }) => kind));
const ORDER = new Map<string, number>(V4_1.layouts.map(({ kind }, index) => [kind, index]));

interface Group {
  from: ParsedAddress;
  to: ParsedAddress;
  serial: string;
  files: ReceivedFile[];
  images: ReceivedImage[];
}

export interface DecodeFilesOptions extends Omit<DecodeFileOptions, 'name' | 'kind'> {
  /** How much of ZIPs is read at most, of all together. */
  readonly zip?: ZipLimits;
}

/**
 * Decodes files that arrived together, or the content of a folder, and groups them into transmissions by sender,
 * receiver and serial, ordered by serial.
 *
 * A ZIP, which its first bytes tell and not its name, is taken for the files in it (`archive.zip/NAME.CSV`); one inside
 * another is not opened. Never throws for bad data. A file whose name tells no kind is listed in `unknown` with its
 * issue. Section 1 of the standard.
 */
export function decodeFiles(files: Iterable<NamedBytes>, options: DecodeFilesOptions = {}): DecodedFiles {
  const { zip, ...fileOptions } = options;
  const issues: Issue[] = [];
  const unknown: string[] = [];
  const groups = new Map<string, Group>();
  const groupOf = (name: ParsedFileName): Group => {
    const { from, to, serial } = name;
    const key = transmissionKey(name);
    const group = groups.get(key) ?? { from, to, serial, files: [], images: [] };
    groups.set(key, group);
    return group;
  };
  for (const { path, bytes, use, issues: found } of unpack(files, zip)) {
    for (const one of found) issues.push(one);
    if (use === 'stranger') unknown.push(path);
    if (use) continue;
    const { name, issues: nameIssues } = parseFileName(path);
    if (!name) {
      unknown.push(path);
      issues.push(...nameIssues);
    } else if (IMAGE_KINDS.has(name.kind)) {
      const group = groupOf(name);
      const image = { path, kind: name.kind as ImageFileKind, name, bytes };
      issues.push(...nameIssues, ...duplicates(image, group.images));
      group.images.push(image);
    } else {
      const file: DecodedFile | UnknownFile = decodeFile(bytes, { ...fileOptions, name: path });
      const group = groupOf(name);
      const received = { ...file, path, name } as ReceivedFile;
      for (const one of file.issues) issues.push(one);
      issues.push(...duplicates(received, group.files));
      group.files.push(received);
    }
  }
  const transmissions = inOrder(groups).map(([, group]) => ({
    ...group,
    files: group.files.sort((a, b) => orderOf(a) - orderOf(b)),
  }));
  return { transmissions, unknown, issues };
}

const orderOf = ({ kind }: ReceivedFile): number => ORDER.get(kind) ?? 0;

/** One transmission holds each kind of file once, each month of a supplement once, each branch of an image once. */
function duplicates<T extends { path: string; name: ParsedFileName }>(file: T, others: readonly T[]): Issue[] {
  const { kind, month, branch } = file.name;
  const twin = others.find(({ name }) => name.kind === kind && name.month === month && name.branch === branch);
  return twin ? [issue('transmission.duplicate', { file: file.path }, { found: kind })] : [];
}

/** What is sent in one transmission. */
export interface OutgoingTransmission<E extends WrittenEdition = '4.1'> {
  readonly from: Address;
  readonly to: Address;
  /**
   * The service month `YYYY-MM` of a slip, of actuals and of their withdrawals. Absent for all others: a supplement
   * then accompanies a care plan and its name has `000000`.
   */
  readonly month?: string;
  /** The records by kind of file. A kind without records makes no file. */
  readonly files: { readonly [K in FileKind]?: Iterable<RecordOf<K, E>> };
  /** The images that UPKIHON names, by their branch number of four digits. */
  readonly images?: readonly { readonly branch: string; readonly bytes: Uint8Array }[];
}

export interface EncodeTransmissionOptions<E extends WrittenEdition = WrittenEdition>
  extends Omit<EncodeFileOptions<E>, 'name'> {
  /** The serial to write; where absent, `serials` is asked. */
  readonly serial?: string;
  /** Where serials come from; where absent the clock in Japan, never twice the same for a pair within one process. */
  readonly serials?: SerialSource;
  /**
   * `strict`: what breaks a rule of the standard is refused too, by records, files and the transmission (docs/rules.md).
   * `none` where absent: only cells and names are judged.
   */
  readonly rules?: 'strict' | 'none';
}

/** The edition that is in force for a service month, of those that are written (section 4). */
const editionDue = (month: string): string | undefined =>
  EDITIONS.find(({ written, from }) => written && from <= month)?.id;

const [{ kind: IMAGE }] = V4_1.images;
/** What is written has no row but those of its records. */
const ROWS = { at: (index: number) => ({ row: index + 1, start: 0, end: 0 }) };
const fileNamed = (path: string) => ({ path, name: parseFileName(path).name as ParsedFileName });

/** The files to send, or every reason why there are none. */
export type EncodedTransmission =
  | {
      readonly ok: true;
      readonly serial: string;
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
      readonly issues: readonly Issue[];
    }
  | { readonly ok: false; readonly serial: string; readonly files?: undefined; readonly issues: readonly Issue[] };

/**
 * Encodes the files of one transmission, all with the same sender, receiver and serial.
 *
 * Refuses (`ok: false`) when an issue of one file is an error, and lists the issues of all: no file without the others.
 * Does not throw for bad data. Sections 1 to 4 of the standard.
 */
export function encodeTransmission<E extends WrittenEdition = '4.1'>(
  transmission: OutgoingTransmission<E>,
  options: EncodeTransmissionOptions<E> = {},
): EncodedTransmission {
  const { from, to, month } = transmission;
  const { serial: givenSerial, serials = processSerials, rules = 'none', ...fileOptions } = options;
  const edition: WrittenEdition = options.edition ?? V4_1.id;
  const serial = givenSerial ?? serials.next(from, to);
  const issues: Issue[] = [];
  const files: { name: string; bytes: Uint8Array }[] = [];
  const judged: JudgedFile[] = [];
  const nameOf = (parts: Pick<FileName, 'kind' | 'month' | 'branch'>): string | undefined => {
    const { name, issues: wrong = [] } = safeFormatFileName({ from, to, serial, edition, ...parts });
    issues.push(...wrong);
    return name;
  };

  const due = month === undefined ? undefined : editionDue(month);
  if (due !== undefined && due !== edition) {
    issues.push(issue('transmission.edition', {}, { found: edition, expected: due }));
  }
  for (const { kind } of V4_1.layouts) {
    const records = transmission.files[kind];
    if (records === undefined) continue;
    const list = [...(records as Iterable<never>)];
    const layout = layoutOf(kind, edition);
    const inName = layout?.monthInName ? (month ?? layout.monthMarker) : undefined;
    if (list.length === 0) issues.push(issue('file.empty', { file: kind }));
    else if (!layout) issues.push(issue('file.kind', { file: kind }, { found: kind }));
    else if (layout.monthInName && inName === undefined) {
      issues.push(issue('transmission.month', { file: kind }, { found: kind }));
    } else {
      const name = nameOf({ kind, ...(inName === undefined ? {} : { month: inName }) });
      const encoded = encodeFile(kind, list, { ...fileOptions, name: name ?? kind });
      for (const one of encoded.issues) issues.push(one);
      if (encoded.ok && name !== undefined) {
        files.push({ name, bytes: encoded.bytes });
        judged.push({ ...fileNamed(name), kind, edition, records: list, rows: ROWS, issues: [] });
      }
    }
  }
  for (const { branch, bytes } of transmission.images ?? []) {
    const name = nameOf({ kind: V4_1.images[0].kind, branch });
    if (name === undefined) continue;
    if (files.some((file) => file.name === name))
      issues.push(issue('transmission.duplicate', { file: name }, { found: branch }));
    files.push({ name, bytes });
  }
  for (const kind of Object.keys(transmission.files)) {
    if (!ORDER.has(kind)) issues.push(issue('file.kind', { file: kind }, { found: kind }));
  }
  if (rules === 'strict' && !hasError(issues)) {
    const images = files.slice(judged.length).map(({ name, bytes }) => ({ ...fileNamed(name), kind: IMAGE, bytes }));
    const showValues = options.showValues ?? false;
    for (const one of new Checker({ showValues }).check({ from, to, serial, files: judged, images })) issues.push(one);
  }
  return hasError(issues) ? { ok: false, serial, issues } : { ok: true, serial, files, issues };
}
