import { recordRule } from '../rule.js';
import { reportServices, SERVICE_COLUMNS } from './service.js';

/** A row of a service type that is not exchanged (section 6). */
export const notExchanged = recordRule({
  code: 'record.notExchanged',
  reading: 'warning',
  section: '6',
  columns: SERVICE_COLUMNS,
  of: ({ columns }) => SERVICE_COLUMNS.some((name) => name in columns),
  check(record, report) {
    reportServices(record, (exchanged) => exchanged === false, report);
  },
});
