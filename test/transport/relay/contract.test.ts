import { contract } from '../../support/contract.js';
import { relayHarness } from '../../support/relay-harness.js';

// Every message is sealed on its way into the driver, and opened on its way out.
await contract('relay', relayHarness, {
  expect: {
    acceptance: 'relay',
    idempotentSend: true,
    lookup: 'exact',
    signedReceipts: true,
    orderedInbox: true,
    recall: true,
    watch: true,
    listSent: true,
  },
});
