import * as z from 'zod';
import { Fault } from '../cells/kind.js';
import { type Issue, type IssueCode, type IssueDetails, issue, mask, type Severity } from '../issue.js';
import type { PlacedColumn } from '../layout.js';
import { type Documents, documents } from './documents.js';
import { columnOf } from './part.js';

/** A place in an object as code names it: `usageSlips[0].lines[2].serviceCode`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

export interface CheckOptions {
  /** Put values into issues instead of their shapes: they may be personal data. */
  readonly showValues?: boolean;
  /** `error` where absent. */
  readonly severity?: Severity;
  /** Precedes the path of every issue. */
  readonly at?: readonly (string | number)[];
}

/** The documents, or every reason why an object does not hold documents. */
export type CheckedDocuments =
  | { readonly ok: true; readonly documents: Documents; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly documents?: undefined; readonly issues: readonly Issue[] };

/**
 * Checks that an object (of a database, a form, a JSON file) holds documents as the standard can express them.
 *
 * Does not throw. Each issue has the path into the object, and the column that the property stands for.
 */
export function checkDocuments(value: unknown, options: CheckOptions = {}): CheckedDocuments {
  const issues = checkObject(documents, value, options);
  return issues.length === 0 ? { ok: true, documents: value as Documents, issues } : { ok: false, issues };
}

/** The same for an object of any schema of the model. */
export function checkObject(schema: z.ZodType, value: unknown, options: CheckOptions = {}): Issue[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((one) => translate(schema, value, one, options));
}

function translate(schema: z.ZodType, value: unknown, one: z.core.$ZodIssue, options: CheckOptions): Issue[] {
  const at = (path: readonly PropertyKey[]) => ({ path: pathText([...(options.at ?? []), ...path]) });
  const severity = options.severity ?? 'error';
  const make = (code: IssueCode, path: readonly PropertyKey[], details: IssueDetails = {}, column?: PlacedColumn) =>
    issue(code, at(path), details, column ? { column, severity } : { severity });
  if (one.code === 'unrecognized_keys') return one.keys.map((key) => make('document.unknown', [...one.path, key]));
  if (one.code === 'custom' && one.params) {
    const { code, details } = one.params as { code: IssueCode; details: IssueDetails };
    return [make(code, one.path, details)];
  }
  const { column, found } = lookUp(schema, value, one.path);
  if (!column) return [make(one.code === 'too_small' ? 'document.empty' : 'document.form', one.path, typeName(found))];
  if (found === undefined || found === null) return [make('cell.required', one.path, {}, column)];
  const written = column.kind.write(found);
  const code = written instanceof Fault ? written.code : 'cell.form';
  const plain = typeof found === 'string' || typeof found === 'number';
  const shown = plain ? (options.showValues ? String(found) : mask(String(found))) : typeof found;
  return [make(code, one.path, { found: shown }, column)];
}

const typeName = (value: unknown): IssueDetails => ({
  found: value === null ? 'null' : Array.isArray(value) ? 'array' : value === undefined ? 'undefined' : typeof value,
});

/** What stands at a path of a value of a schema, and the column that it stands for. */
export function lookUp(
  schema: z.ZodType,
  value: unknown,
  path: readonly PropertyKey[],
): { readonly column: PlacedColumn | undefined; readonly found: unknown } {
  let inside: z.ZodType | undefined = schema;
  let column: PlacedColumn | undefined;
  let found = value;
  for (const key of path) {
    const parent: z.ZodType | undefined = inside && bare(inside, found);
    column = parent && typeof key === 'string' ? columnOf(parent, key) : undefined;
    inside = parent && child(parent, key);
    found = (found as Record<PropertyKey, unknown> | undefined | null)?.[key];
  }
  return { column, found };
}

/** A schema without its wrapping; of several the one that a value is of. */
function bare(schema: z.ZodType, value: unknown): z.ZodType {
  if (schema instanceof z.ZodExactOptional) return bare(schema.unwrap() as z.ZodType, value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const { discriminator } = schema.def;
  const chosen = (value as Record<string, unknown> | undefined)?.[discriminator];
  const isOf = (option: unknown) =>
    option instanceof z.ZodObject && (option.shape[discriminator] as z.ZodLiteral).value === chosen;
  return (schema.options.find(isOf) ?? schema) as z.ZodType;
}

function child(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return schema instanceof z.ZodObject ? (schema.shape[key as string] as z.ZodType | undefined) : undefined;
}
