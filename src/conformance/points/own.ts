import type { Cells, ColumnName, Issue } from '../../schema/internal.js';
import { serviceTypeOf } from '../../schema/internal.js';
import { PREVENTIVE_NEED, SUPPORT_PLAN } from '../../schema/model/preventive-plan.js';
import { type Kit, type KitRow, servedBy } from '../kit.js';
import { headOf, isOfPrograms } from '../pattern.js';
import { OWN } from '../words/own.js';
import { type Finding, findingAt } from './point.js';

/** Nothing of what the pattern is about was given. */
export function* headMissing({ pattern, transmissions }: Kit): Generator<Finding> {
  const has = transmissions.some(({ files }) => files.some(({ kind }) => kind === pattern.head));
  if (!has) yield { message: OWN.headMissing(headOf(pattern)) };
}

/**
 * Sender and receiver that are not those of the pattern: a plan goes from an office that plans to one that serves, actuals
 * the other way. A centre and the offices that it entrusts write to each other (section 1).
 */
export function* wrongSides({ pattern, transmissions }: Kit): Generator<Finding> {
  const planners: readonly string[] = pattern.planners;
  const isReverse = headOf(pattern).sentBy === 'service';
  for (const { from, to, files, images } of transmissions) {
    const file = files[0]?.path ?? images[0]?.path ?? '';
    const [plans, other] = isReverse ? [to, from] : [from, to];
    // Names of edition 3 have no types, and are told elsewhere.
    if (plans.serviceType === undefined || other.serviceType === undefined) continue;
    const passesOn = pattern.entrusts && planners.includes(other.serviceType);
    const serves = serviceTypeOf(other.serviceType)?.exchanged === true;
    if (!planners.includes(plans.serviceType)) {
      yield { file, message: OWN.planner(isReverse, planners) };
    } else if (!serves && !passesOn) {
      yield { file, message: OWN.server(isReverse) };
    }
  }
}

/**
 * Slips of persons none of whose services are of the pattern's programmes: in the month of a change both may stand in one. A
 * file of actuals may hold several types of an office (section 6), and is not judged.
 */
export function* otherPrograms({ pattern, transmissions }: Kit): Generator<Finding> {
  const head = headOf(pattern);
  if (head.sentBy === 'service') return;
  for (const { rows } of transmissions) {
    for (const person of unitsOf(rows.filter(({ layout }) => layout.kind === head.kind))) {
      const judged = person.map(({ record }) => isOfPrograms(pattern, servedBy(record) ?? ''));
      const [first] = person;
      if (first && !judged.includes(true) && judged.includes(false)) {
        yield findingAt(first, 'serviceCode', OWN.programs(pattern.programs));
      }
    }
  }
}

/** A column marked 必要 that is empty (section 11): the checker only warns of it. */
export const isNeeded = ({ code, severity }: Issue): boolean => code === 'cell.required' && severity === 'warning';

const LEVELS = [
  { number: 'needNumber', texts: PREVENTIVE_NEED.names.slice(1) },
  { number: 'supportPlanNumber', texts: SUPPORT_PLAN.names.slice(1) },
] as const;

/** Texts of a need or a support plan on rows below its first, where section 11 wants none. */
export function* repeatedTexts({ transmissions }: Kit): Generator<Finding> {
  for (const { rows } of transmissions) {
    const tree = rows.filter(({ layout }) => layout.kind === PREVENTIVE_NEED.layout.kind);
    for (const unit of unitsOf(tree)) {
      let prefix: string[] = [];
      for (const at of unit) {
        const numbers = LEVELS.map(({ number }) => String(at.record[number] ?? ''));
        for (const [i, { texts }] of LEVELS.entries()) {
          if (numbers.slice(0, i + 1).some((number, level) => number !== prefix[level])) continue;
          const filled = texts.find((name) => at.record[name as ColumnName] !== undefined);
          if (filled !== undefined) yield findingAt(at, filled, OWN.textsOnce);
        }
        prefix = numbers;
      }
    }
  }
}

/** The rows of each document of a file. */
export function unitsOf(rows: readonly KitRow[]): KitRow[][] {
  const units = new Map<string, KitRow[]>();
  for (const at of rows) {
    const key = JSON.stringify([at.file, ...at.layout.unitKey.map((name) => keyPart(at, name))]);
    const unit = units.get(key);
    if (unit) unit.push(at);
    else units.set(key, [at]);
  }
  return [...units.values()];
}

function keyPart({ layout, record }: KitRow, name: string): unknown {
  const value = (record as Cells)[name as ColumnName];
  const prefixes: Readonly<Partial<Record<string, number>>> = layout.unitKeyPrefix ?? {};
  const length = prefixes[name];
  return length === undefined ? (value ?? null) : String(value).slice(0, length);
}
