/** What a sentence about a character of a text is made of. */
export interface CharacterWords {
  /** `number` as people count; `shown` the character in quotes, or nothing where it cannot be seen. */
  where(number: number, shown: string, codePoints: string): string;
  readonly lineBreak: string;
  readonly delimiter: string;
  readonly broken: string;
  readonly gaiji: string;
  /** No replacement is known. */
  readonly none: string;
  /** Replaced, or left out where nothing is written, without loss. */
  safe(suggestion: string): string;
  /** Export would write so by itself, but a person should see it. */
  unasked(suggestion: string): string;
  variant(suggestion: string): string;
  approx(suggestion: string): string;
  left(count: number): string;
  over(count: number): string;
  count(count: number): string;
}

const ja: CharacterWords = {
  where: (number, shown, codePoints) => `${number}文字目${shown === '' ? '' : `「${shown}」`}（${codePoints}）: `,
  lineBreak: 'この項目に改行は入れられません。',
  delimiter: 'この項目にコンマ（,）と引用符（"）は入れられません。',
  broken: '壊れた文字です。入力し直してください。',
  gaiji: '外字です。ほかのパソコンでは表示できないため、送れません。かなか、別の漢字で入力してください。',
  none: '送れない文字です。代わりになる文字がないので、別の書き方にしてください。',
  safe: (to) =>
    to === '' ? '見えない文字です。取り除いて送ります。' : `「${to}」に直して送ります。読み方も意味も変わりません。`,
  unasked: (to) =>
    to === ''
      ? '送るときに取り除かれます。それでよいか確かめてください。'
      : `送ると「${to}」になります。字の形が変わることがあるので、それでよいか確かめてください。`,
  variant: (to) => `送れない漢字です。「${to}」なら送れます。人の名前のときは、変えてよいか確かめてください。`,
  approx: (to) => `送れない文字です。「${to}」なら送れます（見た目が変わります）。`,
  left: (count) => `あと${count}文字`,
  over: (count) => `${count}文字超えています`,
  count: (count) => `${count}文字`,
};

const characters = (count: number) => `${count} ${count === 1 ? 'character' : 'characters'}`;

const en: CharacterWords = {
  where: (number, shown, codePoints) => `character ${number}${shown === '' ? '' : ` "${shown}"`} (${codePoints}): `,
  lineBreak: 'no line break may stand here.',
  delimiter: 'no comma (,) and no quote (") may stand here.',
  broken: 'half a character, or one that was damaged. Enter it again.',
  gaiji: 'a user-defined character (gaiji), which no other computer shows. Write kana or another kanji.',
  none: 'cannot be sent, and nothing stands for it. Write it in another way.',
  safe: (to) =>
    to === '' ? 'invisible; it is left out when sent.' : `sent as "${to}", which reads and means the same.`,
  unasked: (to) =>
    to === ''
      ? 'left out when sent. See whether that is right.'
      : `becomes "${to}" when sent, which may look different. See whether that is right.`,
  variant: (to) => `a kanji that cannot be sent; "${to}" can. In a name, ask before it is changed.`,
  approx: (to) => `cannot be sent; "${to}" can, and looks different.`,
  left: (count) => `${characters(count)} left`,
  over: (count) => `${characters(count)} too many`,
  count: characters,
};

export const CHARACTER_WORDS = { ja, en } as const;
