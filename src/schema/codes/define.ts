/** One official code table: the codes are values, the labels are for people. */
export interface CodeTable<C extends string = string> {
  readonly ja: string;
  readonly codes: Readonly<Record<C, string>>;
}

/** Declares a code table: its Japanese name and each code with its official label. */
export function defineCodes<const T extends Record<string, string>>(ja: string, codes: T): CodeTable<keyof T & string> {
  return Object.freeze({ ja, codes: Object.freeze({ ...codes }) });
}

/** The codes of a table. */
export type CodeOf<T> = T extends CodeTable<infer C> ? C : never;

/** The official label of a code, or undefined where the table has no such code. */
export function labelOf<C extends string>(table: CodeTable<C>, code: C): string;
export function labelOf(table: CodeTable, code: string): string | undefined;
export function labelOf(table: CodeTable, code: string): string | undefined {
  return Object.hasOwn(table.codes, code) ? table.codes[code] : undefined;
}
