import { V4_1 } from '../index.js';
import { UsageError } from './io.js';

/** `careplan layouts [KIND] [--json]`: the tables of the standard. */
export function layouts(kind: string | undefined, options: { json?: boolean }): void {
  const chosen = V4_1.layouts.filter((layout) => kind === undefined || layout.kind === kind);
  if (chosen.length === 0) {
    throw new UsageError(`no such kind: ${kind}. The kinds are ${V4_1.layouts.map((l) => l.kind).join(', ')}`);
  }
  const tables = chosen.map(({ kind, ja, monthInName, placed }) => ({
    kind,
    ja,
    monthInName,
    fields: placed.map(({ no, name, ja, kind: cell, required }) => ({
      no,
      name,
      ja,
      length: cell.length,
      required,
      type: cell.type,
      ...(cell.codes ? { codes: cell.codes } : {}),
    })),
  }));
  if (options.json) {
    process.stdout.write(`${JSON.stringify(tables, null, 2)}\n`);
    return;
  }
  for (const { kind, ja, fields } of tables) {
    process.stdout.write(`${kind} ${ja}\n`);
    for (const { no, name, ja, length, required, type } of fields) {
      process.stdout.write(
        `  ${no}\t${required ? '*' : ' '}\t${type}${length === null ? '' : `(${length})`}\t${name}\t${ja}\n`,
      );
    }
  }
}
