import { code, date, flags31, int, month, office, serviceCode, string, tais, text, time, unused } from '../../cell.js';
import { APPLICABILITY } from '../../codes/applicability.js';
import { defineLayout, optional, required } from '../../layout.js';
import { PERSON } from './common.js';

/** The columns of sheet 6, planned and actual alike. */
export const SHEET6_COLUMNS = {
  ...PERSON,
  createdOn: required('作成年月日', date()),
  serviceMonth: required('対象年月', month()),
  careManagementOfficeNumber: required('プラン担当業者コード', office(), {
    note: 'written always; empty on reading is a warning',
    confidence: 'derived',
    emptyOnReading: 'warning',
  }),
  careManagerName: optional('プラン担当者名', text(), {
    note: 'write it always: the published table cannot tell which of 6, 7, 8 are required',
  }),
  units: required('単位数', int(6), {
    note: 'units per service, after discount; 0 where the sender of actuals cannot compute it (percentage add-ons); empty on reading is a warning',
    confidence: 'derived',
    emptyOnReading: 'warning',
  }),
  shortStayDaysToPreviousMonth: optional('前月までの短期入所利用日数', int(5)),
  serviceDate: required('サービス利用日', date()),
  proratedDays: optional('日割対象日', flags31(), {
    note: '31 characters of 0/1, 1 = billable day; empty unless prorated (日割)',
  }),
  startTime: required('サービス開始時刻', time('9999'), { note: 'HHMM, or 9999 for a service without time of day' }),
  endTime: required('サービス終了時刻', time('9999'), { note: 'as 12' }),
  count: required('サービス回数', int(2), { note: 'times in one day' }),
  serviceCode: required('サービスコード', serviceCode(), { note: '2 characters of service type + 4 of item' }),
  taisCode: optional('TAISコード', tais(), { note: 'type 17 or 67: either 16 or 17 must be filled' }),
  equipmentNotificationCode: optional('福祉用具届出コード', tais(), {
    note: 'type 17 or 67: either 16 or 17 must be filled',
  }),
  equipmentName: optional('用具名称（機種名）', text()),
  detailNumber: optional('明細判別コード', int(null), {
    note: 'type 17 only, where the same service code and units occur more than once: 1, 2, 3 ...; otherwise empty; no length is printed',
  }),
  serviceOfficeNumber: required('サービス事業者コード', office()),
  serviceOfficeName: optional('サービス事業所名', text()),
  satelliteNumber: optional('サテライト枝番', string(2), {
    note: "the office's own number for the satellite, or 1, 2, 3 ...; empty where there is none",
  }),
  overThirtyDays: required('３０日超区分', code(APPLICABILITY)),
  updatedBy: optional('更新業者コード', office(), {
    note: 'the care-management office in a plan, the service office in actuals',
  }),
  identifier: optional('識別子', unused()),
};

/** 第６表（サービス利用票）予定 */
export const UPPLAN = defineLayout({
  kind: 'UPPLAN',
  ja: '第６表（サービス利用票）予定',
  group: 'slip',
  section: '9',
  monthInName: true,
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'serviceMonth'],
  rowKey: null,
  columns: SHEET6_COLUMNS,
});
