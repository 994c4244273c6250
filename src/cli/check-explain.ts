import { type Explanation, explainCode, ISSUE_CODES, V4_1 } from '../index.js';
import { WORDS } from './inspect-words.js';
import { type Language, UsageError } from './io.js';
import { RULE_EXAMPLES } from './rule-examples.generated.js';
import { paint } from './style.js';
import { widthOf } from './table.js';

interface Words {
  readonly labels: Readonly<
    Record<'message' | 'why' | 'section' | 'scope' | 'columns' | 'severity' | 'mend' | 'example', string>
  >;
  readonly scopes: Readonly<Record<NonNullable<Explanation['rule']>['scope'], string>>;
  section(number: string): string;
  readonly hint: string;
  more(count: number): string;
}

const ja: Words = {
  labels: {
    message: 'メッセージ',
    why: '理由',
    section: '標準仕様',
    scope: '検査の範囲',
    columns: '項目',
    severity: '重さ',
    mend: '直し方',
    example: '例',
  },
  scopes: {
    record: 'レコードごと',
    file: 'ファイルごと',
    transmission: '送信単位ごと',
    set: '送信単位どうし',
  },
  section: (number) => `${number}章（docs/standard.md）`,
  hint: '--hints を付けたときだけ',
  more: (count) => `ほか${count}項目`,
};

const en: Words = {
  labels: {
    message: 'message',
    why: 'why',
    section: 'standard',
    scope: 'judges',
    columns: 'columns',
    severity: 'severity',
    mend: 'mend',
    example: 'example',
  },
  scopes: {
    record: 'each record',
    file: 'the records of a file together',
    transmission: 'the files that travel together',
    set: 'transmissions together',
  },
  section: (number) => `section ${number} (docs/standard.md)`,
  hint: 'with --hints only',
  more: (count) => `and ${count} more`,
};

const MANY = 6;

/** The page of a code: what, why, section, severity by profile, how to mend, an example. */
export function explain(code: string, language: Language): string {
  const found = explainCode(code);
  if (!found) throw new UsageError(noSuchCode(code));
  const words = { ja, en }[language];
  const { severity, message, rule } = found;
  const named = WORDS[language].severity;
  const both = `strict: ${named[severity.strict]}, tolerant: ${named[severity.tolerant]}`;
  const lines: [keyof Words['labels'], string][] = rule
    ? [
        ['why', rule.why[language]],
        ['mend', rule.mend[language]],
        ['severity', rule.hint ? `${both} (${words.hint})` : both],
        ['section', words.section(rule.section)],
        ['scope', words.scopes[rule.scope]],
        ['columns', columnsText(rule.columns, words)],
        ['example', RULE_EXAMPLES[code]?.[language] ?? ''],
      ]
    : [
        ['message', message[language]],
        ['severity', both],
      ];
  const width = Math.max(...lines.map(([label]) => widthOf(words.labels[label])));
  const text = lines
    .filter(([, value]) => value !== '')
    .map(([label, value]) => {
      const name = words.labels[label];
      return `  ${paint(name, 'dim')}${' '.repeat(width - widthOf(name))}  ${value}\n`;
    });
  const head = rule ? `${paint(code, 'bold')}  ${rule.what[language]}` : paint(code, 'bold');
  return `${head}\n\n${text.join('')}`;
}

/** The Japanese names of columns, the first of them. */
function columnsText(names: readonly string[], words: Words): string {
  const all = V4_1.layouts.flatMap(({ placed }): readonly { name: string; ja: string }[] => placed);
  const titles = [...new Set(all.filter(({ name }) => names.includes(name)).map(({ ja }) => ja))];
  const rest = titles.length - MANY;
  return [...titles.slice(0, MANY), ...(rest > 0 ? [words.more(rest)] : [])].join(', ');
}

function noSuchCode(code: string): string {
  const [scope = ''] = code.split('.');
  const all = Object.keys(ISSUE_CODES);
  const near = all.filter((one) => one.startsWith(`${scope}.`));
  const scopes = [...new Set(all.map((one) => `${one.split('.')[0]}.`))];
  return near.length > 0
    ? `there is no code "${code}". Those of ${scope} are ${near.join(', ')}`
    : `there is no code "${code}". Codes begin with ${scopes.join(', ')}`;
}
