import { describe, expect, test } from 'vitest';
import {
  type CarePlan,
  checkDocuments,
  DOCUMENT_LISTS,
  documentsJsonSchema,
  type Layout,
  numberNeeds,
  type UsageSlip,
  V4_1,
} from '../../src/schema/index.js';
import * as basicInformation from '../../src/schema/model/basic-information.js';
import * as carePlan from '../../src/schema/model/care-plan.js';
import type { Part, Slots } from '../../src/schema/model/part.js';
import * as preventivePlan from '../../src/schema/model/preventive-plan.js';
import * as serviceUser from '../../src/schema/model/service-user.js';
import * as usageSlip from '../../src/schema/model/usage-slip.js';
import { WITHDRAWALS } from '../../src/schema/model/withdrawal.js';
import { lineOf, slipOf } from '../support/month.js';

const modules = [basicInformation, carePlan, preventivePlan, serviceUser, usageSlip, { ...WITHDRAWALS }];
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && 'names' in value;
const parts = modules.flatMap((module) => Object.values(module).filter(isPart));

describe('every column of every file has one place in the objects', () => {
  const layouts: readonly Layout[] = V4_1.layouts;
  const namesOf = (part: Part | Slots): readonly string[] =>
    'columnsAt' in part ? Array.from({ length: part.count }, (_, i) => part.columnsAt(i)).flat() : part.names;

  test.each(layouts.map((layout) => [layout.kind, layout] as const))('%s', (kind, layout) => {
    // Actuals have the parts of the slip: the columns are the same.
    const same = kind === 'UPJSK' ? 'UPPLAN' : kind;
    const held = parts.filter((part) => part.layout.kind === same).flatMap(namesOf);
    const silent = layout.placed.filter(({ kind: cell }) => cell.constant !== undefined || cell.type === 'unused');
    const isKey = (name: string) => layout.unitKey.includes(name) && layout.unitKeyPrefix?.[name] === undefined;
    const key = layout.placed.map(({ name }) => name).filter((name) => isKey(name) && !held.includes(name));
    const all = [...held, ...key, ...silent.map(({ name }) => name)];
    expect(all.toSorted()).toEqual(layout.placed.map(({ name }) => name).toSorted());
  });

  test('columns that may be empty on reading may be absent from the objects', () => {
    for (const { layout, names, shape } of parts) {
      for (const { name, required, emptyOnReading } of layout.placed) {
        if (!names.includes(name) || !(name in shape)) continue;
        const isOptional = shape[name]?._zod.optin === 'optional';
        expect([name, isOptional]).toEqual([name, !required || emptyOnReading === 'warning']);
      }
    }
  });
});

const slip = slipOf(1, [lineOf('0370200001', '111111', [1])]);
const [line] = slip.lines as [UsageSlip['lines'][0]];
const told = (documents: unknown) =>
  checkDocuments(documents).issues.map(({ code, path, columnName }) => [
    code,
    path,
    ...(columnName ? [columnName] : []),
  ]);
const withLines = (...lines: unknown[]) => ({ usageSlips: [{ ...slip, lines }] });

describe('what the standard cannot express is refused, with its path', () => {
  test('a good slip is not', () => {
    expect(checkDocuments({ usageSlips: [slip] })).toEqual({ ok: true, documents: { usageSlips: [slip] }, issues: [] });
  });

  test('a day outside the month', () => {
    const days = [line.days[0], { serviceDate: '2025-12-01', count: 1 }];
    expect(told(withLines({ ...line, days }))).toEqual([
      ['document.outsideMonth', 'usageSlips[0].lines[0].days[1].serviceDate'],
    ]);
  });

  test('a service code of 5 characters', () => {
    expect(told(withLines({ ...line, serviceCode: '11111' }))).toEqual([
      ['cell.length', 'usageSlips[0].lines[0].serviceCode', 'サービスコード'],
    ]);
  });

  test('two slips of one person and month', () => {
    expect(told({ usageSlips: [slip, slip] })).toEqual([['document.duplicate', 'usageSlips[1]']]);
  });

  test('two sheets 1 with the same key', () => {
    const plan = { serviceUser: slip.serviceUser, planDate: '2025-04-01', sheet1: SHEET1 };
    expect(told({ carePlans: [plan, { ...plan, planDate: '2025-05-01' }, plan] })).toEqual([
      ['document.duplicate', 'carePlans[2]'],
    ]);
  });

  test('a line that is another one, and a line without a day', () => {
    expect(told(withLines(line, line))).toEqual([['document.equalLines', 'usageSlips[0].lines[1]']]);
    expect(told(withLines({ ...line, days: [] }))).toEqual([['document.empty', 'usageSlips[0].lines[0].days']]);
  });

  test('what is missing, of the wrong type, unknown, null or an empty text', () => {
    const { units: _, ...unitless } = line;
    expect(told(withLines(unitless))).toEqual([]);
    const { startTime: __, ...timeless } = line;
    expect(told(withLines({ ...timeless, units: '244', note: 'x', endTime: null, serviceOfficeName: '' }))).toEqual([
      ['cell.type', 'usageSlips[0].lines[0].units', '単位数'],
      ['cell.required', 'usageSlips[0].lines[0].startTime', 'サービス開始時刻'],
      ['cell.required', 'usageSlips[0].lines[0].endTime', 'サービス終了時刻'],
      ['cell.emptyString', 'usageSlips[0].lines[0].serviceOfficeName', 'サービス事業所名'],
      ['document.unknown', 'usageSlips[0].lines[0].note'],
    ]);
    expect(told({ usageSlips: 'none' })).toEqual([['document.form', 'usageSlips']]);
    expect(told(null)).toEqual([['document.form', '']]);
    expect(told({ withdrawals: [{ of: 'nothing' }] })).toEqual([['document.form', 'withdrawals[0].of']]);
  });

  test('a value is told by its shape only, unless asked for', () => {
    const wrong = withLines({ ...line, serviceCode: '11111' });
    expect(checkDocuments(wrong).issues[0]?.message.en).not.toContain('11111');
    expect(checkDocuments(wrong).issues[0]?.message.ja).toContain('99999');
    expect(checkDocuments(wrong, { showValues: true }).issues[0]?.message.en).toContain('11111');
  });

  test('actuals with a line of another office or service type', () => {
    const { serviceUser, statement: _, ...head } = slip;
    const { supplement: __, ...identity } = serviceUser;
    const actuals = { ...head, serviceUser: identity, serviceOfficeNumber: '0370200001', serviceType: '15' };
    expect(told({ actuals: [actuals] })).toEqual([['document.otherOffice', 'actuals[0].lines[0].serviceCode']]);
    expect(told({ actuals: [{ ...actuals, serviceType: '11', serviceOfficeNumber: '0370200002' }] })).toEqual([
      ['document.otherOffice', 'actuals[0].lines[0].serviceOfficeNumber'],
    ]);
  });
});

const SHEET1 = {
  createdOn: '2025-04-01',
  careManagerName: '岩手太郎',
  careManagementOfficeName: 'みちのく居宅介護支援センター',
  careManagementOfficeNumber: '0370100105',
  firstPlanDate: '2023-04-01',
} as const;

describe('a tree that sheet 2 cannot express is refused', () => {
  const planOf = (needs: unknown): unknown => ({
    carePlans: [
      {
        serviceUser: slip.serviceUser,
        planDate: '2025-04-01',
        sheet1: SHEET1,
        sheet2: { createdOn: '2025-04-01', needs },
      },
    ],
  });
  const goal = (shortTermGoal?: string, shortTermPeriod?: string) => ({
    ...(shortTermGoal === undefined ? {} : { shortTermGoal }),
    ...(shortTermPeriod === undefined ? {} : { shortTermPeriod }),
    services: [{ serviceContent: '入浴' }],
  });
  const needsOf = (...shortTermGoals: ReturnType<typeof goal>[]) =>
    numberNeeds([{ longTermGoals: [{ shortTermGoals }] }]);
  const at = 'carePlans[0].sheet2.needs[0].longTermGoals[0]';

  test('two short-term goals that are equal, one above the other', () => {
    expect(told(planOf(needsOf(goal('S'), goal('T'), goal('S'))))).toEqual([]);
    expect(told(planOf(needsOf(goal('S', 'P'), goal('S', 'Q'))))).toEqual([]);
    expect(told(planOf(needsOf(goal('S'), goal('S'))))).toEqual([['document.equalGoals', `${at}.shortTermGoals[1]`]]);
    expect(told(planOf(needsOf(goal('S', 'P'), goal('S'))))).toEqual([
      ['document.equalGoals', `${at}.shortTermGoals[1]`],
    ]);
    expect(told(planOf(needsOf(goal('S', 'P'), goal())))).toEqual([['document.equalGoals', `${at}.shortTermGoals[1]`]]);
  });

  test('a goal without a service, a need without a goal', () => {
    expect(told(planOf(needsOf({ services: [] })))).toEqual([['document.empty', `${at}.shortTermGoals[0].services`]]);
    expect(told(planOf([{ needNumber: 1, longTermGoals: [] }]))).toEqual([
      ['document.empty', 'carePlans[0].sheet2.needs[0].longTermGoals'],
    ]);
    expect(told(planOf([]))).toEqual([['document.empty', 'carePlans[0].sheet2.needs']]);
  });

  test('numbers that do not ascend', () => {
    const [need] = needsOf(goal('S'), goal('T')) as [CarePlan['sheet2'] & object]['0']['needs'];
    expect(told(planOf([need, need]))).toEqual([['document.order', 'carePlans[0].sheet2.needs[1].needNumber']]);
    const services = JSON.parse(JSON.stringify(need).replace('"serviceNumber":2', '"serviceNumber":1'));
    expect(told(planOf([services]))).toEqual([['document.order', `${at}.shortTermGoals[1].services[0].serviceNumber`]]);
    const hundred = JSON.parse(JSON.stringify(need).replace('"serviceNumber":2', '"serviceNumber":100'));
    expect(told(planOf([hundred]))).toEqual([
      ['cell.length', `${at}.shortTermGoals[1].services[0].serviceNumber`, '援助内容ＮＯ'],
    ]);
  });
});

describe('the JSON Schema of the documents', () => {
  test('has every list, and names every property of a line', () => {
    const schema = documentsJsonSchema() as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties)).toEqual([...DOCUMENT_LISTS]);
    const slips = documentsJsonSchema('usageSlips') as {
      properties: { lines: { items: { properties: object; required: string[] } } };
    };
    expect(Object.keys(slips.properties.lines.items.properties)).toEqual([...usageSlip.LINE.names, 'days']);
    expect(slips.properties.lines.items.required).toContain('serviceCode');
    expect(slips.properties.lines.items.required).not.toContain('units');
  });
});
