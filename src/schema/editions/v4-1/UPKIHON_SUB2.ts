import { code, date, phone, text } from '../../cell.js';
import { ILLNESS_COURSE } from '../../codes/illness-course.js';
import { PHYSICIAN_ROLE } from '../../codes/physician-role.js';
import { defineLayout, optional, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 利用者基本情報（別表2）現病歴・既往歴 */
export const UPKIHON_SUB2 = defineLayout({
  kind: 'UPKIHON_SUB2',
  ja: '利用者基本情報（別表2）現病歴・既往歴',
  group: 'basic',
  section: '11',
  monthInName: false,
  headedBy: 'UPKIHON',
  mayBeEmpty: true,
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'consultationDate'],
  rowKey: null,
  note: 'several rows per row of UPKIHON',
  columns: {
    ...NEEDED_PERSON,
    consultationDate: required('相談日', date(), { needed: true }),
    onset: optional('年月日', text()),
    illness: optional('病名', text()),
    physician: optional('医療機関・医師名', text()),
    physicianRole: optional('主治医・意見作成者フラグ', code(PHYSICIAN_ROLE)),
    physicianPhone: optional('医療機関・医師電話番号', phone()),
    course: optional('経過', code(ILLNESS_COURSE)),
    treatment: optional('治療中の内容', text()),
  },
});
