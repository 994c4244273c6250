import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!threat|-)/.test(line));

/** Tests as a row names them: a file, and names that stand in it. */
const named = (row: string) =>
  [...row.matchAll(/`((?:relay\/)?(?:test|src\/conformance)\/[^`]+)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(
    ([, file = '', names = '']) => [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ file, name })),
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

describe('the dependencies of the library', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string>; hasInstallScript?: boolean }>;
  };

  it('are the few that are named, and none runs a script when it is installed', () => {
    const named = 'cli-progress commander csv-parse fflate iconv-lite jose ky zod'.split(' ');
    expect(Object.keys(lock.packages['']?.dependencies ?? {}).sort()).toEqual(named);
    const all = new Set<string>();
    const collect = (name: string) => {
      if (all.has(name)) return;
      all.add(name);
      for (const next of Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {})) collect(next);
    };
    for (const name of named) collect(name);
    expect(all.size).toBeLessThan(20);
    expect([...all].filter((name) => lock.packages[`node_modules/${name}`]?.hasInstallScript)).toEqual([]);
    expect([...all].filter((name) => lock.packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });
});
