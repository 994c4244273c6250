import { V4_1 } from '../../editions/index.js';
import type { Layout } from '../../layout.js';
import { headsIn, unitOfHead } from '../../unit-of-files.js';
import { type TransmissionFile, transmissionRule } from '../rule.js';
import { supplements } from './units.js';

/** A file of another transmission unit than those that it came with (section 1). */
export const unit = transmissionRule({
  code: 'transmission.unit',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ files }, report) {
    const firstOf = new Map<string, TransmissionFile>();
    for (const file of files) {
      for (const head of headsIn([file.layout.kind])) {
        if (!firstOf.has(unitOfHead(head))) firstOf.set(unitOfHead(head), file);
      }
    }
    const [first, ...others] = firstOf.values();
    if (!first) return;
    const kinds = headsIn(files.map(({ layout }) => layout.kind));
    const heads = V4_1.layouts.filter(({ kind }: Layout) => kinds.has(kind));
    const strays = files.filter((file) => file.layout.accompanies && !heads.some((head) => supplements(file, head)));
    for (const { path, layout } of [...others, ...strays]) {
      report(path, undefined, undefined, { found: layout.kind, expected: first.layout.kind });
    }
  },
});
