import type { TransportErrorCode } from './error-codes.js';

const say = (ja: string, en: string) => Object.freeze({ ja, en });

/** What each code says to a person, without a word of the data. */
export const SENTENCES: Readonly<Record<TransportErrorCode, { readonly ja: string; readonly en: string }>> =
  Object.freeze({
    aborted: say('処理を中止しました。', 'the call was aborted'),
    'timeout.connect': say('接続が時間内にできませんでした。', 'no connection within the time allowed'),
    'timeout.response': say(
      '応答が時間内にありませんでした。届いているかどうかを確認してください。',
      'no answer within the time allowed: the message may have arrived',
    ),
    'timeout.body': say(
      '本文の受け渡しが時間内に終わりませんでした。',
      'the body did not pass within the time allowed',
    ),
    'network.unreachable': say('接続先に到達できません。', 'the far side cannot be reached'),
    'network.dns': say('接続先の名前を解決できません。', 'the name of the far side cannot be resolved'),
    'network.tls': say(
      '安全な接続を確立できません。証明書を確認してください。',
      'no secure connection: check certificates',
    ),
    'network.reset': say(
      '接続が切れました。届いているかどうかを確認してください。',
      'the connection broke: the message may have arrived',
    ),
    'network.truncated': say('応答が途中で終わりました。', 'the answer ended before its end'),
    protocol: say('応答が約束の形式ではありません。', 'the answer is not of the agreed form'),
    'auth.expired': say('認証の有効期限が切れました。', 'the credential has expired'),
    'auth.interaction-required': say('人によるログインが必要です。', 'a person must log in'),
    'auth.denied': say('この操作は許可されていません。', 'this is not allowed'),
    'clock-skew': say('時計が合っていません。', 'the clocks differ'),
    'address.unknown': say('宛先の事業所が登録されていません。', 'the receiver is not registered'),
    'address.inactive': say('宛先の事業所は受け取れない状態です。', 'the receiver does not take messages now'),
    'address.self': say('送信元と送信先が同じです。', 'sender and receiver are the same'),
    'key.unknown': say('宛先の鍵がありません。', 'the receiver has no key'),
    'key.untrusted': say('宛先の鍵を信頼できません。', "the receiver's key is not trusted"),
    'key.expired': say('鍵の有効期限が切れています。', 'the key has expired'),
    'key.revoked': say('鍵は失効しています。', 'the key is revoked'),
    'message.conflict': say(
      '同じIDで内容の異なるものがすでに送られています。',
      'another content was sent under this id',
    ),
    'message.invalid': say('送る内容の形が正しくありません。', 'the message is malformed'),
    'message.unknown': say('該当するものはここにありません。', 'there is no such message here'),
    'serial.conflict': say(
      'この連番はすでに使われています。新しい連番で作り直してください。',
      'the serial is taken: encode again with a new one',
    ),
    'receipt.conflict': say('別の受領結果がすでに記録されています。', 'another receipt is recorded already'),
    'combination.invalid': say('ファイルの組み合わせが正しくありません。', 'these files do not go together'),
    'standard.unsupported': say('この版の標準仕様は扱えません。', 'this edition of the standard is not carried'),
    'integrity.wire': say('受け渡しの途中で内容が変わりました。', 'the bytes changed on the way'),
    'integrity.content': say(
      '内容が申告された大きさやハッシュ値と一致しません。',
      'the bytes are not those that were declared',
    ),
    decrypt: say('復号できません。', 'it cannot be decrypted'),
    signature: say('署名が正しくありません。', 'the signature is wrong'),
    'manifest.mismatch': say('目録と内容が一致しません。', 'manifest and content differ'),
    'too-large': say('大きすぎるため送れません。', 'it is too large'),
    'quota.mailbox': say('宛先の受信箱がいっぱいです。', "the receiver's mailbox is full"),
    'rate-limited': say('回数の制限を超えました。しばらく待ってください。', 'too many requests: wait'),
    unavailable: say('接続先は一時的に利用できません。', 'the far side is not available for the moment'),
    'gone.expired': say('保存期間が過ぎています。', 'it has expired'),
    'gone.recalled': say('送信者が取り消しました。', 'the sender has recalled it'),
    'recall.too-late': say('すでに受け取られたため取り消せません。', 'too late to recall: it was fetched'),
    business: say('接続先が業務エラーを返しました。', 'the far side answered with an error of its own'),
    'storage.full': say('保存先の空き容量が足りません。', 'the disk is full'),
    'storage.io': say('保存先に読み書きできません。', 'the disk cannot be read or written'),
    'storage.locked': say('ファイルが他のプログラムで使用中です。', 'a file is in use by another program'),
    'storage.damaged': say(
      '保存されたデータが壊れています。控えから戻すか、確認のうえ修復してください。',
      'what was stored is damaged: restore a copy, or repair it knowingly',
    ),
    unsupported: say('この方法では対応していません。', 'this transport cannot do that'),
    closed: say('すでに閉じています。', 'the transport is closed'),
    config: say('設定または引数が正しくありません。', 'an option or argument is wrong'),
    internal: say('予期しないエラーが起きました。', 'an unexpected error'),
  });
