import {
  DOCUMENT_LISTS,
  type DocumentList,
  type DocumentOf,
  type Documents,
  type FileKind,
  hasError,
  type Issue,
  issue,
  type RecordOf,
  unitOf,
  V4_1,
  type WrittenEdition,
} from '../../schema/internal.js';
import { type CheckOptions, checkDocuments, pathText } from '../../schema/model/check.js';
import { type Address, parseFileName, safeFormatFileName } from '../file-name.js';
import { processSerials } from '../serial.js';
import { type EncodedTransmission, type EncodeTransmissionOptions, encodeTransmission } from '../transmission.js';
import { writeBasicInformation } from './basic-information.js';
import { writeCarePlan } from './care-plan.js';
import { writePreventivePlan } from './preventive-plan.js';
import { writeActuals, writeUsageSlip } from './usage-slip.js';
import { writeWithdrawal } from './withdrawal.js';
import { type Path, Writing } from './writing.js';

const WRITERS: { readonly [K in DocumentList]: (document: DocumentOf<K>, writing: Writing, path: Path) => void } = {
  carePlans: writeCarePlan,
  usageSlips: writeUsageSlip,
  actuals: writeActuals,
  basicInformation: writeBasicInformation,
  preventivePlans: writePreventivePlan,
  withdrawals: writeWithdrawal,
};

/** Documents that go from one office to another in one transmission. */
export interface OutgoingDocuments {
  readonly from: Address;
  readonly to: Address;
  /** Of one transmission unit: care plans, or slips, or actuals, or preventive documents, or withdrawals of one kind. */
  readonly documents: Documents;
  /** The serial to write, where the options give none. */
  readonly serial?: string;
}

/** The files to send, or every reason why there are none; `serial` is undefined where none was taken. */
export type EncodedDocuments =
  | Extract<EncodedTransmission, { readonly ok: true }>
  | {
      readonly ok: false;
      readonly serial: string | undefined;
      readonly files?: undefined;
      readonly issues: readonly Issue[];
    };

export interface EncodeDocumentsOptions extends EncodeTransmissionOptions, Omit<CheckOptions, 'at' | 'severity'> {}

/**
 * Encodes documents as the files of one transmission: what is behind an "export for Care-Pu" button.
 *
 * Refuses (`ok: false`) when anything is wrong, and lists everything, each with its path into `documents`; a serial is
 * taken only once the documents are sound. What breaks a rule of the standard is wrong too (docs/rules.md), unless
 * `rules: 'none'`. Does not throw for bad data. Sections 1 to 11 of the standard.
 */
export function encodeDocuments(outgoing: OutgoingDocuments, options: EncodeDocumentsOptions = {}): EncodedDocuments {
  const { from, to, documents } = outgoing;
  const givenSerial = options.serial ?? outgoing.serial;
  const checked = checkDocuments(documents, options);
  const issues = checked.ok ? refusals(checked.documents) : checked.issues;
  if (issues.length > 0) return { ok: false, serial: givenSerial, issues };

  const serial = givenSerial ?? (options.serials ?? processSerials).next(from, to);
  const imageName = (branch: string) =>
    safeFormatFileName({ kind: V4_1.images[0].kind, from, to, serial, branch }).name;
  const writing = new Writing(imageName, options.edition ?? V4_1.id);
  let month: string | undefined;
  for (const [list, document, i] of each(documents)) {
    WRITERS[list](document as never, writing, [list, i]);
    if ('serviceMonth' in document) month = document.serviceMonth;
  }
  const encoded = encodeTransmission(
    {
      from,
      to,
      ...(month === undefined ? {} : { month }),
      files: Object.fromEntries(writing.records) as { [K in FileKind]?: RecordOf<K, WrittenEdition>[] },
      images: writing.images,
    },
    // What could not be written of the documents would be told again.
    { rules: 'strict', ...options, ...(hasError(writing.issues) ? { rules: 'none' as const } : {}), serial },
  );
  const all = [...writing.issues, ...encoded.issues.map((one) => withPath(one, writing))];
  return encoded.ok && !hasError(all)
    ? { ok: true, serial, files: encoded.files, issues: all }
    : { ok: false, serial, issues: all };
}

function* each(documents: Documents): Generator<[DocumentList, DocumentOf<DocumentList>, number]> {
  for (const list of DOCUMENT_LISTS) {
    for (const [i, document] of (documents[list] ?? []).entries()) yield [list, document, i];
  }
}

/** What keeps sound documents from being one transmission: other units, other months, a person without a supplement. */
function refusals(documents: Documents): Issue[] {
  const issues: Issue[] = [];
  let unit: string | undefined;
  let month: string | undefined;
  for (const [list, document, i] of each(documents)) {
    const at = (...path: string[]) => ({ path: pathText([list, i, ...path]) });
    const own = unitOf(list, document);
    unit ??= own;
    if (own !== unit) issues.push(issue('transmission.unit', at()));
    if ('serviceMonth' in document) {
      month ??= document.serviceMonth;
      if (document.serviceMonth !== month)
        issues.push(issue('transmission.months', at('serviceMonth'), { expected: month }));
    }
    if (SUPPLEMENTED.includes(list) && !('supplement' in document.serviceUser)) {
      issues.push(issue('document.supplement', at('serviceUser', 'supplement')));
    }
  }
  return issues;
}

/** The documents that a supplement travels with (section 1). */
const SUPPLEMENTED: readonly DocumentList[] = ['carePlans', 'usageSlips'];

/** An issue of a row with the place in the documents that the cell came from. */
function withPath(one: Issue, writing: Writing): Issue {
  if (one.row === undefined || one.file === undefined) return one;
  const kind = parseFileName(one.file).name?.kind ?? one.file;
  const path = writing.pathOf(kind, one.row, one.field);
  if (!path) return one;
  const text = pathText(path);
  return { ...one, path: text, message: { ja: `${text} ${one.message.ja}`, en: `${text} ${one.message.en}` } };
}
