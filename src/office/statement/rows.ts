import { type StatementRow, SUMMED, subtotalCode, TOTAL } from '../../schema/model/usage-slip.js';
import { amountsOf } from '../../schema/statement/money.js';
import type { DetailKind } from '../../schema/statement/sections.js';
import type { Detail } from './details.js';
import { type Group, keyOfService, managedOf, ofKind, servedOf, sumOf } from './groups.js';
import type { Excess, Excesses } from './limits.js';
import type { StatementOptions } from './options.js';

/** The kinds of detail row, in the order in which they stand within their office and type. */
const KINDS: readonly DetailKind[] = ['withinLimit', 'outsideLimit', 'overThirtyDays'];

type Sums = Partial<Record<(typeof SUMMED)[number] | 'unitPrice' | 'benefitRate', number>>;

/**
 * Detail rows, subtotals and the grand total (section 10).
 *
 * The only detail row of its office and type has its amounts on itself; of several, those of a kind with a subtotal have
 * them there, the others each on itself.
 */
export function statementRows(
  groups: readonly Group[],
  { byGroup }: Excesses,
  { managedUnits, subtotals = [] }: StatementOptions,
): StatementRow[] {
  const managed = (kind: DetailKind, details: readonly Detail[]): Sums =>
    kind === 'withinLimit' && managedUnits !== 'omit' ? { managedUnits: sumOf(details, managedOf) } : {};
  const rows: StatementRow[] = [];
  const standing: Sums[] = [];
  for (const group of groups) {
    const excess = byGroup.get(keyOfService(group));
    for (const kind of KINDS) {
      const details = ofKind(group, kind);
      const isAsked = kind === 'withinLimit' || subtotals.includes(kind);
      const hasSubtotal = details.length > 0 && group.details.length > 1 && isAsked;
      for (const detail of details) {
        const sums = { serviceUnits: servedOf(detail), ...managed(kind, [detail]) };
        const amounts = hasSubtotal ? {} : amountsOfKind(kind, [detail], group, excess);
        rows.push({ ...detailColumns(detail), ...sums, ...amounts });
        if (!hasSubtotal) standing.push({ ...sums, ...amounts });
      }
      if (!hasSubtotal) continue;
      const sums = { serviceUnits: sumOf(details, servedOf), ...managed(kind, details) };
      const amounts = amountsOfKind(kind, details, group, excess);
      rows.push({ ...subtotalColumns(group, kind, details), ...sums, ...amounts });
      standing.push({ ...sums, ...amounts });
    }
  }
  return [...rows, totalRow(standing, managedUnits === 'omit')];
}

/** What insurance and person pay for detail rows of one kind; units over 30 days and beyond a limit the person alone. */
function amountsOfKind(
  kind: DetailKind,
  details: readonly Detail[],
  { terms }: Group,
  excess: Excess | undefined,
): Sums {
  const units = sumOf(details, servedOf);
  if (kind === 'outsideLimit') return amountsOf(units, 0, terms);
  if (kind === 'overThirtyDays') return amountsOf(0, units, terms);
  const { serviceTypeExcessUnits = 0, benefitLimitExcessUnits = 0 } = excess ?? {};
  const serviceTypeUnitsWithinLimit = units - serviceTypeExcessUnits;
  const benefitLimitUnitsWithinLimit = serviceTypeUnitsWithinLimit - benefitLimitExcessUnits;
  return {
    serviceTypeExcessUnits,
    serviceTypeUnitsWithinLimit,
    benefitLimitExcessUnits,
    benefitLimitUnitsWithinLimit,
    ...amountsOf(benefitLimitUnitsWithinLimit, serviceTypeExcessUnits + benefitLimitExcessUnits, terms),
  };
}

/** Properties that are there, without those that are undefined. */
const present = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;

function detailColumns({ line, units, discountRate, discountedUnits, count }: Detail) {
  const { serviceOfficeName, serviceOfficeNumber, satelliteNumber, serviceCode } = line;
  const { taisCode, equipmentNotificationCode, equipmentName, overThirtyDays } = line;
  return {
    ...present({
      serviceOfficeName,
      satelliteNumber,
      taisCode,
      equipmentNotificationCode,
      equipmentName,
      discountRate,
    }),
    ...{ serviceOfficeNumber, serviceCode, units, discountedUnits, count, overThirtyDays },
  } as StatementRow;
}

/** What all rows of a subtotal share stands on it too; where satellites differ, the name of the office itself. */
function subtotalColumns(group: Group, kind: DetailKind, details: readonly Detail[]): StatementRow {
  const lines = details.map(({ line }) => line);
  const [first] = lines;
  const own = lines.find((line) => line.satelliteNumber === undefined) ?? first;
  const isShared = lines.every((line) => line.satelliteNumber === first?.satelliteNumber);
  const satelliteNumber = isShared ? first?.satelliteNumber : undefined;
  return {
    ...present({ serviceOfficeName: own?.serviceOfficeName, satelliteNumber }),
    serviceOfficeNumber: group.serviceOfficeNumber,
    serviceCode: subtotalCode(group.serviceType, kind),
    ...{ units: 0, count: 0, overThirtyDays: '0' },
  } as StatementRow;
}

function totalRow(standing: readonly Sums[], omitsManaged: boolean): StatementRow {
  const names = SUMMED.filter((name) => !(omitsManaged && name === 'managedUnits'));
  const sums = Object.fromEntries(names.map((name) => [name, sumOf(standing, (row) => row[name] ?? 0)]));
  return { ...TOTAL, units: 0, count: 0, ...sums, overThirtyDays: '0' } as StatementRow;
}
