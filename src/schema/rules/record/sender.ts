import { recordRule } from '../rule.js';

/**
 * The office in a row that is not the sender of the file: care management of plans, the service office of actuals. Actuals
 * that an entrusted office writes to its centre come from the care-management office in them (section 1).
 */
export const sender = recordRule({
  code: 'record.sender',
  reading: 'warning',
  section: '1',
  columns: ['careManagementOfficeNumber', 'serviceOfficeNumber'],
  of: ({ columns, sentBy }) =>
    'careManagementOfficeNumber' in columns || (sentBy !== undefined && 'serviceOfficeNumber' in columns),
  check({ careManagementOfficeNumber: plans, serviceOfficeNumber: serves }, report, { layout, from }) {
    const column = layout.sentBy === 'service' ? 'serviceOfficeNumber' : 'careManagementOfficeNumber';
    const office = column === 'serviceOfficeNumber' ? serves : plans;
    if (office !== undefined && office !== from.officeNumber && plans !== from.officeNumber) report(column);
  },
});
