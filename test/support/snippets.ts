import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { expect } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a page of the documentation. */
export const pageOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const snippetsOf = (path: string): string[] =>
  [...pageOf(path).matchAll(/```ts\n(.*?)```/gs)].map((m) => m[1] ?? '');

export const headingsOf = (path: string): readonly string[] => pageOf(path).match(/^#+ /gm) ?? [];

/** The commands of a page, without their comments. */
export const commandsOf = (path: string): string[] =>
  [...pageOf(path).matchAll(/^careplan[^#\n]*/gm)].map(([line]) => line.trim());

/** Runs a snippet as its reader would, in a file of its own in this folder, with the built library; what it prints. */
export async function runSnippet(snippet: string, folder: string): Promise<string> {
  const { code } = await transform(snippet, { loader: 'ts' });
  const built = code.replaceAll(/(["'])careplan-renkei(\/[a-z/]+)?\1/g, (_, quote: string, path = '') =>
    [quote, pathToFileURL(join(ROOT, `dist${path}/index.js`)).href, quote].join(''),
  );
  writeFileSync(join(folder, 'snippet.mjs'), built);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['snippet.mjs'], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}
