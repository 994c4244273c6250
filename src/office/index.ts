export * from './apply/index.js';
export * from './plan/index.js';
