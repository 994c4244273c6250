import type { OutboxState } from '../transport/outbox/index.js';
import type { Language } from './io.js';

/** What is said of messages of the outbox: how they stand, and what a person does. */
interface AccountWords {
  readonly states: Readonly<Record<OutboxState, string>>;
  readonly waits: (until: string) => string;
  readonly deadline: string;
  readonly earlier: (count: number, last: string) => string;
  /** A transmission that the far side, or a person, ended. */
  readonly ended: string;
  readonly open: (count: number) => string;
  readonly sendAgain: (via: string) => string;
  readonly decide: (id: string, via: string) => string;
  readonly doubt: (id: string, via: string) => string;
  readonly serial: (id: string, via: string, next: string | undefined) => string;
  /** Its files are not in the journal any more. */
  readonly lostFiles: (id: string, via: string) => string;
  readonly behind: string;
}

const en: AccountWords = {
  states: {
    queued: 'to be sent',
    sending: 'being sent',
    waiting: 'waiting',
    'in-doubt': 'in doubt: it may have arrived',
    'needs-person': 'needs a person',
    'handed-off': 'handed over',
    accepted: 'accepted',
    delivered: 'delivered',
    read: 'read',
    rejected: 'refused by the receiver',
    expired: 'expired',
    recalled: 'recalled',
    discarded: 'discarded',
  },
  waits: (until) => `waiting until ${until}`,
  deadline: 'it could not be sent within the time allowed',
  earlier: (count, last) =>
    `${count} transmissions were handed over before (the last at ${last}): they are not written again`,
  ended: 'it is not sent again: make the files anew, with a new serial',
  open: (count) => `${count} ${count === 1 ? 'transmission is' : 'transmissions are'} not handed over:`,
  sendAgain: (via) => `  to try again: careplan send --via ${via}`,
  decide: (id, via) =>
    `  when the cause is mended: careplan outbox retry ${id} --via ${via}\n  to give it up:            careplan outbox discard ${id} --via ${via}`,
  doubt: (id, via) =>
    `  ask the receiver. It has arrived:     careplan outbox confirm ${id} --via ${via}\n  it has not, send it again:            careplan outbox retry ${id} --via ${via}`,
  serial: (id, via, next) =>
    `  give it up: careplan outbox discard ${id} --via ${via}; then make the files anew${next === undefined ? ' with a new serial' : ` with the serial ${next}`}`,
  lostFiles: (id, via) =>
    `  its files are lost. Look whether it has arrived, then: careplan outbox discard ${id} --via ${via}\n  where it has not, make the files anew with a new serial`,
  behind: 'behind one that waits for a person',
};

const ja: AccountWords = {
  states: {
    queued: '送信待ち',
    sending: '送信中',
    waiting: '待機中',
    'in-doubt': '不明（届いているかもしれません）',
    'needs-person': '人の対応待ち',
    'handed-off': '引き渡し済み',
    accepted: '受付済み',
    delivered: '配達済み',
    read: '既読',
    rejected: '受信者が拒否',
    expired: '期限切れ',
    recalled: '取り消し',
    discarded: '破棄',
  },
  waits: (until) => `${until} まで待機中`,
  deadline: '決められた時間内に送れませんでした。',
  earlier: (count, last) =>
    `${count}件の送信単位は以前に引き渡し済みです（最後は ${last}）。もう一度書き出すことはしません。`,
  ended: 'もう一度送ることはありません。新しい連番でファイルを作り直してください。',
  open: (count) => `${count}件の送信単位をまだ引き渡していません。`,
  sendAgain: (via) => `  もう一度試すには: careplan send --via ${via}`,
  decide: (id, via) =>
    `  原因を取り除いたら: careplan outbox retry ${id} --via ${via}\n  送るのをやめるなら: careplan outbox discard ${id} --via ${via}`,
  doubt: (id, via) =>
    `  相手に確かめてください。届いていたら: careplan outbox confirm ${id} --via ${via}\n  届いていないので送り直すなら:         careplan outbox retry ${id} --via ${via}`,
  serial: (id, via, next) =>
    `  careplan outbox discard ${id} --via ${via} で取りやめ、${next === undefined ? '新しい連番' : `連番 ${next}`} でファイルを作り直してください。`,
  lostFiles: (id, via) =>
    `  保存していたファイルが失われています。届いているか確かめてから: careplan outbox discard ${id} --via ${via}\n  届いていなければ、新しい連番でファイルを作り直してください。`,
  behind: '人の対応を待つものの後ろ',
};

export const accountWordsOf = (language: Language): AccountWords => ({ ja, en })[language];
