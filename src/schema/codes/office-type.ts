/** A type that an office which writes plans goes by in file names (standard, section 1). */
export interface OfficeTypeEntry<C extends string = string> {
  readonly code: C;
  readonly ja: string;
  readonly note?: string;
}

const entry = <const C extends string>(code: C, ja: string, note?: string): OfficeTypeEntry<C> =>
  Object.freeze(note === undefined ? { code, ja } : { code, ja, note });

/** The types of offices that send plans: care management and preventive support. */
export const OFFICE_TYPES = Object.freeze([
  entry('43', '居宅介護支援'),
  entry('46', '介護予防支援', 'from the general service type codes, not named by the standard'),
  entry('AF', '介護予防ケアマネジメント', 'as 46'),
  entry('73', '小規模多機能型居宅介護', 'has its own care managers: sends plans like 43'),
  entry('75', '介護予防小規模多機能型居宅介護', 'as 73'),
  entry('77', '看護小規模多機能型居宅介護', 'as 73'),
]);
export type OfficeType = (typeof OFFICE_TYPES)[number]['code'];

const BY_CODE: ReadonlyMap<string, OfficeTypeEntry> = new Map(OFFICE_TYPES.map((o) => [o.code, o]));

/** The office type of a code, or undefined. */
export const officeTypeOf = (code: string): OfficeTypeEntry | undefined => BY_CODE.get(code);
