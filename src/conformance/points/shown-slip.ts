import { officeTypeOf } from '../../schema/internal.js';
import { inRow, inService, ofProgram, severalOffices } from './look.js';
import type { ShownPoint } from './point.js';
import { MONTHS, may, SLIPS, show } from './show.js';

const NO_TIME = '9999';
const isRental = (one: { taisCode?: string; equipmentNotificationCode?: string }): boolean =>
  one.taisCode !== undefined || one.equipmentNotificationCode !== undefined;
const plans = (type: string | undefined): boolean => officeTypeOf(type ?? '') !== undefined;

/** Situations of sheets 6 and 7 (sections 9 and 10). */
export const SLIP_POINTS: readonly ShownPoint[] = [
  show('severalOffices', '6', SLIPS, severalOffices),
  show(
    'preventiveServices',
    '11',
    ['D6', 'D7'],
    ofProgram('予防給付', (one) => !isRental(one)),
  ),
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
];
