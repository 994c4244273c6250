/**
 * Everything: what `careplan-renkei/codec` and `careplan-renkei/schema` hold, and an office's month above them.
 *
 * @module careplan-renkei
 */
export * from './codec/index.js';
export * from './exchange/index.js';
export * from './office/index.js';
export * from './schema/index.js';
