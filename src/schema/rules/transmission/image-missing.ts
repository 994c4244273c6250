import { transmissionRule } from '../rule.js';
import { comparable, rowsWithImages } from './images.js';

/** An image that a row names and that did not come with it (section 1). */
export const imageMissing = transmissionRule({
  code: 'transmission.imageMissing',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ files, images, alone }, report) {
    if (alone) return;
    const there = new Set(images.map(({ name }) => comparable(name)));
    for (const { file, index, column, names } of rowsWithImages(files)) {
      if (names.some((name) => !there.has(name))) report(file.path, index, column);
    }
  },
});
