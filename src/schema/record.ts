import * as z from 'zod';
import type { Layout, RecordOfLayout } from './layout.js';

/**
 * The zod schema of a layout's record: every column by name, required or optional, nothing else.
 *
 * For objects at the edge of the library (a request body, a JSON file). Files do not pass through it: their cells are
 * checked by the same kinds when they are read and written.
 */
export function recordSchema<L extends Layout>(layout: L): z.ZodType<RecordOfLayout<L>> {
  const shape: Record<string, z.ZodType> = {};
  for (const column of layout.placed) {
    const value = column.kind.value();
    shape[column.name] = column.required ? value : value.exactOptional();
  }
  return z.strictObject(shape) as unknown as z.ZodType<RecordOfLayout<L>>;
}
