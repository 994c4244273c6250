/**
 * A month from plan to reconciliation: slips go to five offices, each sends its actuals, and the care manager sees what
 * was delivered otherwise than planned. Run: npx tsx examples/month-end.ts
 */
import {
  type Actuals,
  type Address,
  applyTransmission,
  clockSerials,
  decodeFiles,
  documentsOf,
  emptyState,
  encodeDocuments,
  type Line,
  type OfficeState,
  planActuals,
  planTransmissions,
  RECONCILE_REASONS,
  reconcileMonth,
  serviceTypeIn,
  serviceTypeOf,
  type TransmissionPlan,
  type UsageSlip,
} from 'careplan-renkei';
import { CARE_MANAGEMENT, usageSlips } from './month.js';

const text = ({ officeNumber, serviceType }: Address) => `${officeNumber}-${serviceType}`;

/** The post boxes of all offices: what each has received. A transport would stand here. */
const boxes = new Map<string, OfficeState>();

/** Encodes what is planned, and delivers the files. */
function send({ transmissions, issues }: TransmissionPlan): void {
  for (const planned of transmissions) {
    const sent = encodeDocuments(planned);
    if (!sent.ok) throw new Error([...issues, ...sent.issues].map(({ message }) => message.en).join('\n'));
    console.log(`${text(planned.from)} -> ${text(planned.to)}  ${sent.serial}`);
    for (const { name, bytes } of sent.files) console.log(`    ${name}  ${bytes.length} bytes`);
    for (const received of decodeFiles(sent.files.map(({ name, bytes }) => ({ path: name, bytes }))).transmissions) {
      const { state } = applyTransmission(boxes.get(text(planned.to)) ?? emptyState(), received);
      boxes.set(text(planned.to), state);
    }
  }
}

/** What an office delivered of the slips in its box: its own lines, but for what went otherwise. */
export function deliver(office: string, slips: readonly UsageSlip[]): Actuals[] {
  return slips.flatMap(({ serviceUser, serviceMonth, careManagementOfficeNumber, careManagerName, lines }) => {
    const own = lines.filter((line) => office === `${line.serviceOfficeNumber}-${serviceTypeIn(line.serviceCode)}`);
    const [first] = own;
    if (!first) return [];
    const { insurerNumber, insuredPersonNumber } = serviceUser;
    return {
      serviceUser: { insurerNumber, insuredPersonNumber },
      serviceMonth,
      createdOn: '2025-12-03',
      ...(careManagementOfficeNumber === undefined ? {} : { careManagementOfficeNumber }),
      ...(careManagerName === undefined ? {} : { careManagerName }),
      serviceOfficeNumber: first.serviceOfficeNumber,
      serviceType: serviceTypeIn(first.serviceCode) as Actuals['serviceType'],
      updatedBy: first.serviceOfficeNumber,
      lines: own.flatMap((line) => otherwise(insuredPersonNumber, line)),
    };
  });
}

/** The month did not go quite as planned: a visit left out, one at another time, one day more of rehabilitation. */
function otherwise(person: string, line: Line): Line[] {
  if (person === '0001442621' && line.serviceCode === '111111') {
    const [, second, ...others] = line.days;
    if (!second) return [line];
    return [
      { ...line, days: others },
      { ...line, startTime: '17:00', endTime: '17:30', days: [second] },
    ];
  }
  if (person === '0001090667') return [{ ...line, days: [...line.days, { serviceDate: '2025-11-27', count: 1 }] }];
  return [line];
}

/** The month, and the differences that it ends with. */
export function monthEnd(): ReturnType<typeof reconcileMonth> {
  const at = (date: string) => clockSerials({ now: () => Date.parse(date) });
  const slips = usageSlips();
  console.log('The care manager sends the slips of November:');
  send(planTransmissions(slips, { sender: CARE_MANAGEMENT, serials: at('2025-10-25T18:00:00+09:00') }));

  console.log('\nThe offices send what they have delivered:');
  const serials = at('2025-12-03T18:00:00+09:00');
  for (const [office, state] of [...boxes]) {
    const actuals = deliver(office, documentsOf(state).documents.usageSlips ?? []);
    send(planActuals(actuals, { receiver: CARE_MANAGEMENT, serials }));
  }

  const { actuals = [] } = documentsOf(boxes.get(text(CARE_MANAGEMENT)) ?? emptyState()).documents;
  const month = reconcileMonth(slips, actuals);
  console.log('\nWhat the care manager has to look at:');
  showAttention(month);
  return month;
}

/** Prints what went otherwise than planned. */
export function showAttention({ persons }: ReturnType<typeof reconcileMonth>): void {
  for (const { serviceUser, attention } of persons) {
    for (const { reason, serviceOfficeNumber, serviceType, serviceCode, dates } of attention) {
      const service = serviceTypeOf(serviceType)?.ja;
      const where = `${serviceOfficeNumber} ${service} ${serviceCode ?? ''}`.trim();
      console.log(
        `    ${serviceUser.insuredPersonNumber}  ${where}  ${RECONCILE_REASONS[reason].ja}  ${dates.join(', ')}`,
      );
    }
  }
}

if (process.argv[1]?.endsWith('month-end.ts')) monthEnd();
