import { defineLayout } from '../../layout.js';
import { SHEET6_COLUMNS } from './UPPLAN.js';

/** 第6表 実績情報: the columns of UPPLAN, as delivered; written by the service office. */
export const UPJSK = defineLayout({
  kind: 'UPJSK',
  ja: '第６表 実績情報',
  group: 'actuals',
  section: '9',
  monthInName: true,
  sentBy: 'service',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'serviceMonth', 'serviceOfficeNumber', 'serviceCode'],
  unitKeyPrefix: { serviceCode: 2 },
  rowKey: null,
  columns: SHEET6_COLUMNS,
});
