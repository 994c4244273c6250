import type { PatternId } from '../../../src/conformance/index.js';
import type { MustId } from '../../../src/conformance/points/must.js';
import type { Layout } from '../../../src/schema/index.js';
import type { Draft, DraftRow } from '../rule-samples.js';
import { find, isHeadOf, isSupplement, unitOf, withdraws } from './drafts.js';

/** Breaks one point of a pattern's samples, and no other. */
type Break = (drafts: Draft[], pattern: PatternId) => void;

const first = (drafts: readonly Draft[]): Draft => drafts[0] as Draft;
const withoutImages = (drafts: readonly Draft[]): Draft => drafts.find(({ images }) => images.length === 0) as Draft;
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
/** Changes the bytes of CSV files of a draft. */
const written = (draft: Draft, change: (text: string) => string): void => {
  draft.written = ({ path, bytes }) =>
    path.endsWith('.CSV') ? { path, bytes: Buffer.from(change(latin1(bytes)), 'latin1') } : { path, bytes };
};
/** A copy that is sent later, or once more. */
const again = (draft: Draft, more: Partial<Draft>): Draft => ({
  ...draft,
  files: Object.fromEntries(Object.entries(draft.files).map(([kind, rows]) => [kind, rows.map((row) => ({ ...row }))])),
  ...more,
});
const remove = (rows: DraftRow[], row: DraftRow): void => {
  rows.splice(rows.indexOf(row), 1);
};
const has =
  (...names: readonly string[]) =>
  ({ columns }: Layout): boolean =>
    names.every((name) => name in columns);
const isSheet2 = has('longTermGoalNumber');
const isSheet3 = has('weekday');
const isStatement = has('discountedUnits');
const isSupportPlan = has('supportPlanNumber');
const isBasic = has('consultationMethod');

/** Withdraws what a transmission holds within that transmission itself. */
const withdrawnTogether: Break = (drafts, pattern) => {
  const head = find(drafts, isHeadOf(pattern));
  const own = find(drafts, withdraws);
  const { row } = head;
  const key = { ...row, serviceType: String(row.serviceCode ?? '').slice(0, 2) };
  const names = Object.keys(own.layout.columns);
  head.draft.files[own.layout.kind] = [Object.fromEntries(names.map((name) => [name, key[name as never]]))];
};

const secondPersonWithoutHead: Break = (drafts, pattern) => {
  const { rows, row } = find(drafts, isHeadOf(pattern), (_, index) => index === 1);
  remove(rows, row);
};
const withoutSupplement: Break = (drafts) => {
  const { rows, row } = find(drafts, isSupplement);
  remove(rows, row);
};
const twiceInAFile: Break = (drafts) => {
  const { rows, row } = find(drafts, withdraws);
  rows.push({ ...row });
};
const withoutFile =
  (of: (layout: Layout) => boolean): Break =>
  (drafts) => {
    const { draft, layout } = find(drafts, of);
    delete draft.files[layout.kind];
  };
const change =
  (of: (layout: Layout, pattern: PatternId) => boolean, holds: (row: DraftRow) => boolean, to: DraftRow): Break =>
  (drafts, pattern) => {
    Object.assign(find(drafts, (layout) => of(layout, pattern), holds).row, to);
  };
const any = () => true;
const isHead = (layout: Layout, pattern: PatternId): boolean => isHeadOf(pattern)(layout);

/** How each point is broken: in every pattern that has it, or in some of them otherwise. */
export const MUST_BREAKS: Readonly<Record<MustId, Break | Partial<Record<PatternId, Break>>>> = {
  files: (drafts, pattern) => {
    const { kind } = find(drafts, isHeadOf(pattern)).layout;
    drafts.splice(0, drafts.length, ...drafts.filter(({ files }) => !(kind in files)));
  },
  names: (drafts) => {
    first(drafts).written = ({ path, bytes }) => ({ path: path.replace(/\.CSV$/, ' (1).CSV'), bytes });
  },
  bytes: (drafts) => written(first(drafts), (text) => `\xef\xbb\xbf${text}`),
  rows: (drafts) => written(first(drafts), (text) => text.replace(/\r\n$/, '')),
  cells: (drafts) => {
    for (const draft of drafts) written(draft, (text) => text.replaceAll('032011', '03201A'));
  },
  versions: (drafts) => written(first(drafts), (text) => text.replaceAll('202407,032011', '202410,032011')),
  unit: {
    D1: withoutFile(isSheet3),
    D2: withoutFile(isStatement),
    D3: withdrawnTogether,
    D4: withdrawnTogether,
    D5: withoutFile(isSupportPlan),
    D6: withoutFile(isSupplement),
    D7: withdrawnTogether,
  },
  addresses: (drafts, pattern) => {
    const side = pattern === 'D3' || pattern === 'D7' ? 'to' : 'from';
    const draft = withoutImages(drafts);
    draft[side] = { ...draft[side], serviceType: '13' };
  },
  serials: (drafts) => {
    drafts.push(again(withoutImages(drafts), { written: ({ path, bytes }) => ({ path: `again/${path}`, bytes }) }));
  },
  succession: (drafts) => {
    drafts.push(again(find(drafts, withdraws).draft, { serial: '20251231235959' }));
  },
  persons: {
    D1: withoutSupplement,
    D2: withoutSupplement,
    D3: twiceInAFile,
    D4: secondPersonWithoutHead,
    D5: secondPersonWithoutHead,
    D6: withoutSupplement,
    D7: twiceInAFile,
  },
  documents: {
    D1: change(isSheet2, ({ serviceNumber }) => serviceNumber === 2, { createdOn: '2025-10-01' }),
    D2: (drafts, pattern) => otherManager(drafts, pattern),
    D3: (drafts, pattern) => otherManager(drafts, pattern),
    D6: (drafts, pattern) => otherManager(drafts, pattern),
    D7: (drafts, pattern) => otherManager(drafts, pattern),
  },
  supplement: (drafts, pattern) => {
    const { row } = find(drafts, isSupplement);
    Object.assign(row, pattern === 'D1' ? { serviceMonth: '2025-11' } : { planDate: '2025-11-01' });
  },
  dates: {
    D1: change(isSupplement, any, { birthDate: '2999-01-01' }),
    D2: change(isSupplement, any, { birthDate: '2999-01-01' }),
    D4: change(isBasic, any, { birthDate: '2999-01-01' }),
    D5: change(isHead, any, { certificationPeriodEnd: '2001-01-01' }),
    D6: change(isSupplement, any, { limitEndDate: '2001-01-01' }),
  },
  otherTexts: {
    D1: change(isHead, ({ housekeepingReason }) => housekeepingReason === '3', { housekeepingReasonOther: undefined }),
    D4: change(isBasic, ({ consultationMethod }) => consultationMethod === '03', {
      consultationMethodOther: undefined,
    }),
  },
  needed: change(isHead, any, { entrustment: undefined }),
  updatedBy: (drafts, pattern) => {
    for (const row of unitOf(find(drafts, isHeadOf(pattern)))) row.updatedBy = '0399999999';
  },
  tree: (drafts) => {
    const { row } = find(
      drafts,
      (layout) => layout.numbering !== undefined,
      (_, i, rows) => i === rows.length - 1,
    );
    row.serviceNumber = typeof row.serviceNumber === 'number' ? 9 : '9';
  },
  textsOnce: (drafts) => {
    const { row } = find(drafts, isSupportPlan, ({ overallIssue }) => overallIssue === undefined);
    row.overallIssue = '歩けなくなる可能性がある。';
  },
  month: change(isHead, any, { serviceDate: '2025-12-01' }),
  times: {
    D1: change(isSheet3, ({ weekday }) => weekday !== undefined, { endTime: undefined }),
    D2: change(isHead, ({ startTime }) => startTime !== '9999', { endTime: '9999' }),
    D3: change(isHead, ({ startTime }) => startTime !== '9999', { endTime: '9999' }),
    D6: change(isHead, any, { endTime: '10:00' }),
    D7: change(isHead, any, { endTime: '10:00' }),
  },
  count: change(isHead, any, { count: 0 }),
  prorated: change(isHead, ({ proratedDays }) => proratedDays !== undefined, { proratedDays: '0'.repeat(31) }),
  equipment: change(isHead, ({ taisCode, detailNumber }) => taisCode !== undefined && detailNumber === undefined, {
    taisCode: undefined,
  }),
  detailNumbers: change(isHead, ({ taisCode }) => taisCode === undefined, { detailNumber: 1 }),
  services: change(isHead, any, { serviceCode: 'ZZ1111' }),
  receivers: (drafts) => {
    first(drafts).to = { ...first(drafts).to, officeNumber: '0399999990' };
  },
  statement: (drafts) => {
    const { row } = find(drafts, isStatement, ({ serviceCode }) => serviceCode === '999999');
    row.serviceUnits = Number(row.serviceUnits) + 1;
  },
  images: {
    D4: (drafts) => {
      first(drafts).images = [];
    },
    D5: (drafts) => {
      const { draft } = find(drafts, isBasic);
      draft.images.push({ branch: '0009', bytes: Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0xff, 0xd9]) });
    },
  },
};

/** The care manager is another one on the second row of a document. */
const otherManager: Break = (drafts, pattern) => {
  const row = unitOf(find(drafts, isHeadOf(pattern)))[1];
  if (!row) throw new Error('one row only');
  row.careManagerName = '別の担当者';
};

/** How a point is broken in a pattern; undefined where nobody says. */
export function mustBreak(id: MustId, pattern: PatternId): Break | undefined {
  const given = MUST_BREAKS[id];
  return typeof given === 'function' ? given : given[pattern];
}
