import type { RuleWords } from './words.js';

export const transmissionEn = {
  'transmission.addresses': {
    what: 'All files of a transmission have the same sender, receiver and serial',
    why: 'A receiver puts files together by these three; one with others is taken for a transmission of its own, and the rest lacks it.',
    found: 'the sender, receiver or serial in the name is not that of the transmission',
    mend: 'Write the names of all files anew with one serial.',
  },
  'transmission.sameOffice': {
    what: 'Sender and receiver are two offices, or two service types of one',
    why: 'An office with care managers of its own plans for itself and sends itself nothing; such a name is mistyped.',
    found: 'sender and receiver are the same office and service type',
    mend: 'Correct the receiver.',
  },
  'transmission.unit': {
    what: 'Only files of one transmission unit travel together',
    why: 'A care plan, a slip, actuals and each kind of withdrawal have a serial of their own; only basic information and preventive plans may share one.',
    found: ({ found, expected }) =>
      found === undefined
        ? 'this does not travel together with what stands before it'
        : `${found} does not travel together with ${expected}`,
    mend: 'Send it in a transmission of its own.',
  },
  'transmission.incomplete': {
    what: 'A transmission has all files of its unit',
    why: 'A care plan is three sheets and the supplement, a slip two and the supplement; many receivers refuse a unit without one of them.',
    found: (d) => `a file is missing that travels with this one (${d.expected})`,
    mend: 'Export the unit again with all its files, or look for the file where this one came from.',
  },
  'transmission.months': {
    what: 'A transmission holds one service month',
    why: 'Slips and actuals are replaced and withdrawn by their month.',
    found: (d) => `files of one transmission hold one service month, here ${d.expected}`,
    mend: 'Send other months by themselves.',
  },
  'transmission.personWithoutHead': {
    what: 'Who has rows in a subordinate file is in the file of its heads',
    why: 'Sheets 2 and 3, sheet 7 and the lists of the preventive files hang on the key of their head; without it a receiver cannot place them.',
    found: (d) => `there is no row with this key in ${d.expected}`,
    mend: 'Send the head too, or correct the key (insurer, insured number, date or month).',
  },
  'transmission.personWithoutPart': {
    what: 'Who is in the file of the heads has rows in each obligatory subordinate file',
    why: 'A slip without its statement, or a plan without a sheet, leaves the old one of the person in force at the receiver.',
    found: (d) => `there is no row with this key in ${d.expected}`,
    mend: 'Export the sheet for this person too, or leave the person out of all files.',
  },
  'transmission.personWithoutSupplement': {
    what: 'Each person of a care plan or slip has a supplement',
    why: 'The sheets have no name and no date of birth: without the supplement a receiver knows a person by numbers only.',
    found: (d) => `the supplement (${d.expected}) has no row with this key`,
    mend: 'Add the row of the person to the supplement.',
  },
  'transmission.strayPerson': {
    what: 'A supplement is only of persons whose plan or slip is sent with it',
    why: 'It tells name, address and birth of a person of whom the receiver gets nothing else, and perhaps should not know.',
    found: (d) => `a supplement of a person who is not in ${d.expected}`,
    mend: 'Leave the row out, or send what it belongs to.',
  },
  'transmission.notServed': {
    what: 'Whoever has a slip is served by the receiver',
    why: 'A slip goes only to offices whose services the person uses that month; another office would learn what does not concern it.',
    found: 'no row of this person has the office number of the receiver',
    mend: 'Send the slip to the offices in its rows only, or correct office number and service code.',
  },
  'transmission.otherType': {
    what: 'Whoever has a slip uses a service of the type that is addressed',
    why: 'Each service type of an office may have software and a post box of its own; the slip belongs into that of the type in its rows.',
    found: 'this person uses services of the receiver, but none of the service type in the name of the file',
    mend: 'Send the slip to the service type in the rows as well; leave the person out here, unless the office wants it so.',
  },
  'transmission.imageMissing': {
    what: 'An image that a row names travels with it',
    why: 'The receiver finds the picture by its name among the files with the same serial.',
    found: 'the image that is named here is not among the files',
    mend: 'Add the image under the name of this transmission, or leave the column empty.',
  },
  'transmission.imageSeveral': {
    what: 'A row names one image at most',
    why: 'The column holds one name; a receiver looks for a file that is named as the whole text.',
    found: 'several images are named in one row',
    mend: 'Keep one name; put several pictures into one image.',
  },
  'transmission.imageTwice': {
    what: 'An image belongs to one row',
    why: 'Two rows with one picture show the family of one person as that of another.',
    found: 'a row above names the same image',
    mend: 'Give each row an image with a branch number of its own.',
  },
  'transmission.imageContent': {
    what: 'Images are JPEG by their content',
    why: 'Other formats, or an image cut off in copying, cannot be shown, whatever the name says.',
    found: 'the content is no JPEG, or not a whole one',
    mend: 'Save the picture as JPEG and send it again.',
  },
  'transmission.strayImage': {
    what: 'Each image is named by a row',
    why: 'A receiver cannot tell whose picture an image is that no row names; it is thrown away, or stays without an owner.',
    found: (d) => `no row of ${d.expected} names this image`,
    mend: 'Leave the image out, or name it in the row of its person.',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
