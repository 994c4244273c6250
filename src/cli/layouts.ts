import { recordJsonSchema, V4_1 } from '../index.js';
import { UsageError } from './io.js';

/** `careplan layouts [KIND] [--json | --json-schema]`: the tables of the standard, or the JSON Schemas of their records. */
export function layouts(kind: string | undefined, options: { json?: boolean; jsonSchema?: boolean }): void {
  const chosen = V4_1.layouts.filter((layout) => kind === undefined || layout.kind === kind);
  if (chosen.length === 0) {
    throw new UsageError(`no such kind: ${kind}. The kinds are ${V4_1.layouts.map((l) => l.kind).join(', ')}`);
  }
  if (options.json && options.jsonSchema) throw new UsageError('--json and --json-schema: give one of them');
  if (options.jsonSchema) {
    const schemas = chosen.map((layout) => [layout.kind, recordJsonSchema(layout)] as const);
    const [[, first]] = schemas as [(typeof schemas)[0]];
    print(kind === undefined ? { $schema: first.$schema, $defs: Object.fromEntries(schemas) } : first);
    return;
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
    print(tables);
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

const print = (json: unknown): boolean => process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
