import {
  correction,
  hasCodeIn,
  inRow,
  inText,
  severalPersons,
  severalReceivers,
  twoTypes,
  withdrawal,
} from './look.js';
import type { ShownPoint } from './point.js';
import { ALL, may, show } from './show.js';
import { PLAN_POINTS } from './shown-plan.js';
import { PREVENTIVE_POINTS } from './shown-preventive.js';
import { SLIP_POINTS } from './shown-slip.js';

/** The situations of a test, in the order of the forms. */
export const SHOWN_POINTS: readonly ShownPoint[] = Object.freeze([
  show('severalPersons', '5', ALL, severalPersons),
  show('severalReceivers', '1', ['D1', 'D2', 'D4', 'D5', 'D6'], severalReceivers),
  show('twoTypes', '1', ['D1', 'D2', 'D3'], twoTypes),
  show(
    'publicAssistanceOnly',
    '5',
    ALL,
    inRow(({ insuredPersonNumber }) => insuredPersonNumber?.startsWith('H') === true),
  ),
  ...PLAN_POINTS,
  ...SLIP_POINTS,
  ...PREVENTIVE_POINTS,
  show(
    'punctuation',
    '3',
    ['D1', 'D4', 'D5'],
    inText((text) => text.includes('"') && text.includes(',') && text.includes('\r\n')),
  ),
  show(
    'halfWidthKana',
    '3',
    ['D1', 'D2', 'D4', 'D6'],
    inText((text) => /[ｦ-ﾟ]/.test(text)),
  ),
  show('necCharacters', '3', ALL, inText(hasCodeIn(0x8740, 0x879c))),
  show('ibmCharacters', '3', ALL, inText(hasCodeIn(0xfa40, 0xfc4b))),
  show('correction', '1', ALL, correction),
  may('withdrawal', '1', ALL, withdrawal),
]);
