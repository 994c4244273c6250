import fc from 'fast-check';
import { computeStatement } from '../../src/office/index.js';
import { type Line, SERVICE_TYPES, type UsageSlip } from '../../src/schema/index.js';

export const SENDER = { officeNumber: '0370100105', serviceType: '43' } as const;
export const MONTH = '2025-11';

/** A slip with these lines; the person is told by a number. */
export const slipOf = (person: number, lines: readonly Line[], createdOn = '2025-11-25'): UsageSlip => ({
  serviceUser: {
    insurerNumber: '032011',
    insuredPersonNumber: String(person).padStart(10, '0'),
    supplement: { nameKana: 'ﾀｼﾞﾏ ﾊﾅ', name: '田島　はな', sex: '2', birthDate: '1941-02-03' },
  },
  serviceMonth: MONTH,
  createdOn,
  careManagementOfficeNumber: SENDER.officeNumber,
  careManagerName: '岩手太郎',
  updatedBy: SENDER.officeNumber,
  lines: [...lines],
});

/** The same with the statement of its lines: a whole slip. */
export function withStatement(...slip: Parameters<typeof slipOf>): UsageSlip {
  const whole = slipOf(...slip);
  const { createdOn, lines } = whole;
  const made = computeStatement(lines, { createdOn, unitPrice: 10, benefitRate: 90, limits: {} });
  return made.statement ? { ...whole, statement: made.statement } : whole;
}

/** A line of a service of an office on some days of November. */
export const lineOf = (
  serviceOfficeNumber: string,
  serviceCode: string,
  days: readonly number[],
  units = 244,
): Line => ({
  serviceCode,
  units,
  startTime: '09:00',
  endTime: '09:30',
  serviceOfficeNumber,
  overThirtyDays: '0',
  days: days.map((day) => ({ serviceDate: `${MONTH}-${String(day).padStart(2, '0')}`, count: 1 })),
});

const officeNumber = (n: number) => String(370200000 + n).padStart(10, '0');

const line = fc
  .record({
    office: fc.integer({ min: 1, max: 12 }),
    type: fc.constantFrom(...SERVICE_TYPES.map(({ code }) => code)),
    item: fc.constantFrom('1111', '2211', '6275'),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
    units: fc.integer({ min: 0, max: 1500 }),
  })
  .map(({ office, type, item, days, units }) => lineOf(officeNumber(office), `${type}${item}`, days, units));

/** What tells a line of a slip of `arbitraryMonth` from the others. */
export const lineId = ({ serviceOfficeNumber, serviceCode, units }: Line) =>
  `${serviceOfficeNumber} ${serviceCode} ${units}`;

/** The slips of a month: up to 40 persons, up to 12 offices of all service types. */
export const arbitraryMonth = (maxPersons = 40): fc.Arbitrary<UsageSlip[]> =>
  fc
    .array(fc.uniqueArray(line, { minLength: 1, maxLength: 6, selector: lineId }), {
      minLength: 1,
      maxLength: maxPersons,
      size: 'max',
    })
    .map((persons) => persons.map((lines, n) => slipOf(n + 1, lines)));
