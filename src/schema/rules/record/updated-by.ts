import { recordRule } from '../rule.js';

/** 更新業者コード that is neither the office of the plan nor that of the service (section 9). */
export const updatedBy = recordRule({
  code: 'record.updatedBy',
  reading: 'warning',
  section: '9',
  columns: ['updatedBy', 'careManagementOfficeNumber', 'serviceOfficeNumber'],
  of: ({ columns }) => 'updatedBy' in columns,
  check({ updatedBy, careManagementOfficeNumber, serviceOfficeNumber }, report, { layout, from }) {
    if (updatedBy === undefined || updatedBy === careManagementOfficeNumber || updatedBy === serviceOfficeNumber)
      return;
    // Not every sheet of a plan names its office, and an entrusted office writes files of its own.
    if (updatedBy === from.officeNumber) return;
    report('updatedBy', { expected: layout.sentBy === 'service' ? 'service' : 'careManagement' });
  },
});
