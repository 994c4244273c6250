import { nodeDisk } from '../../src/transport/folder/index.js';
import { contract } from '../support/contract.js';
import { folderHarness } from '../support/folder-harness.js';

const expect = { acceptance: 'handoff', idempotentSend: true, lookup: 'exact', orderedInbox: true } as const;

await contract('folder, carried by a person', () => folderHarness('person', nodeDisk), { expect });
await contract('folder, taken in by a program with manifests', () => folderHarness('program'), { expect });
await contract('folder, in ZIPs', () => folderHarness('zip'), { expect });
