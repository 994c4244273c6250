import { month, office, serviceType } from '../../cell.js';
import { defineLayout, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 第６表 実績情報_削除 */
export const DLTJSK = defineLayout({
  kind: 'DLTJSK',
  ja: '第６表 実績情報_削除',
  group: 'actuals-delete',
  section: '6',
  monthInName: true,
  withdraws: 'UPJSK',
  sentBy: 'service',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'serviceMonth', 'serviceOfficeNumber', 'serviceType'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'serviceMonth', 'serviceOfficeNumber', 'serviceType'],
  columns: {
    ...PERSON,
    serviceMonth: required('削除対象年月', month()),
    serviceOfficeNumber: required('サービス事業者コード', office()),
    serviceType: required('サービス種類コード', serviceType()),
  },
});
