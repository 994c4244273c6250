/** One service type (サービス種類コード): its programme and whether its records are exchanged (standard, section 6). */
export interface ServiceTypeEntry<C extends string = string> {
  readonly code: C;
  readonly ja: string;
  readonly program: '介護給付' | '予防給付' | '総合事業';
  readonly exchanged: boolean;
}

const entry = <const C extends string>(
  code: C,
  ja: string,
  program: ServiceTypeEntry['program'],
  exchanged: boolean,
): ServiceTypeEntry<C> => Object.freeze({ code, ja, program, exchanged });

/** The 60 service types, in the order of the standard's table. */
export const SERVICE_TYPES = Object.freeze([
  entry('11', '訪問介護', '介護給付', true),
  entry('12', '訪問入浴介護', '介護給付', true),
  entry('13', '訪問看護', '介護給付', true),
  entry('14', '訪問リハビリテーション', '介護給付', true),
  entry('15', '通所介護', '介護給付', true),
  entry('16', '通所リハビリテーション', '介護給付', true),
  entry('17', '福祉用具貸与', '介護給付', true),
  entry('21', '短期入所生活介護', '介護給付', true),
  entry('22', '短期入所療養介護（介護老人保健施設）', '介護給付', true),
  entry('23', '短期入所療養介護（介護療養型医療施設等）', '介護給付', true),
  entry('2A', '短期入所療養介護（介護医療院）', '介護給付', true),
  entry('31', '居宅療養管理指導', '介護給付', true),
  entry('71', '夜間対応型訪問介護', '介護給付', true),
  entry('76', '定期巡回・随時対応型訪問介護看護', '介護給付', true),
  entry('72', '認知症対応型通所介護', '介護給付', true),
  entry('78', '地域密着型通所介護', '介護給付', true),
  entry('73', '小規模多機能型居宅介護', '介護給付', true),
  entry('68', '小規模多機能型居宅介護（短期利用）', '介護給付', true),
  entry('77', '看護小規模多機能型居宅介護', '介護給付', true),
  entry('79', '看護小規模多機能型居宅介護（短期利用）', '介護給付', true),
  entry('33', '特定施設入居者生活介護', '介護給付', false),
  entry('27', '特定施設入居者生活介護（短期利用）', '介護給付', true),
  entry('36', '地域密着型特定施設入居者生活介護', '介護給付', false),
  entry('28', '地域密着型特定施設入居者生活介護（短期利用）', '介護給付', true),
  entry('32', '認知症対応型共同生活介護（短期利用以外）', '介護給付', false),
  entry('38', '認知症対応型共同生活介護（短期利用）', '介護給付', true),
  entry('41', '特定福祉用具販売', '介護給付', false),
  entry('42', '住宅改修', '介護給付', false),
  entry('51', '介護福祉施設サービス', '介護給付', false),
  entry('52', '介護保健施設サービス', '介護給付', false),
  entry('53', '介護療養施設サービス', '介護給付', false),
  entry('54', '地域密着型介護老人福祉施設入所者生活介護', '介護給付', false),
  entry('59', '特定介護サービス等', '介護給付', false),
  entry('81', '市町村特別給付', '介護給付', false),
  entry('62', '介護予防訪問入浴介護', '予防給付', true),
  entry('63', '介護予防訪問看護', '予防給付', true),
  entry('64', '介護予防訪問リハビリテーション', '予防給付', true),
  entry('66', '介護予防通所リハビリテーション', '予防給付', true),
  entry('67', '介護予防福祉用具貸与', '予防給付', true),
  entry('24', '介護予防短期入所生活介護', '予防給付', true),
  entry('25', '介護予防短期入所療養介護（介護老人保健施設）', '予防給付', true),
  entry('26', '介護予防短期入所療養介護（介護療養型医療施設等）', '予防給付', true),
  entry('2B', '介護予防短期入所療養介護（介護医療院）', '予防給付', true),
  entry('34', '介護予防居宅療養管理指導', '予防給付', true),
  entry('74', '介護予防認知症対応型通所介護', '予防給付', true),
  entry('75', '介護予防小規模多機能型居宅介護', '予防給付', true),
  entry('69', '介護予防小規模多機能型居宅介護（短期利用）', '予防給付', true),
  entry('35', '介護予防特定施設入居者生活介護', '予防給付', false),
  entry('37', '介護予防認知症対応型共同生活介護（短期利用以外）', '予防給付', false),
  entry('39', '介護予防認知症対応型共同生活介護（短期利用）', '予防給付', true),
  entry('44', '特定介護予防福祉用具販売', '予防給付', false),
  entry('45', '介護予防住宅改修', '予防給付', false),
  entry('A1', '訪問型サービス（みなし）', '総合事業', true),
  entry('A2', '訪問型サービス（独自）', '総合事業', true),
  entry('A3', '訪問型サービス（独自／定率）', '総合事業', true),
  entry('A4', '訪問型サービス（独自／定額）', '総合事業', true),
  entry('A5', '通所型サービス（みなし）', '総合事業', true),
  entry('A6', '通所型サービス（独自）', '総合事業', true),
  entry('A7', '通所型サービス（独自／定率）', '総合事業', true),
  entry('A8', '通所型サービス（独自／定額）', '総合事業', true),
]);
export type ServiceType = (typeof SERVICE_TYPES)[number]['code'];

const BY_CODE: ReadonlyMap<string, ServiceTypeEntry> = new Map(SERVICE_TYPES.map((s) => [s.code, s]));

/** The service type of a code, or undefined. */
export const serviceTypeOf = (code: string): ServiceTypeEntry | undefined => BY_CODE.get(code);

/** The service types whose rows name equipment, and of those the ones whose equal rows are numbered (sections 9 and 10). */
export const EQUIPMENT_TYPES: ReadonlySet<string> = new Set(['17', '67'] satisfies ServiceType[]);
export const NUMBERED_EQUIPMENT_TYPES: ReadonlySet<string> = new Set(['17'] satisfies ServiceType[]);
