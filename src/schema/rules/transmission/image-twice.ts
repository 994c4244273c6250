import { transmissionRule } from '../rule.js';
import { rowsWithImages } from './images.js';

/** An image that two rows name: it would be the family of two persons (section 2). */
export const imageTwice = transmissionRule({
  code: 'transmission.imageTwice',
  reading: 'warning',
  section: '2',
  columns: [],
  check({ files }, report) {
    const seen = new Set<string>();
    for (const { file, index, column, names } of rowsWithImages(files)) {
      if (names.some((name) => seen.has(name))) report(file.path, index, column);
      for (const name of names) seen.add(name);
    }
  },
});
