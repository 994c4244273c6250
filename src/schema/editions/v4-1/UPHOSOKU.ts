import { code, date, int, month, office, phone, postal, serviceType, text, unused } from '../../cell.js';
import { CARE_LEVEL } from '../../codes/care-level.js';
import { CERTIFICATION_STATUS } from '../../codes/certification-status.js';
import { SEX } from '../../codes/sex.js';
import { defineLayout, optional, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 利用者補足情報 */
export const UPHOSOKU = defineLayout({
  kind: 'UPHOSOKU',
  ja: '利用者補足情報',
  group: 'both',
  section: '5',
  monthInName: true,
  monthMarker: '000000',
  accompanies: ['UP1KYO', 'UPPLAN'],
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate', 'serviceMonth'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate', 'serviceMonth'],
  note: 'month in the name is 000000 when it accompanies sheets 1/2/3',
  columns: {
    ...PERSON,
    planDate: required('居宅サービス計画作成（変更）日', date('00000000'), {
      note: 'the plan date of sheet 1; 00000000 when it accompanies sheets 6/7',
    }),
    nameKana: required('利用者氏名フリガナ', text(), { confidence: 'derived' }),
    name: required('利用者氏名', text(), { confidence: 'derived' }),
    sex: required('利用者性別', code(SEX), { confidence: 'derived' }),
    birthDate: required('利用者生年月日', date(), { confidence: 'derived' }),
    postalCode: optional('利用者郵便番号', postal()),
    address1: optional('利用者住所１', text()),
    address2: optional('利用者住所２', text()),
    phone: optional('利用者電話番号', phone()),
    certificationDate: optional('認定日', date()),
    limitStartDate: optional('限度額適用開始年月日', date()),
    limitEndDate: optional('限度額適用終了年月日', date()),
    certificationStatus: optional('認定状況区分', code(CERTIFICATION_STATUS)),
    careLevelChangeDate: optional('要介護状態変更日', date()),
    careLevel: optional('要介護状態区分', code(CARE_LEVEL)),
    benefitLimit: optional('区分支給限度基準額', int(7)),
    serviceType1: optional('１サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit1: optional('１支給限度基準額', int(7)),
    serviceTypeTotalUnits1: optional('１合計単位数', int(7)),
    serviceTypeExcessUnits1: optional('１限度超単位数', int(7)),
    serviceType2: optional('２サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit2: optional('２支給限度基準額', int(7)),
    serviceTypeTotalUnits2: optional('２合計単位数', int(7)),
    serviceTypeExcessUnits2: optional('２限度超単位数', int(7)),
    serviceType3: optional('３サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit3: optional('３支給限度基準額', int(7)),
    serviceTypeTotalUnits3: optional('３合計単位数', int(7)),
    serviceTypeExcessUnits3: optional('３限度超単位数', int(7)),
    serviceType4: optional('４サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit4: optional('４支給限度基準額', int(7)),
    serviceTypeTotalUnits4: optional('４合計単位数', int(7)),
    serviceTypeExcessUnits4: optional('４限度超単位数', int(7)),
    serviceType5: optional('５サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit5: optional('５支給限度基準額', int(7)),
    serviceTypeTotalUnits5: optional('５合計単位数', int(7)),
    serviceTypeExcessUnits5: optional('５限度超単位数', int(7)),
    serviceType6: optional('６サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit6: optional('６支給限度基準額', int(7)),
    serviceTypeTotalUnits6: optional('６合計単位数', int(7)),
    serviceTypeExcessUnits6: optional('６限度超単位数', int(7)),
    serviceType7: optional('７サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit7: optional('７支給限度基準額', int(7)),
    serviceTypeTotalUnits7: optional('７合計単位数', int(7)),
    serviceTypeExcessUnits7: optional('７限度超単位数', int(7)),
    serviceType8: optional('８サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit8: optional('８支給限度基準額', int(7)),
    serviceTypeTotalUnits8: optional('８合計単位数', int(7)),
    serviceTypeExcessUnits8: optional('８限度超単位数', int(7)),
    serviceType9: optional('９サービス種類コード', serviceType(), {
      note: 'filled from slot 1 on, only where a limit per service type applies; 22 for any 短期入所療養介護',
    }),
    serviceTypeLimit9: optional('９支給限度基準額', int(7)),
    serviceTypeTotalUnits9: optional('９合計単位数', int(7)),
    serviceTypeExcessUnits9: optional('９限度超単位数', int(7)),
    totalExcessUnits: optional('合計限度超単位数', int(7)),
    facilityDaysToPreviousMonth: optional('入所前月迄利用日数', int(5)),
    facilityDaysAccumulated: optional('入所累積利用日数', int(5)),
    previousCareLevel: optional('前回要介護状態区分', code(CARE_LEVEL)),
    consentReceivedBy: optional('同意書受付業者', office()),
    updatedBy: optional('更新業者コード', office()),
    identifier: optional('識別子', unused()),
    serviceMonth: required('対象年月', month('000000'), {
      note: '000000 when it accompanies sheets 1/2/3; same value as in the file name',
    }),
  },
});
