import type { RuleWords } from './words.js';

export const setEn = {
  'set.serial': {
    what: 'A serial is used once between a sender and a receiver',
    why: 'A receiver processes units in the order of their serials, and may take a second one with the same serial for the first.',
    found: (d) => `another transmission of the same sender and receiver has this serial (${d.found})`,
    mend: 'If it is a copy, remove it; else write it with a later serial.',
  },
  'set.withdrawal': {
    what: 'What was withdrawn is not withdrawn again',
    why: 'The receiver has nothing left to withdraw and asks back; often another document was meant.',
    found: 'this was withdrawn before, and not sent again since',
    mend: 'Leave the withdrawal out, or correct its key.',
  },
  'set.replacement': {
    what: 'A document is not replaced by an older one',
    why: 'What comes with the later serial replaces what was there; an old export that is sent late undoes the correction.',
    found: 'it replaces a document that was made on a later day than this one',
    mend: 'Check which is the newest, and send that one last.',
  },
  'set.twoNumbers': {
    what: 'A person has one insured number',
    why: 'Records are put together by the insured number: under two, one person becomes two, and plan and actuals do not meet.',
    found: 'a person of the same name and date of birth has another insured number elsewhere',
    mend: 'Compare both with the insurance card; leave them where the person has moved, or where there are two such persons.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
