import type { Supplement } from '../../schema/internal.js';
import { CARE_MANAGEMENT } from './offices.js';

/** A person of the samples, invented. */
export interface Person {
  readonly number: string;
  readonly kana: string;
  readonly name: string;
  readonly sex: '1' | '2';
  readonly birthDate: string;
  readonly level: NonNullable<Supplement['careLevel']>;
  readonly limit?: number;
  readonly more?: Partial<Supplement>;
}

const ADDRESS = { postalCode: '020-0023', address1: '岩手県盛岡市内丸10番1号' };
const level = (name: Person['level'], limit: number) => ({ level: name, limit });

/** The persons of the care patterns. */
export const PEOPLE = {
  ordinary: {
    number: '0001442621',
    kana: 'ﾀｶﾊｼ ｼｹﾞﾙ',
    name: '髙橋　茂',
    sex: '1',
    birthDate: '1936-09-08',
    ...level('22', 19705),
  },
  night: {
    number: '0001297962',
    kana: 'ｸﾄﾞｳ ﾏｻｵ',
    name: '工藤　正男',
    sex: '1',
    birthDate: '1946-09-13',
    ...level('25', 36217),
  },
  equipment: {
    number: '0001966984',
    kana: 'ｷｸﾁ ﾖｼ',
    name: '菊池　ヨシ',
    sex: '2',
    birthDate: '1931-03-21',
    ...level('24', 30938),
  },
  twoTypes: {
    number: '0001090667',
    kana: 'ﾁﾊﾞ ｷﾖ',
    name: '千葉　キヨ',
    sex: '2',
    birthDate: '1940-12-02',
    ...level('21', 16765),
  },
  assistance: {
    number: 'H000012345',
    kana: 'ｵｵﾂｷ ﾄﾐ',
    name: '大槻　トミ',
    sex: '2',
    birthDate: '1953-05-24',
    ...level('23', 27048),
  },
  prorated: {
    number: '0001267459',
    kana: 'ﾔﾏｻﾞｷ ﾐﾂ',
    name: '山﨑　ミツ',
    sex: '2',
    birthDate: '1932-08-25',
    ...level('23', 27048),
    more: { careLevelChangeDate: '2025-11-16', previousCareLevel: '22' },
  },
  satellite: {
    number: '0001729633',
    kana: 'ｻｻｷ ﾊﾅ',
    name: '佐々木　はな',
    sex: '2',
    birthDate: '1938-01-15',
    ...level('24', 30938),
  },
  overLimit: {
    number: '0001812340',
    kana: 'ｱﾍﾞ ｹﾝ',
    name: '阿部　健',
    sex: '1',
    birthDate: '1943-06-30',
    ...level('21', 16765),
    more: {
      serviceTypeLimits: [
        { serviceType: '15', serviceTypeLimit: 14000, serviceTypeTotalUnits: 13160, serviceTypeExcessUnits: 0 },
      ],
      totalExcessUnits: 3715,
    },
  },
  guidance: {
    number: '0001555021',
    kana: 'ｲﾄｳ ﾌｼﾞ',
    name: '伊藤　フジ',
    sex: '2',
    birthDate: '1929-11-11',
    ...level('23', 27048),
  },
} as const satisfies Readonly<Record<string, Person>>;

/** The persons of the preventive patterns. */
export const PREVENTIVE_PEOPLE = {
  ordinary: {
    number: '0002100010',
    kana: 'ﾀｹﾀﾞ ﾄｼ',
    name: '武田　トシ',
    sex: '2',
    birthDate: '1944-02-11',
    ...level('13', 10531),
  },
  target: { number: '0002100028', kana: 'ﾉﾀﾞ ｲﾁﾛｳ', name: '野田　一郎', sex: '1', birthDate: '1950-07-07', level: '06' },
  assistance: {
    number: 'H000054321',
    kana: 'ｵﾔﾏ ｷｸ',
    name: '小山　キク',
    sex: '2',
    birthDate: '1955-10-01',
    ...level('12', 5032),
  },
  changed: {
    number: '0002100044',
    kana: 'ﾐｻｷ ﾕｷ',
    name: '三﨑　ユキ',
    sex: '2',
    birthDate: '1941-04-29',
    ...level('13', 10531),
    more: { careLevelChangeDate: '2025-11-10', previousCareLevel: '12' },
  },
  entrusted: {
    number: '0002100051',
    kana: 'ﾌｼﾞﾜﾗ ﾀｶ',
    name: '藤原　タカ',
    sex: '2',
    birthDate: '1939-12-24',
    ...level('12', 5032),
  },
} as const satisfies Readonly<Record<string, Person>>;

export const identityOf = ({ number }: Person) => ({ insurerNumber: '032011', insuredPersonNumber: number });

/** 利用者補足情報 of a person. */
export const supplementOf = (person: Person, updatedBy = CARE_MANAGEMENT.officeNumber): Supplement => ({
  nameKana: person.kana,
  name: person.name,
  sex: person.sex,
  birthDate: person.birthDate,
  ...ADDRESS,
  address2: 'コーポ・ミネルヴァ №3棟 201号室',
  phone: '019-603-0365',
  certificationDate: '2025-03-20',
  limitStartDate: '2025-04-01',
  limitEndDate: '2026-03-31',
  certificationStatus: '2',
  careLevel: person.level,
  ...(person.limit === undefined ? {} : { benefitLimit: person.limit }),
  totalExcessUnits: 0,
  consentReceivedBy: updatedBy,
  updatedBy,
  ...person.more,
});
