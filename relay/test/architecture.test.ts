import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const code = (file: string): string => readFileSync(join(SRC, file), 'utf8');
const partOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, ''));
const imports = (file: string) =>
  [...code(file).matchAll(/(import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'/g)].map((m) => ({
    type: m[2] !== undefined,
    name: m[3] ?? '',
  }));
const target = (file: string, name: string) => relative(SRC, resolve(SRC, dirname(file), name)).replace(/\.js$/, '.ts');

/** The parts of the relay: what each may import of the others, and of packages. */
const ARROWS: Record<string, { parts: string[]; packages: string[] }> = {
  store: { parts: ['store'], packages: ['libsql', 'pg'] },
  core: { parts: ['core', 'store'], packages: ['careplan-renkei/transport', 'jose', 'zod'] },
  sandbox: { parts: ['sandbox', 'core', 'store', 'server', 'http'], packages: ['careplan-renkei/transport', 'jose'] },
  http: {
    parts: ['http', 'core', 'sandbox'],
    packages: ['careplan-renkei/transport', 'hono', 'hono/cors', 'hono/html', 'zod'],
  },
  server: { parts: ['http', 'core', 'sandbox'], packages: ['@hono/node-server', 'hono'] },
  conformance: { parts: ['conformance', 'core', 'sandbox'], packages: ['careplan-renkei/transport', 'jose'] },
  index: { parts: ['core', 'http', 'sandbox', 'server', 'store', 'conformance'], packages: [] },
  cli: {
    parts: ['cli', 'core', 'http', 'sandbox', 'server', 'store', 'conformance'],
    packages: ['careplan-renkei/transport', 'jose'],
  },
  main: { parts: ['cli'], packages: ['commander'] },
};

describe('the relay', () => {
  it('has the parts that the plan names', () => {
    expect([...new Set(files.map(partOf))].sort()).toEqual(Object.keys(ARROWS).sort());
  });

  it.each(files)('%s imports only what its part may', (file) => {
    const { parts, packages } = ARROWS[partOf(file)] ?? { parts: [], packages: [] };
    const wrong = imports(file)
      .map(({ name }) => name)
      .filter((name) =>
        name.startsWith('.')
          ? !files.includes(target(file, name)) || !parts.includes(partOf(target(file, name)))
          : !name.startsWith('node:') && !packages.includes(name),
      );
    expect(wrong).toEqual([]);
  });

  it('knows its databases in one file each, and the web only where it serves it', () => {
    const importing = (name: string) => files.filter((file) => imports(file).some((one) => one.name === name)).sort();
    expect(importing('libsql')).toEqual(['store/sqlite.ts']);
    expect(importing('node:http')).toEqual(['server.ts']);
    expect(importing('hono')).toEqual(['http/app.ts', 'http/other-origins.ts', 'server.ts']);
  });

  it('joins no signals that live long by AbortSignal.any, which keeps something of every call for ever', () => {
    expect(files.filter((file) => code(file).includes('AbortSignal.any'))).toEqual([]);
  });

  it('is free of cycles between files', () => {
    const values = (file: string) =>
      imports(file)
        .filter(({ type, name }) => !type && name.startsWith('.'))
        .map(({ name }) => target(file, name));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') return void cycles.push([...path, file].join(' -> '));
      state.set(file, 'open');
      for (const next of values(file)) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps files short: under 300 lines', () => {
    expect(files.filter((file) => code(file).split('\n').length > 300)).toEqual([]);
  });
});
