import { serviceTypeOf } from '../../codes/service-type.js';
import { recordRule } from '../rule.js';
import { SERVICE_COLUMNS, serviceTypeAt } from './service.js';

/** A row of a service type that is not exchanged (section 6). */
export const notExchanged = recordRule({
  code: 'record.notExchanged',
  reading: 'warning',
  section: '6',
  columns: SERVICE_COLUMNS,
  of: ({ columns }) => SERVICE_COLUMNS.some((name) => name in columns),
  check(record, report) {
    const found = serviceTypeAt(record);
    if (found && serviceTypeOf(found.type)?.exchanged === false) report(found.column, { found: found.type });
  },
});
