import { contract } from '../support/contract.js';
import { memoryHarness } from '../support/memory-harness.js';

await contract('memory', () => memoryHarness(), {
  expect: { acceptance: 'relay', idempotentSend: true, lookup: 'exact', recall: true, watch: true, listSent: true },
});
