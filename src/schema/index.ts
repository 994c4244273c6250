/**
 * What the standard says: layouts, codes, documents, issues. No bytes, no I/O.
 *
 * @module careplan-renkei/schema
 */
export type { AnyKind, CellKind, CellType } from './cell.js';
export { cellCodec, daysInMonth, Fault } from './cell.js';
export * from './codes/index.js';
export type { Edition, ImageKind } from './edition.js';
export {
  CSV_VERSIONS,
  type CsvVersion,
  EDITIONS,
  type EditionId,
  editionOf,
  type FileKind,
  type RecordOf,
  V3,
  V4_0,
  V4_1,
  type WrittenEdition,
} from './editions/index.js';
export {
  hasError,
  ISSUE_CODES,
  type Issue,
  type IssueCode,
  type IssueDetails,
  IssueError,
  type IssuePlace,
  issue,
  mask,
  type Severity,
} from './issue.js';
export { type JsonSchema, recordJsonSchema } from './json-schema.js';
export type { Column, Columns, Incomplete, Layout, PlacedColumn, RecordOfLayout } from './layout.js';
export * from './model/index.js';
export { recordSchema } from './record.js';
