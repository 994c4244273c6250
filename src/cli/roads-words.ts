import type { Language } from './io.js';

/** What is said of the roads and their journals. */
interface RoadsWords {
  readonly waiting: (via: string) => string;
  readonly locked: (via: string, seconds: number) => string;
  readonly damaged: (via: string, folder: string, offset: number | undefined) => string;
  readonly otherKeys: (via: string, keys: string) => string;
  readonly newer: (via: string) => string;
  readonly recovered: (bytes: number) => string;
}

const en: RoadsWords = {
  waiting: (via) => `another careplan works on ${via}: waiting for it`,
  locked: (via, seconds) =>
    `another careplan works on ${via}, and did not end within ${seconds} seconds: try again when it has`,
  damaged: (via, folder, offset) =>
    `the journal of ${via} is damaged${offset === undefined ? '' : ` (at byte ${offset})`}: put a backup in the place of ${folder}, or type careplan outbox repair --via ${via}`,
  otherKeys: (via, keys) =>
    `the journal of ${via} is sealed for other keys than those of ${keys}: put the file of those keys there, or name it with --keys`,
  newer: (via) => `the journal of ${via} was written by a later version of careplan: use that one`,
  recovered: (bytes) =>
    `an earlier careplan was interrupted while it wrote: ${bytes} bytes that were never confirmed are dropped`,
};

const ja: RoadsWords = {
  waiting: (via) => `別の careplan が ${via} を使用中です。終わるのを待っています。`,
  locked: (via, seconds) =>
    `別の careplan が ${via} を使用中で、${seconds}秒待っても終わりませんでした。終わってから、もう一度実行してください。`,
  damaged: (via, folder, offset) =>
    `${via} のジャーナルが壊れています${offset === undefined ? '' : `（${offset}バイト目）`}。${folder} を控えから戻すか、careplan outbox repair --via ${via} を実行してください。`,
  otherKeys: (via, keys) =>
    `${via} のジャーナルは ${keys} とは別の鍵で暗号化されています。その鍵のファイルを戻すか、--keys で指定してください。`,
  newer: (via) => `${via} のジャーナルは、より新しい版の careplan が書いたものです。その版を使ってください。`,
  recovered: (bytes) =>
    `以前の careplan が書き込みの途中で止まっていました。確定していなかった${bytes}バイトを取り除きました。`,
};

export const roadsWordsOf = (language: Language): RoadsWords => ({ ja, en })[language];
