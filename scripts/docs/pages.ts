import { documentsJsonSchema, recordJsonSchema } from '../../src/schema/index.js';
import { charactersGuide } from './characters-tables.js';
import { codeIndex, codePage, officeTypesPage, serviceTypesPage } from './code-pages.js';
import { deviationsPage } from './deviations-page.js';
import { layoutIndex } from './layout-index.js';
import { layoutPage } from './layout-page.js';
import { examplesSource, ruleExamples, rulesPage } from './rules-page.js';
import { CODE_TABLES, LAYOUTS, pageOf } from './tables.js';

/** Generated files that lie among others; of the guides only the tables are. */
export const SINGLE = [
  'docs/deviations.md',
  'docs/rules.md',
  'src/cli/rule-examples.generated.ts',
  'docs/guide/characters.md',
  'docs/guide/characters.ja.md',
] as const;

/** The folders that hold generated pages and nothing else. */
export const FOLDERS = ['docs/layouts', 'docs/codes', 'docs/schemas'] as const;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every generated page by its path. */
export function pages(): ReadonlyMap<string, string> {
  const examples = ruleExamples();
  const [deviations, rules, source, guide, guideJa] = SINGLE;
  return new Map<string, string>([
    [deviations, deviationsPage()],
    [rules, rulesPage(examples)],
    [source, examplesSource(examples)],
    [guide, charactersGuide(guide, 'en')],
    [guideJa, charactersGuide(guideJa, 'ja')],
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
