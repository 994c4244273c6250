import { errorCode } from '../core/log.js';
import { type Case, Deviation, stageOf } from './case.js';
import type { Fetch, KnownOffice } from './client.js';
import { receiving } from './receiving.js';
import { sending } from './sending.js';
import { trust } from './trust.js';

/** What the protocol wants of a relay, case by case. */
export const CASES: readonly Case[] = [...sending, ...receiving, ...trust];

export interface CaseReport {
  readonly name: string;
  /** The section of PROTOCOL.md. */
  readonly section: number;
  readonly ok: boolean;
  /** What was found otherwise. */
  readonly found?: string;
  readonly ms: number;
}

export interface ConformanceReport {
  readonly protocol: 1;
  readonly origin: string;
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly cases: readonly CaseReport[];
}

/**
 * Proves from outside that a relay speaks the protocol: two of its offices send to each other what holds nothing. Leaves
 * some messages in their mailboxes. One case does not end the others.
 */
export async function proveRelay(
  origin: string,
  offices: readonly [KnownOffice, KnownOffice],
  fetch: Fetch = globalThis.fetch,
): Promise<ConformanceReport> {
  const stage = stageOf(origin, offices, fetch);
  const cases: CaseReport[] = [];
  for (const { name, section, run } of CASES) {
    const started = performance.now();
    const found = await run(stage).then(
      () => undefined,
      // What is no deviation is an answer that could not be read, or none.
      (error: unknown) => (error instanceof Deviation ? error.message : `no usable answer (${errorCode(error)})`),
    );
    const ms = Math.round(performance.now() - started);
    cases.push({ name, section, ok: found === undefined, ...(found === undefined ? {} : { found }), ms });
  }
  const failed = cases.filter(({ ok }) => !ok).length;
  return { protocol: 1, origin, ok: failed === 0, passed: cases.length - failed, failed, cases };
}
