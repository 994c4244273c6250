import * as z from 'zod';
import { UPKIHON } from '../editions/v4-1/UPKIHON.js';
import { UPKIHON_SUB1 } from '../editions/v4-1/UPKIHON_SUB1.js';
import { UPKIHON_SUB2 } from '../editions/v4-1/UPKIHON_SUB2.js';
import { except, namesOf, objectOf, slotList, slots } from './part.js';
import { identity } from './service-user.js';

const KEY = ['insurerNumber', 'insuredPersonNumber', 'consultationDate'] as const;
const CONTACT = [
  'emergencyContactName',
  'emergencyContactRelationship',
  'emergencyContactAddress',
  'emergencyContactPhone',
] as const;

/** The emergency contacts (緊急連絡先), four at most. */
export const EMERGENCY_CONTACTS = slots(UPKIHON, CONTACT);
export const BASIC_INFORMATION = except(UPKIHON, [
  ...KEY,
  ...namesOf<`${(typeof CONTACT)[number]}${1 | 2 | 3 | 4}`>(EMERGENCY_CONTACTS),
]);
export const SCHEDULE_ENTRY = except(UPKIHON_SUB1, KEY);
export const ILLNESS = except(UPKIHON_SUB2, KEY);

/**
 * 利用者基本情報 with its daily schedule, illnesses and the picture of the family (section 11).
 *
 * `familyImage` is the JPEG in base64 and its branch number; the name in 家族構成画像ファイル名 is made of it when a
 * transmission is made, for it holds the addresses and the serial. `familyImageName` stands only where a file was read
 * whose name has not that form.
 */
export const basicInformation = objectOf(BASIC_INFORMATION, {
  serviceUser: identity,
  consultationDate: UPKIHON.columns.consultationDate.kind.value(),
  emergencyContacts: slotList(EMERGENCY_CONTACTS).exactOptional(),
  familyImage: z
    .strictObject({ branch: z.string().regex(/^[0-9]{4}$/), base64: z.base64().min(4).exactOptional() })
    .exactOptional(),
  schedule: z.array(objectOf(SCHEDULE_ENTRY)),
  illnesses: z.array(objectOf(ILLNESS)),
});

/** 利用者基本情報 with its annexes and image (section 11). @useDeclaredType */
export type BasicInformation = z.infer<typeof basicInformation>;
export type EmergencyContact = NonNullable<BasicInformation['emergencyContacts']>[number];
