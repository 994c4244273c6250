import {
  numberOrder,
  PREVENTIVE_NEED,
  PREVENTIVE_PLAN,
  PREVENTIVE_SERVICE,
  type PreventiveNeed,
  type PreventivePlan,
  SUPPORT_PLAN,
} from '../../schema/model/preventive-plan.js';
import { groupBy, type Reading, take } from './reading.js';
import { keyOf, type SourceRow } from './row-table.js';
import { identityPiece, readIdentity } from './service-user.js';
import { type Path, type Piece, piece, type Writing } from './writing.js';

const KEY = { names: ['planDate'] } as const;
const LEVELS = [PREVENTIVE_NEED, SUPPORT_PLAN, PREVENTIVE_SERVICE].map(({ names }) => names[0]) as [
  string,
  string,
  string,
];

/** UPYOBO and the needs of its SUB, put together by person and plan date. */
export function* readPreventivePlans(reading: Reading): Generator<PreventivePlan> {
  for (const heads of reading.table.takeAll(PREVENTIVE_PLAN.layout)) {
    const rows = reading.table.take(PREVENTIVE_NEED.layout, keyOf(heads[0].layout, heads[0].record));
    if (!reading.accepts([...heads, ...rows]) || !isTree(reading, rows)) continue;
    const head = reading.one(heads) ?? heads[0];
    yield {
      serviceUser: readIdentity(head.record),
      ...take(KEY, head.record),
      ...take(PREVENTIVE_PLAN, head.record),
      needs: readNeeds(reading, rows),
    } as PreventivePlan;
  }
}

/** Whether every row has the numbers of what stands above what it has: a service of a support plan, of a need. */
function isTree(reading: Reading, rows: readonly SourceRow[]): boolean {
  const [need, plan, service] = LEVELS;
  const lost = rows.find(
    ({ record }) => record[need] === undefined || (record[plan] === undefined && record[service] !== undefined),
  );
  if (lost) reading.leave(rows, 'document.number', lost);
  return !lost;
}

/** Needs, support plans and services; texts stand on the first row of what they describe, or on all (section 11). */
function readNeeds(reading: Reading, rows: readonly SourceRow[]): PreventiveNeed[] {
  const level = (of: readonly SourceRow[], name: string) =>
    groupBy(
      of.filter(({ record }) => record[name] !== undefined),
      name,
    ).sort(([a], [b]) => numberOrder(a.record[name] as string) - numberOrder(b.record[name] as string));
  const [need, plan, service] = LEVELS;
  return level(rows, need).map((ofNeed) => ({
    ...reading.shared(PREVENTIVE_NEED, ofNeed),
    supportPlans: level(ofNeed, plan).map((ofPlan) => ({
      ...reading.shared(SUPPORT_PLAN, ofPlan),
      services: level(ofPlan, service).flatMap((same) => same.map(({ record }) => take(PREVENTIVE_SERVICE, record))),
    })),
  })) as unknown as PreventiveNeed[];
}

export function writePreventivePlan(plan: PreventivePlan, writing: Writing, path: Path): void {
  const whose = [identityPiece(plan.serviceUser, path), piece(KEY, plan, path)];
  writing.row(PREVENTIVE_PLAN.layout, [...whose, piece(PREVENTIVE_PLAN, plan, path)]);
  for (const [n, need] of plan.needs.entries()) writeNeed(need, writing, whose, [...path, 'needs', n]);
}

/** A row a service; one without services for a support plan, or a need, that has none. */
function writeNeed(need: PreventiveNeed, writing: Writing, whose: readonly Piece[], path: Path): void {
  const numbers = { names: LEVELS };
  const row = (...pieces: readonly Piece[]) => writing.row(PREVENTIVE_NEED.layout, [...pieces, ...whose]);
  let needTexts = piece(PREVENTIVE_NEED, need, path);
  if (need.supportPlans.length === 0) row(needTexts);
  need.supportPlans.forEach((plan, p) => {
    const planAt = [...path, 'supportPlans', p];
    let planTexts = piece(SUPPORT_PLAN, plan, planAt);
    if (plan.services.length === 0) row(planTexts, needTexts);
    plan.services.forEach((service, s) => {
      row(piece(PREVENTIVE_SERVICE, service, [...planAt, 'services', s]), planTexts, needTexts);
      planTexts = piece(numbers, plan, planAt);
      needTexts = piece(numbers, need, path);
    });
    needTexts = piece(numbers, need, path);
  });
}
