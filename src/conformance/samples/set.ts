import type { Address, OutgoingDocuments, SerialSource } from '../../codec/internal.js';
import type { Documents } from '../../schema/internal.js';
import type { PatternId } from '../pattern.js';

/** The same said in both languages. */
export interface Both {
  readonly ja: string;
  readonly en: string;
}

/** A transmission of a sample set. */
export interface SampleTransmission extends OutgoingDocuments {
  readonly serial: string;
  /** What it is for. */
  readonly what: Both;
  /** Sheet 2 with each text on every row, as some software writes it; else on its first row only (section 7). */
  readonly repeatsTexts?: true;
}

/** The sample transmissions of a pattern, in the order of sending. */
export interface SampleSet {
  readonly pattern: PatternId;
  readonly transmissions: readonly SampleTransmission[];
  /** What there is to see of each person, by insured number. */
  readonly cases: ReadonlyMap<string, Both>;
}

/** Serials that are the same each time: from a second of a day on, seven seconds apart. */
export function fixedSerials(first: string): SerialSource {
  const [hours = 0, minutes = 0, seconds = 0] = [8, 10, 12].map((at) => Number(first.slice(at, at + 2)));
  let second = hours * 3600 + minutes * 60 + seconds - 7;
  return {
    next() {
      second += 7;
      const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
      return first.slice(0, 8) + parts.map((part) => String(part).padStart(2, '0')).join('');
    },
  };
}

interface Planned {
  readonly transmissions: readonly (OutgoingDocuments & { readonly serial: string })[];
  readonly issues: readonly { readonly message: { readonly en: string } }[];
}

/** What was planned, with what it is for. The samples are fixed: an issue is a mistake in them. */
export function told({ transmissions, issues }: Planned, what: Both): SampleTransmission[] {
  if (issues.length > 0) throw new Error(issues.map(({ message }) => message.en).join('\n'));
  return transmissions.map((one) => ({ ...one, what: isWithdrawal(one.documents) ? WITHDRAWN : what }));
}

const isWithdrawal = ({ withdrawals }: Documents): boolean => withdrawals !== undefined;

export const FIRST: Both = { ja: '最初の送信', en: 'first sending' };
export const CORRECTED: Both = {
  ja: '訂正の再送（先の送信を置き換える）',
  en: 'correction: replaces what was sent before',
};
const WITHDRAWN: Both = { ja: '取り下げ', en: 'withdrawal' };

export const sameAddress = (a: Address, b: Address): boolean =>
  a.officeNumber === b.officeNumber && a.serviceType === b.serviceType;
