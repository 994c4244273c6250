import { NUMBERED_EQUIPMENT_TYPES } from '../../codes/service-type.js';
import { serviceTypeIn } from '../../model/usage-slip.js';
import { type Cells, fileRule, type ReportRow } from '../rule.js';

const COLUMNS = [
  'serviceCode',
  'units',
  'detailNumber',
  'taisCode',
  'equipmentNotificationCode',
  'serviceOfficeNumber',
  'satelliteNumber',
  'serviceDate',
  'proratedDays',
] as const;
type Name = (typeof COLUMNS)[number];

interface Rental {
  readonly index: number;
  readonly row: Cells<Name>;
}

/**
 * 明細判別コード that does not tell rentals of type 17 with the same service code and units apart (section 9): 1, 2, 3 ...,
 * and nothing where there is only one. In actuals a rental keeps the number of the plan, whichever were delivered.
 */
export const detailNumbers = fileRule({
  code: 'file.detailNumbers',
  reading: 'warning',
  section: '9',
  columns: COLUMNS,
  of: ({ columns }) => 'detailNumber' in columns,
  check({ records, units, whole, layout }, report) {
    const isComplete = whole && layout.sentBy !== 'service';
    for (const { indexes } of units) {
      for (const rentals of groupsOf(indexes, records)) judge(rentals, isComplete, report);
    }
  },
});

/** The rentals of a unit by service code and units. */
function groupsOf(indexes: readonly number[], records: readonly Cells<Name>[]): Iterable<readonly Rental[]> {
  let groups: Map<string, Rental[]> | undefined;
  for (const index of indexes) {
    const row = records[index];
    if (row?.serviceCode === undefined || !NUMBERED_EQUIPMENT_TYPES.has(serviceTypeIn(row.serviceCode))) continue;
    // Rentals without units cannot be told to share them.
    if (row.units === undefined) return [];
    groups ??= new Map();
    add(groups, `${row.serviceCode} ${row.units}`, { index, row });
  }
  return groups?.values() ?? [];
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function judge(rentals: readonly Rental[], isComplete: boolean, report: ReportRow<Name>): void {
  const [only] = rentals;
  if (rentals.length === 1) {
    if (isComplete && only?.row.detailNumber !== undefined) report(only.index, 'detailNumber');
    return;
  }
  const byOffice = new Map<string, Rental[]>();
  for (const rental of rentals) {
    const { serviceOfficeNumber, satelliteNumber } = rental.row;
    add(byOffice, `${serviceOfficeNumber} ${satelliteNumber}`, rental);
  }
  // Whether numbers run on across offices the standard does not say.
  for (const own of byOffice.values()) judgeOffice(own, isComplete && byOffice.size === 1, report);
}

/** One item on several days is not told from several: it is judged only where there are others, or two on one day. */
function judgeOffice(rentals: readonly Rental[], isComplete: boolean, report: ReportRow<Name>): void {
  const items = new Set(rentals.map(itemOf));
  if (items.size === 1 && new Set(rentals.map(dayOf)).size === rentals.length) return;
  const held = new Map<number, { readonly first: Rental; readonly days: Set<string> }>();
  let isSound = true;
  for (const rental of rentals) {
    const { detailNumber } = rental.row;
    const holder = detailNumber === undefined ? undefined : held.get(detailNumber);
    const isTaken = holder && (itemOf(holder.first) !== itemOf(rental) || holder.days.has(dayOf(rental)));
    if (detailNumber === undefined || isTaken) {
      isSound = false;
      report(rental.index, 'detailNumber', { expected: '1, 2, 3 ...' });
    } else if (holder) holder.days.add(dayOf(rental));
    else held.set(detailNumber, { first: rental, days: new Set([dayOf(rental)]) });
  }
  if (!isComplete || !isSound) return;
  const numbers = [...held.keys()].sort((a, b) => a - b);
  const gap = numbers.findIndex((number, i) => number !== i + 1);
  const at = held.get(numbers[gap] ?? -1);
  if (at) report(at.first.index, 'detailNumber', { expected: gap + 1 });
}

const itemOf = ({ row }: Rental): string => `${row.taisCode} ${row.equipmentNotificationCode}`;
/** Halves of a month that are billed apart may stand on one day. */
const dayOf = ({ row }: Rental): string => `${row.serviceDate} ${row.proratedDays}`;
