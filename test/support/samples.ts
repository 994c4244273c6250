import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cleanSamples, SAMPLES } from './fixtures.js';

export interface Sample {
  /** The file's name. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The clean CSV files of the samples. */
export const CLEAN_FILES: readonly Sample[] = cleanSamples()
  .filter(({ path }) => path.endsWith('.CSV'))
  .map(({ path, bytes }) => ({ name: basename(path), bytes }));

/** The damaged ones, by what stands before the first `_` of their names; the renamed one is `UPPLAN`. */
export const DIRTY_FILES: ReadonlyMap<string, Sample> = new Map(
  readdirSync(join(SAMPLES, 'dirty')).map((name) => [
    name.slice(0, name.indexOf('_')),
    { name, bytes: readFileSync(join(SAMPLES, 'dirty', name)) },
  ]),
);
