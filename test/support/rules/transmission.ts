import { type Draft, type DraftRow, type RuleVector, rowOf } from '../rule-samples.js';

/** Of two persons in the samples the one whose rows come last. */
const LATER = '0001442621';
const isLater = ({ insuredPersonNumber }: DraftRow) => insuredPersonNumber === LATER;

/** Takes a person out of these kinds of file. */
function without(draft: Draft, ...kinds: string[]): void {
  for (const kind of kinds) draft.files[kind] = (draft.files[kind] ?? []).filter((row) => !isLater(row));
}
function only(draft: Draft, ...kinds: string[]): void {
  for (const kind of Object.keys(draft.files)) if (!kinds.includes(kind)) delete draft.files[kind];
}
const sentLike = (draft: Draft, { from, to, serial }: Draft) => Object.assign(draft, { from, to, serial });

/** Moves a slip to December. */
function toDecember(draft: Draft): void {
  draft.month = '2025-12';
  for (const row of Object.values(draft.files).flat()) {
    row.serviceMonth = '2025-12';
    if (typeof row.serviceDate === 'string') row.serviceDate = row.serviceDate.replace('2025-11', '2025-12');
  }
}

/** The name of the image of the first person, with another branch. */
const imageName = (draft: Draft, branch: string) =>
  String(rowOf(draft, 'UPKIHON').familyImageName).replace(/[0-9]{4}\.jpg$/, `${branch}.jpg`);
const [PERSON, IMAGE_NAME] = ['insuredPersonNumber', 'familyImageName'];
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Adds an image, and names it for the second person where that is asked for. */
function addImage(draft: Draft, isNamed: boolean): void {
  draft.images.push({ branch: '0002', bytes: draft.images[0]?.bytes ?? PNG });
  if (isNamed) rowOf(draft, 'UPKIHON', 1).familyImageName = imageName(draft, '0002');
}

/** Vectors of the rules of files that travel together. */
export const TRANSMISSION_VECTORS: readonly RuleVector[] = [
  {
    code: 'transmission.addresses',
    bases: ['slip', 'slip'],
    given: 'joined',
    break: (sheets, supplement) => {
      only(sheets, 'UPPLAN', 'UPSIKYU');
      only(supplement, 'UPHOSOKU');
      supplement.serial = '20251125200716';
    },
    at: { kind: 'UPHOSOKU' },
    keep: (sheets, supplement) => {
      only(sheets, 'UPPLAN', 'UPSIKYU');
      only(supplement, 'UPHOSOKU');
    },
  },
  {
    code: 'transmission.sameOffice',
    bases: ['actuals'],
    break: (draft) => {
      draft.to = draft.from;
    },
    at: { kind: 'UPJSK' },
    keep: (draft) => {
      draft.to = { ...draft.from, serviceType: '43' };
    },
  },
  {
    code: 'transmission.unit',
    bases: ['plan', 'withdrawnPlan'],
    break: (plan, withdrawal) => {
      sentLike(withdrawal, plan);
    },
    at: { kind: 'DLT1KYO' },
    keep: (plan, withdrawal) => {
      sentLike(withdrawal, { ...plan, serial: withdrawal.serial });
    },
  },
  {
    code: 'transmission.unit',
    bases: ['plan', 'slip'],
    break: (plan, slip) => {
      sentLike(slip, plan);
      only(slip, 'UPHOSOKU');
    },
    at: { kind: 'UPHOSOKU' },
    keep: () => {},
  },
  {
    code: 'transmission.incomplete',
    bases: ['preventive'],
    break: ({ files }) => {
      delete files.UPYOBO_SUB;
    },
    at: { kind: 'UPYOBO' },
    keep: ({ files }) => {
      // Nobody has an illness, and nobody a preventive plan.
      delete files.UPKIHON_SUB2;
      delete files.UPYOBO;
      delete files.UPYOBO_SUB;
    },
  },
  {
    code: 'transmission.incomplete',
    bases: ['slip'],
    break: (slip) => only(slip, 'UPHOSOKU'),
    at: { kind: 'UPHOSOKU' },
    keep: () => {},
  },
  {
    code: 'transmission.months',
    bases: ['slip', 'slip'],
    break: (_, december) => toDecember(december),
    at: { kind: 'UPHOSOKU' },
    keep: (_, december) => {
      toDecember(december);
      december.serial = '20251125200716';
    },
  },
  {
    code: 'transmission.personWithoutHead',
    bases: ['slip'],
    break: (slip) => without(slip, 'UPPLAN', 'UPHOSOKU'),
    at: { kind: 'UPSIKYU', row: 7, field: PERSON },
    keep: (slip) => without(slip, 'UPPLAN', 'UPHOSOKU', 'UPSIKYU'),
  },
  {
    code: 'transmission.personWithoutPart',
    bases: ['plan'],
    break: (plan) => without(plan, 'UP3KYO'),
    at: { kind: 'UP1KYO', row: 2, field: PERSON },
    keep: ({ files }) => {
      const rows = files.UP3KYO ?? [];
      files.UP3KYO = rows.slice(0, rows.findIndex(isLater) + 1);
    },
  },
  {
    code: 'transmission.personWithoutPart',
    bases: ['preventive'],
    break: ({ files }) => {
      files.UPYOBO_SUB = files.UPYOBO_SUB?.slice(0, 4) ?? [];
    },
    at: { kind: 'UPYOBO', row: 2, field: PERSON },
    keep: ({ files }) => {
      // Who has no illness has no row among the illnesses.
      files.UPKIHON_SUB2 = files.UPKIHON_SUB2?.slice(0, 2) ?? [];
    },
  },
  {
    code: 'transmission.personWithoutSupplement',
    bases: ['plan'],
    break: (plan) => without(plan, 'UPHOSOKU'),
    at: { kind: 'UP1KYO', row: 2, field: PERSON },
    keep: ({ files }) => {
      files.UPHOSOKU?.reverse();
    },
  },
  {
    code: 'transmission.strayPerson',
    bases: ['plan'],
    break: (plan) => without(plan, 'UP1KYO', 'UP2KYO', 'UP3KYO'),
    at: { kind: 'UPHOSOKU', row: 2, field: PERSON },
    keep: ({ files }) => {
      files.UP1KYO?.reverse();
    },
  },
  {
    code: 'transmission.notServed',
    bases: ['slip'],
    break: (slip) => {
      slip.to = { officeNumber: '0370200999', serviceType: '17' };
    },
    at: { kind: 'UPPLAN', row: 1, field: PERSON },
    keep: (slip) => {
      slip.to = { officeNumber: '0300100013', serviceType: '46' };
    },
  },
  {
    code: 'transmission.otherType',
    bases: ['slip'],
    break: (slip) => {
      slip.to = { officeNumber: '0370200210', serviceType: '11' };
    },
    at: { kind: 'UPPLAN', row: 1, field: PERSON },
    keep: (slip) => {
      slip.to = { officeNumber: '0300100013', serviceType: '46' };
    },
  },
  {
    code: 'transmission.imageMissing',
    bases: ['preventive'],
    break: (draft) => {
      draft.images = [];
    },
    at: { kind: 'UPKIHON', row: 1, field: IMAGE_NAME },
    keep: (draft) => {
      draft.written = ({ path, bytes }) => ({ path: path.replace(/\.jpg$/, '.JPG'), bytes });
    },
  },
  {
    code: 'transmission.imageSeveral',
    bases: ['preventive'],
    break: (draft) => {
      addImage(draft, false);
      rowOf(draft, 'UPKIHON').familyImageName = `${imageName(draft, '0001')} ${imageName(draft, '0002')}`;
    },
    at: { kind: 'UPKIHON', row: 1, field: IMAGE_NAME },
    keep: (draft) => addImage(draft, true),
  },
  {
    code: 'transmission.imageTwice',
    bases: ['preventive'],
    break: (draft) => {
      rowOf(draft, 'UPKIHON', 1).familyImageName = imageName(draft, '0001');
    },
    at: { kind: 'UPKIHON', row: 2, field: IMAGE_NAME },
    keep: (draft) => addImage(draft, true),
  },
  {
    code: 'transmission.imageContent',
    bases: ['preventive'],
    break: (draft) => {
      draft.images = draft.images.map((image) => ({ ...image, bytes: PNG }));
    },
    at: { kind: 'UPKIHON_IMAGE' },
    keep: (draft) => {
      draft.images = draft.images.map((image) => ({
        ...image,
        bytes: Buffer.concat([image.bytes, Buffer.from('...')]),
      }));
    },
  },
  {
    code: 'transmission.strayImage',
    bases: ['preventive'],
    break: (draft) => addImage(draft, false),
    at: { kind: 'UPKIHON_IMAGE' },
    keep: (draft) => addImage(draft, true),
  },
];
