import type { Line } from '../../schema/model/usage-slip.js';

/** A service office and one of its service types: what has one price, one rate and one subtotal. */
export interface OfficeService {
  readonly serviceOfficeNumber: string;
  readonly serviceType: string;
}

/** One value for all, or one for each service office and type. */
export type PerService<T> = T | ((service: OfficeService) => T);

/** The limits of the month in units. The supplement of a person holds both, under the same names. */
export interface StatementLimits {
  /** 区分支給限度基準額. Where it is absent, nothing exceeds it. */
  readonly benefitLimit?: number;
  /** 種類支給限度基準額 of the types that have one; that of 22 counts 22, 23 and 2A. */
  readonly serviceTypeLimits?: readonly { readonly serviceType?: string; readonly serviceTypeLimit?: number }[];
}

/** Units beyond the limits. */
export interface ExcessUnits {
  readonly serviceTypeExcessUnits?: number;
  readonly benefitLimitExcessUnits?: number;
}

/** The units of one service office and type that exceed a limit: the person pays for them in full. */
export interface OverLimit extends OfficeService, ExcessUnits {
  /** The same excess in 給付管理単位数, where the option `managedUnits` says that these differ: what is added up. */
  readonly managed?: ExcessUnits;
}

/** 割引: what a service has without it. */
export interface Discount {
  /** 単位数 before the discount, per time. The line's own units are those after it (section 9). */
  readonly units: number;
  /** 割引後率: what is left, in percent from 1 to 100. */
  readonly rate: number;
}

/** A subtotal that section 10 leaves to the sender: `TTEEEE`, `TTZZZZ`. */
export type OptionalSubtotal = 'outsideLimit' | 'overThirtyDays';

/** What a statement needs beyond the lines of sheet 6 (section 10). */
export interface StatementOptions {
  /** 作成年月日. */
  readonly createdOn: string;
  readonly enteredBy?: string;
  readonly updatedBy?: string;
  /** 単位数単価 in yen, 0 to 99.99 with at most two decimals. */
  readonly unitPrice: PerService<number>;
  /** 給付率 in whole percent, 0 to 100; for public assistance too, it is the caller's. */
  readonly benefitRate: PerService<number>;
  readonly limits: StatementLimits;
  /**
   * Which units exceed the limits; they must add up to what exceeds. Needed only where something does, and never guessed:
   * the care manager decides.
   */
  readonly overLimit?: readonly OverLimit[];
  /** Service codes that count once a month, however many times they stand in the lines (section 9). */
  readonly monthly?: (serviceCode: string) => boolean;
  /** Lines outside the limits: percentage add-ons, 居宅療養管理指導 and the like. None where absent. */
  readonly outsideLimit?: (line: Line) => boolean;
  /** The discount of a line, where it has one. */
  readonly discount?: (line: Line) => Discount | undefined;
  /**
   * 給付管理単位数 of a line per time, where they differ from its units (large-scale day services, residents of the same
   * building); `omit` leaves the column empty, which section 10 permits where the plan holds none of those.
   */
  readonly managedUnits?: 'omit' | ((line: Line) => number);
  /** Subtotals wanted beside `TTAAAA`. Without them each row of theirs has its own amounts. */
  readonly subtotals?: readonly OptionalSubtotal[];
  /** Put numbers of units into issues: they may be personal data. */
  readonly showValues?: boolean;
}
