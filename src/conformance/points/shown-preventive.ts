import { inDocument, inRow } from './look.js';
import type { ShownPoint } from './point.js';
import { may, PREVENTIVE, show } from './show.js';

/** Situations of basic information and preventive plans (section 11). */
export const PREVENTIVE_POINTS: readonly ShownPoint[] = [
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
];
