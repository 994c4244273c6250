import type { Rule } from '../rule.js';
import { addresses } from './addresses.js';
import { imageContent } from './image-content.js';
import { imageMissing } from './image-missing.js';
import { imageSeveral } from './image-several.js';
import { imageTwice } from './image-twice.js';
import { incomplete } from './incomplete.js';
import { months } from './months.js';
import { notServed } from './not-served.js';
import { otherType } from './other-type.js';
import { personWithoutHead } from './person-without-head.js';
import { personWithoutPart } from './person-without-part.js';
import { personWithoutSupplement } from './person-without-supplement.js';
import { sameOffice } from './same-office.js';
import { strayImage } from './stray-image.js';
import { strayPerson } from './stray-person.js';
import { unit } from './unit.js';

/** What files that travel together cannot be, in the order in which it is told. */
export const TRANSMISSION_RULES: readonly Rule[] = Object.freeze([
  addresses,
  sameOffice,
  unit,
  incomplete,
  months,
  personWithoutHead,
  personWithoutPart,
  personWithoutSupplement,
  strayPerson,
  notServed,
  otherType,
  imageMissing,
  imageSeveral,
  imageTwice,
  imageContent,
  strayImage,
]);
