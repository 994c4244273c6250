import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!threat|-)/.test(line));

/** Tests as a row names them: a file, and names that stand in it. */
const named = (row: string) =>
  [...row.matchAll(/`(test\/[^`]+)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ file, name })),
  );

describe('the page of threats', () => {
  it('has a test for each of them', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => named(row).length === 0)).toEqual([]);
  });

  it.each(rows.flatMap(named))('$file has “$name”', ({ file, name }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`'${name}'`);
  });
});
