import type { Address } from '../../codec/internal.js';
import { planPreventive, planWithdrawals } from '../../office/index.js';
import type { BasicInformation, PreventivePlan } from '../../schema/internal.js';
import { BASIC, basicOf, DATE, WITH_IMAGE } from './basic-information.js';
import { addressOf, CARE_MANAGEMENT, CENTRE } from './offices.js';
import { identityOf, PREVENTIVE_PEOPLE as PEOPLE } from './people.js';
import { PLANS, planOf } from './preventive-plans.js';
import { type Both, CORRECTED, FIRST, fixedSerials, type SampleSet, type SampleTransmission, told } from './set.js';

const RECEIVERS: Readonly<Record<string, readonly Address[]>> = {
  [PEOPLE.ordinary.number]: [addressOf('helpersOfTown'), addressOf('preventiveDay')],
  [PEOPLE.target.number]: [addressOf('dayOfTown')],
  [PEOPLE.assistance.number]: [addressOf('helpersOfTown')],
  [PEOPLE.entrusted.number]: [CARE_MANAGEMENT],
};
const receivers = ({ insuredPersonNumber }: { readonly insuredPersonNumber: string }) =>
  RECEIVERS[insuredPersonNumber] ?? [];

const CASES = (of: Both): ReadonlyMap<string, Both> =>
  new Map([
    [PEOPLE.ordinary.number, of],
    [PEOPLE.target.number, { ja: '事業対象者（介護予防ケアマネジメント）', en: 'known by the checklist (事業対象者)' }],
    [PEOPLE.assistance.number, { ja: '生活保護単独', en: 'on public assistance only' }],
    [
      PEOPLE.entrusted.number,
      { ja: '委託あり。センターから委託先へ', en: 'entrusted: from the centre to the office it entrusts' },
    ],
  ]);

const withdrawn = (of: 'basicInformation' | 'preventivePlan', serial: string): SampleTransmission[] => {
  const serviceUser = identityOf(PEOPLE.target);
  const withdrawal =
    of === 'basicInformation' ? { of, serviceUser, consultationDate: DATE } : { of, serviceUser, planDate: DATE };
  return told(planWithdrawals([withdrawal], { sender: CENTRE, receivers, serials: fixedSerials(serial) }), CORRECTED);
};

/** D4: basic information with a picture, schedules and illnesses; corrected, and withdrawn. */
export function basicInformationSet(): SampleSet {
  const plan = (basicInformation: readonly BasicInformation[], serial: string) =>
    planPreventive({ basicInformation }, { sender: CENTRE, receivers, serials: fixedSerials(serial) });
  const corrected = basicOf('ordinary', {
    ...WITH_IMAGE,
    phone: '019-603-9999',
    hobbies: '民謡、㈱いわての見学',
  });
  return {
    pattern: 'D4',
    transmissions: [
      ...told(plan(BASIC, '20251015100001'), FIRST),
      ...told(plan([corrected], '20251020100001'), CORRECTED),
      ...withdrawn('basicInformation', '20251021100001'),
    ],
    cases: CASES({
      ja: '家族構成の画像、1日の生活、病歴、緊急連絡先2件。二つの事業所に送り、あとで訂正',
      en: 'a picture of the family, the day, illnesses, two contacts; sent to two offices, corrected later',
    }),
  };
}

/** D5: preventive plans, alone and with the basic information; corrected, and withdrawn. */
export function preventivePlanSet(): SampleSet {
  const options = (serial: string) => ({ sender: CENTRE, receivers, serials: fixedSerials(serial) });
  const isTarget = ({ serviceUser }: { readonly serviceUser: PreventivePlan['serviceUser'] }) =>
    serviceUser.insuredPersonNumber === PEOPLE.target.number;
  const alone = PLANS.filter((one) => !isTarget(one));
  const together = { basicInformation: BASIC.filter(isTarget), preventivePlans: PLANS.filter(isTarget) };
  const corrected = [{ ...planOf('ordinary', { supportLevel: '2' }), overallPolicy: '転ばない生活を続ける' }];
  return {
    pattern: 'D5',
    transmissions: [
      ...told(planPreventive({ preventivePlans: alone }, options('20251015110001')), FIRST),
      ...told(planPreventive(together, options('20251015120001')), {
        ja: '利用者基本情報と計画書を一緒に送る',
        en: 'basic information and plan together',
      }),
      ...told(planPreventive({ preventivePlans: corrected }, options('20251020110001')), CORRECTED),
      ...withdrawn('preventivePlan', '20251021110001'),
    ],
    cases: CASES({
      ja: '課題2、支援計画3、利用サービス4。二つの事業所に送り、あとで訂正',
      en: 'two needs, three support plans, four services; sent to two offices, corrected later',
    }),
  };
}
