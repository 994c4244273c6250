import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort();

/** The parts of the house and what each may import: of the others, and of packages. */
const ARROWS: Record<string, { parts: string[]; packages: string[] }> = {
  schema: { parts: ['schema'], packages: ['zod'] },
  zip: { parts: ['zip'], packages: ['fflate'] },
  codec: { parts: ['codec', 'schema', 'zip'], packages: ['#ms932-source', '#csv-parse'] },
  transport: { parts: ['transport', 'zip'], packages: [] },
  office: { parts: ['office', 'codec', 'schema'], packages: [] },
  exchange: { parts: ['exchange', 'codec', 'schema', 'transport'], packages: [] },
  conformance: { parts: ['conformance', 'office', 'codec', 'schema'], packages: [] },
  index: { parts: ['codec', 'exchange', 'office', 'schema'], packages: [] },
  cli: { parts: ['cli', 'index', 'conformance', 'transport'], packages: ['commander', 'cli-progress', 'zod', 'node:'] },
};
/** Files that decide between Node and browsers may import what their part may not. */
const SOURCES: Record<string, string[]> = {
  'codec/ms932-source.node.ts': ['iconv-lite'],
  'codec/ms932-source.browser.ts': [],
  'codec/csv-parse.node.ts': ['csv-parse/sync'],
  'codec/csv-parse.browser.ts': ['csv-parse/browser/esm/sync'],
  // Subpaths of their own, for Node.
  'transport/certificates/chain.ts': ['node:'],
  'transport/certificates/check.ts': ['node:'],
  'transport/folder/disk.ts': ['node:'],
  'transport/folder/incoming.ts': ['node:'],
  'transport/folder/outgoing.ts': ['node:'],
  'transport/folder/places.ts': ['node:'],
  'transport/folder/received.ts': ['node:'],
  'transport/folder/scan.ts': ['node:'],
  'transport/outbox/alone.ts': ['#async-context'],
  'transport/outbox/async-context.node.ts': ['node:'],
};
/** Folders of transport that may import what the others may not. */
const FOLDERS: Record<string, string[]> = {
  'transport/envelope/': ['jose'],
  'transport/outbox/journal/': ['node:'],
  'transport/relay/': ['ky'],
};
/** What other parts may import of transport: its public faces. */
const FACES = [
  'transport/index.ts',
  'transport/certificates/index.ts',
  'transport/envelope/index.ts',
  'transport/folder/index.ts',
  'transport/outbox/index.ts',
  'transport/relay/index.ts',
];
/** Parts of transport with a face of their own, and which of the others each may enter, by its face. */
const ROOMS: Record<string, string[]> = {
  certificates: ['envelope'],
  envelope: [],
  folder: [],
  outbox: ['envelope'],
  relay: ['envelope'],
  testing: ['outbox'],
};

const partOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, ''));
const code = (file: string): string => readFileSync(join(SRC, file), 'utf8');
/** Code without its comments. */
const bare = (file: string): string => code(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
const importsOf = (file: string): string[] =>
  [...code(file).matchAll(/\bfrom\s+'([^']+)'|(?<!')\bimport\s*\(?\s*'([^']+)'/g)].map((m) => m[1] ?? m[2] ?? '');

describe('the house', () => {
  it('has the parts that the plan names', () => {
    expect([...new Set(files.map(partOf))].sort()).toEqual(Object.keys(ARROWS).sort());
  });

  it.each(files)('%s imports only what its part may', (file) => {
    const { parts, packages } = ARROWS[partOf(file)] ?? { parts: [], packages: [] };
    const allowed =
      SOURCES[file] ?? Object.entries(FOLDERS).find(([folder]) => file.startsWith(folder))?.[1] ?? packages;
    const wrong = importsOf(file).filter((name) => {
      if (!name.startsWith('.')) return !allowed.some((p) => name === p || (p.endsWith(':') && name.startsWith(p)));
      const target = relative(SRC, resolve(SRC, dirname(file), name)).replace(/\.js$/, '.ts');
      return !files.includes(target) || !parts.includes(partOf(target));
    });
    expect(wrong).toEqual([]);
  });

  it('enters transport only by its faces, and its rooms only from the command', () => {
    const entering = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.') && partOf(file) !== 'transport')
        .map((name) => relative(SRC, resolve(SRC, dirname(file), name)).replace(/\.js$/, '.ts'))
        .filter((target) => partOf(target) === 'transport')
        .map((target) => ({ from: partOf(file), target })),
    );
    expect(entering.filter(({ target }) => !FACES.includes(target))).toEqual([]);
    const inNode = entering.filter(({ target }) => target !== FACES[0]).map(({ from }) => from);
    expect([...new Set(inNode)]).toEqual(['cli']);
  });

  it('keeps the rooms of transport apart: each is entered by its face, from those that the plan names', () => {
    const roomOf = (file: string) => /^transport\/([^/]+)\//.exec(file)?.[1];
    const wrong = files.flatMap((file) => {
      if (partOf(file) !== 'transport') return [];
      const own = roomOf(file);
      const targets = importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(SRC, resolve(SRC, dirname(file), name)).replace(/\.js$/, '.ts'));
      return targets
        .filter((target) => {
          const room = roomOf(target);
          if (room === undefined || room === own) return false;
          return own === undefined || !ROOMS[own]?.includes(room) || !FACES.includes(target);
        })
        .map((target) => `${file} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('enters conformance only by its face, and only from the command', () => {
    const entering = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.') && partOf(file) !== 'conformance')
        .map((name) => relative(SRC, resolve(SRC, dirname(file), name)).replace(/\.js$/, '.ts'))
        .filter((target) => partOf(target) === 'conformance')
        .map((target) => ({ from: partOf(file), target })),
    );
    expect([...new Set(entering.map(({ from }) => from))]).toEqual(['cli']);
    expect([...new Set(entering.map(({ target }) => target))]).toEqual(['conformance/index.ts']);
  });

  it('knows of ZIPs only where codec and the folder read and write them', () => {
    const targets = (file: string) => importsOf(file).map((name) => relative(SRC, resolve(SRC, dirname(file), name)));
    const entering = files.filter((file) => partOf(file) !== 'zip' && targets(file).some((to) => partOf(to) === 'zip'));
    const places = /^(codec\/zip\/|transport\/folder\/)/;
    expect(entering).toContain('transport/folder/zip-read.ts');
    expect(entering.filter((file) => !places.test(file))).toEqual([]);
  });

  it('joins signals in transport by hand: AbortSignal.any keeps something of every call on a signal that lives long', () => {
    const joining = files.filter((file) => partOf(file) === 'transport' && bare(file).includes('AbortSignal.any'));
    expect(joining).toEqual([]);
  });

  it('is free of cycles between files', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((name) => name.startsWith('.'))
          .map((name) => relative(SRC, resolve(SRC, dirname(file), name)).replace(/\.js$/, '.ts')),
      ]),
    );
    const valueImports = (file: string) => (graph.get(file) ?? []).filter((target) => !isTypeOnly(file, target));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of valueImports(file)) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps files short: under 300 lines, generated data aside', () => {
    const long = files.filter((file) => !file.endsWith('.generated.ts') && code(file).split('\n').length > 300);
    expect(long).toEqual([]);
  });

  it('never asks in shared code which layout it has', () => {
    const kinds = /['"`](UP|DLT)[A-Z0-9]{3,}(_SUB\d?|_IMAGE)?['"`]/;
    const asking = files.filter((file) => !file.startsWith('schema/editions/') && kinds.test(bare(file)));
    expect(asking).toEqual([]);
  });

  it('knows encodings only in the files about MS932 and UTF-8', () => {
    const knowing = files.filter((file) => !file.startsWith('cli/') && /iconv|Text(De|En)coder/.test(bare(file)));
    expect(knowing).toEqual([
      'codec/charset.ts',
      'codec/ms932-source.browser.ts',
      'codec/ms932-source.node.ts',
      'codec/ms932.ts',
      'codec/utf8.ts',
      'transport/envelope/text.ts',
    ]);
  });

  it('uses no Node built-in outside the command, the folder, the journal and the certificates', () => {
    const needsNode = /^(cli|transport\/(folder|certificates|outbox\/journal))\//;
    const node = files.filter((file) => !needsNode.test(file) && /'node:|\bBuffer\b|\bprocess\./.test(bare(file)));
    expect(node).toEqual([
      'codec/csv-irregular.ts',
      'codec/ms932-source.node.ts',
      'transport/outbox/async-context.node.ts',
    ]);
  });
});

/** Whether a file imports another only for its types. */
function isTypeOnly(file: string, target: string): boolean {
  return [...code(file).matchAll(/(import|export)\s+(type\s+)?(\{[^}]*\}|\*)\s*from\s+'([^']+)'/g)]
    .filter((m) => relative(SRC, resolve(SRC, dirname(file), m[4] ?? '')).replace(/\.js$/, '.ts') === target)
    .every(
      (m) =>
        m[2] !== undefined ||
        (m[3] ?? '')
          .replace(/[{}\s]/g, '')
          .split(',')
          .filter(Boolean)
          .every((n) => n.startsWith('type')),
    );
}
