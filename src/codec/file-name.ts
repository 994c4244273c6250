import { Fault } from '../schema/cell.js';
import {
  EDITIONS,
  type EditionId,
  editionOf,
  type FileKind,
  type Issue,
  IssueError,
  issue,
  V3,
  V4_1,
} from '../schema/internal.js';
import { monthOf, wrongParts } from './file-name-parts.js';
import { given, isSameName, joinName, type NameTexts, searchName } from './file-name-search.js';

/** Where files come from and go to: an office number of 10 characters and a service type of 2 (section 1). */
export interface Address {
  readonly officeNumber: string;
  readonly serviceType: string;
}

/** An address as read: names of edition 3 have no service type. */
export interface ParsedAddress {
  readonly officeNumber: string;
  readonly serviceType?: string;
}

/** The kinds of image file: `UPKIHON_IMAGE`. */
export type ImageFileKind = (typeof V4_1.images)[number]['kind'];

/** What a file's name says (section 2). */
export interface FileName {
  readonly kind: FileKind | ImageFileKind;
  /** `YYYY-MM`, for the kinds that carry one; `000000` for a supplement beside a care plan. */
  readonly month?: string;
  readonly from: Address;
  readonly to: Address;
  /** 14 digits, a date and time: the same in all files of a transmission. */
  readonly serial: string;
  /** Images only: 4 digits. */
  readonly branch?: string;
}

/** What was read from a name, and the edition whose form the name has. */
export type ParsedFileName =
  | (FileName & { readonly edition: '4.1' })
  | (Omit<FileName, 'from' | 'to'> & {
      readonly from: ParsedAddress;
      readonly to: ParsedAddress;
      readonly edition: '4.0' | '3';
    });

/** Files that macOS (`._`) and office programs (`~$`) put beside another under nearly its name. */
const SHADOW = /^(\._|~\$)/;

/**
 * Reads what a file's name says, whatever stands before its last `/` or `\`.
 *
 * Never throws. A name of V4.1 has no issue, its extension in any letter case. A renamed file is recovered where that is
 * certain (`name.renamed`, with the standard's name as `expected`); older editions (`name.edition`) and careless parts
 * have an issue of their own and are kept as read, but a month that is not real, or that the kind does not carry, is
 * left out. Without a `name` the issues say why: `name.form`, or `name.notOurs`. Section 2 of the standard.
 */
export function parseFileName(path: string): { readonly name?: ParsedFileName; readonly issues: readonly Issue[] } {
  const place = { file: path };
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (SHADOW.test(base)) return { issues: [issue('name.notOurs', place)] };
  const texts = searchName(base);
  const edition = texts && formOf(texts);
  if (!texts || !edition) return { issues: [issue('name.form', place)] };

  const read = texts.month === undefined ? undefined : monthOf(texts.kind)?.read(texts.month);
  const month = read instanceof Fault ? undefined : read;
  const wrong = [...wrongParts({ ...texts, ...given('month', month) }, 'YYYYMM', edition)].filter(
    // Edition 3 lacks some kinds; the content says which edition it is.
    ({ part }) => part !== 'kind',
  );
  const issues = wrong.map(({ code, value, expected }) =>
    issue(code, place, {
      ...given('found', typeof value === 'string' ? value : undefined),
      ...given('expected', expected),
    }),
  );
  if (edition !== V4_1.id) {
    const severity = edition === '3' ? 'info' : 'warning';
    issues.unshift(issue('name.edition', place, { found: edition, expected: V4_1.id }, { severity }));
  }
  const { month: monthText, ...rest } = texts;
  if (!isSameName(base, joinName(texts))) {
    const careless = wrong.some(({ part, expected }) => part !== 'month' || expected !== undefined);
    const tidy = joinName({ ...rest, ...given('month', month && monthText) });
    issues.unshift(issue('name.renamed', place, careless ? {} : { expected: tidy }));
  }
  return { name: { ...rest, ...given('month', month), edition } as ParsedFileName, issues };
}

/** The edition whose form a name has, by the length of its service types (section 2). */
const formOf = ({ from, to }: NameTexts): EditionId | undefined => {
  const length = from.serviceType?.length ?? 0;
  return length === (to.serviceType?.length ?? 0)
    ? (EDITIONS.find((one) => one.nameTypeLength === length)?.id as EditionId)
    : undefined;
};

/** The name of a file of edition 3: its addresses are office numbers alone. */
export interface FileNameOf3 extends Omit<FileName, 'from' | 'to'> {
  readonly edition: typeof V3.id;
  readonly from: ParsedAddress;
  readonly to: ParsedAddress;
}

/**
 * Writes the name of a file by V4.1: `UPPLAN_202504_0300000100_43_0300000005_11_20250325200201.CSV`; by edition 3 where
 * `edition` says so: `UPPLAN_202301_0300000100_0300000005_20230125200201.CSV`.
 *
 * Throws an IssueError that lists every part the standard does not have so (`name.parts`, the part in `found`): what
 * `parseFileName` warns of is never written, and what is written is read as the same parts. Section 2 of the standard.
 */
export function formatFileName(name: (FileName & { readonly edition?: typeof V4_1.id }) | FileNameOf3): string {
  const edition: EditionId = name.edition ?? V4_1.id;
  if (editionOf(edition)?.written !== true) {
    throw new IssueError([issue('name.parts', {}, { found: 'edition', expected: `${V4_1.id}, ${V3.id}` })]);
  }
  const wrong = [...wrongParts(name, 'YYYY-MM', edition)];
  if (wrong.length > 0) {
    throw new IssueError(
      wrong.map(({ part, expected }) => issue('name.parts', {}, { found: part, ...given('expected', expected) })),
    );
  }
  const address = ({ officeNumber, serviceType }: ParsedAddress): ParsedAddress =>
    edition === V3.id ? { officeNumber } : { officeNumber, ...given('serviceType', serviceType) };
  const [from, to] = [address(name.from), address(name.to)];
  return joinName({ ...name, from, to, ...given('month', name.month?.replace('-', '')) });
}

/** The same, without a throw: the name, or the issues that say why there is none; `file` is what they are about. */
export function safeFormatFileName(
  name: Parameters<typeof formatFileName>[0],
  file: string = name.kind,
): { readonly name: string; readonly issues?: undefined } | { readonly name?: undefined; readonly issues: Issue[] } {
  try {
    return { name: formatFileName(name) };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return {
      issues: error.issues.map((one) =>
        issue(one.code, { file }, { ...given('found', one.found), ...given('expected', one.expected) }),
      ),
    };
  }
}
