import {
  type Actuals,
  daysInMonth,
  type Line,
  serviceTypeIn,
  serviceTypeOf,
  type UsageSlip,
} from '../../schema/internal.js';
import { ACTUALS } from '../../schema/model/actuals.js';
import { SLIP, STATEMENT, STATEMENT_ROW } from '../../schema/model/usage-slip.js';
import { fieldLines, gridLines, titled } from './fields.js';
import { gridOf } from './text.js';

const NO_TIME = '9999';

const weekday = (month: string, day: number): string =>
  '日月火水木金土'.charAt(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, day)).getUTCDay());

/** Sheet 6 as it is printed: a row for each line, a column for each day. */
function calendar(serviceMonth: string, lines: readonly Line[]): string[] {
  const last = daysInMonth(Number(serviceMonth.slice(0, 4)), Number(serviceMonth.slice(5)));
  const days = Array.from({ length: last }, (_, i) => i + 1);
  const columns = [
    { title: '時間帯', width: 11 },
    { title: 'サービス', width: 16 },
    { title: '事業所', width: 24 },
    { title: '単位数', width: 6, right: true as const },
    ...days.map((day) => ({ title: `${day}\n${weekday(serviceMonth, day)}`, width: 2, right: true as const })),
    { title: '計', width: 4, right: true as const },
  ];
  const rows = lines.map((line) => {
    const { startTime, endTime, serviceCode, serviceOfficeNumber, serviceOfficeName = '', units } = line;
    const time = startTime === NO_TIME && endTime === NO_TIME ? '(なし)' : `${startTime}-${endTime}`;
    const counts = days.map((day) =>
      line.days
        .filter(({ serviceDate }) => Number(serviceDate.slice(8)) === day)
        .reduce((sum, { count }) => sum + count, 0),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    return [
      time,
      `${serviceCode}\n${serviceTypeOf(serviceTypeIn(serviceCode))?.ja ?? ''}`,
      `${serviceOfficeNumber} ${serviceOfficeName}`,
      units === undefined ? '' : String(units),
      ...counts.map((count) => (count === 0 ? '' : String(count))),
      String(total),
    ];
  });
  return gridOf(columns, rows);
}

/** What does not fit into the calendar: equipment, satellites, prorated days, days over thirty. */
function remarks(lines: readonly Line[]): string[] {
  const said = lines.flatMap((line, i) => {
    const { taisCode, equipmentNotificationCode, equipmentName, detailNumber } = line;
    const parts = [
      taisCode === undefined ? '' : `TAISコード ${taisCode}`,
      equipmentNotificationCode === undefined ? '' : `福祉用具届出コード ${equipmentNotificationCode}`,
      equipmentName === undefined ? '' : `用具名称 ${equipmentName}`,
      detailNumber === undefined ? '' : `明細判別コード ${detailNumber}`,
      line.satelliteNumber === undefined ? '' : `サテライト枝番 ${line.satelliteNumber}`,
      line.proratedDays === undefined ? '' : `日割対象日 ${line.proratedDays}`,
      line.overThirtyDays === '1' ? '３０日超' : '',
    ].filter((part) => part !== '');
    return parts.length === 0 ? [] : [`${i + 1}行目: ${parts.join('、')}`];
  });
  return said;
}

const NAMED = STATEMENT_ROW.names.filter((name) => name !== 'overThirtyDays');

/** Sheets 6 and 7. */
export const slipLines = (slip: UsageSlip): string[] => [
  ...titled('第6表 サービス利用票（予定）', fieldLines(SLIP, slip, ['serviceMonth'])),
  ...calendar(slip.serviceMonth, slip.lines),
  ...remarks(slip.lines),
  ...(slip.statement
    ? [
        ...titled('第7表 サービス利用票別表', fieldLines(STATEMENT, slip.statement)),
        ...gridLines({ layout: STATEMENT_ROW.layout, names: NAMED }, slip.statement.rows, 20),
      ]
    : []),
];

/** Sheet 6 as delivered. */
export const actualsLines = (actuals: Actuals): string[] => [
  ...titled('第6表 サービス利用票（実績）', fieldLines(ACTUALS, actuals, ['serviceMonth', 'serviceOfficeNumber'])),
  ...calendar(actuals.serviceMonth, actuals.lines),
  ...remarks(actuals.lines),
];
