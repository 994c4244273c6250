import type { NamedBytes } from '../codec/internal.js';
import type { Issue, IssueCode } from '../schema/internal.js';
import { type Kit, type KitOptions, kitsOf } from './kit.js';
import type { TestPattern } from './pattern.js';
import { FALLBACK, MUST_POINTS, type MustId } from './points/must.js';
import type { Finding, MustPoint, Place, Point, ShownPoint } from './points/point.js';
import { SHOWN_POINTS } from './points/shown.js';

/** What became of a point: `notShown` of a situation that no file shows yet. */
export type PointState = 'pass' | 'fail' | 'notShown';

/** A point of a checklist, judged. */
export interface JudgedPoint {
  readonly point: Point;
  readonly state: PointState;
  /** What breaks it. */
  readonly findings: readonly Finding[];
  /** Warnings about it that do not break it. */
  readonly notes: readonly Finding[];
  /** Where it is shown. */
  readonly shownAt?: Place;
}

/** A checklist gone through. */
export interface Conformance {
  readonly pattern: TestPattern;
  /** Whether no point fails. */
  readonly ok: boolean;
  /** Whether every situation is shown as well that is not left to the sender. */
  readonly complete: boolean;
  readonly points: readonly JudgedPoint[];
  readonly transmissions: number;
  readonly files: number;
  /** Transmissions of other patterns: not judged. */
  readonly others: number;
}

/** The points of a pattern, what must not be wrong first. */
export const pointsOf = ({ id }: TestPattern): readonly Point[] =>
  [...MUST_POINTS, ...SHOWN_POINTS].filter(({ patterns }) => patterns.includes(id));

const POINT_OF: ReadonlyMap<IssueCode, MustPoint> = new Map(
  MUST_POINTS.flatMap((point) => point.codes.map((code) => [code, point] as const)),
);

/** The point of a pattern that an issue is about: of the pattern's own, where it has the one of the code. */
export function pointOfIssue(issue: Issue, { id }: TestPattern): MustId {
  const isOwn = (point: MustPoint | undefined) => point?.patterns.includes(id) === true;
  const claiming = MUST_POINTS.find((point) => isOwn(point) && point.claims?.(issue));
  const point = claiming ?? POINT_OF.get(issue.code);
  return point && isOwn(point) ? point.id : FALLBACK;
}

/**
 * Goes through the checklist of a pattern of the vendor test: what a sender of it must keep, and which situations its
 * files show. Give everything that was written for it, corrections and withdrawals too; transmissions of other patterns
 * are not judged. Does not throw for bad data. Section 13 of the standard.
 */
export const checkConformance = (
  pattern: TestPattern,
  files: Iterable<NamedBytes>,
  options: KitOptions = {},
): Conformance => checkConformanceOf([pattern], files, options)[0] as Conformance;

/** The same for several patterns; the files are read once. */
export function checkConformanceOf(
  patterns: readonly TestPattern[],
  files: Iterable<NamedBytes>,
  options: KitOptions = {},
): Conformance[] {
  const kitOf = kitsOf(files, options);
  return patterns.map((pattern) => judge(kitOf(pattern)));
}

function judge(kit: Kit): Conformance {
  const { pattern, transmissions, others } = kit;
  const points = pointsOf(pattern).map((point) =>
    point.obligation === 'must' ? judgeMust(point, kit) : judgeShown(point, kit),
  );
  return {
    pattern,
    ok: points.every(({ state }) => state !== 'fail'),
    complete: points.every(
      ({ state, point }) => state === 'pass' || (state === 'notShown' && point.obligation === 'may'),
    ),
    points,
    transmissions: transmissions.length,
    files: transmissions.reduce((sum, { files, images }) => sum + files.length + images.length, 0),
    others,
  };
}

function judgeMust(point: MustPoint, kit: Kit): JudgedPoint {
  const findings: Finding[] = [];
  const notes: Finding[] = [];
  for (const one of kit.issues) {
    if (pointOfIssue(one, kit.pattern) !== point.id) continue;
    const fails = one.severity === 'error' || point.strictly?.includes(one.code) || point.claims?.(one);
    (fails ? findings : notes).push(findingOf(one));
  }
  findings.push(...(point.find?.(kit) ?? []));
  return { point, state: findings.length === 0 ? 'pass' : 'fail', findings, notes: notes.filter(isNew(findings)) };
}

function judgeShown(point: ShownPoint, kit: Kit): JudgedPoint {
  const shownAt = point.shown(kit);
  if (!shownAt) return { point, state: 'notShown', findings: [], notes: [] };
  return { point, state: 'pass', findings: [], notes: [], shownAt };
}

/** The issue, without what only the checker needs. */
function findingOf({ code, file, row, column, columnName, path, message }: Issue): Finding {
  const given = Object.entries({ file, row, column, columnName, path }).filter(([, value]) => value !== undefined);
  return { code, ...Object.fromEntries(given), message };
}

const isNew =
  (others: readonly Finding[]) =>
  ({ message }: Finding): boolean =>
    !others.some((one) => one.message.ja === message.ja);
