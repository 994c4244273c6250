export type { Actuals } from './actuals.js';
export type { BasicInformation, EmergencyContact } from './basic-information.js';
export type {
  CarePlan,
  CarePlanService,
  LongTermGoal,
  Need,
  Sheet2,
  Sheet3,
  ShortTermGoal,
} from './care-plan.js';
export { type CheckedDocuments, type CheckOptions, checkDocuments } from './check.js';
export {
  DOCUMENT_LISTS,
  DOCUMENTS,
  type DocumentList,
  type DocumentOf,
  type Documents,
  documentKey,
  documents,
  unitOf,
} from './documents.js';
export { documentsJsonSchema } from './json-schema.js';
export { numberNeeds, type UnnumberedNeed } from './numbering.js';
export type { PreventiveNeed, PreventivePlan, PreventiveService, SupportPlan } from './preventive-plan.js';
export type { Identity, ServiceUser, Supplement } from './service-user.js';
export {
  type Line,
  type LineDay,
  type Statement,
  type StatementRow,
  type StatementRowKind,
  serviceTypeIn,
  statementRowKind,
  type UsageSlip,
} from './usage-slip.js';
export type { Withdrawal } from './withdrawal.js';
