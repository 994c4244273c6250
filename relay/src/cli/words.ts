export type Language = 'ja' | 'en';

/** What the command says, in both languages. */
export const WORDS = {
  en: {
    sandbox: (origin: string, folder: string) => `A sandbox listens on ${origin}; it keeps its data in ${folder}.`,
    offices: 'Two offices, with keys that everybody may know',
    says: { '0370100105-43': 'care management office', '0370100204-11': 'home help office' } as Record<string, string>,
    keys: (file: string) => `Their private keys: ${file}`,
    next: 'Type next, in another terminal:',
    look: 'what lies in the mailboxes, in a browser',
    inbox: 'the inbox of the second office',
    prove: 'send messages of every kind, and prove that they arrive',
    shown: 'all that was sent and what became of it',
    stop: 'Ctrl-C ends it.',
    relay: (origin: string) => `The relay listens on ${origin}.`,
    portTaken: (port: number) => `Port ${port} is taken by another program. Choose another one: --port 0 takes any.`,
    loopback: 'A sandbox listens on this machine only: leave --host away, or give 127.0.0.1.',
    registrar: 'A sandbox has a registrar of its own: start either with --sandbox or with --registrar.',
    sandboxDatabase: 'A sandbox keeps its data in its folder: leave --database away.',
    mode: 'Say which: --sandbox to try it out, or --registrar FILE --origin URL to run a relay.',
    origin:
      'A relay needs --origin: scheme, host and port as its clients write them, such as https://relay.example.jp.',
    allowOrigin: '--allow-origin takes origins, such as https://app.example.jp: scheme, host and port, nothing behind.',
    tls: '--tls-cert and --tls-key belong together; --tls-ca needs both.',
    noFile: (file: string) => `The file cannot be read: ${file}`,
    noJson: (file: string) => `The file is not a public key as JSON (JWK): ${file}`,
    noCertificate: (file: string) => `The file is no certificate (PEM): ${file}`,
    noAddress: (text: string) =>
      `This is no address; write office number and service type, as in 0370100105-43: ${text}`,
    officePut: (address: string) => `The directory has the entry of ${address}.`,
    officeRefused:
      'The entry is refused: it is not signed by the registrar, is none, or is older than the one that is there.',
    officeUnknown: (address: string) => `The directory does not have ${address}.`,
    officeStatus: (address: string, status: string) => `${address} is ${status}.`,
    certificatePut: (address: string) => `The certificate now stands for ${address}.`,
    certificateGone: (address: string) => `The certificate stands for ${address} no more.`,
    certificateUnknown: (address: string) => `The certificate does not stand for ${address}.`,
    auditOk: (entries: number, head: string) =>
      `The audit log is whole: ${entries} entries. Keep this head elsewhere: ${head}`,
    auditFaults: {
      missing: (seq: number) => `The audit log is not whole: entry ${seq} is missing.`,
      changed: (seq: number) => `The audit log was changed: entry ${seq} is not as it was written.`,
      chain: (seq: number) => `The audit log was changed: entry ${seq} does not follow the one before.`,
      head: (seq: number) => `The audit log was changed: after entry ${seq} it does not end as it must.`,
    },
    head: 'A head is NUMBER:HASH, as audit verify prints it.',
    noStore: (folder: string) => `There is no relay in this folder: ${folder}`,
    baseUrl: '--base-url is the origin of a relay, such as https://relay.example.jp.',
    noOffices: 'The file does not hold two offices with their signing keys, as a sandbox writes them.',
    proved: (passed: number, failed: number) => `${passed} as the protocol says, ${failed} not.`,
    noPg: 'PostgreSQL needs the package pg beside this one: npm install pg',
    newer: 'The database is of a newer version. Use the newer program.',
    failed: (code: string) => `The relay cannot start (${code}).`,
  },
  ja: {
    sandbox: (origin: string, folder: string) =>
      `サンドボックスを ${origin} で起動しました。データは ${folder} に置きます。`,
    offices: '二つの事業所があります（鍵は公開してよい試験用です）',
    says: { '0370100105-43': '居宅介護支援事業所', '0370100204-11': '訪問介護事業所' } as Record<string, string>,
    keys: (file: string) => `秘密鍵: ${file}`,
    next: '次に、別の端末で試してください:',
    look: 'メールボックスの中身をブラウザで見る',
    inbox: '二つ目の事業所の受信箱',
    prove: 'あらゆる送信を試し、届くことを確かめる',
    shown: '送ったものすべてと、その結果',
    stop: '終了するには Ctrl-C。',
    relay: (origin: string) => `中継サーバーを ${origin} で起動しました。`,
    portTaken: (port: number) =>
      `ポート ${port} は他のプログラムが使っています。別の番号を指定してください（--port 0 で空きを選びます）。`,
    loopback: 'サンドボックスはこの機械からしか使えません。--host を付けないか、127.0.0.1 を指定してください。',
    registrar: 'サンドボックスは自前の登録機関を持ちます。--sandbox と --registrar はどちらか一方にしてください。',
    sandboxDatabase: 'サンドボックスのデータはフォルダーに置きます。--database は付けないでください。',
    mode: 'どちらかを指定してください: 試すには --sandbox、運用するには --registrar FILE --origin URL。',
    origin:
      '--origin が必要です。利用者が書くとおりのスキーム・ホスト・ポートを指定してください（例 https://relay.example.jp）。',
    allowOrigin:
      '--allow-origin にはオリジン（スキーム・ホスト・ポート。例 https://app.example.jp）だけを指定してください。',
    tls: '--tls-cert と --tls-key は一緒に指定してください。--tls-ca には両方が必要です。',
    noFile: (file: string) => `ファイルを読めません: ${file}`,
    noJson: (file: string) => `公開鍵の JSON（JWK）ではありません: ${file}`,
    noCertificate: (file: string) => `証明書（PEM）ではありません: ${file}`,
    noAddress: (text: string) =>
      `宛先ではありません。事業所番号とサービス種類を 0370100105-43 のように書いてください: ${text}`,
    officePut: (address: string) => `${address} を名簿に登録しました。`,
    officeRefused: '登録できません。登録機関の署名がないか、形式が違うか、登録済みのものより古い内容です。',
    officeUnknown: (address: string) => `${address} は名簿にありません。`,
    officeStatus: (address: string, status: string) => `${address} は ${status} です。`,
    certificatePut: (address: string) => `証明書を ${address} のものとして登録しました。`,
    certificateGone: (address: string) => `証明書は ${address} のものではなくなりました。`,
    certificateUnknown: (address: string) => `証明書は ${address} のものとして登録されていません。`,
    auditOk: (entries: number, head: string) =>
      `監査記録に欠けも変更もありません（${entries} 件）。次の値を別の場所に控えてください: ${head}`,
    auditFaults: {
      missing: (seq: number) => `監査記録が欠けています: ${seq} 件目がありません。`,
      changed: (seq: number) => `監査記録が変更されています: ${seq} 件目が書かれたときと違います。`,
      chain: (seq: number) => `監査記録が変更されています: ${seq} 件目が前の記録につながりません。`,
      head: (seq: number) => `監査記録が変更されています: ${seq} 件目の後の終わり方が違います。`,
    },
    head: '控えの値は「番号:ハッシュ」です（audit verify が表示します）。',
    noStore: (folder: string) => `このフォルダーに中継サーバーのデータはありません: ${folder}`,
    baseUrl: '--base-url には中継サーバーのオリジンを指定してください（例 https://relay.example.jp）。',
    noOffices: 'ファイルに、署名鍵を持つ事業所が二つありません（サンドボックスが書く形式です）。',
    proved: (passed: number, failed: number) => `規約どおり ${passed} 件、違反 ${failed} 件。`,
    noPg: 'PostgreSQL を使うには pg パッケージも必要です: npm install pg',
    newer: 'データベースがより新しい版のものです。新しい版のプログラムを使ってください。',
    failed: (code: string) => `起動できません（${code}）。`,
  },
} as const;

/** The language asked for, or that of the system. */
export function languageOf(asked: string | undefined): Language {
  if (asked === 'ja' || asked === 'en') return asked;
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja') ? 'ja' : 'en';
}

/** Something that the user has to do otherwise: printed, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
