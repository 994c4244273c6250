import type { Layout } from '../../schema/internal.js';
import { ACTUALS_LINE, type Actuals } from '../../schema/model/actuals.js';
import type { Part } from '../../schema/model/part.js';
import {
  LINE,
  LINE_DAY,
  type Line,
  SLIP,
  STATEMENT,
  STATEMENT_ROW,
  type Statement,
  serviceTypeIn,
  type UsageSlip,
} from '../../schema/model/usage-slip.js';
import { type Reading, take } from './reading.js';
import { keyOf, type SourceRow } from './row-table.js';
import { identityPiece, readIdentity, readServiceUser, writeSupplement } from './service-user.js';
import { type Path, type Piece, piece, type Writing } from './writing.js';

const MONTH = { names: ['serviceMonth'] } as const;

/** Sheet 6, sheet 7 and the supplement, put together by person and month. */
export function* readUsageSlips(reading: Reading): Generator<UsageSlip> {
  for (const rows of reading.table.takeAll(SLIP.layout)) {
    const [{ record, layout }] = rows;
    const statementRows = reading.table.take(STATEMENT.layout, keyOf(layout, record));
    const serviceUser = readServiceUser(reading, record, take(MONTH, record));
    if (!reading.accepts([...rows, ...statementRows])) continue;
    yield {
      serviceUser,
      ...take(MONTH, record),
      ...reading.shared(SLIP, rows),
      lines: gather(rows),
      ...(statementRows.length === 0 ? {} : { statement: readStatement(reading, statementRows) }),
    } as UsageSlip;
  }
}

/** Actuals, put together by person, month, service office and service type. */
export function* readActuals(reading: Reading): Generator<Actuals> {
  for (const rows of reading.table.takeAll(ACTUALS_LINE.layout)) {
    if (!reading.accepts(rows)) continue;
    const [{ record }] = rows;
    yield {
      serviceUser: readIdentity(record),
      ...take(MONTH, record),
      serviceOfficeNumber: record.serviceOfficeNumber,
      serviceType: serviceTypeIn(record.serviceCode as string),
      ...reading.shared(SLIP, rows),
      lines: gather(rows),
    } as Actuals;
  }
}

/** The rows of sheet 6 as lines with their days, lines and days in the order in which they come. */
function gather(rows: readonly SourceRow[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { record } of rows) {
    const key = JSON.stringify(LINE.names.map((name) => record[name] ?? null));
    const day = take(LINE_DAY, record) as Line['days'][number];
    const line = lines.get(key);
    if (line) line.days.push(day);
    else lines.set(key, { ...take(LINE, record), days: [day] } as Line);
  }
  return [...lines.values()];
}

const readStatement = (reading: Reading, rows: readonly SourceRow[]): Statement =>
  ({
    ...reading.shared(STATEMENT, rows),
    rows: rows.map(({ record }) => take(STATEMENT_ROW, record)),
  }) as Statement;

export function writeUsageSlip(slip: UsageSlip, writing: Writing, path: Path): void {
  const { serviceUser, statement } = slip;
  const month = piece(MONTH, slip, path);
  const whose = [identityPiece(serviceUser, path), month];
  spread(SLIP.layout, slip.lines, [...whose, piece(SLIP, slip, path)], writing, path);
  statement?.rows.forEach((row, i) => {
    const at = [...path, 'statement'];
    const own = piece(STATEMENT_ROW, row, [...at, 'rows', i]);
    writing.row(STATEMENT.layout, [...whose, own, piece(STATEMENT, statement, at)]);
  });
  writeSupplement(writing, serviceUser, month, path);
}

export function writeActuals(actuals: Actuals, writing: Writing, path: Path): void {
  const head = [identityPiece(actuals.serviceUser, path), piece(MONTH, actuals, path), piece(SLIP, actuals, path)];
  spread(ACTUALS_LINE.layout, actuals.lines, head, writing, path);
}

/** One row for each day of each line. */
function spread(layout: Layout, lines: readonly Line[], head: readonly Piece[], writing: Writing, path: Path): void {
  lines.forEach((line, i) => {
    const at = [...path, 'lines', i];
    const own = piece(LINE as Part, line, at);
    line.days.forEach((day, d) => {
      writing.row(layout, [piece(LINE_DAY, day, [...at, 'days', d]), own, ...head]);
    });
  });
}
