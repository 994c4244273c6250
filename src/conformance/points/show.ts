import { PATTERN_IDS, type PatternId } from '../pattern.js';
import type { ShownPoint } from './point.js';

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
export type ShownId = (typeof IDS)[number];

export const ALL: readonly PatternId[] = PATTERN_IDS;
export const SLIPS: readonly PatternId[] = ['D2', 'D6'];
export const MONTHS: readonly PatternId[] = ['D2', 'D3', 'D6', 'D7'];
export const PREVENTIVE: readonly PatternId[] = ['D4', 'D5'];

type Declare = (id: ShownId, section: string, patterns: readonly PatternId[], shown: ShownPoint['shown']) => ShownPoint;
const declare =
  (obligation: ShownPoint['obligation']): Declare =>
  (id, section, patterns, shown) =>
    Object.freeze({ id, obligation, section, patterns, shown });

/** Declares a situation that every sender has to be able to write. */
export const show = declare('show');
/** Declares one that the standard leaves to the sender. */
export const may = declare('may');
