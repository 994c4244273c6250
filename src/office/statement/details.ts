import { type Issue, issue, serviceTypeOf } from '../../schema/index.js';
import { checkObject } from '../../schema/model/check.js';
import { columnOf } from '../../schema/model/part.js';
import { type Line, lines as linesSchema, serviceTypeIn } from '../../schema/model/usage-slip.js';
import { isDiscounted } from '../../schema/statement/arithmetic.js';
import type { DetailKind } from '../../schema/statement/sections.js';
import type { StatementOptions } from './options.js';

/** One detail row to be: the lines of one office, satellite, service code and equipment (section 10). */
export interface Detail {
  readonly kind: DetailKind;
  /** The first of its lines. */
  readonly line: Line;
  /** Per time, before a discount. */
  readonly units: number;
  readonly discountRate: number | undefined;
  /** Per time, after it. */
  readonly discountedUnits: number;
  /** 給付管理単位数 per time. */
  readonly managedUnits: number;
  /** Times in the month. */
  readonly count: number;
}

/** A line without a row: its service type is not exchanged (section 6). */
export interface LeftOutLine {
  readonly line: Line;
  readonly reason: 'notExchanged';
}

export interface Gathered {
  readonly details: readonly Detail[];
  readonly leftOut: readonly LeftOutLine[];
  readonly issues: readonly Issue[];
}

const column = (name: 'units' | 'serviceCode') => {
  const placed = columnOf(linesSchema.element, name);
  return placed ? { column: placed } : {};
};
/** Columns that tell detail rows apart; the office's name, times and prorated days do not. */
const APART = [
  'serviceOfficeNumber',
  'satelliteNumber',
  'serviceCode',
  'taisCode',
  'equipmentNotificationCode',
  'equipmentName',
  'detailNumber',
  'overThirtyDays',
] as const;

/** Gathers lines into detail rows, in the order in which each first comes; lists everything that is wrong with lines. */
export function gatherDetails(lines: readonly Line[], options: StatementOptions): Gathered {
  const details = new Map<string, Detail>();
  const leftOut: LeftOutLine[] = [];
  const issues: Issue[] = [];
  lines.forEach((line, i) => {
    const at = `lines[${i}]`;
    const wrong = checkObject(linesSchema.element, line, { at: ['lines', i], showValues: options.showValues ?? false });
    if (wrong.length > 0) {
      issues.push(...wrong);
      return;
    }
    const type = serviceTypeOf(serviceTypeIn(line.serviceCode));
    if (type === undefined) {
      issues.push(issue('statement.serviceType', { path: `${at}.serviceCode` }, {}, column('serviceCode')));
    } else if (!type.exchanged) {
      leftOut.push({ line, reason: 'notExchanged' });
    } else if (line.units === undefined) {
      issues.push(issue('statement.units', { path: `${at}.units` }, {}, column('units')));
    } else {
      const detail = detailOf(line, line.units, options);
      issues.push(...checkDetail(detail, at));
      const { units, discountRate, discountedUnits, managedUnits, kind } = detail;
      const own = [units, discountRate, discountedUnits, managedUnits, kind, ...APART.map((name) => line[name])];
      const key = JSON.stringify(own.map((value) => value ?? null));
      const earlier = details.get(key);
      if (!earlier) details.set(key, detail);
      else if (!options.monthly?.(line.serviceCode)) {
        details.set(key, { ...earlier, count: earlier.count + detail.count });
      }
    }
  });
  return { details: [...details.values()], leftOut, issues };
}

function detailOf(line: Line, after: number, options: StatementOptions): Detail {
  const discount = options.discount?.(line);
  const { managedUnits } = options;
  const outside = options.outsideLimit?.(line) ? 'outsideLimit' : 'withinLimit';
  return {
    kind: line.overThirtyDays === '1' ? 'overThirtyDays' : outside,
    line,
    units: discount?.units ?? after,
    discountRate: discount?.rate,
    discountedUnits: after,
    managedUnits: typeof managedUnits === 'function' ? managedUnits(line) : after,
    count: options.monthly?.(line.serviceCode) ? 1 : line.days.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Whether a number is whole, from 0 on, and held exactly. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Checks what the caller said of a line. Units after a discount are whole, rounded either way. */
function* checkDetail(
  { units, discountRate: rate, discountedUnits, managedUnits }: Detail,
  at: string,
): Generator<Issue> {
  if (!isCount(managedUnits))
    yield issue('statement.option', { path: `managedUnits(${at})` }, { expected: '0, 1, 2 ...' });
  if (rate === undefined) return;
  const isRate = isCount(rate) && rate >= 1 && rate <= 100;
  if (!isRate) yield issue('statement.option', { path: `discount(${at}).rate` }, { expected: '1 - 100' });
  if (!isCount(units)) yield issue('statement.option', { path: `discount(${at}).units` }, { expected: '0, 1, 2 ...' });
  if (isRate && isCount(units) && !isDiscounted(units, rate, discountedUnits)) {
    yield issue('statement.discount', { path: `${at}.units` }, {}, column('units'));
  }
}
