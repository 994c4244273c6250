import { describe, expect, it, test } from 'vitest';
import {
  type Conformance,
  checkConformance,
  PATTERN_IDS,
  type PatternId,
  type PointState,
  pointsOf,
  pointWords,
} from '../../src/conformance/index.js';
import { FALLBACK, MUST_POINTS } from '../../src/conformance/points/must.js';
import type { MustPoint, ShownPoint } from '../../src/conformance/points/point.js';
import { ISSUE_CODES, type IssueCode, issue } from '../../src/schema/index.js';
import { draftsOf, filesOfDrafts, filesOfSet, patternNamed, setOf } from '../support/conformance/drafts.js';
import { mustBreak } from '../support/conformance/must-breaks.js';
import { shownBreak } from '../support/conformance/shown-breaks.js';

const idsOf = ({ points }: Conformance, state: PointState, ...of: readonly string[]) =>
  points.filter((one) => one.state === state && of.includes(one.point.obligation)).map(({ point }) => point.id);
const TODAY = { today: '2026-06-01' };

describe.each(PATTERN_IDS)('%s', (id: PatternId) => {
  const pattern = patternNamed(id);
  const must = pointsOf(pattern).filter((point): point is MustPoint => point.obligation === 'must');
  const shown = pointsOf(pattern).filter((point): point is ShownPoint => point.obligation !== 'must');

  it('has a sample that breaks each point, so none lacks one', () => {
    expect(must.length).toBeGreaterThan(10);
    expect(shown.length).toBeGreaterThan(10);
    expect(must.filter((point) => !mustBreak(point.id, id)).map((point) => point.id)).toEqual([]);
    expect(shown.filter((point) => !shownBreak(point.id)).map((point) => point.id)).toEqual([]);
  });

  test.each(must.map((point) => point.id))('fails %s, and no other point, where that is broken', (point) => {
    const drafts = draftsOf(id);
    mustBreak(point, id)?.(drafts, id);
    const result = checkConformance(pattern, filesOfDrafts(drafts), TODAY);
    expect(idsOf(result, 'fail', 'must')).toEqual([point]);
    expect(result.ok).toBe(false);
    const judged = result.points.find((one) => one.point.id === point);
    for (const { message } of judged?.findings ?? []) expect([message.ja, message.en]).not.toContain('');
  });

  test.each(shown.map((point) => point.id))(
    'says that %s is not shown, and no other, where it is taken out',
    (point) => {
      const set = shownBreak(point)?.(setOf(id));
      if (!set) return expect.unreachable();
      const result = checkConformance(pattern, filesOfSet(set), TODAY);
      expect(idsOf(result, 'notShown', 'show', 'may')).toEqual([point]);
      expect(idsOf(result, 'fail', 'must')).toEqual([]);
      const isOptional = result.points.find((one) => one.point.id === point)?.point.obligation === 'may';
      expect([result.ok, result.complete]).toEqual([true, isOptional]);
    },
  );

  it('has words for each point in both languages', () => {
    for (const { id } of pointsOf(pattern)) {
      const { ja, en } = pointWords(id);
      expect(ja.title).toMatch(/[ぁ-ヿ一-鿿]/);
      expect(en.title).toMatch(/[a-z]/);
      expect([ja.how, en.how]).not.toContain('');
    }
  });
});

/** What is told of objects and of planning, never of files. */
const NOT_OF_FILES = /^(document|state|reconcile)\.|^statement\.(units|serviceType|option|discount|overLimit|excess)/;

it('has a point for every code that a file can be told of', () => {
  const codes = (Object.keys(ISSUE_CODES) as IssueCode[]).filter((code) => !NOT_OF_FILES.test(code));
  const known = new Set(MUST_POINTS.flatMap((point) => point.codes));
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
  expect(MUST_POINTS.map((point) => point.id)).toContain(FALLBACK);
});

it('never tells of a code twice', () => {
  const codes = MUST_POINTS.flatMap((point) => point.codes);
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  expect(issue('set.serial').severity).toBe('error');
});

describe('who writes to whom', () => {
  const WAYS: readonly [PatternId, 'from' | 'to', string, boolean][] = [
    ['D2', 'to', '73', true],
    ['D2', 'to', '43', false],
    ['D2', 'from', '77', true],
    ['D2', 'from', '46', false],
    ['D3', 'to', '46', false],
    ['D4', 'to', '43', true],
    ['D4', 'from', 'AF', true],
    ['D6', 'to', '46', true],
    ['D7', 'from', '43', true],
    ['D7', 'to', '13', false],
  ];
  it.each(WAYS)('%s, %s an office of type %s: %s', (id, side, serviceType, isRight) => {
    const [draft] = draftsOf(id).filter(({ images }) => images.length === 0);
    if (!draft) return expect.unreachable();
    draft[side] = { ...draft[side], serviceType };
    const { points } = checkConformance(patternNamed(id), filesOfDrafts([draft]), TODAY);
    expect(points.find(({ point }) => point.id === 'addresses')?.state).toBe(isRight ? 'pass' : 'fail');
  });
});

describe('care and preventive care in one month', () => {
  it('may stand in one file of actuals, which is of both patterns', () => {
    const [draft] = draftsOf('D3');
    const [row, other] = draft?.files.UPJSK ?? [];
    if (!draft || !row || !other) return expect.unreachable();
    draft.files.UPJSK = [row, { ...other, insuredPersonNumber: '0002100010', serviceCode: '631111' }];
    for (const id of ['D3', 'D7'] as const) {
      const result = checkConformance(patternNamed(id), filesOfDrafts([draft]), TODAY);
      const services = result.points.find(({ point }) => point.id === 'services');
      expect([result.transmissions, services?.state, id]).toEqual([1, 'pass', id]);
    }
  });

  it('may stand in one slip, but a person with preventive services alone is not of D2', () => {
    const [draft] = draftsOf('D2');
    const rows = draft?.files.UPPLAN;
    const [first] = rows ?? [];
    if (!draft || !rows || !first) return expect.unreachable();
    const own = rows.filter(({ insuredPersonNumber }) => insuredPersonNumber === first.insuredPersonNumber);
    const state = () =>
      checkConformance(patternNamed('D2'), filesOfDrafts([draft]), TODAY).points.find(
        ({ point }) => point.id === 'services',
      )?.state;
    first.serviceCode = '631111';
    expect(state()).toBe('pass');
    for (const row of own) row.serviceCode = '631111';
    expect(state()).toBe('fail');
  });
});
