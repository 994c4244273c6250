import { officeTypeOf } from '../../schema/internal.js';
import { PATTERN_IDS, type PatternId } from '../pattern.js';
import {
  correction,
  hasCodeIn,
  inDocument,
  inRow,
  inService,
  inText,
  ofProgram,
  severalOffices,
  severalPersons,
  severalReceivers,
  twoTypes,
  withdrawal,
} from './look.js';
import type { Obligation, ShownPoint } from './point.js';

export type ShownId = (typeof IDS)[number];
const IDS = [
  'severalPersons',
  'severalReceivers',
  'twoTypes',
  'publicAssistanceOnly',
  'severalNeeds',
  'severalLongTermGoals',
  'severalShortTermGoals',
  'notInsured',
  'weeklyService',
  'dailyActivity',
  'pointInTime',
  'otherService',
  'otherReason',
  'newPlanDate',
  'severalOffices',
  'preventiveServices',
  'municipalServices',
  'letterInNumber',
  'satellite',
  'taisCode',
  'notificationCode',
  'equalItems',
  'proratedDays',
  'acrossMidnight',
  'noTimeOfDay',
  'severalTimesADay',
  'withoutUnits',
  'shortStayDays',
  'overThirtyDays',
  'overLimit',
  'typeLimit',
  'changedLevel',
  'familyImage',
  'schedule',
  'illnesses',
  'severalContacts',
  'otherConsultation',
  'entrusted',
  'notEntrusted',
  'supportPlans',
  'preventiveServicesOfPlan',
  'targetPerson',
  'checklist',
  'withBasicInformation',
  'forCentre',
  'punctuation',
  'halfWidthKana',
  'necCharacters',
  'ibmCharacters',
  'correction',
  'withdrawal',
] as const;

const ALL: readonly PatternId[] = PATTERN_IDS;
const SLIPS: readonly PatternId[] = ['D2', 'D6'];
const MONTHS: readonly PatternId[] = ['D2', 'D3', 'D6', 'D7'];
const PREVENTIVE: readonly PatternId[] = ['D4', 'D5'];
const NO_TIME = '9999';

const point = (
  obligation: Exclude<Obligation, 'must'>,
  id: ShownId,
  section: string,
  patterns: readonly PatternId[],
  shown: ShownPoint['shown'],
): ShownPoint => Object.freeze({ id, obligation, section, patterns, shown });
type Args = Parameters<typeof point> extends [unknown, ...infer A] ? A : never;
const show = (...args: Args): ShownPoint => point('show', ...args);
const may = (...args: Args): ShownPoint => point('may', ...args);

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
  // Sheets 1 to 3
  show('severalNeeds', '7', ['D1', 'D5'], (kit) =>
    kit.pattern.id === 'D1'
      ? inDocument('carePlans', ({ sheet2 }) => (sheet2?.needs.length ?? 0) > 1)(kit)
      : inDocument('preventivePlans', ({ needs }) => needs.length > 1)(kit),
  ),
  show(
    'severalLongTermGoals',
    '7',
    ['D1'],
    inDocument('carePlans', ({ sheet2 }) => sheet2?.needs.some((need) => need.longTermGoals.length > 1) === true),
  ),
  show(
    'severalShortTermGoals',
    '7',
    ['D1'],
    inDocument(
      'carePlans',
      ({ sheet2 }) =>
        sheet2?.needs.some((need) => need.longTermGoals.some((goal) => goal.shortTermGoals.length > 1)) === true,
    ),
  ),
  show(
    'notInsured',
    '7',
    ['D1'],
    inRow(({ insuranceCoverage }) => insuranceCoverage === 'N'),
  ),
  show(
    'weeklyService',
    '8',
    ['D1'],
    inRow(({ weekday, startTime }) => weekday !== undefined && startTime !== undefined),
  ),
  show(
    'dailyActivity',
    '8',
    ['D1'],
    inRow((one) => isLasting(one.activityStartTime, one.activityEndTime)),
  ),
  show(
    'pointInTime',
    '8',
    ['D1'],
    inRow((one) => one.activityStartTime !== undefined && one.activityStartTime === one.activityEndTime),
  ),
  show(
    'otherService',
    '8',
    ['D1'],
    inRow(({ otherService }) => otherService !== undefined),
  ),
  show(
    'otherReason',
    '5',
    ['D1'],
    inRow(({ housekeepingReasonOther }) => housekeepingReasonOther !== undefined),
  ),
  show('newPlanDate', '1', ['D1'], ({ pattern, transmissions }) => {
    const dates = new Map<string, string>();
    for (const { rows } of transmissions) {
      for (const { layout, file, record } of rows) {
        const { insurerNumber, insuredPersonNumber, planDate } = record;
        if (layout.kind !== pattern.head || planDate === undefined) continue;
        const key = `${insurerNumber} ${insuredPersonNumber}`;
        if ((dates.get(key) ?? planDate) < planDate) return { file };
        dates.set(key, planDate);
      }
    }
    return undefined;
  }),
  // Sheets 6 and 7
  show('severalOffices', '6', SLIPS, severalOffices),
  show('preventiveServices', '11', ['D6', 'D7'], ofProgram('予防給付')),
  show('municipalServices', '11', ['D6', 'D7'], ofProgram('総合事業')),
  show(
    'letterInNumber',
    '1',
    ['D6', 'D7'],
    inService(({ serviceOfficeNumber = '' }) => /[A-Z]/.test(serviceOfficeNumber)),
  ),
  show(
    'satellite',
    '9',
    ['D2', 'D3'],
    inService(({ satelliteNumber }) => satelliteNumber !== undefined),
  ),
  show(
    'taisCode',
    '9',
    MONTHS,
    inService(({ taisCode }) => taisCode !== undefined),
  ),
  show(
    'notificationCode',
    '9',
    ['D2', 'D3'],
    inService(({ equipmentNotificationCode }) => equipmentNotificationCode !== undefined),
  ),
  show(
    'equalItems',
    '9',
    ['D2', 'D3'],
    inService(({ detailNumber = 0 }) => detailNumber > 1),
  ),
  show(
    'proratedDays',
    '9',
    MONTHS,
    inService(({ proratedDays }) => proratedDays !== undefined),
  ),
  show(
    'acrossMidnight',
    '9',
    ['D2', 'D3'],
    inService(({ startTime = '', endTime = '' }) => endTime < startTime && startTime !== NO_TIME),
  ),
  show(
    'noTimeOfDay',
    '9',
    MONTHS,
    inService((one) => one.startTime === NO_TIME && !isRental(one)),
  ),
  show(
    'severalTimesADay',
    '9',
    ['D2', 'D3'],
    inService(({ count = 0 }) => count > 1),
  ),
  show(
    'withoutUnits',
    '9',
    ['D3', 'D7'],
    inService(({ units }) => units === 0),
  ),
  show(
    'shortStayDays',
    '9',
    ['D2'],
    inService(({ shortStayDaysToPreviousMonth = 0 }) => shortStayDaysToPreviousMonth > 0),
  ),
  show(
    'overThirtyDays',
    '9',
    ['D2', 'D3'],
    inService(({ overThirtyDays }) => overThirtyDays === '1'),
  ),
  show(
    'overLimit',
    '10',
    ['D2'],
    inRow(({ benefitLimitExcessUnits = 0 }) => benefitLimitExcessUnits > 0),
  ),
  show(
    'typeLimit',
    '5',
    ['D2'],
    inRow(({ serviceTypeLimit1 }) => serviceTypeLimit1 !== undefined),
  ),
  show(
    'changedLevel',
    '11',
    SLIPS,
    inRow((one) => one.careLevelChangeDate !== undefined && one.previousCareLevel !== undefined),
  ),
  may('forCentre', '1', ['D6', 'D7'], ({ transmissions }) => {
    const found = transmissions.find(({ from, to }) => plans(from.serviceType) && plans(to.serviceType));
    return found && { file: found.files[0]?.path ?? '' };
  }),
  // Preventive care
  show(
    'schedule',
    '11',
    ['D4'],
    inDocument('basicInformation', ({ schedule }) => schedule.length > 1),
  ),
  show(
    'illnesses',
    '11',
    ['D4'],
    inDocument('basicInformation', ({ illnesses }) => illnesses.length > 1),
  ),
  show(
    'severalContacts',
    '11',
    ['D4'],
    inDocument('basicInformation', ({ emergencyContacts }) => (emergencyContacts?.length ?? 0) > 1),
  ),
  show(
    'otherConsultation',
    '11',
    ['D4'],
    inRow((one) => one.consultationMethodOther !== undefined),
  ),
  show(
    'notEntrusted',
    '11',
    PREVENTIVE,
    inRow(({ entrustment }) => entrustment === '1'),
  ),
  show(
    'entrusted',
    '11',
    PREVENTIVE,
    inRow(({ entrustment }) => entrustment === '2'),
  ),
  show(
    'supportPlans',
    '11',
    ['D5'],
    inDocument('preventivePlans', ({ needs }) => needs.some(({ supportPlans }) => supportPlans.length > 1)),
  ),
  show(
    'preventiveServicesOfPlan',
    '11',
    ['D5'],
    inDocument('preventivePlans', ({ needs }) =>
      needs.some(({ supportPlans }) => supportPlans.some(({ services }) => services.length > 1)),
    ),
  ),
  show(
    'targetPerson',
    '11',
    ['D5'],
    inRow(({ supportLevel }) => supportLevel === '3'),
  ),
  show(
    'checklist',
    '11',
    ['D5'],
    inRow((one) => (one.exerciseChecklistCount ?? 0) > 0),
  ),
  may(
    'familyImage',
    '11',
    ['D4'],
    inRow(({ familyImageName }) => familyImageName !== undefined),
  ),
  may('withBasicInformation', '1', ['D5'], ({ transmissions }) => {
    const found = transmissions.find(({ documents }) => documents.basicInformation && documents.preventivePlans);
    return found && { file: found.files[0]?.path ?? '' };
  }),
  // Texts
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
  // What comes later
  show('correction', '1', ALL, correction),
  may('withdrawal', '1', ALL, withdrawal),
]);

const isLasting = (start: string | undefined, end: string | undefined): boolean =>
  start !== undefined && end !== undefined && start < end;
const isRental = (one: { taisCode?: string; equipmentNotificationCode?: string }): boolean =>
  one.taisCode !== undefined || one.equipmentNotificationCode !== undefined;
const plans = (type: string | undefined): boolean => officeTypeOf(type ?? '') !== undefined;
