/**
 * Writes a care plan as the files for the offices that serve the person.
 * Run: npx tsx examples/export-care-plan.ts FOLDER
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CarePlan, encodeDocuments, numberNeeds, planCarePlans, receiversIn } from 'careplan-renkei';
import { CARE_MANAGEMENT, usageSlips } from './month.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: export-care-plan.ts FOLDER');

const slips = usageSlips();
const [slip] = slips;
if (!slip) throw new Error('no slip');

const carePlan: CarePlan = {
  serviceUser: slip.serviceUser,
  planDate: '2025-10-01',
  sheet1: {
    createdOn: '2025-10-01',
    careManagerName: '岩手太郎',
    careManagementOfficeName: 'みちのく居宅介護支援センター',
    careManagementOfficeNumber: CARE_MANAGEMENT.officeNumber,
    firstPlanDate: '2023-04-01',
    careLevel: '22',
    assessmentResult: '自宅で暮らし続けたい。\r\n膝が痛くて買い物に行けないので、手伝ってほしい。',
    supportPolicy: '住み慣れた家での暮らしを続けられるよう、関係者が連携して支援する。',
  },
  sheet2: {
    createdOn: '2025-10-01',
    needs: numberNeeds([
      {
        need: '転ばずに家の中を歩きたい',
        longTermGoals: [
          {
            longTermGoal: '一人でトイレまで歩ける',
            longTermPeriod: 'R7.10.1～R8.9.30',
            shortTermGoals: [
              {
                shortTermGoal: '手すりを使って立ち上がれる',
                shortTermPeriod: 'R7.10.1～R8.3.31',
                services: [
                  {
                    serviceContent: '歩行の見守り、声かけ',
                    insuranceCoverage: 'Y',
                    serviceKind: '訪問介護',
                    frequency: '週3回',
                  },
                  { serviceContent: '福祉用具の貸与・点検', insuranceCoverage: 'Y', serviceKind: '福祉用具貸与' },
                ],
              },
              {
                shortTermGoal: '居室から廊下まで歩ける',
                services: [
                  { serviceContent: '機能訓練', insuranceCoverage: 'Y', serviceKind: '通所介護', frequency: '週1回' },
                ],
              },
            ],
          },
        ],
      },
    ]),
  },
  sheet3: {
    createdOn: '2025-10-01',
    services: [
      { serviceContent: '訪問介護', weekday: '1', startTime: '09:00', endTime: '09:30' },
      { serviceContent: '通所介護', weekday: '2', startTime: '09:30', endTime: '16:00' },
    ],
    dailyActivities: [{ dailyActivity: '起床・朝食', activityStartTime: '06:30', activityEndTime: '07:30' }],
    otherServices: [{ otherService: '福祉用具貸与' }],
  },
};

const plan = planCarePlans([carePlan], { sender: CARE_MANAGEMENT, receivers: receiversIn(slips) });
const sent = plan.transmissions.map((transmission) => encodeDocuments(transmission));
const issues = [...plan.issues, ...sent.flatMap((one) => one.issues)];
for (const { severity, message } of issues) console.log(`${severity}: ${message.ja}`);

if (issues.some(({ severity }) => severity === 'error')) process.exitCode = 1;
else {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of sent.flatMap((one) => one.files ?? [])) {
    // A file appears whole, or not at all.
    writeFileSync(join(folder, `${name}.tmp`), bytes, { flush: true });
    renameSync(join(folder, `${name}.tmp`), join(folder, name));
    console.log(name);
  }
}
