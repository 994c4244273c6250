import { EDITIONS, V4_1 } from '../../editions/index.js';
import type { Layout } from '../../layout.js';
import { headsIn, missingFiles } from '../../unit-of-files.js';
import { type TransmissionFile, transmissionRule } from '../rule.js';
import { supplements } from './units.js';

/** A file that is missing from its transmission unit (section 1); lists that nobody has rows in may be. */
export const incomplete = transmissionRule({
  code: 'transmission.incomplete',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ files, alone }, report) {
    if (alone) return;
    const layouts = layoutsOf(files);
    const kinds = files.map(({ layout }) => layout.kind);
    for (const missing of missingFiles(kinds, layouts)) {
      if (missing.mayBeEmpty) continue;
      const others = files.find(({ layout }) => missingFiles([layout.kind], layouts).includes(missing));
      report(others?.path, undefined, undefined, { expected: missing.kind });
    }
    if (headsIn(kinds).size > 0) return;
    for (const file of files) {
      const heads = layouts.filter((layout) => supplements(file, layout)).map(({ kind }) => kind);
      report(file.path, undefined, undefined, { expected: heads.join(', ') });
    }
  },
});

/** The files of the edition that these are of. */
function layoutsOf(files: readonly TransmissionFile[]): readonly Layout[] {
  const versions = new Set(files.map(({ csvVersion }) => csvVersion));
  return (EDITIONS.find(({ csvVersion }) => versions.has(csvVersion)) ?? V4_1).layouts;
}
