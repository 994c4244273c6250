import type { Issue, Severity } from '../index.js';
import { pathInBuild } from './check-place.js';
import type { CheckReport } from './check-report.js';
import { CHECK_WORDS } from './check-words.js';
import { stateOf } from './inspect-text.js';
import { WORDS } from './inspect-words.js';
import type { Language } from './io.js';
import { KeptTexts } from './kept-texts.js';
import { withoutFile } from './sentence.js';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Issues as workflow commands of GitHub Actions, which make annotations of them. */
export class GithubLines {
  private readonly first = { error: new KeptTexts(), warning: new KeptTexts(), info: new KeptTexts() };
  private readonly others = { error: new KeptTexts(), warning: new KeptTexts(), info: new KeptTexts() };
  private readonly seen = new Set<string>();

  constructor(private readonly language: Language) {}

  add(one: Issue, line: number | undefined): void {
    const properties = {
      file: one.file === undefined ? undefined : (pathInBuild(one.file) ?? one.file),
      line,
      title: one.code,
    };
    const list = Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    const text = `::${LEVELS[one.severity]} ${list.join(',')}::${escapeData(withoutFile(one, this.language))}\n`;
    const kind = `${one.code} ${one.columnName ?? ''}`;
    (this.seen.has(kind) ? this.others : this.first)[one.severity].add(text);
    this.seen.add(kind);
  }

  /** GitHub shows the first ten of a step: so one of each kind comes before all others. */
  *text({ profile, summary, transmissions }: CheckReport): Generator<string> {
    const state = transmissions.length === 0 && stateOf(summary) === 'clean' ? 'nothing' : stateOf(summary);
    const { counts } = WORDS[this.language];
    const figures = (['transmissions', 'files', 'records', 'error', 'warning'] as const)
      .map((name) => `${counts[name]} ${summary[name]}`)
      .join(', ');
    const { first, others } = this;
    for (const severity of ['error', 'warning', 'info'] as const) {
      yield* first[severity];
      yield* others[severity];
    }
    yield `${CHECK_WORDS[this.language].verdict[profile][state]} (${figures})\n`;
  }
}
