import {
  type Attention,
  type DayValues,
  RECONCILE_REASONS,
  type ReconciledLine,
  type ReconciledMonth,
  type ReconciledOffice,
  type Reconciliation,
} from '../index.js';
import type { Language } from './io.js';
import { WORDS, type Words } from './reconcile-words.js';
import { tableOf } from './table.js';

type Person = Reconciliation & { readonly name?: string | undefined };

/** A month as people read it. Holds names only where they were given. */
export function monthText(
  month: ReconciledMonth & { readonly persons: readonly Person[] },
  language: Language,
): string {
  const words = WORDS[language];
  const { persons, withoutSlip, withoutActuals } = month;
  const clean = persons.filter(({ attention }) => attention.length === 0).length;
  const strangers = withoutSlip.map(({ serviceMonth, serviceUser, serviceOfficeNumber, serviceType }) => [
    serviceMonth,
    serviceUser.insuredPersonNumber,
    serviceUser.insurerNumber,
    serviceOfficeNumber,
    serviceType,
  ]);
  const lines = [
    ...persons.flatMap((one) => [...personLines(one, language), '']),
    ...block(words.strangers, words.strangerHead, strangers),
    ...(strangers.length > 0 ? [''] : []),
    words.summary(persons.length, clean, withoutActuals.length),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function personLines({ serviceUser, serviceMonth, name, ...found }: Person, language: Language): string[] {
  const words = WORDS[language];
  const { insuredPersonNumber, insurerNumber } = serviceUser;
  const head = words.person(serviceMonth, insuredPersonNumber, insurerNumber, name === undefined ? '' : ` ${name}`);
  const reason = (one: Attention) => attentionRow(one, RECONCILE_REASONS[one.reason][language]);
  const isClean = found.attention.length === 0;
  return [
    isClean ? `${head} ${words.noDifference}` : head,
    ...block(words.first, words.attentionHead, found.attention.map(reason), [6]),
    ...block(
      words.sums,
      words.sumHead,
      found.offices.map((one) => officeRow(one, words)),
      [4, 5, 6, 7, 8],
    ),
    ...block(words.days, words.dayHead, found.lines.flatMap((line) => dayRows(line, words)).sort(byDay), [0]),
  ];
}

/** A titled table; nothing where there are no rows. */
const block = (
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  toTheRight: readonly number[] = [],
): string[] =>
  rows.length === 0 ? [] : [`  ${title}`, ...tableOf([head, ...rows], toTheRight).map((line) => `    ${line}`)];

const byDay = (a: readonly string[], b: readonly string[]): number => Number(a[0]) - Number(b[0]);
const dayText = (date: string): string => String(Number(date.slice(8)));
const signed = (units: number): string => (units > 0 ? `+${units}` : String(units));
const timeText = (start: string | undefined, end: string | undefined): string =>
  start === undefined || end === undefined || !start.includes(':') ? '' : `${start}-${end}`;

function attentionRow(one: Attention, reason: string): string[] {
  const { serviceOfficeNumber, serviceType, startTime, endTime, dates, unitsDifference } = one;
  const days = dates.map(dayText).join(',');
  const time = timeText(startTime, endTime);
  return [reason, serviceOfficeNumber, serviceType, serviceText(one), time, days, signed(unitsDifference)];
}

const officeRow = (office: ReconciledOffice, words: Words): string[] => [
  office.serviceOfficeNumber,
  office.serviceOfficeName ?? '',
  office.serviceType,
  words.state[office.state],
  String(office.planned.times),
  String(office.actual.times),
  String(office.planned.units),
  String(office.actual.units),
  office.unitsDifference === undefined ? '' : signed(office.unitsDifference),
];

const dayRows = (line: ReconciledLine, words: Words): string[][] =>
  line.days
    .filter(({ matters }) => matters)
    .map((day) => [
      dayText(day.serviceDate),
      line.serviceOfficeNumber,
      serviceText(line),
      words.kind[day.kind],
      valuesText(day.planned),
      valuesText(day.actual),
    ]);

/** A service code, and what tells its equipment from another. */
const serviceText = ({ serviceCode, taisCode, equipmentNotificationCode, detailNumber }: Partial<ReconciledLine>) =>
  [serviceCode, taisCode ?? equipmentNotificationCode, detailNumber].filter((one) => one !== undefined).join(' ');

/** `13:00-13:30 471x1`: time, units and times. */
function valuesText(values: DayValues | undefined): string {
  if (values === undefined) return '';
  const { startTime, endTime, units, count } = values;
  return `${timeText(startTime, endTime)} ${units ?? ''}x${count}`.trim();
}
