import type { Identity } from '../schema/internal.js';

/** What tells one person from another: insurer and insured number (section 5). */
export const personKey = ({ insurerNumber, insuredPersonNumber }: Identity): string =>
  `${insurerNumber}-${insuredPersonNumber}`;
