import type { LeftOutReason } from '../index.js';
import type { Language } from './io.js';

interface Words {
  files(count: number): string;
  readonly leftOut: Readonly<Record<LeftOutReason, string>>;
}

/** What the command says to people beside the messages of issues. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    files: (count) => `${count} ${count === 1 ? 'file' : 'files'}`,
    leftOut: {
      notExchanged: 'not sent: services of this type are not exchanged',
      noReceiver: 'not sent: no office is to receive it',
      ownOffice: 'not sent: it would go to the sender itself',
      unchanged: 'not sent again: nothing has changed',
      othersChanged: 'not sent again: only services of other offices have changed (--inform-others sends it)',
      absent: 'was sent before and is not among the documents now: left as it is',
    },
  },
  ja: {
    files: (count) => `${count}ファイル`,
    leftOut: {
      notExchanged: '送りません: 連携の対象でないサービス種類です',
      noReceiver: '送りません: 送る相手の事業所がありません',
      ownOffice: '送りません: 送信元自身が相手になります',
      unchanged: '送り直しません: 変わったところがありません',
      othersChanged: '送り直しません: 変わったのは他の事業所のサービスだけです（--inform-others で送ります）',
      absent: '以前に送りましたが、今回の文書にはありません: そのままにします',
    },
  },
};
