import type { RecordOf } from 'careplan-renkei';

type Slip = RecordOf<'UPPLAN'>;

/** The same numbers at every run (xorshift32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const KANJI = '山田川口鈴木佐藤高橋渡辺伊中村小林加吉松本井上清水阿部森池石前岡後長谷近遠坂青西福太三原和竹金玉';
const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** A service of a person's month: what repeats from row to row of a slip. */
const SERVICES = [
  { code: '111111', start: '09:00', end: '09:30', units: 244, name: '訪問介護ステーションみちのく' },
  { code: '151242', start: '09:30', end: '16:40', units: 658, name: 'デイサービスセンターひだまり' },
  { code: '131211', start: '13:00', end: '14:00', units: 823, name: '訪問看護ステーション青葉' },
  { code: '116275', start: '9999', end: '9999', units: 100, name: '訪問介護ステーションみちのく' },
];

const slip = (person: string, service: (typeof SERVICES)[number], office: string, day: number): Slip => ({
  csvVersion: '202407',
  insurerNumber: '032011',
  insuredPersonNumber: person,
  createdOn: '2025-11-25',
  serviceMonth: '2025-11',
  careManagementOfficeNumber: '0370100105',
  careManagerName: '介護支援専門員　岩手太郎',
  units: service.units,
  serviceDate: `2025-11-${digits(day, 2)}`,
  startTime: service.start,
  endTime: service.end,
  count: 1,
  serviceCode: service.code,
  serviceOfficeNumber: office,
  serviceOfficeName: service.name,
  overThirtyDays: '0',
  updatedBy: '0370100105',
});

/** Rows as slips hold them: a person, then a service, then its days. */
export function repetitive(count: number): Slip[] {
  const rows: Slip[] = [];
  for (let person = 0; rows.length < count; person++) {
    SERVICES.forEach((service, s) => {
      for (let day = 1 + (person % 3); day <= 30 && rows.length < count; day += 2 + s) {
        rows.push(slip(digits(person + 1, 10), service, digits(370200200 + s, 10), day));
      }
    });
  }
  return rows;
}

/** Rows that share little: another person, care manager, office (of 4,000), service and day in each. */
export function diverse(count: number): Slip[] {
  const random = randomNumbers(20251125);
  const name = (length: number) => Array.from({ length }, () => KANJI[random(KANJI.length)]).join('');
  const offices = Array.from({ length: 4000 }, () => ({
    number: digits(100000000 + random(899999999), 10),
    name: name(8 + random(8)),
  }));
  return Array.from({ length: count }, () => {
    const office = offices[random(offices.length)] as (typeof offices)[number];
    const planner = offices[random(offices.length)] as (typeof offices)[number];
    return {
      ...slip(
        digits(random(999999999), 10),
        SERVICES[random(SERVICES.length)] as (typeof SERVICES)[number],
        office.number,
        1 + random(30),
      ),
      insurerNumber: digits(random(999999), 6),
      careManagementOfficeNumber: planner.number,
      careManagerName: `${name(2)}　${name(2 + random(2))}`,
      units: random(3000),
      serviceCode: digits(random(999999), 6),
      serviceOfficeName: office.name,
      updatedBy: planner.number,
    };
  });
}
