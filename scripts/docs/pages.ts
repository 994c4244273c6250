import { documentsJsonSchema, recordJsonSchema } from '../../src/schema/index.js';
import { codeIndex, codePage, officeTypesPage, serviceTypesPage } from './code-pages.js';
import { deviationsPage } from './deviations-page.js';
import { layoutIndex } from './layout-index.js';
import { layoutPage } from './layout-page.js';
import { CODE_TABLES, LAYOUTS, pageOf } from './tables.js';

/** The folders that hold generated pages and nothing else. */
export const FOLDERS = ['docs/layouts', 'docs/codes', 'docs/schemas'] as const;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every generated page by its path. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/deviations.md', deviationsPage()],
    ['docs/layouts/README.md', layoutIndex()],
    ...LAYOUTS.map((layout) => [`docs/layouts/${layout.kind}.md`, layoutPage(layout)] as const),
    ['docs/codes/README.md', codeIndex()],
    ...CODE_TABLES.map((one) => [`docs/codes/${pageOf(one.name)}`, codePage(one)] as const),
    [`docs/codes/${pageOf('SERVICE_TYPES')}`, serviceTypesPage()],
    [`docs/codes/${pageOf('OFFICE_TYPES')}`, officeTypesPage()],
    ...LAYOUTS.map((layout) => [`docs/schemas/${layout.kind}.json`, json(recordJsonSchema(layout))] as const),
    ['docs/schemas/documents.json', json(documentsJsonSchema())],
  ]);
}
