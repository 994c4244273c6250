/**
 * The vendor test (ベンダ試験) at a desk: checklists of its patterns D1 to D7, sample transmissions of each, and a
 * comparison field by field. Section 13 of the standard.
 *
 * @module careplan-renkei/conformance
 */
export {
  type Conformance,
  checkConformance,
  checkConformanceOf,
  type JudgedPoint,
  type PointState,
  pointsOf,
} from './checklist.js';
export {
  type AddressedDocuments,
  type CompareOptions,
  type Comparison,
  compareDocuments,
  type Difference,
} from './compare/compare.js';
export type { KitOptions } from './kit.js';
export {
  PATTERN_IDS,
  type PatternFile,
  type PatternId,
  patternFiles,
  patternOf,
  TEST_PATTERNS,
  type TestPattern,
} from './pattern.js';
export type { Finding, MustPoint, Obligation, Place, Point, PointId, ShownPoint } from './points/point.js';
export { formLines } from './print/forms.js';
export { widthOf } from './print/text.js';
export { sampleSet } from './samples/index.js';
export { makeSamples, type SampleFile } from './samples/make.js';
export type { Both, SampleSet, SampleTransmission } from './samples/set.js';
export { type PointWords, pointWords } from './words/words.js';
