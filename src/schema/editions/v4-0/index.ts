import { deriveEdition } from '../derive.js';
import { V4_1 } from '../v4-1/index.js';

/**
 * Edition 4.0 of the standard. Nothing is known to differ from 4.1 but the csvVersion and the names of files (section 2);
 * it is read, and never written.
 */
export const V4_0 = deriveEdition(V4_1, {
  id: '4.0',
  csvVersion: '202504',
  from: '2025-04',
  nameTypeLength: 3,
  written: false,
});
