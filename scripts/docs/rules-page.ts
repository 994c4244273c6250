import { severityWhenStrict } from '../../src/codec/check/profile.js';
import { type Explanation, explainCode, ruleCodes } from '../../src/codec/index.js';
import { ISSUE_CODES, type Issue, type IssueCode, V4_1 } from '../../src/schema/index.js';
import { DEVIATIONS } from '../../test/support/deviations.js';
import { checkDrafts, draftOf } from '../../test/support/rule-samples.js';
import { RULE_VECTORS } from '../../test/support/rules/index.js';
import { anchor, cell, code, link, page, table } from './markdown.js';
import { section } from './standard.js';

type Rule = NonNullable<Explanation['rule']>;
type Explained = Explanation & { readonly rule: Rule };

const SCOPES: Readonly<Record<Rule['scope'], readonly [title: string, about: string]>> = {
  record: ['One record / レコードごと', 'What one record cannot be by itself. 一つのレコードだけで分かることです。'],
  file: [
    'The records of a file / ファイルごと',
    'What the records of one file cannot be together. 一つのファイルのレコードどうしのことです。',
  ],
  transmission: [
    'Files that travel together / 送信単位ごと',
    'What files of one sender, receiver and serial cannot be together. 送信元・送信先・連番の同じファイルどうしのことです。',
  ],
  set: [
    'Several transmissions / 送信単位どうし',
    'What transmissions say of each other. 複数の送信単位のあいだのことです。',
  ],
};

/** Codes that are told while writing only, or of documents: the checker reads files. */
const NOT_READ: ReadonlySet<string> = new Set<IssueCode>([
  'cell.unused',
  'cell.bare',
  'cell.type',
  'cell.emptyString',
  'char.replaced',
  'char.unencodable',
  'char.loneSurrogate',
  'char.answer',
  'name.kind',
  'name.parts',
]);
const READ = /^(zip|name|file|char|csv|row|cell)\.|^transmission\.duplicate$/;

/** The codes of what decoding tells, and the checker with it. */
export const decodingCodes = (): IssueCode[] => {
  const rules = new Set<string>(ruleCodes());
  return (Object.keys(ISSUE_CODES) as IssueCode[]).filter(
    (one) => READ.test(one) && !NOT_READ.has(one) && !rules.has(one),
  );
};

const explained = (): Explained[] => ruleCodes().map((one) => explainCode(one) as Explained);

/** What the checker says of the vector that breaks a rule; undefined where there is none yet. */
function exampleOf(one: IssueCode): Issue['message'] | undefined {
  const vector = RULE_VECTORS.find((other) => other.code === one);
  if (!vector) return undefined;
  const drafts = vector.bases.map(draftOf);
  vector.break(...drafts);
  const options = { hints: explainCode(one)?.rule?.hint === true, given: vector.given };
  return checkDrafts(drafts, options).issues.find((found) => found.code === one)?.message;
}

/** The examples of the rules by their codes, as `careplan check --explain` shows them. */
export function ruleExamples(): Map<string, Issue['message']> {
  return new Map(ruleCodes().flatMap((one) => [[one, exampleOf(one)] as const].filter(([, is]) => is))) as Map<
    string,
    Issue['message']
  >;
}

/** The examples as a file of the command. */
export const examplesSource = (examples: ReadonlyMap<string, Issue['message']>): string =>
  [
    '// Generated from test/support/rules by scripts/generate-docs.ts. Do not edit.',
    '/** What is said of an example that breaks a rule, by its code. */',
    'export const RULE_EXAMPLES: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {',
    ...[...examples].map(([one, { ja, en }]) => `  ${JSON.stringify(one)}: ${JSON.stringify({ ja, en })},`),
    '};\n',
  ].join('\n');

const severities = ({ severity: { strict, tolerant } }: Explanation): string =>
  strict === tolerant ? strict : `${strict} (strict), ${tolerant} (tolerant)`;

/** Columns by their Japanese names, each once. */
function columns({ columns: names }: Rule): string {
  const placed = V4_1.layouts.flatMap((layout): readonly { name: string; ja: string }[] => layout.placed);
  const titles = (name: string) => [...new Set(placed.filter((column) => column.name === name).map(({ ja }) => ja))];
  return names.map((name) => `${cell(titles(name).join('・'))} ${code(name)}`).join(', ');
}

const ruleSection = (one: Explained, examples: ReadonlyMap<string, Issue['message']>): string => {
  const { rule } = one;
  const example = examples.get(one.code);
  const facts: [string, string][] = [
    ['Why / 理由', `${cell(rule.why.en)}<br>${cell(rule.why.ja)}`],
    ['Mend / 直し方', `${cell(rule.mend.en)}<br>${cell(rule.mend.ja)}`],
    ['Severity / 重さ', severities(one)],
    ['Section / 節', section(rule.section, '')],
    ['Columns / 項目', columns(rule)],
    ['', rule.hint ? 'A hint: only with `--hints`, `hints: true`. 参考情報です。指定したときだけ出ます。' : ''],
  ];
  return [
    `### ${one.code}`,
    `**${cell(rule.what.en)}.** ${cell(rule.what.ja)}。`,
    table(
      ['', ''],
      facts.filter(([, value]) => value !== ''),
    ),
    ...(example ? [`\`\`\`text\n${example.en}\n${example.ja}\n\`\`\``] : []),
  ].join('\n\n');
};

/** The vector of deviations.md that shows a code. */
const deviation = (one: string): string => {
  const found = DEVIATIONS.find((other) => other.code === one);
  return found ? link(found.id, `deviations.md#${anchor(found.id)}`) : '';
};

/** The page of everything that the checker says. */
export function rulesPage(examples: ReadonlyMap<string, Issue['message']>): string {
  const rules = explained();
  const scopes = Object.keys(SCOPES) as Rule['scope'][];
  return page(
    'src/schema/rules, src/schema/messages and test/support/rules',
    '# What the checker says / 検査の指摘一覧',
    `${rules.length} rules, and ${decodingCodes().length} codes of what is found while reading: everything that \`checkFiles\` and \`careplan check\` tell. How to call them: [check](guide/check.md), [CI](guide/ci.md). \`careplan check --explain CODE\` prints a rule.`,
    `\`checkFiles\` と \`careplan check\` の指摘のすべてです（規則${rules.length}件、読み取り時の指摘${decodingCodes().length}件）。使い方は[検査](guide/check.ja.md)・[CI](guide/ci.ja.md)を、規則ごとの説明は \`careplan check --explain CODE\` をご覧ください。`,
    'Two profiles: **strict** for what is to be sent, where any departure from the standard is an error; **tolerant** for what has arrived, where an error is what cannot be used as it is. A rule whose input is already in error does not run. 基準は二つあります。**strict**（送信前）では標準仕様と違うものはすべてエラー、**tolerant**（受信）ではそのまま使えないものだけがエラーです。エラーのある項目を使う規則は検査しません。',
    'The examples are what is said of samples that break exactly one rule; the tests run them (`test/rules`). 例は、その規則だけを破るファイルへの実際の指摘で、テストで確かめています。',
    '## Rules / 規則',
    table(
      ['Code', 'What holds', '内容', 'Severity', '§'],
      rules.map((one) => [
        link(code(one.code), `#${anchor(one.code)}`),
        cell(one.rule.what.en),
        cell(one.rule.what.ja),
        severities(one),
        section(one.rule.section, ''),
      ]),
    ),
    '## While reading / 読み取り時の指摘',
    `What cells, rows, names and archives are not as the standard says. Of those with an example [deviations](deviations.md) tells what is read of them. A cell that the standard only recommends (必要) and that is empty is a warning in both profiles. 項目・行・ファイル名・ZIPについての指摘です。例のあるものは[届くファイルとその読み方](deviations.md)にあります。標準仕様が「必要」とするだけの項目が空のときは、どちらの基準でも警告です。`,
    table(
      ['Code', 'What is told', '指摘の文', 'strict', 'tolerant', 'Example / 例'],
      decodingCodes().map((one) => {
        const { message, severity } = explainCode(one) as Explanation;
        const told = severityWhenStrict(severity.tolerant);
        return [code(one), cell(message.en), cell(message.ja), told, severity.tolerant, deviation(one)];
      }),
    ),
    ...scopes.flatMap((scope) => {
      const own = rules.filter(({ rule }) => rule.scope === scope);
      if (own.length === 0) return [];
      const [title, about] = SCOPES[scope];
      return [`## ${title}`, about, ...own.map((one) => ruleSection(one, examples))];
    }),
  );
}
