import type { Language } from './io.js';

/** What the command `outbox` says beside the account of messages. */
interface OutboxWords {
  readonly nothing: (all: boolean) => string;
  readonly nothingKept: string;
  readonly road: (via: string) => string;
  readonly unknown: (id: string) => string;
  readonly ambiguous: (id: string) => string;
  readonly idForm: string;
  readonly noDecision: (id: string, state: string) => string;
  readonly running: (id: string) => string;
  readonly decided: Readonly<Record<'retry' | 'discard' | 'confirm', (id: string) => string>>;
  readonly behind: (via: string) => string;
  readonly refreshed: (asked: number, news: number) => string;
  readonly sound: (via: string, transactions: number) => string;
  readonly repaired: (via: string, lost: { bytes: number; records: number; kept: number; aside: string }) => string;
  readonly lostKeys: (count: number) => string;
  readonly afterRepair: string;
  readonly noCopy: (via: string, folder: string) => string;
  readonly compacted: (count: number) => string;
  readonly proof: ProofWords;
}

/** The lines of a proof in plain text. */
interface ProofWords {
  readonly title: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly serial: string;
  readonly standard: string;
  readonly state: string;
  readonly accepted: string;
  readonly digest: string;
  readonly manifest: string;
  readonly signed: string;
  readonly files: string;
  readonly bytes: string;
  readonly history: string;
  readonly byPerson: string;
}

const en: OutboxWords = {
  nothing: (all) => (all ? 'no messages' : 'nothing waits (--all lists what has gone as well)'),
  nothingKept: 'no road was used yet',
  road: (via) => `${via}:`,
  unknown: (id) => `there is no message ${id} in the outbox (careplan outbox list --all lists them)`,
  ambiguous: (id) => `several messages begin with ${id}: give more of the id, or --via`,
  idForm: 'an id is the first 8 characters or more of what careplan outbox list shows',
  noDecision: (id, state) => `there is nothing to decide about ${id}: it is ${state}`,
  running: (id) => `${id} is being sent: try again in a moment`,
  decided: {
    retry: (id) => `${id} is tried again`,
    discard: (id) => `${id} is given up: it will not be sent`,
    confirm: (id) => `${id} has arrived, as you say`,
  },
  behind: (via) => `to send what waits behind it: careplan send --via ${via}`,
  refreshed: (asked, news) => `asked about ${asked} ${asked === 1 ? 'message' : 'messages'}, news of ${news}`,
  sound: (via, transactions) => `the journal of ${via} is sound (${transactions} transactions): nothing was changed`,
  repaired: (via, { bytes, records, kept, aside }) =>
    `the journal of ${via} is repaired: ${kept} transactions are kept; lost are the last ${bytes} bytes, about ${records} transactions\nthe damaged one was put aside: ${aside}`,
  lostKeys: (count) => `${count} longer texts are lost: messages that need them cannot be sent (careplan outbox list)`,
  afterRepair:
    'a message that was sent meanwhile may go again, which the far side takes for the same message. Look at careplan outbox list, and send the files of messages again that it does not know',
  noCopy: (via, folder) => `the beginning of the journal of ${via} is damaged: put a backup in the place of ${folder}`,
  compacted: (count) => `${count} ${count === 1 ? 'journal was' : 'journals were'} written anew`,
  proof: {
    title: 'Record of a transmission',
    id: 'message',
    from: 'from',
    to: 'to',
    serial: 'serial',
    standard: 'standard',
    state: 'state',
    accepted: 'taken over',
    digest: 'SHA-256 of what was taken over',
    manifest: 'SHA-256 of the manifest',
    signed: 'signed receipts',
    files: 'files',
    bytes: 'bytes',
    history: 'what happened',
    byPerson: 'decided by a person',
  },
};

const ja: OutboxWords = {
  nothing: (all) =>
    all ? 'メッセージはありません。' : '待っているものはありません（--all で送信済みのものも表示します）。',
  nothingKept: 'まだどの経路も使われていません。',
  road: (via) => `${via}:`,
  unknown: (id) => `${id} のメッセージは送信箱にありません（careplan outbox list --all で一覧を表示します）。`,
  ambiguous: (id) => `${id} で始まるメッセージが複数あります。IDをもっと長く指定するか、--via を付けてください。`,
  idForm: 'IDは careplan outbox list が示すものの先頭8文字以上です',
  noDecision: (id, state) => `${id} について決めることはありません（${state}）。`,
  running: (id) => `${id} は送信中です。少し待ってから、もう一度実行してください。`,
  decided: {
    retry: (id) => `${id} をもう一度送ります。`,
    discard: (id) => `${id} の送信を取りやめました。送ることはありません。`,
    confirm: (id) => `${id} は届いていたものとして記録しました。`,
  },
  behind: (via) => `その後ろで待つものを送るには: careplan send --via ${via}`,
  refreshed: (asked, news) => `${asked}件を問い合わせ、${news}件に新しい知らせがありました。`,
  sound: (via, transactions) => `${via} のジャーナルに異常はありません（記録 ${transactions}件）。何も変えていません。`,
  repaired: (via, { bytes, records, kept, aside }) =>
    `${via} のジャーナルを修復しました。記録 ${kept}件を残し、末尾の ${bytes}バイト（記録 約${records}件）は失われました。\n壊れたものは別に保存しました: ${aside}`,
  lostKeys: (count) =>
    `長い内容 ${count}件が失われました。それを必要とするメッセージは送れません（careplan outbox list）。`,
  afterRepair:
    'その間に送ったものがもう一度送られることがありますが、相手側では同じメッセージとして扱われます。一覧にないメッセージは、ファイルをもう一度 send してください。',
  noCopy: (via, folder) => `${via} のジャーナルは先頭が壊れています。${folder} を控えから戻してください。`,
  compacted: (count) => `${count}件のジャーナルを書き直しました。`,
  proof: {
    title: '送信の記録',
    id: 'メッセージID',
    from: '送信元',
    to: '送信先',
    serial: '連番',
    standard: '標準仕様',
    state: '状態',
    accepted: '引き受けられた日時',
    digest: '引き受けられた内容のSHA-256',
    manifest: '目録のSHA-256',
    signed: '署名付きの受領証',
    files: 'ファイル',
    bytes: 'バイト',
    history: '経過',
    byPerson: '人の判断',
  },
};

export const outboxWordsOf = (language: Language): OutboxWords => ({ ja, en })[language];
