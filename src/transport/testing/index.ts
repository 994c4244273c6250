/** What a driver's author tests with: the contract as cases, and a clock that stands still. Runs in browsers. */
export { ContractFailure } from './assert.js';
export { type ManualClock, manualClock } from './clock.js';
export type { ContractCrash, ContractFactory, ContractFault, ContractHarness, ContractSide } from './harness.js';
export { type StoreCase, type StoreHarness, storeCases } from './store-suite.js';
export { type ContractCase, contractCases } from './suite.js';
