import type { Rule } from '../rule.js';
import { birthDate } from './birth-date.js';
import { constant } from './constant.js';
import { count } from './count.js';
import { detailNumberElsewhere } from './detail-number-elsewhere.js';
import { endBeforeStart } from './end-before-start.js';
import { equipmentElsewhere } from './equipment-elsewhere.js';
import { equipmentMissing } from './equipment-missing.js';
import { equipmentTwice } from './equipment-twice.js';
import { insurerCheckDigit } from './insurer-check-digit.js';
import { notExchanged } from './not-exchanged.js';
import { number } from './number.js';
import { officeCheckDigit } from './office-check-digit.js';
import { otherText } from './other-text.js';
import { outsideMonth } from './outside-month.js';
import { period } from './period.js';
import { proratedDays } from './prorated-days.js';
import { proratedNone } from './prorated-none.js';
import { sender } from './sender.js';
import { serviceType } from './service-type.js';
import { supplementKey } from './supplement-key.js';
import { supplementUnusedKey } from './supplement-unused-key.js';
import { times } from './times.js';
import { updatedBy } from './updated-by.js';

/** What the cells of one record cannot be together, in the order in which it is told. */
export const RECORD_RULES: readonly Rule[] = Object.freeze([
  times,
  endBeforeStart,
  outsideMonth,
  proratedDays,
  proratedNone,
  count,
  equipmentMissing,
  equipmentTwice,
  equipmentElsewhere,
  detailNumberElsewhere,
  serviceType,
  notExchanged,
  supplementKey,
  supplementUnusedKey,
  period,
  otherText,
  birthDate,
  updatedBy,
  sender,
  constant,
  number,
  insurerCheckDigit,
  officeCheckDigit,
]);
