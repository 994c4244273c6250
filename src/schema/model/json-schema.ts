import * as z from 'zod';
import { annotate, type JsonSchema } from '../json-schema.js';
import { DOCUMENTS, type DocumentList, documents } from './documents.js';
import { columnOf, layoutIn } from './part.js';

/**
 * The JSON Schema (draft 2020-12) of documents by kind, or of the documents of one list.
 *
 * It tells names, forms, codes and lengths; `title` and `description` are those of the columns. What it cannot tell (a
 * real date, two goals that sheet 2 cannot tell apart), `checkDocuments` does.
 */
export function documentsJsonSchema(list?: DocumentList): JsonSchema {
  const schema = list === undefined ? documents : DOCUMENTS[list];
  return z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const layout = layoutIn(zodSchema);
      if (!layout) return;
      for (const [name, property] of Object.entries(jsonSchema.properties ?? {})) {
        const column = columnOf(zodSchema, name);
        if (column && typeof property === 'object') annotate(property as JsonSchema, layout, column);
      }
    },
  }) as JsonSchema;
}
