import { type Line, serviceTypeIn } from '../../schema/index.js';
import type { DayValues, ReconciledService, ReconcileOptions } from './types.js';

/** A row of sheet 6: one service of an office on a day, and how it is compared. */
export interface Entry {
  readonly service: ReconciledService;
  readonly values: DayValues;
  readonly monthly: boolean;
  readonly percentage: boolean;
  readonly serviceOfficeName: string | undefined;
  readonly equipmentName: string | undefined;
  /** Office, service code and equipment: only entries that share it become a pair. */
  readonly serviceKey: string;
  /** The service as its line shows it. */
  readonly lineKey: string;
  /** Everything that tells the entry from another: the order of entries comes from it. */
  readonly key: string;
}

type Row = Readonly<Record<string, unknown>>;

/** Some properties of an object, those that are undefined left out. */
function pick<T extends object, K extends keyof T>(object: T, names: readonly K[]): Pick<T, K> {
  const entries = names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]);
  return Object.fromEntries(entries) as Pick<T, K>;
}

const SERVICE = ['serviceOfficeNumber', 'serviceCode', 'taisCode', 'equipmentNotificationCode'] as const;
const LINE = ['detailNumber', 'satelliteNumber'] as const;
const TIMES = ['startTime', 'endTime'] as const;
const keyOf = (object: object, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => (object as Row)[name] ?? null));

/** The rows of lines, sorted, so that the order in which lines and days come makes no difference. */
export function entriesOf(lines: readonly Line[], options: ReconcileOptions): Entry[] {
  const entries = lines.flatMap((line) => {
    const { serviceCode, serviceOfficeName, equipmentName } = line;
    const monthly = options.isMonthly?.(serviceCode) ?? false;
    const percentage = options.isPercentageAddOn?.(serviceCode) ?? false;
    const service: ReconciledService = {
      ...pick(line, SERVICE),
      serviceType: serviceTypeIn(serviceCode),
      ...pick(line, LINE),
      ...(monthly ? {} : pick(line, TIMES)),
    };
    const serviceKey = keyOf(service, SERVICE);
    const lineKey = keyOf(service, [...SERVICE, ...TIMES, ...LINE]);
    return line.days.map(({ serviceDate, count }): Entry => {
      const values: DayValues = { serviceDate, ...pick(line, TIMES), count, ...pick(line, ['units', ...LINE]) };
      const key = `${serviceKey}${keyOf(values, ['serviceDate', ...TIMES, 'units', 'count', ...LINE])}`;
      return { service, values, monthly, percentage, serviceOfficeName, equipmentName, serviceKey, lineKey, key };
    });
  });
  return sortBy(entries, ({ key, serviceOfficeName, equipmentName }) =>
    JSON.stringify([key, serviceOfficeName ?? null, equipmentName ?? null]),
  );
}

/** A sorted copy, by the code units of a text. */
export function sortBy<T>(list: readonly T[], textOf: (one: T) => string): T[] {
  return list
    .map((one) => ({ one, text: textOf(one) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ one }) => one);
}

/** Lists by a key, in the order in which the keys first come. */
export function groupBy<T>(list: Iterable<T>, keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
