import type { CharacterKind, TextIssue } from '../index.js';
import type { Language } from './io.js';
import type { TextFileFault } from './texts-of-file.js';

interface Words {
  readonly verdict: Readonly<Record<'clean' | 'nothing' | 'unreadable' | 'safe' | 'toDecide' | 'fixed', string>>;
  readonly counts: Readonly<Record<'files' | 'texts' | 'found' | 'safe' | 'toDecide' | 'fixed', string>>;
  readonly byClass: string;
  readonly classes: Readonly<Record<TextIssue['class'], string>>;
  readonly kinds: Readonly<Record<CharacterKind, string>>;
  readonly toDecide: string;
  readonly ask: string;
  readonly safe: string;
  readonly fixed: string;
  readonly unreadable: string;
  readonly notRead: string;
  readonly written: string;
  /** What is written for a character. */
  to(suggestion: string | undefined): string;
  count(count: number): string;
  line(line: number): string;
  column(number: number, name: string | undefined): string;
  character(number: number): string;
  more(count: number): string;
  readonly all: string;
  readonly howToFix: string;
  readonly notFixed: string;
  readonly faults: Readonly<Record<TextFileFault, string>>;
}

const ja: Words = {
  verdict: {
    clean: '送れない文字はありません。',
    nothing: '調べるファイル（CSV、ZIP、JSON）がありません。',
    unreadable: '読めないファイルがあります。',
    safe: '送れない文字がありますが、すべて自動で直せます。',
    toDecide: '送れない文字があります。人が決める文字を先にご覧ください。',
    fixed: '自動で直せる文字を直しました。送れない文字は残っていません。',
  },
  counts: {
    files: 'ファイル',
    texts: '調べた文字列',
    found: '送れない文字',
    safe: 'うち自動で直せる文字',
    toDecide: 'うち人が決める文字',
    fixed: '直した文字',
  },
  byClass: '種類',
  classes: {
    same: '同じ文字の別の符号',
    drop: '見えない文字、字形の指定',
    variant: '異体字に置き換えられる漢字',
    approx: '似た文字に置き換えられる文字',
    none: '代わりの文字がない文字',
  },
  kinds: {
    kanji: '漢字',
    gaiji: '外字',
    emoji: '絵文字',
    broken: '壊れた文字',
    invisible: '見えない文字',
    letter: '文字',
    sign: '記号',
    lineBreak: '改行',
    delimiter: '区切り文字',
  },
  toDecide: '人が決める文字',
  ask: '人の名前の漢字や外字は、変えてよいか確かめてから直してください。',
  safe: '自動で直せる文字',
  fixed: '直した文字',
  unreadable: '読めないファイル',
  notRead: '対象外のファイル（読んでいません）',
  written: '書き出したファイル',
  to: (to) => (to === undefined ? '代わりなし' : to === '' ? '取り除く' : `→ ${shown(to, '改行', '空白')}`),
  count: (count) => `${count}件`,
  line: (line) => `${line}行目`,
  column: (number, name) => (name === undefined ? `${number}列目` : `${number} ${name}`),
  character: (number) => `${number}文字目`,
  more: (count) => `ほか ${count}件`,
  all: 'すべての箇所: --format json',
  howToFix: '自動で直すには: --fix --out 書き出し先（元のファイルに書くには --fix --in-place）',
  notFixed: '直せるのは JSON と UTF-8 の CSV だけです。ZIP は展開してから指定してください。',
  faults: {
    json: 'UTF-8 の JSON ではありません',
    'UTF-16': '文字コード UTF-16 は読めません。UTF-8 か MS932（Shift_JIS）で保存し直してください',
    'EUC-JP': '文字コード EUC-JP は読めません。UTF-8 か MS932（Shift_JIS）で保存し直してください',
  },
};

const en: Words = {
  verdict: {
    clean: 'Every character can be sent.',
    nothing: 'There is no file to look at (CSV, ZIP, JSON).',
    unreadable: 'Some files could not be read.',
    safe: 'Some characters cannot be sent as they are; all can be mended without a question.',
    toDecide: 'Some characters cannot be sent. See those first that a person decides.',
    fixed: 'What could be mended without a question was mended. Every character can be sent.',
  },
  counts: {
    files: 'files',
    texts: 'texts',
    found: 'characters that cannot be sent',
    safe: 'of these safe to mend',
    toDecide: 'of these for a person to decide',
    fixed: 'mended',
  },
  byClass: 'By class',
  classes: {
    same: 'another code of the same character',
    drop: 'invisible, or a choice of shape',
    variant: 'kanji with an accepted variant',
    approx: 'something looks or reads alike',
    none: 'nothing stands for it',
  },
  kinds: {
    kanji: 'kanji',
    gaiji: 'gaiji',
    emoji: 'emoji',
    broken: 'broken',
    invisible: 'invisible',
    letter: 'letter',
    sign: 'sign',
    lineBreak: 'line break',
    delimiter: 'delimiter',
  },
  toDecide: 'For a person to decide',
  ask: 'A kanji or gaiji may be part of a name: ask before it is changed.',
  safe: 'Safe to mend',
  fixed: 'Mended',
  unreadable: 'Files that could not be read',
  notRead: 'Other files (not read)',
  written: 'Files written',
  to: (to) =>
    to === undefined ? 'nothing stands for it' : to === '' ? 'left out' : `-> ${shown(to, 'line break', 'space')}`,
  count: (count) => (count === 1 ? 'once' : `${count} times`),
  line: (line) => `line ${line}`,
  column: (number, name) => (name === undefined ? `column ${number}` : `column ${number} ${name}`),
  character: (number) => `character ${number}`,
  more: (count) => `and ${count} more`,
  all: 'Every place: --format json',
  howToFix: 'To mend what is safe: --fix --out PATH (--fix --in-place to write into the files themselves)',
  notFixed: 'Only JSON and CSV in UTF-8 can be mended. Unpack a ZIP first.',
  faults: {
    json: 'no JSON in UTF-8',
    'UTF-16': 'UTF-16 is not read. Save it as UTF-8 or MS932 (Shift_JIS)',
    'EUC-JP': 'EUC-JP is not read. Save it as UTF-8 or MS932 (Shift_JIS)',
  },
};

/** What would not be seen, in words. */
const shown = (text: string, lineBreak: string, space: string): string =>
  text === '\n' ? lineBreak : /^[ \u3000]+$/.test(text) ? space : text;

export const CHARACTERS_WORDS: Readonly<Record<Language, Words>> = { ja, en };
