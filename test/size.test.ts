import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { BROWSER_SUBPATHS, moduleOf, weighedFile } from '../scripts/browser-bundle.js';

const text = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const limits: { name: string; path: string; limit: string }[] = JSON.parse(text('package.json'))['size-limit'];

it('the bundle of every subpath for browsers is weighed', () => {
  expect(limits.map(({ name, path }) => [name, path])).toEqual(
    BROWSER_SUBPATHS.map((subpath) => [moduleOf(subpath), weighedFile(subpath)]),
  );
});

it.each(['README.md', 'README.ja.md'])('%s gives the sizes that are held', (readme) => {
  const table = /<!-- size -->(.*)<!-- \/size -->/s.exec(text(readme))?.[1] ?? '';
  const rows = [...table.matchAll(/^\| `(.+)` \| (.+) \|$/gm)].map(([, name, limit]) => ({ name, limit }));
  expect(rows).toEqual(limits.map(({ name, limit }) => ({ name, limit })));
});
