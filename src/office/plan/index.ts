export { type PlanActualsOptions, type PlanForCentreOptions, planActuals, planForCentre } from './actuals.js';
export {
  type PlanDocumentsOptions,
  planCarePlans,
  planPreventive,
  planWithdrawals,
  receiversIn,
} from './documents.js';
export type { LeftOut, LeftOutReason, PlannedTransmission, PlanOptions, TransmissionPlan } from './plan.js';
export { type PlanSlipsOptions, planTransmissions, receiversOf } from './slips.js';
