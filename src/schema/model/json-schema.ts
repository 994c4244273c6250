import * as z from 'zod';
import { DOCUMENTS, type DocumentList, documents } from './documents.js';

/**
 * The JSON Schema (draft 2020-12) of documents by kind, or of the documents of one list.
 *
 * It tells names, forms and lengths. What it cannot tell (a real date, two goals that sheet 2 cannot tell apart),
 * `checkDocuments` does.
 */
export function documentsJsonSchema(list?: DocumentList): Record<string, unknown> {
  const schema = list === undefined ? documents : DOCUMENTS[list];
  return z.toJSONSchema(schema, { unrepresentable: 'any' }) as Record<string, unknown>;
}
