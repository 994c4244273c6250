import type { OfficeType } from '../../codes/office-type.js';
import type { ServiceTypeEntry } from '../../codes/service-type.js';
import type { KindOf } from '../../edition.js';
import type { V4_1 } from './index.js';

/** A pattern of the vendor test (ベンダ試験): what is sent in it, by whom, about which services (section 13). */
export interface TestPattern {
  readonly id: PatternId;
  readonly ja: string;
  readonly en: string;
  /** The file that heads what is sent; the layouts say which others go with it, and which withdraws it. */
  readonly head: KindOf<typeof V4_1>;
  /** Whose services it is about: of care (介護給付), or preventive ones and those of municipalities. */
  readonly programs: readonly ServiceTypeEntry['program'][];
  /** The types of office that plan in it (section 1). */
  readonly planners: readonly OfficeType[];
  /** Whether these write to each other as well: a centre and the offices that it entrusts (section 1). */
  readonly entrusts: boolean;
}

export const PATTERN_IDS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7'] as const;
export type PatternId = (typeof PATTERN_IDS)[number];

const CARE = { programs: ['介護給付'], planners: ['43', '73', '77'], entrusts: false } as const;
const PREVENTIVE = { programs: ['予防給付', '総合事業'], planners: ['46', 'AF', '43', '75'], entrusts: true } as const;

/** The patterns of the vendor test of edition 4.1. */
export const TEST_PATTERNS: readonly TestPattern[] = Object.freeze([
  { id: 'D1', ja: '居宅サービス計画書', en: 'care plan', head: 'UP1KYO', ...CARE },
  { id: 'D2', ja: 'サービス利用票（予定）', en: 'usage slip (planned)', head: 'UPPLAN', ...CARE },
  { id: 'D3', ja: 'サービス利用票（実績）', en: 'actuals', head: 'UPJSK', ...CARE },
  { id: 'D4', ja: '利用者基本情報', en: 'basic information', head: 'UPKIHON', ...PREVENTIVE },
  { id: 'D5', ja: '介護予防サービス・支援計画書', en: 'preventive plan', head: 'UPYOBO', ...PREVENTIVE },
  { id: 'D6', ja: '介護予防 サービス利用票（予定）', en: 'usage slip (preventive)', head: 'UPPLAN', ...PREVENTIVE },
  { id: 'D7', ja: '介護予防 サービス利用票（実績）', en: 'actuals (preventive)', head: 'UPJSK', ...PREVENTIVE },
]);
