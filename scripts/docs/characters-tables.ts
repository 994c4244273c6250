import { readFileSync } from 'node:fs';
import { isEncodable } from '../../src/codec/ms932.js';
import { replacementLines } from '../../test/support/replacements.js';
import { cell, table } from './markdown.js';

type Language = 'ja' | 'en';

/** Of each class: what it is, what becomes of it, and characters that a care record may have. */
const CLASSES = [
  {
    group: 'same',
    ja: ['同じ文字の別の符号', '自動で直して送ります（漢字は、送る前にご確認ください）'],
    en: ['another code of the same character', 'mended and sent (look at the kanji first)'],
    examples: '〜 − — ‖ ¥ · ❶ Ⅺ ㎖ ₂ ⾼ \ufa50',
  },
  {
    group: 'drop',
    ja: ['見えない文字、字形の指定', '取り除いて送ります（漢字の字形の指定は、送る前にご確認ください）'],
    en: ['invisible, or a choice of shape', 'left out and sent (look at the choice of shape of a kanji first)'],
    examples: '\u200b \ufeff \u00ad \u{e0100}',
  },
  {
    group: 'variant',
    ja: ['異体字に置き換えられる漢字', '人が決めます'],
    en: ['kanji with an accepted variant', 'a person decides'],
    examples: '𠮷 𣘺 鷗 頰 剝 瘦 摑 繫 噓 蟬 醬 麴 塡',
  },
  {
    group: 'approx',
    ja: ['見た目や読みが近い文字', '人が決めます'],
    en: ['looks or reads alike', 'a person decides'],
    examples: '㉑ ⑴ ⓪ ☑ ✔ ❌ ½ ² • – é ㋿ 📞',
  },
] as const;

/** Kanji of names that are asked about: those that can be sent, and those that cannot. */
const NAMES =
  '髙 \ufa11 濵 栁 德 邊 邉 惠 昻 \ufa19 \ufa10 𠮷 𣘺 𡈽 𠀋 鷗 \ufa50 \ufa5b 葛\u{e0100} 辻\u{e0100} \ue000';

const WORDS = {
  ja: {
    classes: ['種類', 'どんな文字か', '文字数', '送るとき', '例'],
    names: ['漢字', '符号', '送れるか', '代わりに送る文字'],
    yes: '送れる',
    no: '送れない',
    nothing: 'なし（かなか、別の漢字で）',
    drop: '取り除く',
    gaiji: '（外字）',
  },
  en: {
    classes: ['class', 'what it is', 'how many', 'when sent', 'examples'],
    names: ['kanji', 'code', 'can it be sent', 'what can be sent instead'],
    yes: 'yes',
    no: 'no',
    nothing: 'nothing: kana, or another kanji',
    drop: 'left out',
    gaiji: '(gaiji)',
  },
} as const;

const points = (text: string): string =>
  [...text].map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');

function classTable(language: Language): string {
  const words = WORDS[language];
  const lines = replacementLines();
  const example = (char: string, group: string): string => {
    const line = lines.get(char);
    if (line?.class !== group) throw new Error(`${points(char)} is not of the class ${group}`);
    const shown = /[\p{Cf}\p{Mn}]|[\uf900-\ufaff\u2f00-\u2fd5]/u.test(char) ? points(char) : char;
    return line.replacement === '' ? cell(shown) : `${cell(shown)} → ${cell(line.replacement)}`;
  };
  return table(
    words.classes,
    CLASSES.map(({ group, examples, ...says }) => [
      `\`${group}\``,
      ...says[language].slice(0, 1),
      String([...lines.values()].filter((line) => line.class === group).length),
      ...says[language].slice(1),
      examples
        .split(' ')
        .map((char) => example(char, group))
        .join('、'),
    ]),
  );
}

function nameTable(language: Language): string {
  const words = WORDS[language];
  const lines = replacementLines();
  return table(
    words.names,
    NAMES.split(' ').map((name) => {
      const can = isEncodable(name);
      const written = [...name].map((char) => (isEncodable(char) ? char : lines.get(char)?.replacement));
      const known = written.every((one) => one !== undefined);
      return [
        /\p{Co}/u.test(name) ? words.gaiji : name,
        points(name),
        can ? words.yes : words.no,
        can ? '' : known ? cell(written.join('')) : words.nothing,
      ];
    }),
  );
}

/** A guide with its tables written anew. */
export function charactersGuide(path: string, language: Language): string {
  const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const tables = { classes: classTable(language), names: nameTable(language) };
  return Object.entries(tables).reduce((text, [name, made]) => {
    const between = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!between.test(text)) throw new Error(`${path} has no place for the table ${name}`);
    return text.replace(between, (_, before: string, after: string) => `${before}\n${made}\n\n${after}`);
  }, page);
}
