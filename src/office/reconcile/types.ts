import type { Actuals, Identity, Issue } from '../../schema/index.js';
import type { ReconcileReason } from './reasons.js';

/** What the caller knows of service codes: the library has no table of them. */
export interface ReconcileOptions {
  /** Whether a service code is a percentage add-on: its units are not compared (section 9). */
  readonly isPercentageAddOn?: (serviceCode: string) => boolean;
  /**
   * Whether a service code counts once a month (包括, monthly add-ons) however many rows it has: its days, times of day
   * and counts carry no weight (section 9).
   */
  readonly isMonthly?: (serviceCode: string) => boolean;
  /**
   * Whether actuals of an office and type have arrived at all, if not of this person: then the person is missing from
   * them. Where absent, an office without actuals of the person counts as not received yet.
   */
  readonly hasSent?: (serviceOfficeNumber: string, serviceType: string) => boolean;
}

/** How a day of a line compares. */
export type DayKind = 'asPlanned' | 'missing' | 'extra' | 'otherTime' | 'otherCount' | 'otherUnits';

/** In what a planned and an actual day can differ. */
export type DayDifference = 'time' | 'count' | 'units';

/** What stands on one row of sheet 6 for a day. */
export interface DayValues {
  readonly serviceDate: string;
  /** `HH:MM`, or `9999` without time of day. */
  readonly startTime: string;
  readonly endTime: string;
  /** Times on that day. */
  readonly count: number;
  /** Per time; absent where the row has none. */
  readonly units?: number;
  readonly satelliteNumber?: string;
  readonly detailNumber?: number;
}

/** A planned day, an actual one, or both, paired. */
export interface ReconciledDay {
  /** The gravest of its differences: units before count before time. */
  readonly kind: DayKind;
  /** The planned date; of an extra day the actual one. */
  readonly serviceDate: string;
  /** Absent of an extra day. */
  readonly planned?: DayValues;
  /** Absent of a missing day. */
  readonly actual?: DayValues;
  /** Every difference of a pair, in the order of their weight; empty where it is as planned, missing or extra. */
  readonly differences: readonly DayDifference[];
  /** False for what is as planned, and for a missing or extra day of a service that counts once a month. */
  readonly matters: boolean;
  /** False where units were not compared: percentage add-ons, and pairs of which a side has none or 0. */
  readonly unitsCompared: boolean;
}

/** A service of an office as a line of the slip shows it: at one time of day. */
export interface ReconciledService {
  readonly serviceOfficeNumber: string;
  readonly serviceType: string;
  readonly serviceCode: string;
  readonly taisCode?: string;
  readonly equipmentNotificationCode?: string;
  readonly detailNumber?: number;
  readonly satelliteNumber?: string;
  /** Absent where the service counts once a month. */
  readonly startTime?: string;
  readonly endTime?: string;
}

/** A line with its days in order. What was delivered at another time stands with the line it was planned on. */
export interface ReconciledLine extends ReconciledService {
  readonly equipmentName?: string;
  /** Whether it counts once in sums. */
  readonly monthly: boolean;
  readonly days: readonly ReconciledDay[];
}

/** Times and units of one side. */
export interface TimesAndUnits {
  readonly times: number;
  /** Units per time by times; what a row leaves out counts as 0. */
  readonly units: number;
  /** The part of `units` that was not compared. */
  readonly unitsNotCompared: number;
}

/**
 * Whether an office and type could be compared: `notReceived` where no actuals of the person are there, `notExchanged`
 * where its type is not (section 6), `notPlanned` where only actuals are.
 */
export type ComparisonState = 'compared' | 'notReceived' | 'notExchanged' | 'notPlanned';

/** An office number and service type, satellites together. */
export interface ReconciledOffice {
  readonly serviceOfficeNumber: string;
  readonly serviceType: string;
  readonly serviceOfficeName?: string;
  readonly state: ComparisonState;
  readonly planned: TimesAndUnits;
  readonly actual: TimesAndUnits;
  /** Actual less planned units, of those compared; absent where nothing was received or is exchanged. */
  readonly unitsDifference?: number;
}

/** Something that the care manager must look at, with its days gathered: a whole office, or one line for one reason. */
export interface Attention extends Omit<ReconciledService, 'serviceCode'> {
  readonly reason: ReconcileReason;
  /** Absent of a whole office. */
  readonly serviceCode?: string;
  /** The days concerned; empty for an office of which nothing was received. */
  readonly dates: readonly string[];
  /** Actual less planned units of those days, as far as they were compared. */
  readonly unitsDifference: number;
}

/** Whose month it is. */
export interface PersonMonth {
  readonly serviceUser: Identity;
  readonly serviceMonth: string;
}

/** A person's month, planned and actual. JSON-serialisable; names and other personal data are left out. */
export interface Reconciliation extends PersonMonth {
  /** In the order of office number and service type. */
  readonly offices: readonly ReconciledOffice[];
  /** Every line of the offices that are `compared` or `notPlanned`, and every day of it, as planned or not. */
  readonly lines: readonly ReconciledLine[];
  /** What to look at first comes first; empty where everything is as planned. */
  readonly attention: readonly Attention[];
  readonly issues: readonly Issue[];
}

/** Many people's months. */
export interface ReconciledMonth {
  /** One for each slip, in the order of month and insured number. */
  readonly persons: readonly Reconciliation[];
  /** People with a slip of services that are exchanged, but without any actuals. They are among `persons` too. */
  readonly withoutActuals: readonly PersonMonth[];
  /** Actuals that belong to no slip. */
  readonly withoutSlip: readonly (PersonMonth & Pick<Actuals, 'serviceOfficeNumber' | 'serviceType'>)[];
  /** The issues of all. */
  readonly issues: readonly Issue[];
}
