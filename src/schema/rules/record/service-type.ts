import { serviceTypeOf } from '../../codes/service-type.js';
import { recordRule } from '../rule.js';
import { SERVICE_COLUMNS, serviceTypeAt } from './service.js';

/** A service code or type that begins with no service type of the standard (section 6). */
export const serviceType = recordRule({
  code: 'record.serviceType',
  reading: 'warning',
  section: '6',
  columns: SERVICE_COLUMNS,
  of: ({ columns }) => SERVICE_COLUMNS.some((name) => name in columns),
  check(record, report) {
    const found = serviceTypeAt(record);
    if (found && serviceTypeOf(found.type) === undefined) report(found.column, { found: found.type });
  },
});
