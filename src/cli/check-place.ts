import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a build's files are: the repository in GitHub Actions, else the folder in which the command runs. */
const base = (): string => process.env.GITHUB_WORKSPACE || process.cwd();

/** A path as builds name files: from the repository, with `/`; undefined where the file lies elsewhere. */
export function pathInBuild(path: string): string | undefined {
  const inside = relative(base(), resolve(path));
  return inside.startsWith('..') || isAbsolute(inside) ? undefined : inside.replaceAll(sep, '/');
}

/** The same as a URI reference; that of the file itself where it lies elsewhere. */
export function uriInBuild(path: string): string {
  const inside = pathInBuild(path);
  return inside === undefined ? pathToFileURL(resolve(path)).href : inside.split('/').map(encodeURIComponent).join('/');
}
