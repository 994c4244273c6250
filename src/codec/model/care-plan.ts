import type { Layout } from '../../schema/internal.js';
import {
  beginsGoal,
  type CarePlan,
  DAILY_ACTIVITY,
  LONG_TERM_GOAL,
  NEED,
  OTHER_SERVICE,
  SERVICE,
  SHEET1,
  SHEET2,
  SHEET3,
  SHORT_TERM_GOAL,
  type Sheet2,
  type Sheet3,
  WEEKLY_SERVICE,
} from '../../schema/model/care-plan.js';
import { groupBy, type Reading, take } from './reading.js';
import { keyOf, type Row, type SourceRow } from './row-table.js';
import { identityPiece, readServiceUser, writeSupplement } from './service-user.js';
import { type Path, type Piece, piece, type Writing } from './writing.js';

const KEY = { names: ['planDate'] } as const;

/** Sheets 1, 2 and 3 and the supplement, put together by person and plan date. */
export function* readCarePlans(reading: Reading): Generator<CarePlan> {
  for (const heads of reading.table.takeAll(SHEET1.layout)) {
    const [{ record, layout }] = heads;
    const of = (other: Layout) => reading.table.take(other, keyOf(layout, record));
    const [rows2, rows3] = [of(SHEET2.layout), of(SHEET3.layout)];
    const serviceUser = readServiceUser(reading, record, take(KEY, record));
    const tree = numbered(reading, rows2);
    if (!reading.accepts([...heads, ...rows2, ...rows3]) || !tree) continue;
    const head = reading.one(heads);
    yield {
      serviceUser,
      ...take(KEY, record),
      sheet1: take(SHEET1, head?.record ?? record),
      ...(rows2.length === 0 ? {} : { sheet2: readSheet2(reading, tree) }),
      ...readSheet3(reading, rows3),
    } as CarePlan;
  }
}

const NUMBERS = [NEED.names[0], LONG_TERM_GOAL.names[0], SERVICE.names[0]] as readonly string[];

/** The rows of sheet 2 sorted by their numbers; undefined where a row lacks one, so that it has no place. */
function numbered(reading: Reading, rows: readonly SourceRow[]): readonly SourceRow[] | undefined {
  const lost = rows.find(({ record, readable }) => readable && NUMBERS.some((name) => record[name] === undefined));
  if (lost) {
    reading.leave(rows, 'document.number', lost);
    return undefined;
  }
  return [...rows].sort((a, b) => {
    const difference = NUMBERS.map((name) => (a.record[name] as number) - (b.record[name] as number));
    return difference.find((one) => one !== 0) ?? 0;
  });
}

/** The tree of sheet 2, whether its texts stand on the first row of what they describe or on all (section 7). */
function readSheet2(reading: Reading, rows: readonly SourceRow[]): Sheet2 {
  const needs = groupBy(rows, NUMBERS[0] as string).map((ofNeed) => ({
    ...reading.shared(NEED, ofNeed),
    longTermGoals: groupBy(ofNeed, NUMBERS[1] as string).map((ofGoal) => ({
      ...reading.shared(LONG_TERM_GOAL, ofGoal),
      shortTermGoals: readShortTermGoals(ofGoal),
    })),
  }));
  return { ...reading.shared(SHEET2, rows), needs } as Sheet2;
}

function readShortTermGoals(rows: readonly SourceRow[]): Row[] {
  const goals: { texts: Row; services: Row[] }[] = [];
  for (const { record } of rows) {
    const texts = take(SHORT_TERM_GOAL, record);
    const current = goals.at(-1);
    if (!current || beginsGoal(texts, current.texts)) goals.push({ texts, services: [take(SERVICE, record)] });
    else current.services.push(take(SERVICE, record));
  }
  return goals.map(({ texts, services }) => ({ ...texts, services }));
}

/** The three kinds of row of sheet 3, by what is filled. */
const WEEK = [
  ['services', WEEKLY_SERVICE],
  ['dailyActivities', DAILY_ACTIVITY],
  ['otherServices', OTHER_SERVICE],
] as const;

function readSheet3(reading: Reading, rows: readonly SourceRow[]): { sheet3?: Sheet3 } {
  const lists: Record<string, Row[]> = { services: [], dailyActivities: [], otherServices: [] };
  let filled = 0;
  for (const row of rows) {
    const entries = WEEK.map(([list, part]) => [list, take(part, row.record)] as const).filter(
      ([, entry]) => Object.keys(entry).length > 0,
    );
    if (entries.length === 0) reading.leave([row], 'document.emptyRow');
    if (entries.length > 1) reading.tell(row, 'document.mixedRow');
    for (const [list, entry] of entries) lists[list]?.push(entry);
    filled += entries.length;
  }
  return filled === 0 ? {} : { sheet3: { ...reading.shared(SHEET3, rows), ...lists } as Sheet3 };
}

export function writeCarePlan(plan: CarePlan, writing: Writing, path: Path): void {
  const { serviceUser, sheet1, sheet2, sheet3 } = plan;
  const key = piece(KEY, plan, path);
  const whose = [identityPiece(serviceUser, path), key];
  writing.row(SHEET1.layout, [...whose, piece(SHEET1, sheet1, [...path, 'sheet1'])]);
  if (sheet2) writeSheet2(sheet2, writing, whose, [...path, 'sheet2']);
  if (sheet3) {
    const at = [...path, 'sheet3'];
    const head = [...whose, piece(SHEET3, sheet3, at)];
    for (const [list, part] of WEEK) {
      for (const [i, entry] of sheet3[list].entries()) {
        writing.row(SHEET3.layout, [...head, piece(part, entry, [...at, list, i])]);
      }
    }
  }
  writeSupplement(writing, serviceUser, key, path);
}

/** One row a service; each text once, on the first row of what it describes, and the numbers on every row. */
function writeSheet2(sheet2: Sheet2, writing: Writing, whose: readonly Piece[], path: Path): void {
  const head = [...whose, piece(SHEET2, sheet2, path)];
  sheet2.needs.forEach((need, n) => {
    const needAt = [...path, 'needs', n];
    let needTexts = piece(NEED, need, needAt);
    need.longTermGoals.forEach((longTerm, l) => {
      const longTermAt = [...needAt, 'longTermGoals', l];
      let longTermTexts = piece(LONG_TERM_GOAL, longTerm, longTermAt);
      longTerm.shortTermGoals.forEach((shortTerm, s) => {
        const shortTermAt = [...longTermAt, 'shortTermGoals', s];
        let shortTermTexts: Piece[] = [piece(SHORT_TERM_GOAL, shortTerm, shortTermAt)];
        shortTerm.services.forEach((service, i) => {
          const texts = piece(SERVICE, service, [...shortTermAt, 'services', i]);
          writing.row(SHEET2.layout, [...head, texts, needTexts, longTermTexts, ...shortTermTexts]);
          needTexts = piece({ names: NUMBERS }, need, needAt);
          longTermTexts = piece({ names: NUMBERS }, longTerm, longTermAt);
          shortTermTexts = [];
        });
      });
    });
  });
}
