/** Rounded down, exactly, for whole numbers from 0. */
export const floorDivide = (a: number, b: number): number => (a - (a % b)) / b;

/** A price of at most two decimals as a whole number of sen (a hundredth of a yen): no fraction is ever multiplied. */
const senOf = (unitPrice: number): number => Math.round(unitPrice * 100);

/** Units times price in whole yen, rounded down: 12345 units at 10.42 are 128634 yen. */
export const yenOf = (units: number, unitPrice: number): number => floorDivide(units * senOf(unitPrice), 100);

/** What is multiplied with units. */
export interface Terms {
  readonly unitPrice: number;
  readonly benefitRate: number;
}

/** 保険／事業費請求額: the part of a cost that is claimed, in whole yen, rounded down. */
export const claimOf = (totalCost: number, benefitRate: number): number => floorDivide(totalCost * benefitRate, 100);

/**
 * The amounts of a row: `insured` units are shared between insurance and person, `full` ones the person pays alone.
 *
 * Claim and copayment add up to the total cost; each of total cost and full copayment is rounded down once.
 */
export function amountsOf(insured: number, full: number, { unitPrice, benefitRate }: Terms) {
  const totalCost = yenOf(insured, unitPrice);
  const benefitClaim = claimOf(totalCost, benefitRate);
  const copayment = totalCost - benefitClaim;
  return { unitPrice, totalCost, benefitRate, benefitClaim, copayment, fullCopayment: yenOf(full, unitPrice) };
}
