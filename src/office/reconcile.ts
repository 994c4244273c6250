import { type Actuals, type Issue, issue, type UsageSlip } from '../schema/index.js';
import { assign, officeText, type SlipWithActuals } from './reconcile/assign.js';
import { compare } from './reconcile/compare.js';
import { sortBy } from './reconcile/entries.js';
import type { PersonMonth, ReconciledMonth, ReconcileOptions, Reconciliation } from './reconcile/types.js';

/**
 * Compares a person's slip with the actuals of the offices, line by line and day by day.
 *
 * Rows are matched by office number, service code and equipment, on each day by the same time first; satellite and detail
 * number only help to choose. Does not throw for what `checkDocuments` accepts, and the order of actuals, lines and days makes no difference. Actuals of
 * another insurer count as the person's, with a warning (住所地特例); those of another insured number or month, and a second
 * set of one office and type, are left out with an error. Sections 5, 6 and 9 of the standard.
 */
export function reconcile(
  slip: UsageSlip,
  actuals: readonly Actuals[],
  options: ReconcileOptions = {},
): Reconciliation {
  const { slips, unrelated, issues } = assign([slip], actuals);
  const strangers = unrelated.map(({ actuals, index }) =>
    issue('reconcile.unrelated', { path: `actuals[${index}]` }, { found: officeText(actuals) }),
  );
  return reconcileOne(slips[0] as SlipWithActuals, options, [...issues, ...strangers]);
}

/**
 * Compares the slips of many people with all actuals that have arrived, each person and month by itself.
 *
 * Does not throw for what `checkDocuments` accepts. An office that has sent actuals of others, but not of a person it was planned for, is told apart from
 * one of which nothing has arrived, unless `hasSent` says otherwise. A slip that is given twice is compared once, with an
 * error. Sections 5, 6 and 9 of the standard.
 */
export function reconcileMonth(
  slips: readonly UsageSlip[],
  actuals: readonly Actuals[],
  options: ReconcileOptions = {},
): ReconciledMonth {
  const assigned = assign(slips, actuals);
  const sent = new Set(actuals.map((one) => `${one.serviceMonth}:${officeText(one)}`));
  const persons = assigned.slips.map((one) => {
    const hasSent = (serviceOfficeNumber: string, serviceType: string) =>
      sent.has(`${one.slip.serviceMonth}:${officeText({ serviceOfficeNumber, serviceType })}`);
    return reconcileOne(one, { hasSent, ...options }, []);
  });
  return {
    persons: inOrder(persons),
    withoutActuals: inOrder(persons.filter(isSilent).map(whose)),
    withoutSlip: inOrder(
      assigned.unrelated.map(({ actuals: one }) => ({
        ...whose(one),
        serviceOfficeNumber: one.serviceOfficeNumber,
        serviceType: one.serviceType,
      })),
    ),
    issues: [...assigned.issues, ...persons.flatMap(({ issues }) => issues)],
  };
}

function reconcileOne(
  { slip, actuals, issues: own }: SlipWithActuals,
  options: ReconcileOptions,
  issues: readonly Issue[],
): Reconciliation {
  return { ...whose(slip), ...compare(slip, actuals, options), issues: [...own, ...issues] };
}

/** Whether something should have arrived, and nothing has. */
const isSilent = ({ offices }: Reconciliation): boolean =>
  offices.some(({ state }) => state === 'notReceived') &&
  offices.every(({ state }) => state === 'notReceived' || state === 'notExchanged');

const whose = ({ serviceUser: { insurerNumber, insuredPersonNumber }, serviceMonth }: PersonMonth): PersonMonth => ({
  serviceUser: { insurerNumber, insuredPersonNumber },
  serviceMonth,
});

const inOrder = <T extends PersonMonth>(list: readonly T[]): T[] =>
  sortBy(list, ({ serviceMonth, serviceUser, ...rest }) =>
    JSON.stringify([serviceMonth, serviceUser.insuredPersonNumber, serviceUser.insurerNumber, rest]),
  );
