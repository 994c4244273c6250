import type { PlacedColumn } from './layout.js';
import { en } from './messages/en.js';
import { ja } from './messages/ja.js';
import type { Messages } from './messages/messages.js';

/** `error`: something is lost or wrong; `warning`: read all the same, but the file departs from the standard. */
export type Severity = 'error' | 'warning' | 'info';

/** Every code with its usual severity. Codes are never renamed. */
export const ISSUE_CODES = Object.freeze({
  'cell.required': 'error',
  'cell.length': 'error',
  'cell.form': 'error',
  'cell.calendar': 'error',
  'cell.code': 'error',
  'cell.version': 'error',
  'cell.leadingZeros': 'warning',
  'cell.decimals': 'warning',
  'cell.unusualLength': 'warning',
  'cell.unusualForm': 'warning',
  'cell.spaces': 'warning',
  'cell.fullWidth': 'warning',
  'cell.blank': 'warning',
  'cell.unused': 'error',
  'cell.bare': 'error',
  'cell.type': 'error',
  'cell.emptyString': 'error',
  'record.unknownColumn': 'error',
  'record.raw': 'error',
  'record.type': 'error',
  'row.missingColumns': 'warning',
  'row.surplusColumns': 'warning',
  'row.header': 'warning',
  'row.cutOff': 'error',
  'row.unreadable': 'error',
  'row.edition': 'warning',
  'csv.lineEnd': 'warning',
  'csv.noFinalNewline': 'warning',
  'csv.blankLine': 'warning',
  'csv.quotes': 'error',
  'csv.unquotedText': 'warning',
  'csv.quotedCell': 'warning',
  'char.replaced': 'info',
  'char.unencodable': 'error',
  'char.loneSurrogate': 'error',
  'char.answer': 'error',
  'char.gaiji': 'warning',
  'char.broken': 'error',
  'char.necSelected': 'info',
  'file.charset': 'warning',
  'file.byteOrderMark': 'warning',
  'file.refused': 'error',
  'file.endMark': 'warning',
  'file.empty': 'warning',
  'file.kind': 'error',
  'file.edition': 'error',
  'file.nameEdition': 'warning',
  'name.form': 'error',
  'name.notOurs': 'info',
  'name.kind': 'warning',
  'name.renamed': 'warning',
  'name.month': 'warning',
  'name.officeNumber': 'warning',
  'name.serviceType': 'warning',
  'name.edition': 'warning',
  'name.serial': 'warning',
  'name.sender': 'warning',
  'name.parts': 'error',
  'transmission.duplicate': 'error',
  'transmission.month': 'error',
  'transmission.unit': 'error',
  'transmission.months': 'error',
  'transmission.incomplete': 'error',
  'zip.directory': 'error',
  'zip.entry': 'error',
  'zip.checksum': 'error',
  'zip.encrypted': 'error',
  'zip.method': 'error',
  'zip.tooLarge': 'error',
  'zip.ratio': 'error',
  'zip.tooMany': 'error',
  'zip.traversal': 'error',
  'zip.path': 'warning',
  'zip.duplicate': 'error',
  'zip.nested': 'error',
  'zip.empty': 'warning',
  'transmission.edition': 'warning',
  'state.olderPart': 'warning',
  'document.form': 'error',
  'document.unknown': 'error',
  'document.empty': 'error',
  'document.order': 'error',
  'document.equalGoals': 'error',
  'document.equalLines': 'error',
  'document.outsideMonth': 'error',
  'document.otherOffice': 'error',
  'document.serviceType': 'error',
  'document.duplicate': 'error',
  'document.supplement': 'error',
  'document.image': 'error',
  'document.unreadable': 'error',
  'document.head': 'error',
  'document.number': 'error',
  'document.strayImage': 'warning',
  'document.rest': 'error',
  'document.unusedKey': 'warning',
  'document.otherInsurer': 'warning',
  'document.differs': 'warning',
  'document.emptyRow': 'warning',
  'document.mixedRow': 'warning',
  'statement.units': 'error',
  'statement.serviceType': 'error',
  'statement.option': 'error',
  'statement.discount': 'error',
  'statement.overLimit': 'error',
  'statement.excess': 'error',
  'statement.excessService': 'error',
  'statement.sum': 'error',
  'statement.arithmetic': 'error',
  'statement.emptyColumn': 'error',
  'statement.missingRow': 'error',
  'statement.repeatedRow': 'error',
  'statement.noRows': 'error',
  'reconcile.otherInsurer': 'warning',
  'reconcile.ambiguous': 'error',
  'reconcile.unrelated': 'error',
} as const satisfies Record<string, Severity>);

export type IssueCode = keyof typeof ISSUE_CODES;

/** What a message is made of. Values of cells come masked (see `mask`) unless the caller asked for them. */
export interface IssueDetails {
  /** What stands there. */
  readonly found?: string | number;
  /** What should stand there, where the column does not tell. */
  readonly expected?: string | number;
  /** Code points of the characters concerned: `U+9DD7`. */
  readonly codePoints?: readonly string[];
  /** What they were replaced with. */
  readonly replacement?: string;
  /** 0-based place in the text, in UTF-16 units. */
  readonly index?: number;
}

export interface IssuePlace {
  /** The file's path or name, as the caller gave it. */
  readonly file?: string;
  /** 1 for the first row; counted in rows of the CSV, not lines. */
  readonly row?: number;
  /** The column's number in the standard. */
  readonly column?: number;
  /** The column's exact Japanese name. */
  readonly columnName?: string;
  /** The column's name in the record. */
  readonly field?: string;
  /** The place in an object: `usageSlips[0].lines[2].serviceCode`. */
  readonly path?: string;
  /** The bytes of the file concerned: from `start` up to, not including, `end`. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** One finding: data first, and sentences made of it. Carries no cell's value unless the caller asked for values. */
export interface Issue extends IssuePlace, IssueDetails {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Where, what, what was expected, what to do: one sentence or two in each language. */
  readonly message: { readonly ja: string; readonly en: string };
}

/** Makes an issue; its messages come from `messages/`. */
export function issue(
  code: IssueCode,
  place: IssuePlace = {},
  details: IssueDetails = {},
  options: { severity?: Severity; column?: PlacedColumn } = {},
): Issue {
  const { column } = options;
  const at: IssuePlace = column ? { ...place, column: column.no, columnName: column.ja, field: column.name } : place;
  const usual: Severity = ISSUE_CODES[code];
  const severity = options.severity ?? usual;
  const sentence = (words: Messages) => {
    const tail = usual === 'error' && severity === 'warning' ? words.readAllTheSame : '';
    return `${words.where(at)}${words.codes[code](details, column)}${tail}`;
  };
  return { code, severity, ...at, ...details, message: { ja: sentence(ja), en: sentence(en) } };
}

/** Whether one of the issues is an error. */
export const hasError = (issues: readonly Issue[]): boolean => issues.some((i) => i.severity === 'error');

/**
 * The shape of a text without its content: digits as 9, capitals as A, small letters as a, half-width kana as ｱ, other
 * characters as 〇; at most 24 characters, then the count.
 */
export function mask(text: string): string {
  const shape = [...text.slice(0, 24)].map(shapeOf).join('');
  return text.length > 24 ? `${shape}… (${text.length})` : shape;
}

function shapeOf(char: string): string {
  if (/[0-9]/.test(char)) return '9';
  if (/[A-Z]/.test(char)) return 'A';
  if (/[a-z]/.test(char)) return 'a';
  if (/[｡-ﾟ]/.test(char)) return 'ｱ';
  return /[!-~]/.test(char) ? char : char === ' ' ? '␣' : '〇';
}

/** An error with issues, for calls that cannot return them. */
export class IssueError extends Error {
  override readonly name = 'IssueError';
  constructor(readonly issues: readonly Issue[]) {
    super(issues.map((i) => i.message.en).join('\n'));
  }
}
