import type { Language } from './io.js';

/** What is said of key files. */
interface KeysWords {
  readonly made: (path: string, locked: boolean) => string;
  /** Made at first use by a command that needed keys. */
  readonly madeByItself: (path: string) => string;
  readonly exists: (path: string) => string;
  readonly missing: (path: string) => string;
  /** Missing, and there are journals that are sealed for them. */
  readonly lost: (path: string) => string;
  readonly needsPassphrase: (path: string) => string;
  readonly wrongPassphrase: (path: string) => string;
  readonly malformed: (path: string) => string;
  readonly open: (path: string) => string;
  readonly rotated: (path: string) => string;
  readonly newKey: (kid: string, use: string) => string;
  readonly oldKey: (kid: string, use: string) => string;
  readonly copy: (path: string) => string;
  readonly tell: string;
  readonly compacted: (count: number) => string;
  readonly notCompacted: (via: string, reason: string) => string;
  readonly uses: Readonly<Record<'sig' | 'enc', string>>;
  readonly head: readonly [kid: string, use: string, alg: string, from: string, to: string, about: string];
  readonly always: string;
  readonly expired: string;
  readonly revoked: string;
  readonly retired: string;
  readonly endsIn: (days: number) => string;
  /** Of a key that ends soon: what to type. */
  readonly rotate: string;
  /** Told by `send` and `receive` when the keys end within so many days. */
  readonly soon: (days: number) => string;
}

const en: KeysWords = {
  made: (path, locked) =>
    `keys made: ${path}${locked ? '' : ' (without a passphrase: whoever reads the file has the keys)'}\nkeep a copy of the file elsewhere: what is sealed for these keys nobody else can open`,
  madeByItself: (path) =>
    `keys made: ${path} (without a passphrase; careplan keys shows them): messages that wait are sealed for them`,
  exists: (path) => `${path} is there already and stays as it is: careplan keys rotate renews keys`,
  missing: (path) => `${path} is not there: careplan keys new makes keys, --keys FILE names others`,
  lost: (path) =>
    `${path} is not there, and messages are kept that are sealed for its keys: put a copy of it back, or name it with --keys`,
  needsPassphrase: (path) =>
    `${path} is locked by a passphrase: give --passphrase-file FILE, or CAREPLAN_PASSPHRASE in the environment`,
  wrongPassphrase: (path) => `${path} cannot be opened: another passphrase, or the file was changed`,
  malformed: (path) => `${path} is no file of keys: restore a copy, or name the right file with --keys`,
  open: (path) => `${path} can be read by others of this machine: take the rights away (chmod 600)`,
  rotated: (path) => `keys renewed: ${path}`,
  newKey: (kid, use) => `new key for ${use}: ${kid}`,
  oldKey: (kid, use) => `old key for ${use}: ${kid}`,
  copy: (path) => `the file as it was before is still beside: ${path}`,
  tell: 'give the new public keys to partners and registrar: careplan keys show --json',
  compacted: (count) => `${count} ${count === 1 ? 'journal is' : 'journals are'} wrapped for the new keys`,
  notCompacted: (via, reason) =>
    `the journal of ${via} is not wrapped for the new keys yet (${reason}): type careplan outbox compact --via ${via}`,
  uses: { sig: 'signing', enc: 'opening' },
  head: ['kid', 'use', 'alg', 'from', 'to', ''],
  always: '-',
  expired: 'expired',
  revoked: 'revoked',
  retired: 'retired: kept for what it signed',
  endsIn: (days) =>
    `ends in ${days} ${days === 1 ? 'day' : 'days'}${days <= 7 ? ': renew it now' : days <= 30 ? ': renew it soon' : ''}`,
  rotate: 'careplan keys rotate renews the keys',
  soon: (days) => `the keys end in ${days} days: careplan keys rotate renews them`,
};

const ja: KeysWords = {
  made: (path, locked) =>
    `鍵を作りました: ${path}${locked ? '' : '（パスフレーズなし: ファイルを読める人は鍵を使えます）'}\nファイルの控えを別の場所に保管してください。この鍵あてに暗号化したものは、ほかの誰にも開けません。`,
  madeByItself: (path) =>
    `鍵を作りました: ${path}（パスフレーズなし。careplan keys show で確認できます）。送信待ちのメッセージはこの鍵で暗号化します。`,
  exists: (path) => `${path} はすでにあり、そのまま残しました。鍵の更新は careplan keys rotate で行います。`,
  missing: (path) => `${path} がありません。careplan keys new で作るか、--keys FILE で指定してください。`,
  lost: (path) =>
    `${path} がありませんが、その鍵で暗号化したメッセージを保管しています。控えから戻すか、--keys で指定してください。`,
  needsPassphrase: (path) =>
    `${path} はパスフレーズで保護されています。--passphrase-file FILE か環境変数 CAREPLAN_PASSPHRASE で渡してください。`,
  wrongPassphrase: (path) => `${path} を開けません。パスフレーズが違うか、ファイルが変更されています。`,
  malformed: (path) =>
    `${path} は鍵のファイルではありません。控えから戻すか、--keys で正しいファイルを指定してください。`,
  open: (path) => `${path} はこのコンピューターの他の利用者も読めます。権限を外してください（chmod 600）。`,
  rotated: (path) => `鍵を更新しました: ${path}`,
  newKey: (kid, use) => `新しい鍵（${use}）: ${kid}`,
  oldKey: (kid, use) => `これまでの鍵（${use}）: ${kid}`,
  copy: (path) => `更新前のファイルがまだ隣にあります: ${path}`,
  tell: '新しい公開鍵を相手の事業所や登録機関に渡してください: careplan keys show --json',
  compacted: (count) => `${count}件のジャーナルを新しい鍵で包み直しました。`,
  notCompacted: (via, reason) =>
    `${via} のジャーナルはまだ新しい鍵で包み直していません（${reason}）。careplan outbox compact --via ${via} を実行してください。`,
  uses: { sig: '署名', enc: '復号' },
  head: ['kid', '用途', 'alg', '開始', '終了', ''],
  always: '-',
  expired: '期限切れ',
  revoked: '失効',
  retired: '引退（以前の署名の確認用）',
  endsIn: (days) =>
    `あと${days}日で期限${days <= 7 ? '（すぐに更新してください）' : days <= 30 ? '（まもなく更新してください）' : ''}`,
  rotate: '鍵の更新は careplan keys rotate で行います。',
  soon: (days) => `鍵の期限まであと${days}日です。careplan keys rotate で更新してください。`,
};

export const keysWordsOf = (language: Language): KeysWords => ({ ja, en })[language];
