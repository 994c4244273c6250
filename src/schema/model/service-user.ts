import type { z } from 'zod';
import { UPHOSOKU } from '../editions/v4-1/UPHOSOKU.js';
import { except, namesOf, objectOf, only, slotList, slots } from './part.js';

/** Who a document is about: the two numbers that tie its records together (section 5). */
export const IDENTITY = only(UPHOSOKU, ['insurerNumber', 'insuredPersonNumber']);

const LIMIT = ['serviceType', 'serviceTypeLimit', 'serviceTypeTotalUnits', 'serviceTypeExcessUnits'] as const;
type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** The limits per service type (種類支給限度), nine at most. */
export const SERVICE_TYPE_LIMITS = slots(UPHOSOKU, LIMIT);

const KEY = ['insurerNumber', 'insuredPersonNumber', 'planDate', 'serviceMonth'] as const;

export const SUPPLEMENT = except(UPHOSOKU, [
  ...KEY,
  ...namesOf<`${(typeof LIMIT)[number]}${Digit}`>(SERVICE_TYPE_LIMITS),
]);

/** 利用者補足情報: the person's name, address, certification and limits. */
export const supplement = objectOf(SUPPLEMENT, {
  serviceTypeLimits: slotList(SERVICE_TYPE_LIMITS).exactOptional(),
});
/** 利用者補足情報: what accompanies a plan or a slip. @useDeclaredType */
export type Supplement = z.infer<typeof supplement>;

/** 利用者 of a care plan or a slip. Without a supplement it can be read, but not sent. */
export const serviceUser = objectOf(IDENTITY, { supplement: supplement.exactOptional() });
/** Who a document is about, with the supplement where it is known. @useDeclaredType */
export type ServiceUser = z.infer<typeof serviceUser>;

/** 利用者 of a document that has no supplement of its own. */
export const identity = objectOf(IDENTITY);
/** The two numbers that tell a person (section 5). @useDeclaredType */
export type Identity = z.infer<typeof identity>;
