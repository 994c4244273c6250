import type { PointId } from '../points/point.js';
import { MUST_EN } from './must.en.js';
import { MUST_JA } from './must.ja.js';
import { SHOWN_EN } from './shown.en.js';
import { SHOWN_JA } from './shown.ja.js';

/** What a point is, and what to do for it. */
export interface PointText {
  readonly title: string;
  readonly how: string;
}
export interface PointWords {
  readonly ja: PointText;
  readonly en: PointText;
}

const JA = { ...MUST_JA, ...SHOWN_JA };
const EN = { ...MUST_EN, ...SHOWN_EN };

/** The words of a point in both languages. */
export const pointWords = (id: PointId): PointWords => ({ ja: JA[id], en: EN[id] });
