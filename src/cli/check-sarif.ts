import { explainCode, type Issue, type IssueCode, type Severity } from '../index.js';
import { uriInBuild } from './check-place.js';
import type { Language } from './io.js';
import { jsonLines, KeptTexts } from './kept-texts.js';
import { withoutFile } from './sentence.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** Issues as a log of SARIF 2.1.0, for the code scanning of GitHub and others. */
export class Sarif {
  private readonly results = new KeptTexts();
  private readonly codes = new Map<IssueCode, number>();

  constructor(private readonly language: Language) {}

  add(one: Issue, line: number | undefined): void {
    const { code, severity, file, range } = one;
    const ruleIndex = this.codes.get(code) ?? this.codes.size;
    this.codes.set(code, ruleIndex);
    const region = {
      ...(line === undefined ? {} : { startLine: line }),
      ...(range === undefined ? {} : { byteOffset: range.start, byteLength: range.end - range.start }),
    };
    const location =
      file === undefined
        ? undefined
        : {
            physicalLocation: {
              artifactLocation: { uri: uriInBuild(file) },
              ...(Object.keys(region).length === 0 ? {} : { region }),
            },
          };
    const result = {
      ruleId: code,
      ruleIndex,
      level: LEVELS[severity],
      message: { text: withoutFile(one, this.language) },
      ...(location ? { locations: [location] } : {}),
    };
    this.results.add(JSON.stringify(result));
  }

  *text(): Generator<string> {
    const driver = {
      name: 'careplan-renkei',
      language: this.language,
      rules: [...this.codes.keys()].map((code) => this.rule(code)),
    };
    const run = { tool: { driver }, language: this.language, invocations: [{ executionSuccessful: true }] };
    const head = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' };
    // The results come last, a line each: they may be longer than a string can be.
    yield `${JSON.stringify(head).slice(0, -1)},"runs":[${JSON.stringify(run, null, 2).slice(0, -2)},\n  "results": [`;
    yield* jsonLines(this.results, '    ');
    yield '\n  ]\n}]}\n';
  }

  private rule(code: IssueCode) {
    const { message, severity, rule } = explainCode(code) as NonNullable<ReturnType<typeof explainCode>>;
    const text = (of: { ja: string; en: string }) => ({ text: of[this.language] });
    return {
      id: code,
      shortDescription: text(rule?.what ?? message),
      fullDescription: text(rule?.why ?? message),
      help: text(rule?.mend ?? message),
      defaultConfiguration: { level: LEVELS[severity.strict] },
    };
  }
}
