import { digits, insured, version } from '../../cell.js';
import { required } from '../../layout.js';

/** The csvVersion of edition 4.1 (section 4). */
export const CSV_VERSION = '202407';

/** The month of the revision, which some software writes instead (section 4). */
const MISTAKEN = ['202410'];

const VERSION_NOTE = '202407 for V4.1; one version per file';
const INSURED_NOTE = '10 digits; H + 9 digits for a person on public assistance only (生保単独)';

const person = (extras: { needed?: true }) => ({
  csvVersion: required('CSVバージョン', version(CSV_VERSION, MISTAKEN), {
    note: VERSION_NOTE,
    section: '4',
    ...extras,
  }),
  insurerNumber: required('保険者番号', digits(6), { section: '5', ...extras }),
  insuredPersonNumber: required('被保険者番号', insured(), { note: INSURED_NOTE, section: '5', ...extras }),
});

/** The first three columns of every file: version and whose record it is. */
export const PERSON = person({});

/** The same in the preventive tables, which mark them 必要. */
export const NEEDED_PERSON = person({ needed: true });
