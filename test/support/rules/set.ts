import { type Draft, type RuleVector, rowOf } from '../rule-samples.js';

const LATER = '20251127090000';

/** Makes a withdrawal one of the first person of a plan, at a time. */
function withdraws(withdrawal: Draft, { from, to, files }: Draft, serial: string): void {
  const [{ insurerNumber, insuredPersonNumber, planDate } = {}] = files.UP1KYO ?? [];
  Object.assign(withdrawal, { from, to, serial });
  Object.assign(rowOf(withdrawal, 'DLT1KYO'), { insurerNumber, insuredPersonNumber, planDate });
}

/** Makes a plan again, on a day. */
function madeOn(plan: Draft, day: string): void {
  plan.serial = LATER;
  for (const row of plan.files.UP1KYO ?? []) row.createdOn = day;
}

/** Gives the first person of a slip another insured number. */
function renumber({ files }: Draft): void {
  const number = files.UPHOSOKU?.[0]?.insuredPersonNumber;
  for (const row of Object.values(files).flat()) {
    if (row.insuredPersonNumber === number) row.insuredPersonNumber = '0009999995';
  }
}

/** Vectors of the rules of several transmissions. */
export const SET_VECTORS: readonly RuleVector[] = [
  {
    code: 'set.serial',
    bases: ['slip', 'slip'],
    given: 'apart',
    break: () => {},
    at: { kind: 'UPHOSOKU' },
    keep: (_, again) => {
      again.serial = LATER;
    },
  },
  {
    code: 'set.serial',
    bases: ['plan', 'withdrawnPlan'],
    given: 'apart',
    break: (plan, withdrawal) => withdraws(withdrawal, plan, plan.serial),
    at: { kind: 'DLT1KYO' },
    // The same serial for another receiver.
    keep: (plan, withdrawal) => {
      withdrawal.serial = plan.serial;
    },
  },
  {
    code: 'set.withdrawal',
    bases: ['plan', 'withdrawnPlan', 'withdrawnPlan'],
    break: (plan, one, other) => {
      withdraws(one, plan, '20251126090000');
      withdraws(other, plan, LATER);
    },
    at: { kind: 'DLT1KYO', row: 1 },
    keep: (plan, one, other) => {
      withdraws(one, plan, '20251124090000');
      withdraws(other, plan, LATER);
    },
  },
  {
    code: 'set.replacement',
    bases: ['plan', 'plan'],
    break: (_, again) => madeOn(again, '2025-03-31'),
    at: { kind: 'UP1KYO', row: 1 },
    keep: (_, again) => madeOn(again, '2025-11-02'),
  },
  {
    code: 'set.twoNumbers',
    bases: ['plan', 'slip'],
    break: (_, slip) => renumber(slip),
    at: { kind: 'UPHOSOKU', row: 1 },
    keep: (_, slip) => {
      renumber(slip);
      rowOf(slip, 'UPHOSOKU').birthDate = '1953-05-25';
    },
  },
];
