import { transmissionRule } from '../rule.js';

/** An image that is no JPEG by its content, whatever its name says (section 2). */
export const imageContent = transmissionRule({
  code: 'transmission.imageContent',
  reading: 'warning',
  section: '2',
  columns: [],
  check({ images }, report) {
    for (const { path, isJpeg } of images) if (!isJpeg) report(path);
  },
});
