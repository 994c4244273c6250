import { type Issue, layoutOf } from '../index.js';
import type { CheckReport } from './check-report.js';
import type { CheckedUnit } from './check-unit.js';
import { issueJson, type Language } from './io.js';
import { jsonLines, KeptTexts } from './kept-texts.js';

/** Issues and report as JSON, an issue a line: it may be longer than a string can be. */
export class CheckJson {
  private readonly issues = new Map<CheckedUnit | undefined, KeptTexts>();

  constructor(private readonly language: Language) {}

  add(one: Issue, line: number | undefined, unit: CheckedUnit | undefined): void {
    const { message, ...place } = issueJson(one, this.language);
    const kept = this.issues.get(unit) ?? new KeptTexts();
    this.issues.set(unit, kept);
    kept.add(JSON.stringify({ ...place, line, range: one.range, message }));
  }

  *text({ transmissions, notOurs, ...report }: CheckReport): Generator<string> {
    yield `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "transmissions": [`;
    for (const [i, unit] of transmissions.entries()) {
      yield `${i === 0 ? '' : ','}\n    ${JSON.stringify(this.unit(unit)).slice(0, -1)},"issues":[`;
      yield* jsonLines(this.issues.get(unit) ?? [], '      ');
      yield ']}';
    }
    yield '\n  ],\n  "issues": [';
    yield* jsonLines(this.issues.get(undefined) ?? [], '    ');
    yield `\n  ],\n  "notOurs": ${JSON.stringify(notOurs)}\n}\n`;
  }

  private unit({ head, alone, counts, files, images }: CheckedUnit) {
    return {
      ...head,
      alone,
      ...counts,
      files: files.map(({ path, kind, edition, records, complete }) => {
        return { path, kind, name: layoutOf(kind).ja, edition, records, complete };
      }),
      images,
    };
  }
}
