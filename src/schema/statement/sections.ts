import { type StatementRow, type StatementRowKind, serviceTypeIn, statementRowKind } from '../model/usage-slip.js';

/** What the rows below the head of a statement are about. */
export type DetailKind = Exclude<StatementRowKind, 'detail' | 'total'>;

/** A row of a statement and its index. */
export interface RowAt {
  readonly row: StatementRow;
  readonly index: number;
}

/** A subtotal and the detail rows that it adds up. */
export interface Subtotal extends RowAt {
  readonly kind: DetailKind;
  readonly covered: readonly RowAt[];
  /** Whether its サービス単位 are the sum of some rows that it may add up. */
  readonly agrees: boolean;
}

/** The rows of one service office and type. */
export interface Section {
  readonly serviceType: string;
  readonly details: readonly RowAt[];
  readonly subtotals: readonly Subtotal[];
  /** Detail rows that no subtotal adds up: their amounts stand on themselves. */
  readonly alone: readonly RowAt[];
  /** What a detail row is; undefined where the standard lets the sender leave that open. */
  kindOf(detail: RowAt): DetailKind | undefined;
}

export interface Sections {
  readonly sections: readonly Section[];
  readonly totals: readonly RowAt[];
  /** Subtotals beyond the first of a kind. */
  readonly repeated: readonly RowAt[];
  /** Subtotals under an office number that has no detail row of their type: that they have one is our inference. */
  readonly strangers: readonly RowAt[];
}

export const unitsOf = (rows: readonly RowAt[]): number =>
  rows.reduce((sum, { row }) => sum + (row.serviceUnits ?? 0), 0);

const bearsAmounts = ({ row }: RowAt): boolean => row.unitPrice !== undefined || row.totalCost !== undefined;

/** Sorts the rows of a statement by office and type, and finds what each subtotal adds up. */
export function sectionsOf(rows: readonly StatementRow[]): Sections {
  const totals: RowAt[] = [];
  const repeated: RowAt[] = [];
  const strangers: RowAt[] = [];
  const details = new Map<string, RowAt[]>();
  const subtotals = new Map<string, Map<DetailKind, RowAt>>();
  const keyOf = ({ serviceOfficeNumber, serviceCode }: StatementRow) =>
    `${serviceOfficeNumber} ${serviceTypeIn(serviceCode)}`;
  const all = rows.map((row, index) => ({ row, index }));
  const isDetail = ({ row }: RowAt) => statementRowKind(row.serviceCode) === 'detail';
  for (const at of all.filter(isDetail)) {
    const own = details.get(keyOf(at.row));
    if (own) own.push(at);
    else details.set(keyOf(at.row), [at]);
  }
  for (const at of all.filter((one) => !isDetail(one))) {
    const kind = statementRowKind(at.row.serviceCode);
    const key = keyOf(at.row);
    const ofKey = subtotals.get(key) ?? new Map<DetailKind, RowAt>();
    if (kind === 'total') totals.push(at);
    else if (kind === 'detail' || !details.has(key)) strangers.push(at);
    else if (ofKey.has(kind)) repeated.push(at);
    else subtotals.set(key, ofKey.set(kind, at));
  }
  const fillsManaged = all.some((at) => isDetail(at) && at.row.managedUnits !== undefined);
  const sections = [...details].map(([key, own]) => sectionOf(own, subtotals.get(key) ?? new Map(), fillsManaged));
  return { sections, totals, repeated, strangers };
}

function sectionOf(details: readonly RowAt[], found: ReadonlyMap<DetailKind, RowAt>, fillsManaged: boolean): Section {
  const kindOf = (at: RowAt): DetailKind | undefined => {
    const { overThirtyDays, managedUnits } = at.row;
    if (overThirtyDays === '1') return 'overThirtyDays';
    if (fillsManaged) return managedUnits === undefined ? 'outsideLimit' : 'withinLimit';
    if (details.length > 1 && bearsAmounts(at)) return 'outsideLimit';
    if (!found.has('outsideLimit') && !found.has('withinLimit')) return 'withinLimit';
    return found.has('withinLimit') ? undefined : 'outsideLimit';
  };
  const subtotals = [...found].map(([kind, at]): Subtotal => {
    const ofKind = details.filter((detail) => kindOf(detail) === kind);
    const unclear = details.filter((detail) => kindOf(detail) === undefined);
    return { ...at, kind, ...coverOf(at.row.serviceUnits, ofKind, kind === 'overThirtyDays' ? [] : unclear) };
  });
  const covered = new Set(subtotals.flatMap((subtotal) => subtotal.covered));
  const [first] = details as readonly [RowAt, ...RowAt[]];
  const serviceType = serviceTypeIn(first.row.serviceCode);
  return { serviceType, details, subtotals, alone: details.filter((one) => !covered.has(one)), kindOf };
}

/** The rows that add up to some units: all of a kind, or those without amounts of their own; and any of unclear kind. */
function coverOf(units: number | undefined, ofKind: readonly RowAt[], unclear: readonly RowAt[]) {
  const choices = [ofKind, ofKind.filter((at) => !bearsAmounts(at))];
  if (units === undefined) return { covered: ofKind, agrees: true };
  const exact = choices.find((choice) => unitsOf([...choice, ...unclear]) === units);
  if (exact) return { covered: [...exact, ...unclear], agrees: true };
  const some = choices.find((choice) => canAddUpTo(units - unitsOf(choice), unclear));
  return { covered: [...(some ?? ofKind), ...unclear], agrees: some !== undefined && unclear.length > 0 };
}

/** Whether some of the rows add up to a number of units: each bit stands for a sum that some of them have. */
function canAddUpTo(units: number, rows: readonly RowAt[]): boolean {
  if (units < 0) return false;
  const upToUnits = (1n << BigInt(units + 1)) - 1n;
  let sums = 1n;
  for (const { row } of rows) sums |= (sums << BigInt(row.serviceUnits ?? 0)) & upToUnits;
  return sums >> BigInt(units) === 1n;
}
