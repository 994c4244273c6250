/** Writes the library as a browser gets it, minified, to .tools/browser. Run after a build, by: npm run size */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type BuildResult, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The subpaths of the package that read and write files in browsers. */
export const CODEC_SUBPATHS = ['.', './schema', './codec'] as const;
export type CodecSubpath = (typeof CODEC_SUBPATHS)[number];
/** Those that deliver messages in browsers. */
export const TRANSPORT_SUBPATHS = [
  './transport',
  './transport/envelope',
  './transport/outbox',
  './transport/relay',
] as const;
export const BROWSER_SUBPATHS = [...CODEC_SUBPATHS, ...TRANSPORT_SUBPATHS];
export type BrowserSubpath = (typeof BROWSER_SUBPATHS)[number];

/** The module that is imported for a subpath: `careplan-renkei/codec`. */
export const moduleOf = (subpath: BrowserSubpath): string => `careplan-renkei${subpath.slice(1)}`;

/** Where the minified bundle of a subpath lies: what size-limit weighs. */
export const weighedFile = (subpath: BrowserSubpath): string =>
  `.tools/browser/${subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-')}.js`;

/** Bundles all names of subpaths of the built package, and what they need, for browsers; throws where Node is needed. */
export async function bundleForBrowsers(
  subpaths: BrowserSubpath | readonly BrowserSubpath[],
  options: Pick<BuildOptions, 'format' | 'globalName' | 'minify'>,
): Promise<{ code: string; metafile: BuildResult<{ metafile: true }>['metafile'] }> {
  const contents = [subpaths].flat().map((subpath) => `export * from '${moduleOf(subpath)}'`);
  const { outputFiles, metafile } = await build({
    stdin: { contents: contents.join('\n'), resolveDir: ROOT },
    bundle: true,
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  });
  return { code: outputFiles[0]?.text ?? '', metafile };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(ROOT, '.tools/browser'), { recursive: true });
  for (const subpath of BROWSER_SUBPATHS) {
    const { code } = await bundleForBrowsers(subpath, { format: 'esm', minify: true });
    writeFileSync(join(ROOT, weighedFile(subpath)), code);
  }
}
