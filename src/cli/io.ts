import type { Issue } from '../index.js';

/** Wrong use of the command: exit code 2. */
export class UsageError extends Error {}

/** What cannot be done now, told as it is: exit code 1. */
export class Failure extends Error {}

export type Language = 'ja' | 'en';

/** The language of messages: as asked for, else the system's. */
export const languageOf = (asked: string | undefined): Language => {
  if (asked !== undefined && asked !== 'ja' && asked !== 'en') {
    throw new UsageError(`--lang must be ja or en, not "${asked}"`);
  }
  return asked ?? (Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja') ? 'ja' : 'en');
};

/** An issue as it stands in the command's JSON. */
export const issueJson = (issue: Issue, language: Language) => ({
  code: issue.code,
  severity: issue.severity,
  file: issue.file,
  row: issue.row,
  column: issue.column,
  columnName: issue.columnName,
  path: issue.path,
  message: issue.message[language],
});

/** Tells people of issues, one line each, on the error stream. */
export function tell(issues: readonly Issue[], language: Language): void {
  for (const one of issues) process.stderr.write(`${one.severity} ${one.code} ${one.message[language]}\n`);
}
