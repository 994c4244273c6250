import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageOf } from '../src/conformance/case.js';
import type { KnownOffice } from '../src/conformance/client.js';
import { CASES, proveRelay } from '../src/conformance/conformance.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

let test: TestRelay;
beforeAll(async () => {
  test = await testRelay();
});
afterAll(() => test.close());
const offices = () => test.directory.offices as unknown as readonly [KnownOffice, KnownOffice];

describe('the relay speaks the protocol', () => {
  it.each(CASES.map((one) => [`section ${one.section}: ${one.name}`, one] as const))('%s', async (_, { run }) => {
    await run(stageOf(ORIGIN, offices(), test.fetch));
  });
});
