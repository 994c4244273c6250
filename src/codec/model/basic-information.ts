import { mask, V4_1 } from '../../schema/internal.js';
import {
  BASIC_INFORMATION,
  type BasicInformation,
  EMERGENCY_CONTACTS,
  ILLNESS,
  SCHEDULE_ENTRY,
} from '../../schema/model/basic-information.js';
import { parseFileName } from '../file-name.js';
import { fromBase64, toBase64 } from './base64.js';
import { isFrom, type Reading, take, takeSlots } from './reading.js';
import { keyOf, type Row, type SourceRow } from './row-table.js';
import { identityPiece, readIdentity } from './service-user.js';
import { type Path, piece, slotsPiece, type Writing } from './writing.js';

const KEY = { names: ['consultationDate'] } as const;
const [IMAGE] = V4_1.images;

/** UPKIHON, its schedule, its illnesses and its image, put together by person and consultation date. */
export function* readBasicInformation(reading: Reading): Generator<BasicInformation> {
  for (const heads of reading.table.takeAll(BASIC_INFORMATION.layout)) {
    const key = keyOf(heads[0].layout, heads[0].record);
    const schedule = reading.table.take(SCHEDULE_ENTRY.layout, key);
    const illnesses = reading.table.take(ILLNESS.layout, key);
    if (!reading.accepts([...heads, ...schedule, ...illnesses])) continue;
    const head = reading.one(heads) ?? heads[0];
    const { [IMAGE.namedIn]: imageName, ...columns } = take(BASIC_INFORMATION, head.record);
    yield {
      serviceUser: readIdentity(head.record),
      ...take(KEY, head.record),
      ...columns,
      ...takeSlots('emergencyContacts', EMERGENCY_CONTACTS, head.record),
      ...(imageName === undefined ? {} : readImage(reading, head, imageName as string)),
      schedule: schedule.map(({ record }) => take(SCHEDULE_ENTRY, record)),
      illnesses: illnesses.map(({ record }) => take(ILLNESS, record)),
    } as BasicInformation;
  }
}

/** The image that a row names: with the addresses and the serial of its transmission, and a branch number (section 2). */
function readImage(reading: Reading, head: SourceRow, imageName: string): Row {
  const { name } = parseFileName(imageName);
  if (name?.kind !== IMAGE.kind || name.branch === undefined || !isFrom(name, head.envelope)) {
    reading.tell(head, 'document.image', IMAGE.namedIn, { found: mask(imageName) }, 'warning');
    return { [IMAGE.namedIn]: imageName };
  }
  const { branch } = name;
  const image = reading.takeImage(name);
  if (!image) reading.tell(head, 'document.image', IMAGE.namedIn, {}, 'warning');
  return { familyImage: { branch, ...(image ? { base64: toBase64(image.bytes) } : {}) } };
}

export function writeBasicInformation(information: BasicInformation, writing: Writing, path: Path): void {
  const { serviceUser, familyImage, emergencyContacts, schedule, illnesses } = information;
  const whose = [identityPiece(serviceUser, path), piece(KEY, information, path)];
  const imageName = familyImage && writing.imageName(familyImage.branch);
  const image = { names: imageName === undefined ? [] : [IMAGE.namedIn], values: { [IMAGE.namedIn]: imageName } };
  writing.row(BASIC_INFORMATION.layout, [
    ...whose,
    { ...image, path: [...path, 'familyImage'] },
    piece(BASIC_INFORMATION, information, path),
    slotsPiece(EMERGENCY_CONTACTS, emergencyContacts, [...path, 'emergencyContacts']),
  ]);
  schedule.forEach((entry, i) => {
    writing.row(SCHEDULE_ENTRY.layout, [...whose, piece(SCHEDULE_ENTRY, entry, [...path, 'schedule', i])]);
  });
  illnesses.forEach((entry, i) => {
    writing.row(ILLNESS.layout, [...whose, piece(ILLNESS, entry, [...path, 'illnesses', i])]);
  });
  const { [IMAGE.namedIn]: oddName } = information;
  if (oddName !== undefined) writing.report('document.image', [...path, IMAGE.namedIn], { found: mask(oddName) });
  if (!familyImage) return;
  const at = [...path, 'familyImage'];
  if (familyImage.base64 === undefined) writing.report('document.image', at);
  else writing.image({ branch: familyImage.branch, bytes: fromBase64(familyImage.base64) }, at);
}
