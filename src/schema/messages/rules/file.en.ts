import { againstEn as against, type RuleWords, shapeEn as shape } from './words.js';

export const fileEn = {
  'file.versionOfMonth': {
    what: 'The csvVersion is that of the service month',
    why: 'A receiver chooses the table of columns by it. Months before 2025-04 belong to 202208, later ones to 202407; files without a service month have the version in force on the day of sending.',
    found: (d) => `the csvVersion is not the one of the month of this file${against(d)}`,
    mend: 'Write the file in the edition of its month, or correct the month.',
  },
  'file.month': {
    what: 'A file holds one service month, the one in its name',
    why: 'A receiver replaces the data of one month; rows of another are dropped, or replace what nobody meant to correct.',
    found: (d) => `the month of the row is not the month of the file${against(d)}`,
    mend: 'Send each month in a file of its own, and write the month of the rows into its name.',
  },
  'file.duplicateRow': {
    what: 'No two rows of a file have the same key',
    why: 'A receiver keeps one of the two, and nobody knows which.',
    found: 'an earlier row of the file has the same key',
    mend: 'Keep one of the two, or correct the key of one.',
  },
  'file.order': {
    what: 'Rows of sheet 2 and of the preventive plan are sorted by their numbers',
    why: 'Texts stand on the first row of what they are about; a receiver that reads row by row puts them to the wrong need or goal.',
    found: 'the row stands behind one with a greater number',
    mend: 'Sort the rows of the plan by their three numbers.',
  },
  'file.numberGap': {
    what: 'Numbers of sheet 2 and of the preventive plan have no gaps',
    why: 'Each level counts from 1 within its parent, services of sheet 2 within the long-term goal; behind a gap a receiver suspects a row that is lost.',
    found: (d) => `a number is left out here${against(d)}`,
    mend: 'Number again from 1, or add the row that is missing.',
  },
  'file.detailNumbers': {
    what: 'Rentals of type 17 with the same service code and units are numbered 1, 2, 3 ...',
    why: 'Only the detail number tells such rentals apart, so that plan and actuals can be compared; where there is one only, it is empty.',
    found: (d) =>
      d.expected === undefined
        ? 'the detail number is filled, though no other rental has the same service code and units'
        : `rentals with the same service code and units are not numbered one by one${shape(d)}`,
    mend: (d) => {
      if (d.expected === undefined) return 'Leave it empty.';
      return `Number them one by one from 1${typeof d.expected === 'number' ? `; this is ${d.expected}` : ''}.`;
    },
  },
  'statement.missingRow': {
    what: 'Obligatory subtotals and the grand total are there',
    why: 'Where an office has several detail rows of a type, their amounts stand on the subtotal; those of the person on the grand total. A receiver has no other place to read them.',
    found: (d) => `an obligatory row is missing${d.expected === undefined ? '' : ` (${d.expected})`}`,
    mend: 'Add the subtotal or the grand total.',
  },
  'statement.repeatedRow': {
    what: 'There is one subtotal of a kind for an office and type, and one grand total for a person',
    why: 'A receiver adds up both, or takes either.',
    found: 'a second subtotal or grand total of the same rows',
    mend: 'Keep one.',
  },
  'statement.noRows': {
    what: 'A subtotal has rows that it adds up',
    why: 'Units and amounts without a service cannot be claimed, and are in the grand total all the same.',
    found: 'a subtotal of a service type that has no detail row here',
    mend: 'Remove it, or add the rows that it adds up.',
  },
  'statement.totalOffice': {
    what: 'The grand total has the office number 9999999999',
    why: 'A receiver finds the grand total by it, and takes a row of another number for a service of that office.',
    found: 'the grand total stands under the number of an office',
    mend: (d) => `Write ${d.expected}.`,
  },
  'statement.emptyColumn': {
    what: 'Subtotals and the grand total have no units per time and no discount',
    why: 'These columns are of one service; on a row that adds up, a receiver may multiply them again.',
    found: 'a subtotal or total row has a value where section 10 wants 0 or nothing',
    mend: 'Write 0 units and no discount there.',
  },
  'statement.arithmetic': {
    what: 'The values of a row of sheet 7 follow from each other',
    why: 'Units, price and rate give cost, claim and copayment; what does not agree comes back from the review of the claim.',
    found: (d) => `the value does not follow from the other values of its row${against(d)}`,
    mend: 'Check units, count, price and rate of the row.',
  },
  'statement.sum': {
    what: 'Subtotals and the grand total are the sums of their rows',
    why: 'The person pays, and the office claims, by the sums; where they differ from the rows, one of both is wrong.',
    found: (d) => `the value does not agree with the rows that it adds up${against(d)}`,
    mend: 'Compute the statement again, or ask the sender.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
