import { type Issue, issue, type Layout, type Rule, type Severity } from '../../schema/internal.js';

/** `strict`: for what is to be sent; `tolerant`: for what has arrived. */
export type Profile = 'strict' | 'tolerant';

export const severityOf = ({ severity }: Rule, profile: Profile): Severity =>
  profile === 'strict' ? severity.writing : severity.reading;

/** What departs from the standard and can be read is not sent. */
export const severityWhenStrict = (severity: Severity): Severity => (severity === 'warning' ? 'error' : severity);

/**
 * What was found while reading, as the profile judges it: a file that departs from the standard can be read, and is not
 * sent. What the standard only recommends (必要) stays a warning.
 */
export function judged(one: Issue, profile: Profile, layout: Layout | undefined): Issue {
  if (profile === 'tolerant' || one.severity !== 'warning') return one;
  const column = one.column === undefined ? undefined : layout?.placed[one.column - 1];
  if (one.code === 'cell.required' && column && !column.required) return one;
  const { code, severity, message, column: _no, columnName, field, ...rest } = one;
  // Made anew: nothing was read all the same.
  const place = column ? rest : { ...rest, ...placeOf(one) };
  return {
    ...rest,
    ...issue(code, place, rest, { severity: severityWhenStrict(severity), ...(column ? { column } : {}) }),
  };
}

const placeOf = ({ column, columnName, field }: Issue) => ({
  ...(column === undefined ? {} : { column }),
  ...(columnName === undefined ? {} : { columnName }),
  ...(field === undefined ? {} : { field }),
});
