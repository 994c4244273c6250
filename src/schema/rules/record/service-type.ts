import { recordRule } from '../rule.js';
import { reportServices, SERVICE_COLUMNS } from './service.js';

/** A service code or type that begins with no service type of the standard (section 6). */
export const serviceType = recordRule({
  code: 'record.serviceType',
  reading: 'warning',
  section: '6',
  columns: SERVICE_COLUMNS,
  of: ({ columns }) => SERVICE_COLUMNS.some((name) => name in columns),
  check(record, report) {
    reportServices(record, (exchanged) => exchanged === undefined, report);
  },
});
