import type { MustId } from '../points/must.js';
import type { PointText } from './words.js';

/** What holds, and what to do, in English. */
export const MUST_EN: Readonly<Record<MustId, PointText>> = {
  files: { title: 'Transmissions of this pattern are there', how: 'Export the files of the pattern and give them.' },
  names: {
    title: 'File names are those of the standard',
    how: 'Kind, month, sender, receiver and serial, in the order of the standard.',
  },
  bytes: {
    title: 'Bytes are MS932, without user-defined characters',
    how: 'See that nothing is written as UTF-8 or as gaiji.',
  },
  rows: {
    title: 'Rows and columns are those of the standard (CRLF, quotes, their number, no header)',
    how: 'Quote free text only, and write no header row.',
  },
  cells: {
    title: 'Cells hold what the tables say (required, length, codes, dates)',
    how: 'Compare the column that is told with its table.',
  },
  versions: { title: 'The csvVersion is that of the service month', how: '202407 from April 2025 on.' },
  unit: {
    title: 'A transmission has all its files and no others',
    how: 'What travels together has one serial, a file of each kind.',
  },
  addresses: {
    title: 'Sender and receiver are right (office number and type)',
    how: 'Look at the offices in the names and in the rows.',
  },
  serials: { title: 'Each sending has a serial of its own', how: 'Never use a serial twice for one receiver.' },
  succession: {
    title: 'Corrections and withdrawals come in order',
    how: 'Send nothing older after a newer one; withdraw nothing twice.',
  },
  persons: {
    title: 'Each person has all rows, and nobody has others',
    how: 'Who is in the head file is in the others and in the supplement too.',
  },
  documents: {
    title: 'The rows of one person agree',
    how: 'What is of the whole form, as its date, is the same on all rows.',
  },
  supplement: {
    title: 'The supplement has the right key',
    how: 'Plan date beside a plan, month beside a slip; the other one is zeros.',
  },
  dates: {
    title: 'Periods and dates of birth are right',
    how: 'No period ends before it starts, nobody is born in the future.',
  },
  otherTexts: { title: '"Other" comes with its text', how: 'Where a code says "other", fill in what it is.' },
  needed: { title: 'Columns marked 必要 are filled', how: 'They are not required, but a receiver uses them.' },
  updatedBy: {
    title: 'The updating office is right',
    how: 'Care management in a plan, the service office in actuals.',
  },
  tree: {
    title: 'Needs, goals and services are numbered in order',
    how: 'Each level counts from 1, without gaps, in order.',
  },
  textsOnce: {
    title: 'Texts of a need and a support plan stand on its first row only',
    how: 'Rows below have the numbers only.',
  },
  month: { title: 'Days of service lie in the service month', how: 'A file holds one month.' },
  times: { title: 'Start and end times go together', how: '9999 in both where a service has no time of day.' },
  count: { title: 'Counts are 1 or more', how: 'A day without service has no row.' },
  prorated: { title: 'Prorated days are right', how: '1 on days of the month only; empty where nothing is prorated.' },
  equipment: { title: 'Equipment has one of its two codes', how: 'Either the TAIS code or the notification code.' },
  detailNumbers: {
    title: 'Detail numbers are right',
    how: '1, 2, 3 ... on type 17 rows with the same code and units only.',
  },
  services: { title: 'Services are of the types of this pattern', how: 'Types that are not exchanged have no row.' },
  receivers: {
    title: 'Only persons whom the receiver serves are sent',
    how: 'Nobody without a service of the receiver.',
  },
  statement: {
    title: 'Sheet 7 has its totals, and they agree',
    how: 'Write subtotals and the grand total; amounts are rounded down to yen.',
  },
  images: { title: 'Images agree with the rows', how: 'The JPEG that a row names travels with it.' },
};
