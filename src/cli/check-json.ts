import { type Issue, layoutOf } from '../index.js';
import type { CheckReport } from './check-report.js';
import type { CheckedUnit } from './check-unit.js';
import { issueJson, type Language } from './io.js';

/** Issues and report as JSON. */
export class CheckJson {
  private readonly issues = new Map<CheckedUnit | undefined, object[]>();

  constructor(private readonly language: Language) {}

  add(one: Issue, line: number | undefined, unit: CheckedUnit | undefined): void {
    const { message, ...place } = issueJson(one, this.language);
    const known = this.issues.get(unit);
    const json = { ...place, line, range: one.range, message };
    if (known) known.push(json);
    else this.issues.set(unit, [json]);
  }

  *text({ transmissions, notOurs, ...report }: CheckReport): Generator<string> {
    const json = {
      ...report,
      transmissions: transmissions.map((unit) => ({
        ...unit.head,
        alone: unit.alone,
        ...unit.counts,
        files: unit.files.map(({ path, kind, edition, records, complete }) => ({
          path,
          kind,
          name: layoutOf(kind).ja,
          edition,
          records,
          complete,
        })),
        images: unit.images,
        issues: this.issues.get(unit) ?? [],
      })),
      issues: this.issues.get(undefined) ?? [],
      notOurs,
    };
    yield `${JSON.stringify(json, null, 2)}\n`;
  }
}
