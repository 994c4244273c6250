import { transmissionRule } from '../rule.js';
import { rowsWithImages } from './images.js';

/** A row that names several images (section 2). */
export const imageSeveral = transmissionRule({
  code: 'transmission.imageSeveral',
  reading: 'warning',
  section: '2',
  columns: [],
  check({ files }, report) {
    for (const { file, index, column, names } of rowsWithImages(files)) {
      if (names.length > 1) report(file.path, index, column);
    }
  },
});
