export * from './codec/index.js';
export * from './office/index.js';
export * from './schema/index.js';
