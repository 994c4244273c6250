import type { LeftReason } from '../transport/folder/index.js';
import type { Language } from './io.js';

/** What the commands `send` and `receive` say. */
interface Texts {
  readonly sending: (index: number, count: number, serial: string) => string;
  /** How to send half a transmission all the same. */
  readonly incomplete: string;
  readonly handedOff: (count: number, folder: string) => string;
  readonly nothingToSend: string;
  /** After the error of a transmission that cannot be queued. */
  readonly notTaken: string;
  /** While the folder is looked at, for so many seconds. */
  readonly looking: (folder: string, seconds: number) => string;
  readonly received: (serial: string, from: string, files: number) => string;
  readonly total: (count: number, folder: string) => string;
  readonly exists: (name: string) => string;
  /** Of messages that were refused, or cannot be opened now: the codes of why. */
  readonly aside: (codes: string) => string;
  readonly left: (count: number, reason: string) => string;
  readonly reasons: Readonly<Record<LeftReason, string>>;
}

const ja: Texts = {
  sending: (index, count, serial) => `送信単位 ${index}/${count}（連番 ${serial}）`,
  incomplete: 'そろっていないまま送る場合は --incomplete を指定してください。',
  handedOff: (count, folder) => `${count}件の送信単位を ${folder} に置きました。ここからアップロードしてください。`,
  nothingToSend: '送るものはありません。',
  notTaken: 'この送信単位と、その後ろのものは預かっていません。直してから、もう一度実行してください。',
  looking: (folder, seconds) => `${folder} を見ています（${seconds}秒のあいだ変化がないか確かめます）`,
  received: (serial, from, files) => `連番 ${serial}（送信元 ${from}）: ${files}ファイルを受け取りました。`,
  total: (count, folder) => `${count}件の送信単位を ${folder} に書き出しました。`,
  exists: (name) => `${name} は内容の異なるものがすでにあります。この送信単位は受け取らずに残しました。`,
  aside: (codes) => `受け取れなかった送信単位があります: ${codes}`,
  left: (count, reason) => `${count}ファイルを残しました: ${reason}`,
  reasons: {
    name: '標準仕様のファイル名ではありません',
    hostile: 'ファイル名に使えない文字があります',
    'not-a-file': '通常のファイルではありません',
    changing: '書き込み中か、まだ確認が済んでいません',
    unreadable: '読み取れません（他のプログラムが使用中かもしれません）',
    incomplete: '同じ送信単位のファイルがそろっていません',
    unclear: '同じファイル名で内容の異なるものがあります',
    'other-mailbox': '宛先が異なります',
    'too-large': '大きすぎます',
    zip: 'ZIPファイルが壊れているか、暗号化されているか、安全ではありません',
  },
};

const en: Texts = {
  sending: (index, count, serial) => `transmission ${index} of ${count} (serial ${serial})`,
  incomplete: '--incomplete sends what there is.',
  handedOff: (count, folder) => `${count} transmissions are in ${folder}: upload them from there`,
  nothingToSend: 'there is nothing to send',
  notTaken: 'this transmission, and those behind it, were not taken over: mend it and send them again',
  looking: (folder, seconds) => `looking at ${folder}: files must look the same for ${seconds} seconds`,
  received: (serial, from, files) => `serial ${serial} from ${from}: ${files} files`,
  total: (count, folder) => `${count} transmissions written to ${folder}`,
  exists: (name) => `${name} is there already with other content: this transmission was not taken and stays`,
  aside: (codes) => `transmissions that were not taken: ${codes}`,
  left: (count, reason) => `${count} files were left: ${reason}`,
  reasons: {
    name: 'no file name of the standard',
    hostile: 'a name with characters that no file should have',
    'not-a-file': 'no regular file',
    changing: 'being written, or not looked at long enough',
    unreadable: 'cannot be read (another program may hold it)',
    incomplete: 'other files of the same transmission are missing',
    unclear: 'two files of one name with different content',
    'other-mailbox': 'for another address',
    'too-large': 'too large',
    zip: 'a ZIP that is damaged, encrypted or unsafe',
  },
};

export const textsOf = (language: Language): Texts => ({ ja, en })[language];
