import { transmissionRule } from '../rule.js';
import { comparable, rowsWithImages } from './images.js';
import { areComplete, filesOfKind } from './units.js';

/** An image that no row names (section 1). */
export const strayImage = transmissionRule({
  code: 'transmission.strayImage',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ files, images, alone }, report) {
    if (alone) return;
    const named = new Set([...rowsWithImages(files)].flatMap(({ names }) => names));
    for (const { path, name, namedBy } of images) {
      if (areComplete(filesOfKind(files, namedBy)) && !named.has(comparable(name)))
        report(path, undefined, undefined, { expected: namedBy });
    }
  },
});
