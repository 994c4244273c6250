/**
 * Whether the last digit of a number checks the others: modulus 10, weights 2 and 1 from the right, digits of products
 * added up. Numbers with a letter have none.
 */
export function hasCheckDigit(number: string): boolean {
  let sum = 0;
  for (let i = 0; i < number.length; i++) {
    const digit = Number(number[number.length - 1 - i]);
    const product = digit * (i % 2 === 0 ? 1 : 2);
    sum += product > 9 ? product - 9 : product;
  }
  return Number.isNaN(sum) || sum % 10 === 0;
}
