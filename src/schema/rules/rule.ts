import type { FileKind, RecordOf } from '../editions/index.js';
import { ISSUE_CODES, type IssueDetails, type Severity } from '../issue.js';
import type { Layout } from '../layout.js';
import type { RuleCode } from '../messages/rules/words.js';

/** What a rule says of a file that is to be sent, and of one that has arrived. */
export interface RuleSeverity {
  readonly writing: Severity;
  readonly reading: Severity;
}

type AnyRecord = { [K in FileKind]: Required<RecordOf<K>> }[FileKind];
/** The names of the columns of all layouts. */
export type ColumnName = AnyRecord extends infer R ? (R extends unknown ? keyof R & string : never) : never;
type ValueOf<N extends ColumnName> = AnyRecord extends infer R ? (R extends Record<N, infer V> ? V : never) : never;

/** What a record holds in some columns; absent where it is empty or not in the layout. */
export type Cells<N extends ColumnName = ColumnName> = { readonly [K in N]?: ValueOf<K> };

interface RuleBase<N extends ColumnName> {
  readonly code: RuleCode;
  readonly severity: RuleSeverity;
  /** The section of the standard. */
  readonly section: string;
  /** The columns that are judged; a record in which one of them has an error is not. */
  readonly columns: readonly N[];
  /** A hint: only given where hints are asked for. */
  readonly hint?: true;
  /** For which layouts; for those that have all the columns where absent. */
  readonly of?: (layout: Layout) => boolean;
}

/** An office as a file's name has it; names of edition 3 have no service type. */
export interface Office {
  readonly officeNumber: string;
  readonly serviceType?: string;
}

/** What a rule may know of the file a record stands in. */
export interface FileFacts {
  readonly layout: Layout;
  /** The path, as the caller gave it. */
  readonly path: string;
  /** The csvVersion of its records; undefined where none is known. */
  readonly csvVersion: string | undefined;
  /** The month in the name: `YYYY-MM`, a marker, or undefined. */
  readonly month: string | undefined;
  readonly from: Office;
  readonly to: Office;
  /** The time of sending in the name: 14 digits. */
  readonly serial: string;
  /** The day on which the check is made, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Reports what is wrong with a record, at one of its columns. */
export type ReportCell<N extends ColumnName> = (column: N, details?: IssueDetails) => void;

/** What one record cannot be by itself. */
export interface RecordRule<N extends ColumnName = ColumnName> extends RuleBase<N> {
  readonly scope: 'record';
  check(record: Cells<N>, report: ReportCell<N>, file: FileFacts): void;
}

/** The rows of one document, person and month: those with one `unitKey`, in the order of the file. */
export interface UnitRows {
  /** Tells units of one layout apart. */
  readonly key: string;
  /** Places in `records`. */
  readonly indexes: readonly number[];
}

/** A file whose records can be gone through. */
export interface FileRows<N extends ColumnName = ColumnName> extends FileFacts {
  readonly records: readonly Cells<N>[];
  /** The units whose rows are sound in the columns of the rule. */
  readonly units: readonly UnitRows[];
  /** Whether every row of the file was read: else nothing can be said to be missing. */
  readonly whole: boolean;
  /** What is computed once for several rules, by what computes it. */
  once<T>(make: (file: FileRows) => T): T;
}

/** Reports what is wrong in a file: at a record and one of its columns, or at the file. */
export type ReportRow<N extends ColumnName> = (index: number | undefined, column?: N, details?: IssueDetails) => void;

/** What the records of one file cannot be together. */
export interface FileRule<N extends ColumnName = ColumnName> extends RuleBase<N> {
  readonly scope: 'file';
  check(file: FileRows<N>, report: ReportRow<N>): void;
}

/** An image that travels with the files. */
export interface ImageFacts {
  readonly path: string;
  /** Its name as the standard has it, where it was renamed. */
  readonly name: string;
  readonly from: Office;
  readonly to: Office;
  readonly serial: string;
  /** The kind of file whose records name such images, and the column that does. */
  readonly namedBy: string;
  readonly namedIn: string;
  readonly isJpeg: boolean;
}

/** A file of a transmission, with the units that are sound in the columns of the rule. */
export type TransmissionFile = FileRows;

/** The files that travel together. */
export interface TransmissionFacts {
  readonly from: Office;
  readonly to: Office;
  readonly serial: string;
  readonly files: readonly TransmissionFile[];
  readonly images: readonly ImageFacts[];
  /** One file was given by itself, without those it travels with: nothing is missing then. */
  readonly alone: boolean;
}

/** Reports what is wrong with a transmission: at a file (a path), a record of it and a column, as far as there is one. */
export type ReportFile = (
  path: string | undefined,
  index?: number,
  column?: ColumnName,
  details?: IssueDetails,
) => void;

/** What files that travel together cannot be. */
export interface TransmissionRule extends Omit<RuleBase<ColumnName>, 'of'> {
  readonly scope: 'transmission';
  check(transmission: TransmissionFacts, report: ReportFile): void;
}

/** One document in a transmission, as far as it is remembered: no person's data, only hashes of keys. */
export interface KnownUnit {
  /** The kind of file that it is, or withdraws. */
  readonly kind: string;
  /** The hash of its key. */
  readonly key: number;
  readonly withdrawal: boolean;
  /** 作成年月日, where its file has one. */
  readonly createdOn: string | undefined;
  readonly path: string;
  readonly row: number;
}

/** One person in a transmission: the hashes of what a person is known by, and of the insured number. */
export interface KnownPerson {
  readonly identity: number;
  readonly insured: number;
  readonly path: string;
  readonly row: number;
}

/** What is remembered of a transmission once it was checked. */
export interface KnownTransmission {
  readonly from: Office;
  readonly to: Office;
  readonly serial: string;
  /** One of its files. */
  readonly path: string;
  readonly units: readonly KnownUnit[];
  readonly persons: readonly KnownPerson[];
}

/** Reports what is wrong with transmissions together: at a file and a row of it. */
export type ReportKnown = (path: string, row?: number, details?: IssueDetails) => void;

/** What transmissions cannot be together; they come in the order of their serials. */
export interface SetRule extends Omit<RuleBase<ColumnName>, 'of'> {
  readonly scope: 'set';
  check(transmissions: readonly KnownTransmission[], report: ReportKnown): void;
}

export type Rule = RecordRule | FileRule | TransmissionRule | SetRule;
/** A rule as it is written down: its severity when writing is that of its code; when reading the same, if not given. */
type Spec<R> = Omit<R, 'scope' | 'severity'> & { readonly reading?: Severity };

const define = <R extends Rule>(scope: R['scope'], { reading, ...spec }: Spec<RuleBase<never>>): R => {
  const writing: Severity = ISSUE_CODES[spec.code];
  return Object.freeze({ ...spec, scope, severity: { writing, reading: reading ?? writing } }) as unknown as R;
};

/** Declares a rule of one record. */
export const recordRule = <const N extends ColumnName>(spec: Spec<RecordRule<N>>) =>
  define<RecordRule>('record', spec as unknown as Spec<RuleBase<never>>);

/** Declares a rule of the records of a file. */
export const fileRule = <const N extends ColumnName>(spec: Spec<FileRule<N>>) =>
  define<FileRule>('file', spec as unknown as Spec<RuleBase<never>>);

/** Declares a rule of the files that travel together. */
export const transmissionRule = (spec: Spec<TransmissionRule>) =>
  define<TransmissionRule>('transmission', spec as unknown as Spec<RuleBase<never>>);

/** Declares a rule of several transmissions. */
export const setRule = (spec: Spec<SetRule>) => define<SetRule>('set', spec as unknown as Spec<RuleBase<never>>);
