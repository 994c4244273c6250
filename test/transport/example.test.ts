import { readFileSync } from 'node:fs';
import { contractCases } from 'careplan-renkei/transport/testing';
import { expect, it } from 'vitest';
import { type Shelf, shelfTransport } from '../../examples/shelf-transport.js';
import { contract } from '../support/contract.js';
import { OFFICES } from '../support/memory-harness.js';

const factory = async () => {
  const shelf: Shelf = new Map();
  const end = (side: 'a' | 'b') => shelfTransport({ shelf, own: OFFICES[side] });
  return {
    a: { transport: end('a'), addresses: OFFICES.a },
    b: { transport: end('b'), addresses: OFFICES.b },
    reopen: async (side: 'a' | 'b') => end(side),
    dispose: async () => {},
  };
};

// The built package, as its users have it.
await contract('the example driver', factory, {}, contractCases);

it('the example driver has under 80 lines', () => {
  expect(readFileSync('examples/shelf-transport.ts', 'utf8').trimEnd().split('\n').length).toBeLessThan(80);
});
