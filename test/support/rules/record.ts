import { type RuleVector, rowOf, TODAY } from '../rule-samples.js';

/** Behind four rows of equipment, the first row of home help in the sample of a slip. */
const HOME_HELP = 4;

/** Vectors of the rules of one record. */
export const RECORD_VECTORS: readonly RuleVector[] = [
  {
    code: 'record.times',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { endTime: '9999' });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'endTime' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { startTime: '9999', endTime: '9999' });
    },
  },
  {
    code: 'record.endBeforeStart',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { endTime: '08:59' });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'endTime' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { endTime: '09:00' });
    },
  },
  {
    code: 'record.outsideMonth',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { serviceDate: '2025-12-01' });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'serviceDate' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { serviceDate: '2025-11-30' });
    },
  },
  {
    code: 'record.proratedDays',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { proratedDays: '1'.repeat(31) });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'proratedDays' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { proratedDays: `${'1'.repeat(30)}0` });
    },
  },
  {
    code: 'record.proratedNone',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { proratedDays: '0'.repeat(31) });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'proratedDays' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { proratedDays: `1${'0'.repeat(30)}` });
    },
  },
  {
    code: 'record.count',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { count: 0 });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'count' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { count: 99 });
    },
  },
  {
    code: 'record.equipmentMissing',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { taisCode: undefined });
    },
    at: { kind: 'UPPLAN', row: 1, field: 'taisCode' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { taisCode: undefined, equipmentNotificationCode: '00014-000001' });
    },
  },
  {
    code: 'record.equipmentTwice',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { equipmentNotificationCode: '00014-000001' });
    },
    at: { kind: 'UPPLAN', row: 1, field: 'equipmentNotificationCode' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { taisCode: undefined, equipmentNotificationCode: '00014-000001' });
    },
  },
  {
    code: 'record.equipmentElsewhere',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { taisCode: '00014-000001' });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'taisCode' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { serviceCode: '671001' });
    },
  },
  {
    code: 'record.detailNumberElsewhere',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { detailNumber: 1 });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'detailNumber' },
    keep: (draft) => {
      // Two rollators of type 17 are numbered.
      if (rowOf(draft, 'UPPLAN', 3).detailNumber !== 2) throw new Error('no numbered row');
    },
  },
  {
    code: 'record.serviceType',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { serviceCode: '901111' });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'serviceCode' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { serviceCode: '761111' });
    },
  },
  {
    code: 'record.notExchanged',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { serviceCode: '331111' });
    },
    at: { kind: 'UPPLAN', row: HOME_HELP + 1, field: 'serviceCode' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN', HOME_HELP), { serviceCode: '271111' });
    },
  },
  {
    code: 'record.supplementKey',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPHOSOKU'), { serviceMonth: '000000' });
    },
    at: { kind: 'UPHOSOKU', row: 1, field: 'serviceMonth' },
    keep: (draft) => {
      if (rowOf(draft, 'UPHOSOKU').planDate !== '00000000') throw new Error('a plan date is used');
    },
  },
  {
    code: 'record.supplementUnusedKey',
    bases: ['plan'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPHOSOKU'), { serviceMonth: '2025-11' });
    },
    at: { kind: 'UPHOSOKU', row: 1, field: 'serviceMonth' },
    keep: (draft) => {
      if (rowOf(draft, 'UPHOSOKU').serviceMonth !== '000000') throw new Error('a month is used');
    },
  },
  {
    code: 'record.period',
    bases: ['preventive'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPYOBO'), { certificationPeriodEnd: '2025-03-31' });
    },
    at: { kind: 'UPYOBO', row: 1, field: 'certificationPeriodEnd' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPYOBO'), { certificationPeriodEnd: '2025-04-01' });
    },
  },
  {
    code: 'record.otherText',
    bases: ['preventive'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPKIHON'), { consultationMethodOther: undefined });
    },
    at: { kind: 'UPKIHON', row: 1, field: 'consultationMethodOther' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPKIHON'), { consultationMethod: '01', consultationMethodOther: undefined });
    },
  },
  {
    code: 'record.birthDate',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPHOSOKU'), { birthDate: '2025-12-11' });
    },
    at: { kind: 'UPHOSOKU', row: 1, field: 'birthDate' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPHOSOKU'), { birthDate: TODAY });
    },
  },
  {
    code: 'record.updatedBy',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { updatedBy: '0370100113' });
    },
    at: { kind: 'UPPLAN', row: 1, field: 'updatedBy' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { updatedBy: '0370200210' });
    },
  },
  {
    code: 'record.sender',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPPLAN'), { careManagementOfficeNumber: '0370100113', updatedBy: '0370200210' });
    },
    at: { kind: 'UPPLAN', row: 1, field: 'careManagementOfficeNumber' },
    keep: (draft) => {
      // The services of all offices stand in a slip.
      if (draft.files.UPPLAN?.every((row) => row.serviceOfficeNumber === '0370200210')) throw new Error('one office');
    },
  },
  {
    code: 'record.constant',
    bases: ['slip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UPSIKYU'), { officeCode: '9999999998' });
    },
    at: { kind: 'UPSIKYU', row: 1, field: 'officeCode' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UPSIKYU'), { officeCode: undefined });
    },
  },
  {
    code: 'record.number',
    bases: ['plan'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'UP2KYO'), { needNumber: undefined });
    },
    at: { kind: 'UP2KYO', row: 1, field: 'needNumber' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'UP2KYO'), { need: undefined });
    },
  },
  {
    code: 'record.insurerCheckDigit',
    bases: ['withdrawnSlip'],
    break: (draft) => {
      Object.assign(rowOf(draft, 'DLTPLAN'), { insurerNumber: '032012' });
    },
    at: { kind: 'DLTPLAN', row: 1, field: 'insurerNumber' },
    keep: (draft) => {
      Object.assign(rowOf(draft, 'DLTPLAN'), { insurerNumber: '032011' });
    },
  },
  {
    code: 'record.officeCheckDigit',
    bases: ['withdrawnActuals'],
    break: (draft) => {
      if (rowOf(draft, 'DLTJSK').serviceOfficeNumber !== '0370200210') throw new Error('another office');
    },
    at: { kind: 'DLTJSK', row: 1, field: 'serviceOfficeNumber' },
    keep: (draft) => {
      draft.from = { ...draft.from, officeNumber: '0370200214' };
      Object.assign(rowOf(draft, 'DLTJSK'), { serviceOfficeNumber: '0370200214', insurerNumber: '032011' });
    },
  },
];
