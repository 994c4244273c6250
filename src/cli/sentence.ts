import { type Issue, type IssuePlace, issue } from '../index.js';
import type { Language } from './io.js';

/** What stands before the sentence of an issue: where it is. */
function placeText({ code }: Issue, place: IssuePlace, language: Language): string {
  const given = Object.entries(place).filter(([, value]) => value !== undefined);
  const placed = issue(code, Object.fromEntries(given)).message[language];
  return placed.slice(0, placed.length - issue(code).message[language].length);
}

/** The sentence of an issue without where it is: what stands before it is the same before any sentence. */
export function withoutPlace(one: Issue, language: Language): string {
  const { file, row, column, columnName, path } = one;
  return one.message[language].slice(
    placeText(one, { file, row, column, columnName, path } as IssuePlace, language).length,
  );
}

/** The same with row and column, for where the file is said otherwise. */
export function withoutFile(one: Issue, language: Language): string {
  const { row, column, columnName, path } = one;
  return placeText(one, { row, column, columnName, path } as IssuePlace, language) + withoutPlace(one, language);
}
