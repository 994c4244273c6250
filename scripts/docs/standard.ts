import { readFileSync } from 'node:fs';
import { anchor, link } from './markdown.js';

const text = readFileSync(new URL('../../docs/standard.md', import.meta.url), 'utf8');
const HEADINGS: ReadonlyMap<string, string> = new Map(
  [...text.matchAll(/^## (([0-9]+)\. .*)$/gm)].map(([, heading = '', number = '']) => [number, heading]),
);

/** A link to a section of docs/standard.md, from a folder beside it, or from where `to` leads to its folder. */
export function section(number: string, to = '../'): string {
  const heading = HEADINGS.get(number);
  if (heading === undefined) throw new Error(`docs/standard.md has no section ${number}`);
  return link(number, `${to}standard.md#${anchor(heading)}`);
}
