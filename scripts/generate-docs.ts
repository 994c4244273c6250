/** Writes docs/layouts, docs/codes and docs/schemas from the tables of src/schema, docs/deviations.md and docs/rules.md from their vectors. Run: npm run generate */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FOLDERS, pages } from './docs/pages.js';

const ROOT = new URL('..', import.meta.url);

for (const folder of FOLDERS) {
  rmSync(new URL(folder, ROOT), { recursive: true, force: true });
  mkdirSync(new URL(folder, ROOT), { recursive: true });
}
for (const [path, text] of pages()) writeFileSync(fileURLToPath(new URL(path, ROOT)), text);
