import * as z from 'zod';
import { DLT1KYO } from '../editions/v4-1/DLT1KYO.js';
import { DLTJSK } from '../editions/v4-1/DLTJSK.js';
import { DLTKIHON } from '../editions/v4-1/DLTKIHON.js';
import { DLTPLAN } from '../editions/v4-1/DLTPLAN.js';
import { DLTYOBO } from '../editions/v4-1/DLTYOBO.js';
import type { Layout } from '../layout.js';
import { except, objectOf, type Part } from './part.js';
import { identity } from './service-user.js';

const IDENTITY = ['insurerNumber', 'insuredPersonNumber'] as const;

/** The columns of each kind of withdrawal beside the person's numbers: the key of what is withdrawn. */
const KEYS = {
  carePlan: except(DLT1KYO, IDENTITY),
  usageSlip: except(DLTPLAN, IDENTITY),
  actuals: except(DLTJSK, IDENTITY),
  basicInformation: except(DLTKIHON, IDENTITY),
  preventivePlan: except(DLTYOBO, IDENTITY),
} as const;

/** What can be withdrawn, and the columns of the file that says so. */
export const WITHDRAWALS: Readonly<Record<Withdrawal['of'], Part>> = KEYS;

const withdrawalOf = <K extends string, S extends z.ZodRawShape>(of: K, part: Part<S>) =>
  objectOf(part, { of: z.literal(of), serviceUser: identity });

/** 取り下げ: `of` says of what, the key which (sections 1 and 5). What is subordinate to it goes with it. */
export const withdrawal = z.discriminatedUnion('of', [
  withdrawalOf('carePlan', KEYS.carePlan),
  withdrawalOf('usageSlip', KEYS.usageSlip),
  withdrawalOf('actuals', KEYS.actuals),
  withdrawalOf('basicInformation', KEYS.basicInformation),
  withdrawalOf('preventivePlan', KEYS.preventivePlan),
]);
/** 取り下げ: of what, and its key (sections 1 and 5). @useDeclaredType */
export type Withdrawal = z.infer<typeof withdrawal>;

/** What a layout withdraws; undefined where it is no withdrawal. */
export const withdrawnBy = (layout: Layout): Withdrawal['of'] | undefined =>
  (Object.keys(WITHDRAWALS) as Withdrawal['of'][]).find((of) => WITHDRAWALS[of].layout.kind === layout.kind);
