import type { DocumentList, PlacedColumn } from '../../schema/internal.js';

type Kind = 'missing' | 'extra' | 'different';
interface Both {
  readonly ja: string;
  readonly en: string;
}
interface Values {
  readonly expected?: string;
  readonly found?: string;
}

const LISTS: Readonly<Record<DocumentList, Both>> = {
  carePlans: { ja: '居宅サービス計画書', en: 'care plan' },
  usageSlips: { ja: 'サービス利用票（予定）', en: 'usage slip' },
  actuals: { ja: 'サービス利用票（実績）', en: 'actuals' },
  basicInformation: { ja: '利用者基本情報', en: 'basic information' },
  preventivePlans: { ja: '介護予防サービス・支援計画書', en: 'preventive plan' },
  withdrawals: { ja: '取り下げ', en: 'withdrawal' },
};

/** What parts of documents are on the forms. */
const PARTS: Readonly<Record<string, Both>> = {
  lines: { ja: '第6表の行', en: 'a line of sheet 6' },
  days: { ja: '第6表の日', en: 'a day of sheet 6' },
  statement: { ja: '第7表', en: 'sheet 7' },
  rows: { ja: '第7表の行', en: 'a row of sheet 7' },
  sheet2: { ja: '第2表', en: 'sheet 2' },
  sheet3: { ja: '第3表', en: 'sheet 3' },
  needs: { ja: '課題', en: 'a need' },
  longTermGoals: { ja: '長期目標', en: 'a long-term goal' },
  shortTermGoals: { ja: '短期目標', en: 'a short-term goal' },
  services: { ja: 'サービスの行', en: 'a service' },
  dailyActivities: { ja: '主な日常生活上の活動', en: 'a daily activity' },
  otherServices: { ja: '週単位以外のサービス', en: 'a service outside the week' },
  supportPlans: { ja: '支援計画', en: 'a support plan' },
  schedule: { ja: '１日の生活の行', en: 'an entry of the schedule' },
  illnesses: { ja: '病歴の行', en: 'an illness' },
  emergencyContacts: { ja: '緊急連絡先', en: 'an emergency contact' },
  serviceTypeLimits: { ja: '種類支給限度', en: 'a limit per service type' },
  supplement: { ja: '利用者補足情報', en: 'the supplement' },
  familyImage: { ja: '家族構成の画像', en: 'the picture of the family' },
};

const partIn = (at: readonly (string | number)[]): Both => {
  const name = at.findLast((key) => typeof key === 'string');
  return PARTS[String(name)] ?? { ja: String(name), en: String(name) };
};
const against = ({ expected, found }: Values): Both =>
  expected === undefined || found === undefined
    ? { ja: '', en: '' }
    : { ja: `（期待 ${expected}、実際 ${found}）`, en: ` (expected ${expected}, found ${found})` };

/** Differences as sentences. */
export const COMPARE = {
  document: (kind: 'missing' | 'extra', list: DocumentList): Both => ({
    ja: `${LISTS[list].ja}が${kind === 'missing' ? 'ありません' : '余分にあります'}。`,
    en: `${LISTS[list].en}: ${kind === 'missing' ? 'missing' : 'too much'}`,
  }),
  entry: (kind: Kind, at: readonly (string | number)[]): Both => ({
    ja: `${partIn(at).ja}が${kind === 'missing' ? 'ありません' : kind === 'extra' ? '余分にあります' : '違います'}。`,
    en: `${partIn(at).en}: ${kind === 'missing' ? 'missing' : kind === 'extra' ? 'too much' : 'different'}`,
  }),
  field: (kind: Kind, column: PlacedColumn | undefined, values: Values): Both => {
    const name = column ? `「${column.ja}」` : '値';
    const { ja, en } = against(values);
    return {
      missing: { ja: `${name}が空です。`, en: `${column?.ja ?? 'the value'} is empty` },
      extra: { ja: `${name}は空のはずです。`, en: `${column?.ja ?? 'the value'} should be empty` },
      different: { ja: `${name}の値が違います${ja}。`, en: `${column?.ja ?? 'the value'} differs${en}` },
    }[kind];
  },
  address: (side: 'from' | 'to', values: Values): Both => {
    const { ja, en } = against(values);
    return side === 'from'
      ? { ja: `送信元が違います${ja}。`, en: `another sender${en}` }
      : { ja: `送信先が違います${ja}。`, en: `another receiver${en}` };
  },
};
