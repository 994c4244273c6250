import fc from 'fast-check';
import { type Actuals, type Line, type ServiceType, serviceTypeIn, type UsageSlip } from '../../src/schema/index.js';
import { lineKey } from '../../src/schema/model/usage-slip.js';

/** One row of sheet 6: a line with one day. */
export type Row = Omit<Line, 'days'> & { readonly serviceDate: string; readonly count: number };

export const MONTH = '2025-11';
export const PERSON = { insurerNumber: '032011', insuredPersonNumber: '0000000001' } as const;
const HEAD = { createdOn: '2025-11-25', careManagementOfficeNumber: '0370100105' } as const;

/** A row of home help at 9 o'clock on the 3rd, but for what is given. */
export const row = (given: Partial<Row> = {}): Row => ({
  serviceOfficeNumber: '0370200210',
  serviceCode: '111111',
  startTime: '09:00',
  endTime: '09:30',
  units: 244,
  count: 1,
  serviceDate: `${MONTH}-03`,
  overThirtyDays: '1',
  ...given,
});

/** Rows as lines, in the order in which they come. */
function linesOf(rows: readonly Row[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { serviceDate, count, ...own } of rows) {
    const key = lineKey(own as Line);
    const line = lines.get(key) ?? { ...own, days: [] };
    line.days.push({ serviceDate, count });
    lines.set(key, line);
  }
  return [...lines.values()];
}

export const slipOf = (rows: readonly Row[], person: Partial<UsageSlip['serviceUser']> = {}): UsageSlip => ({
  serviceUser: { ...PERSON, ...person },
  serviceMonth: MONTH,
  ...HEAD,
  lines: linesOf(rows),
});

/** Actuals of rows: one for each office and service type. */
export function actualsOf(rows: readonly Row[], person: Partial<Actuals['serviceUser']> = {}): Actuals[] {
  const groups = new Map<string, Row[]>();
  for (const one of rows) {
    const key = officeOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const [{ serviceOfficeNumber, serviceCode }] = group as [Row];
    const head = { serviceUser: { ...PERSON, ...person }, serviceMonth: MONTH, ...HEAD };
    const serviceType = serviceTypeIn(serviceCode) as ServiceType;
    return { ...head, serviceOfficeNumber, serviceType, lines: linesOf(group) };
  });
}

/** The office and service type that a row belongs to. */
export const officeOf = ({ serviceOfficeNumber, serviceCode }: Row): string =>
  `${serviceOfficeNumber}:${serviceTypeIn(serviceCode)}`;

const TIMES = [
  { startTime: '09:00', endTime: '09:30' },
  { startTime: '09:00', endTime: '10:00' },
  { startTime: '14:00', endTime: '14:45' },
  { startTime: '9999', endTime: '9999' },
] as const;
export const arbitraryTimes = fc.constantFrom(...TIMES);

/** Few different values, so that services meet on one day, at one time, or repeat each other. */
export const arbitraryRow: fc.Arbitrary<Row> = fc
  .record({
    serviceOfficeNumber: fc.constantFrom('0370200210', '0370200228', '03A0300317'),
    serviceCode: fc.constantFrom('111111', '112211', '151241', '171001'),
    times: arbitraryTimes,
    units: fc.constantFrom(244, 387, 471),
    count: fc.integer({ min: 1, max: 2 }),
    day: fc.integer({ min: 1, max: 5 }),
    satelliteNumber: fc.constantFrom(undefined, undefined, '1', '2'),
    taisCode: fc.constantFrom('00013-000001', '00013-000002'),
    detailNumber: fc.constantFrom(undefined, 1, 2),
  })
  .map(({ times, day, satelliteNumber, taisCode, detailNumber, ...own }) =>
    row({
      ...own,
      ...times,
      serviceDate: `${MONTH}-0${day}`,
      ...(satelliteNumber === undefined ? {} : { satelliteNumber }),
      ...(own.serviceCode.startsWith('17') ? { taisCode } : {}),
      ...(own.serviceCode.startsWith('17') && detailNumber !== undefined ? { detailNumber } : {}),
    }),
  );

export const arbitraryRows = fc.array(arbitraryRow, { minLength: 1, maxLength: 8, size: 'max' });
