import { type AnyKind, Fault } from '../../src/schema/cell.js';
import { type IssueCode, type Layout, V4_1 } from '../../src/schema/index.js';

/** The kind of a column of the standard. */
export function kindOf(file: string, name: string): AnyKind {
  const layout: Layout | undefined = V4_1.layouts.find(({ kind }) => kind === file);
  const column = layout?.placed.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`no column ${file}.${name}`);
  return column.kind;
}
/** A fault, and what is taken all the same. */
export const fault = (code: IssueCode, repaired?: unknown) => new Fault(code, repaired);

export const version = kindOf('UPPLAN', 'csvVersion');
export const insured = kindOf('UPPLAN', 'insuredPersonNumber');
export const office = kindOf('UPPLAN', 'serviceOfficeNumber');
export const day = kindOf('UPPLAN', 'serviceDate');
export const month = kindOf('UPPLAN', 'serviceMonth');
export const units = kindOf('UPPLAN', 'units');
export const time = kindOf('UPPLAN', 'startTime');
export const weekTime = kindOf('UP3KYO', 'startTime');
export const flags = kindOf('UPPLAN', 'proratedDays');
export const equipment = kindOf('UPPLAN', 'taisCode');
export const identifier = kindOf('UPPLAN', 'identifier');
export const satellite = kindOf('UPPLAN', 'satelliteNumber');
export const service = kindOf('UPSIKYU', 'serviceCode');
export const price = kindOf('UPSIKYU', 'unitPrice');
export const stayDays = kindOf('UPSIKYU', 'daysToPreviousMonth');
export const enteredBy = kindOf('UPSIKYU', 'enteredBy');
export const postal = kindOf('UPHOSOKU', 'postalCode');
export const phone = kindOf('UPHOSOKU', 'phone');
export const planDate = kindOf('UPHOSOKU', 'planDate');
export const slipMonth = kindOf('UPHOSOKU', 'serviceMonth');
export const careLevel = kindOf('UPHOSOKU', 'careLevel');
export const limitedType = kindOf('UPHOSOKU', 'serviceType1');
export const address = kindOf('UPHOSOKU', 'address1');
export const need = kindOf('UPYOBO_SUB', 'needNumber');
