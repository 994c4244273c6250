export { date, daysInMonth, month, time } from './cells/calendar.js';
export { code, serviceType, version } from './cells/code.js';
export { cellCodec } from './cells/codec.js';
export {
  type AnyKind,
  type CellKind,
  type CellType,
  characters,
  Fault,
  type ValueOfKind,
} from './cells/kind.js';
export { decimal, int } from './cells/number.js';
export { anything, digits, flags31, insured, office, postal, serviceCode, tais } from './cells/pattern.js';
export { phone, string, text, unused } from './cells/text.js';
