import { type Actuals, serviceTypeOf, type UsageSlip } from '../../schema/index.js';
import { byWeight, lineAttention, officeAttention } from './attention.js';
import { type Entry, entriesOf, groupBy, sortBy } from './entries.js';
import { byLine, type Judged, judge, sideOf } from './judge.js';
import { leadOf, pairUp } from './pair.js';
import { sumOf, unitsDifference } from './sums.js';
import type { Attention, ComparisonState, ReconciledLine, ReconciledOffice, ReconcileOptions } from './types.js';

/** What `reconcile` finds in lines and days. */
export interface Compared {
  readonly offices: readonly ReconciledOffice[];
  readonly lines: readonly ReconciledLine[];
  readonly attention: readonly Attention[];
}

const officeKey = (office: string, type: string): string => JSON.stringify([office, type]);

/** Compares the lines of a slip with those of actuals that belong to it, office by office. */
export function compare(slip: UsageSlip, actuals: readonly Actuals[], options: ReconcileOptions): Compared {
  const keyOf = ({ service }: Entry) => officeKey(service.serviceOfficeNumber, service.serviceType);
  const planned = groupBy(entriesOf(slip.lines, options), keyOf);
  const deliveredLines = actuals.flatMap(({ lines }) => lines);
  const delivered = groupBy(entriesOf(deliveredLines, options), keyOf);
  const received = new Set(actuals.map((one) => officeKey(one.serviceOfficeNumber, one.serviceType)));
  const keys = [...new Set([...planned.keys(), ...delivered.keys()])].sort();
  const found = keys.map((key) =>
    compareOffice(key, planned.get(key) ?? [], delivered.get(key) ?? [], received.has(key), options),
  );
  return {
    offices: found.map(({ office }) => office),
    lines: found.flatMap(({ lines }) => lines),
    attention: byWeight(found.flatMap(({ attention }) => attention)),
  };
}

function compareOffice(
  key: string,
  planned: readonly Entry[],
  actual: readonly Entry[],
  received: boolean,
  options: ReconcileOptions,
): { office: ReconciledOffice; lines: ReconciledLine[]; attention: Attention[] } {
  const [serviceOfficeNumber, serviceType] = JSON.parse(key) as [string, string];
  const judged = judge(pairUp(planned, actual));
  const state = stateOf(serviceType, planned.length > 0, received || actual.length > 0);
  const name = [...planned, ...actual].find((one) => one.serviceOfficeName !== undefined)?.serviceOfficeName;
  const sums = { planned: sumOf(sideOf(judged, 'planned')), actual: sumOf(sideOf(judged, 'actual')) };
  const isShown = state === 'compared' || state === 'notPlanned';
  const office: ReconciledOffice = {
    serviceOfficeNumber,
    serviceType,
    ...(name === undefined ? {} : { serviceOfficeName: name }),
    state,
    ...sums,
    ...(isShown ? { unitsDifference: unitsDifference(sums.planned, sums.actual) } : {}),
  };
  const hasSent = options.hasSent?.(serviceOfficeNumber, serviceType) ?? false;
  const whole = officeAttention(office, state === 'notReceived' ? [] : judged, hasSent);
  if (!isShown) return { office, lines: [], attention: whole };
  const plannedServices = new Set(planned.map((one) => one.serviceKey));
  const lines = byLine(judged);
  return {
    office,
    lines: lines.map(lineOf),
    attention: whole.length > 0 ? whole : lines.flatMap((line) => lineAttention(line, plannedServices)),
  };
}

function stateOf(serviceType: string, planned: boolean, received: boolean): ComparisonState {
  if (received) return planned ? 'compared' : 'notPlanned';
  return serviceTypeOf(serviceType)?.exchanged === false ? 'notExchanged' : 'notReceived';
}

function lineOf(line: readonly Judged[]): ReconciledLine {
  const [{ service, monthly }] = line.map(({ pair }) => leadOf(pair)) as [Entry];
  const names = line.map(({ pair }) => leadOf(pair).equipmentName).filter((one) => one !== undefined);
  const [equipmentName] = sortBy(names, (one) => one);
  return {
    ...service,
    ...(equipmentName === undefined ? {} : { equipmentName }),
    monthly,
    days: line.map(({ day }) => day),
  };
}
