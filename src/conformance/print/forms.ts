import type { Address } from '../../codec/internal.js';
import {
  DOCUMENT_LISTS,
  type DocumentList,
  type DocumentOf,
  type Documents,
  type Withdrawal,
} from '../../schema/internal.js';
import { WITHDRAWALS } from '../../schema/model/withdrawal.js';
import { fieldLines, titled } from './fields.js';
import { basicInformationLines, carePlanLines, preventivePlanLines, supplementLines } from './plans.js';
import { actualsLines, slipLines } from './slip.js';
import { typeText } from './value.js';

const withdrawalLines = (withdrawal: Withdrawal): string[] => {
  const part = WITHDRAWALS[withdrawal.of];
  return titled(part.layout.ja, fieldLines(part, withdrawal));
};

const FORMS: { readonly [K in DocumentList]: (document: DocumentOf<K>) => string[] } = {
  carePlans: carePlanLines,
  usageSlips: slipLines,
  actuals: actualsLines,
  basicInformation: basicInformationLines,
  preventivePlans: preventivePlanLines,
  withdrawals: withdrawalLines,
};

/**
 * Documents as their forms show them, in Japanese: sheets 1 to 3, 6 and 7 and those of preventive care, with the names of
 * their columns, aligned for a font in which full-width characters take two columns. Holds personal data.
 */
export function formLines(documents: Documents): string[] {
  const lines: string[] = [];
  for (const list of DOCUMENT_LISTS) {
    for (const document of documents[list] ?? []) {
      const { insurerNumber, insuredPersonNumber, ...rest } = document.serviceUser;
      const supplement = 'supplement' in rest ? rest.supplement : undefined;
      lines.push('', '='.repeat(80), `保険者番号 ${insurerNumber}  被保険者番号 ${insuredPersonNumber}`);
      lines.push(...(FORMS[list] as (one: typeof document) => string[])(document));
      if (supplement) lines.push(...supplementLines(supplement));
    }
  }
  return lines;
}

/** The sender or receiver of a transmission, with the name of its type. */
export const addressText = ({ officeNumber, serviceType }: Address): string =>
  `${officeNumber} ${typeText(serviceType)}`;
