import { Fault } from '../schema/cell.js';
import { type FileKind, type Issue, IssueError, issue, V4_1 } from '../schema/internal.js';
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

/** The edition of a name, by the length of its service types (section 2). */
const EDITIONS = new Map<number, ParsedFileName['edition']>([
  [0, '3'],
  [2, '4.1'],
  [3, '4.0'],
]);
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
  const edition = texts && editionOf(texts);
  if (!texts || !edition) return { issues: [issue('name.form', place)] };

  const read = texts.month === undefined ? undefined : monthOf(texts.kind)?.read(texts.month);
  const month = read instanceof Fault ? undefined : read;
  const wrong = [...wrongParts({ ...texts, ...given('month', month) }, 'YYYYMM')].filter(
    ({ code }) => edition === V4_1.id || code !== 'name.serviceType',
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

const editionOf = ({ from, to }: NameTexts) => {
  const length = from.serviceType?.length ?? 0;
  return length === (to.serviceType?.length ?? 0) ? EDITIONS.get(length) : undefined;
};

/**
 * Writes the name of a file by V4.1: `UPPLAN_202504_0300000100_43_0300000005_11_20250325200201.CSV`.
 *
 * Throws an IssueError that lists every part the standard does not have so (`name.parts`, the part in `found`): what
 * `parseFileName` warns of is never written, and what is written is read as the same parts. Section 2 of the standard.
 */
export function formatFileName(name: FileName): string {
  const wrong = [...wrongParts(name, 'YYYY-MM')];
  if (wrong.length > 0) {
    throw new IssueError(
      wrong.map(({ part, expected }) => issue('name.parts', {}, { found: part, ...given('expected', expected) })),
    );
  }
  return joinName({ ...name, ...given('month', name.month?.replace('-', '')) });
}
