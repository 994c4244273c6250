import type { TransportCapabilities } from '../transport.js';
import { ContractFailure, same, soon } from './assert.js';
import type { CaseSpec } from './case.js';
import { Context } from './context.js';
import { closing, crashCases, faultCases, isolation, login, sealing, secrecy, watching } from './groups/living.js';
import { manifest } from './groups/manifest.js';
import { acknowledging, fetching, inbox, ordering } from './groups/receiving.js';
import { roundtrip } from './groups/roundtrip.js';
import { cancellation, idempotence, progress } from './groups/sending.js';
import { listSent, recall, status } from './groups/status.js';
import { time } from './groups/time.js';
import type { ContractFactory, ContractHarness } from './harness.js';

/** No case takes longer, in milliseconds: a call that never ends is a failure, not a wait. */
const LONGEST = 30_000;

/** One case of the contract, for whatever test runner there is. */
export interface ContractCase {
  readonly group: string;
  readonly name: string;
  /** Why it says nothing about this transport. A runner lists it as skipped. */
  readonly skip?: string;
  /** Rejects where the transport does not keep the contract. A skipped case rejects too, with its reason. */
  run(): Promise<void>;
}

const groups = (harness: ContractHarness): Readonly<Record<string, readonly CaseSpec[]>> => ({
  manifest,
  roundtrip,
  idempotence,
  ordering,
  inbox,
  fetch: fetching,
  acknowledge: acknowledging,
  status,
  listSent,
  recall,
  watch: watching,
  cancellation,
  progress,
  errors: faultCases(harness),
  secrecy,
  isolation,
  close: closing,
  crash: crashCases(harness),
  time,
  login,
  sealing,
});

/**
 * The contract that every transport keeps, as plain cases: register each with a test runner.
 *
 * Which cases apply is chosen by the manifest of the transport that the factory makes; the others carry a reason in
 * `skip`. A case of something that the manifest claims and the harness gives no means to test fails. `expect` names what
 * the manifest must say: a claim that was dropped is a case that fails, not one that is skipped in silence.
 */
export async function contractCases(
  factory: ContractFactory,
  options: { readonly expect?: Partial<TransportCapabilities> } = {},
): Promise<readonly ContractCase[]> {
  const probe = await factory();
  const { capabilities } = probe.a.transport;
  const cases = Object.entries(groups(probe)).flatMap(([group, specs]) =>
    specs.map((spec): ContractCase => {
      const skip = spec.skip?.(capabilities, probe);
      const run = () => (skip === undefined ? inHarness(factory, spec) : Promise.reject(new ContractFailure(skip)));
      return { group, name: spec.name, run, ...(skip === undefined ? {} : { skip }) };
    }),
  );
  await probe.dispose();
  if (!options.expect) return cases;
  const { expect } = options;
  const claims: CaseSpec = {
    name: 'says what it is expected to say',
    async run({ a }) {
      const keys = Object.keys(expect) as (keyof TransportCapabilities)[];
      same(Object.fromEntries(keys.map((key) => [key, a.capabilities[key]])), expect, 'the manifest');
    },
  };
  return [{ group: 'manifest', name: claims.name, run: () => inHarness(factory, claims) }, ...cases];
}

async function inHarness(factory: ContractFactory, { needs = [], run }: CaseSpec): Promise<void> {
  const harness = await factory();
  try {
    const missing = needs.filter((need) => harness[need] === undefined);
    if (missing.length > 0) {
      throw new ContractFailure(
        `the manifest claims it, but the harness gives no means to test it: ${missing.join(', ')}`,
      );
    }
    await soon(run(new Context(harness)), LONGEST, 'the case');
  } finally {
    await harness.dispose();
  }
}
