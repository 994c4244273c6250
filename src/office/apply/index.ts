export { type Applied, applyTransmission, type Change, type ChangeAction } from './apply.js';
export { documentsOf, type KnownDocuments } from './documents.js';
export { emptyState, type OfficeState, type StatePart } from './state.js';
