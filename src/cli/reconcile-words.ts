import type { ComparisonState, DayKind } from '../index.js';

/** The words of the table for people. */
export interface Words {
  readonly person: (month: string, insured: string, insurer: string, name: string) => string;
  readonly first: string;
  readonly sums: string;
  readonly days: string;
  readonly strangers: string;
  readonly noDifference: string;
  readonly summary: (all: number, clean: number, silent: number) => string;
  readonly attentionHead: readonly string[];
  readonly sumHead: readonly string[];
  readonly dayHead: readonly string[];
  readonly strangerHead: readonly string[];
  readonly state: Readonly<Record<ComparisonState, string>>;
  readonly kind: Readonly<Record<DayKind, string>>;
}

const ja: Words = {
  person: (month, insured, insurer, name) =>
    `${month.slice(0, 4)}年${Number(month.slice(5))}月 被保険者番号 ${insured}（保険者番号 ${insurer}）${name}`,
  first: '最初に見るもの',
  sums: '事業所・種類ごとの合計',
  days: '予定と違う日',
  strangers: '利用票のない実績',
  noDifference: '予定どおり',
  summary: (all, clean, silent) =>
    `${all}人のうち、予定どおり ${clean}人、要確認 ${all - clean}人（うち実績がまったくない人 ${silent}人）`,
  attentionHead: ['理由', '事業所', '種類', 'サービス', '時刻', '日', '単位数の差'],
  sumHead: ['事業所', '名称', '種類', '状態', '予定回数', '実績回数', '予定単位数', '実績単位数', '差'],
  dayHead: ['日', '事業所', 'サービス', '区分', '予定', '実績'],
  strangerHead: ['年月', '被保険者番号', '保険者番号', '事業所', '種類'],
  state: { compared: '照合済', notReceived: '未着', notExchanged: '連携対象外', notPlanned: '予定なし' },
  kind: {
    asPlanned: '予定どおり',
    missing: '実績なし',
    extra: '予定なし',
    otherTime: '時刻違い',
    otherCount: '回数違い',
    otherUnits: '単位数違い',
  },
};

const en: Words = {
  person: (month, insured, insurer, name) => `${month} insured number ${insured} (insurer ${insurer})${name}`,
  first: 'Look at this first',
  sums: 'Sums per office and service type',
  days: 'Days that differ',
  strangers: 'Actuals without a slip',
  noDifference: 'as planned',
  summary: (all, clean, silent) =>
    `people: ${all}, as planned: ${clean}, to look at: ${all - clean} (without any actuals: ${silent})`,
  attentionHead: ['reason', 'office', 'type', 'service', 'time', 'days', 'units'],
  sumHead: [
    'office',
    'name',
    'type',
    'state',
    'planned times',
    'actual times',
    'planned units',
    'actual units',
    'units',
  ],
  dayHead: ['day', 'office', 'service', 'kind', 'planned', 'actual'],
  strangerHead: ['month', 'insured number', 'insurer', 'office', 'type'],
  state: {
    compared: 'compared',
    notReceived: 'not received',
    notExchanged: 'not exchanged',
    notPlanned: 'not planned',
  },
  kind: {
    asPlanned: 'as planned',
    missing: 'missing',
    extra: 'extra',
    otherTime: 'other time',
    otherCount: 'other count',
    otherUnits: 'other units',
  },
};

export const WORDS = { ja, en } as const;
