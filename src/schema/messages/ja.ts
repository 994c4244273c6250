import type { IssueDetails } from '../issue.js';
import type { PlacedColumn } from '../layout.js';
import type { Messages } from './messages.js';

const found = (d: IssueDetails) => (d.found === undefined ? '' : `（値の形: ${d.found}）`);
const points = (d: IssueDetails) => (d.codePoints ?? []).join(' ');
const at = (d: IssueDetails) => (d.index === undefined ? '' : `${d.index + 1}文字目の`);
const or = (marker: string | undefined) => (marker === undefined ? '' : `、または ${marker}`);

const kinds: Messages['kinds'] = {
  month: (k) => k.constant ?? `YYYYMM の年月（6桁）${or(k.marker)}`,
  date: (k) => `YYYYMMDD の実在する日付（8桁）${or(k.marker)}`,
  time: (k) => `HHMM の時刻（0000～2359）${or(k.marker)}`,
  int: (k) => (k.length === null ? '0以上の整数' : `${k.length}桁以内の整数`),
  decimal: () => '99.99 の形の数（小数点以下2桁）',
  code: (k) =>
    `コード ${Object.keys(k.codes ?? {})
      .sort()
      .join('、')} のいずれか`,
  digits: (k) => `数字${k.length}桁`,
  insured: () => '数字10桁、または H と数字9桁',
  office: () => '事業所番号10桁（3文字目のみ英大文字可）',
  serviceType: () => 'サービス種類コード2桁',
  serviceCode: () => 'サービスコード6桁（数字・英大文字）',
  tais: () => '「99999-999999」の形の12文字',
  flags31: () => '0と1だけの31文字',
  postal: () => '「999-9999」の形の郵便番号',
  phone: (k) => `${k.length}文字以内（カンマ・引用符・改行なし）`,
  string: (k) => `${k.length}文字以内（カンマ・引用符・改行なし）`,
  text: (k) => (k.length === null ? '文字列' : `${k.length}文字以内の文字列`),
  unused: () => '空',
};

/** 値と、あるべき値（値を示すよう求められたとき） */
const against = (d: IssueDetails) =>
  d.found === undefined || d.expected === undefined ? '' : `（${d.found}、正しくは ${d.expected}）`;
const overBy = (d: IssueDetails) =>
  d.found === undefined || d.expected === undefined ? '' : `（${d.found}、限度 ${d.expected}）`;

const expected = (d: IssueDetails, c: PlacedColumn | undefined) => d.expected ?? (c ? kinds[c.kind.type](c.kind) : '');

export const ja: Messages = {
  where({ file, row, column, columnName, path }) {
    const parts: string[] = [];
    if (path !== undefined && path !== '') parts.push(path);
    if (file !== undefined) parts.push(file);
    if (row !== undefined) parts.push(`${row}行目`);
    if (column !== undefined) parts.push(`${column}列目「${columnName ?? ''}」`);
    return parts.length === 0 ? '' : `${parts.join(' ')}: `;
  },
  readAllTheSame: '今回は読み取りました。',
  kinds,
  codes: {
    'cell.required': (d, c) => `必須項目が空です。${expected(d, c)}を入力してください。`,
    'cell.length': (d, c) => `文字数が合いません${found(d)}。${expected(d, c)}にしてください。`,
    'cell.form': (d, c) => `形式が違います${found(d)}。${expected(d, c)}にしてください。`,
    'cell.calendar': (d, c) => `実在しない日付・時刻です${found(d)}。${expected(d, c)}にしてください。`,
    'cell.code': (d, c) => `コード表にないコードです${found(d)}。${expected(d, c)}にしてください。`,
    'cell.version': (d, c) => `この版の CSVバージョンではありません（${d.found}）。${expected(d, c)} にしてください。`,
    'cell.leadingZeros': (d) =>
      `数値の先頭に余分な0があります${found(d)}。0を除いて読みました。書き出すときは付けません。`,
    'cell.decimals': (d, c) =>
      `小数点以下の桁数が違います${found(d)}。値は読みました。${expected(d, c)}にしてください。`,
    'cell.unusualLength': (d) => `通常より桁数の多い値です${found(d)}。値は読みました。ご確認ください。`,
    'cell.unusualForm': (d) => `事業所番号ではない値です${found(d)}。値はそのまま読みました。ご確認ください。`,
    'cell.spaces': (d) => `値の前後に空白があります${found(d)}。除いて読みました。送信元で空白を除いてください。`,
    'cell.fullWidth': (d) => `全角文字があります${found(d)}。半角として読みました。送信元で半角にしてください。`,
    'cell.blank': () => '空白だけの項目です。空として読みました。送信元で空にしてください。',
    'cell.unused': (d) => `使用しない項目に値があります${found(d)}。空にしてください。`,
    'cell.bare': (d) => `引用符で囲まない項目に、カンマ・引用符・改行があります${found(d)}。これらを除いてください。`,
    'cell.type': (d, c) => `値の型が違います（${d.found}）。${expected(d, c)}を表す値にしてください。`,
    'cell.emptyString': () => '空文字列は値ではありません。値がないときはプロパティを省いてください。',
    'record.unknownColumn': (d) => `この様式にない項目名です（${d.found}）。綴りを確かめるか、除いてください。`,
    'record.raw': (d) =>
      `読み取れなかった項目（${d.found}）が $raw に残っています。正しい値を入れ、$raw を除いてください。`,
    'record.type': () => 'レコードがオブジェクトではありません。項目名と値の組を渡してください。',
    'row.missingColumns': (d) =>
      `列が足りません（${d.found}列）。${d.expected}列にしてください。ない列は空として読みました。`,
    'row.surplusColumns': (d) =>
      `列が多すぎます（${d.found}列）。${d.expected}列にしてください。余分な値は $raw に残しました。`,
    'row.header': () =>
      '見出し行があります。データとしては読みません。送信元で見出し行を出力しないようにしてください。',
    'char.necSelected': (d) =>
      `${at(d)} ${points(d)} は古い符号（NEC選定IBM拡張文字）で書かれています。正しく読みました。対応は不要です。`,
    'row.cutOff': () =>
      'ファイルがこの行の途中で終わっています。揃っている項目は読みました。送信元にファイルの再送を依頼してください。',
    'row.unreadable': (d) =>
      d.found === d.expected
        ? 'レコードではない行です（CSVバージョンがなく、値も項目に合いません）。$raw に残しました。送信元にご確認ください。'
        : `レコードとして読めない行です（${d.found}列）。${d.expected}列にしてください。$raw に残しました。送信元にご確認ください。`,
    'row.edition': (d) =>
      `この行（と続く同じ版の行）は${d.found}版、前の行は${d.expected}版です。この行の版で読みました。CSVバージョンは一つのファイルで揃えてください。`,
    'file.nameEdition': (d) =>
      `ファイル名は${d.expected}版の形ですが、内容は${d.found}版です。内容の版で読みました。送信元にご確認ください。`,
    'csv.lineEnd': () => '行末が CRLF ではありません。行としては読みました。CRLF にしてください。',
    'csv.noFinalNewline': () =>
      '最後の行に改行がありません。行としては読みました。ファイルが途中で切れていないかご確認ください。',
    'csv.blankLine': () => '空行です。読み飛ばしました。空行を除いてください。',
    'csv.quotes': () => '引用符が正しく閉じられていません。この行の値を送信元にご確認ください。',
    'csv.unquotedText': () =>
      '文字項目が引用符で囲まれていません（この列と以降の行も同様のことがあります）。読み取りには影響しません。',
    'csv.quotedCell': () =>
      '文字項目以外が引用符で囲まれています（この列と以降の行も同様のことがあります）。読み取りには影響しません。',
    'char.replaced': (d) => `${at(d)} ${points(d)} は送信できない文字のため「${d.replacement}」に置き換えました。`,
    'char.unencodable': (d) =>
      `${at(d)} ${points(d)} は MS932 にない文字で、送信できません。別の文字に置き換えてください。`,
    'char.loneSurrogate': (d) =>
      `${at(d)} ${points(d)} は壊れた文字（片方だけのサロゲート）です。入力し直してください。`,
    'char.answer': (d) =>
      `${at(d)} ${points(d)} の置き換え先も MS932 で書けません。onUnencodable の返す文字列を見直してください。`,
    'char.gaiji': (d) =>
      `${at(d)} ${points(d)} は外字です。送信元でしか表示できません。送信元に正しい文字をご確認ください。`,
    'char.broken': (d) => `${at(d)}文字として読めないバイトがあります。送信元に正しい値をご確認ください。`,
    'file.charset': (d) =>
      `文字コードが MS932 ではなく ${d.found} です。内容は読みました。送信元で MS932（Shift_JIS）にしてください。`,
    'file.byteOrderMark': () =>
      'MS932 のファイルの先頭に UTF-8 のバイト順マーク（BOM）があります。無視しました。送信元で付けないようにしてください。',
    'file.refused': (d) =>
      `文字コード ${d.found} は読めません。MS932（Shift_JIS）で保存し直したファイルを受け取ってください。`,
    'file.endMark': () => 'ファイルの末尾に 0x1A（EOF記号）があります。無視しました。送信元で除いてください。',
    'file.empty': () => 'ファイルが空です。記録がない場合はファイルを作らないでください。',
    'file.kind': (d) =>
      `ファイルの種類がわかりません（${d.found ?? ''}）。ファイル名を規格どおりにするか、種類（kind）を指定してください。`,
    'file.edition': (d) =>
      `CSVバージョン ${d.found} のファイルは、まだ読めません。${d.expected} のファイルを受け取ってください。`,
    'name.form': () => '規格のファイル名ではありません。種類・年月・送信元・送信先・連番がわかる名前に戻してください。',
    'name.notOurs': () => 'ケアプランデータのファイル名ではないため、読み飛ばしました。',
    'name.kind': (d) =>
      `ファイル名の種類（${d.found}）と指定された種類（${d.expected}）が違います。指定された種類として読みました。ご確認ください。`,
    'name.renamed': (d) =>
      d.expected === undefined
        ? 'ファイル名が変更されています。わかる内容は読みました。送信元が付けた名前のまま使ってください。'
        : `ファイル名が変更されています。「${d.expected}」として読みました。送信元が付けた名前のまま使ってください。`,
    'name.month': (d) =>
      d.expected === undefined
        ? `この種類のファイル名に年月は付きません（${d.found}）。無視しました。送信元で除いてください。`
        : `ファイル名の年月が正しくありません（${d.found ?? 'なし'}）。送信元で ${d.expected} にしてください。`,
    'name.officeNumber': (d) =>
      `ファイル名の事業所番号が10桁ではありません（${d.found}）。そのまま読みました。送信元にご確認ください。`,
    'name.serviceType': (d) => `ファイル名のサービス種類が表にありません（${d.found}）。送信元にご確認ください。`,
    'name.edition': (d) =>
      `${d.expected}版ではなく${d.found}版の形のファイル名です。名前は読みました。内容も${d.found}版かご確認ください。`,
    'name.serial': (d) => `ファイル名の連番が日時になっていません（${d.found}）。送信元にご確認ください。`,
    'name.sender': (d) =>
      `この種類のファイルはサービス事業所が送るものですが、送信元の種類が ${d.found} です。送信元にご確認ください。`,
    'name.parts': (d) =>
      d.expected === undefined
        ? `ファイル名を作れません: この種類のファイル名に ${d.found} は入りません。除いてください。`
        : `ファイル名を作れません: ${d.found} がないか、正しくありません。${d.expected} にしてください。`,
    'transmission.duplicate': (d) => `同じ種類のファイルが二つあります（${d.found}）。一つにしてください。`,
    'transmission.month': (d) => `ファイル名に年月が要る種類です（${d.found}）。month に YYYY-MM を渡してください。`,
    'transmission.unit': () => '前にあるものと同じ送信単位では送れません。別の送信にしてください。',
    'transmission.edition': (d) =>
      `この年月は ${d.found}版ではなく ${d.expected}版の対象です。edition: '${d.expected}' を指定してください。`,
    'transmission.months': (d) =>
      `一つの送信に入れられる対象年月は一つです（ここでは ${d.expected}）。ほかの月は別に送ってください。`,
    'transmission.incomplete': (d) =>
      `${d.expected} がなく、送信単位がそろっていません。加えてください。このまま送る場合は allowIncomplete（--incomplete）を指定してください。`,
    'zip.directory': () =>
      'ZIPの目次が壊れているか、途中で切れています。見つかったファイルは読みました。ZIPの再送を依頼してください。',
    'zip.entry': () =>
      'ZIPの中のこのファイルが壊れているか、途中で切れています。読みませんでした（ほかのファイルは読みました）。再送を依頼してください。',
    'zip.checksum': () =>
      'ZIPのチェックサムが合いません。圧縮したときの内容と違うため、このファイルは読みませんでした。再送を依頼してください。',
    'zip.encrypted': () =>
      'パスワード付きのファイルです。読みませんでした。パスワードで展開してから渡すか、パスワードなしのものを受け取ってください。',
    'zip.method': (d) =>
      `対応していない方法で圧縮されています（${d.found}）。Windows標準の形式のZIPで受け取ってください。`,
    'zip.tooLarge': (d) =>
      `ZIPから読む大きさの上限を超えます（残り ${d.expected} バイト）。信頼できるものなら自分で展開するか、上限を上げてください。`,
    'zip.ratio': (d) =>
      `圧縮前の大きさが圧縮後の${d.expected}倍を超えます。害を与えるためのZIPの疑いがあり、読みませんでした。送信元にご確認ください。`,
    'zip.tooMany': (d) =>
      `ZIPのファイルが上限の${d.expected}件より多くあります。残りは読みませんでした。いくつかのZIPに分けてください。`,
    'zip.traversal': () =>
      'ZIPの中のパスがフォルダーの外（..）を指しています。害を与えるためのZIPの疑いがあり、読みませんでした。送信元にご確認ください。',
    'zip.path': () =>
      'ZIPの中のパスがフォルダー内のものではありません。フォルダー内の部分だけを使います。ドライブ名や先頭の / を付けずに圧縮してください。',
    'zip.duplicate': () =>
      'ZIPに同じ名前のファイルが二つあります。どちらが正しいか送信元に確かめ、一つにしてください。',
    'zip.nested': () => 'ZIPの中のZIPです。開きません。外側のZIPを先に展開してください。',
    'zip.empty': () => 'ケアプランデータのファイルがないZIPです。正しいファイルかご確認ください。',
    'state.olderPart': (d) =>
      `${d.found} は、それが属する ${d.expected} より古いものです（訂正に含まれていませんでした）。まだ有効か、送信元にご確認ください。`,
    'document.form': (d) => `値の型または形が違います（${d.found}）。文書の JSON Schema をご覧ください。`,
    'document.unknown': () => '文書にこの名前のプロパティはありません。綴りを確かめるか、除いてください。',
    'document.empty': () => '空です。要素を加えるか、それを含むものごと省いてください。',
    'document.order': () =>
      '番号は重複のない昇順でなければなりません（受け手は番号で並べ替えます）。印刷される順に振り直してください。',
    'document.equalGoals': () =>
      '第2表では、すぐ上の短期目標と区別できません。内容か期間を変えるか、一つにまとめてください。',
    'document.equalLines': (d) => `日以外が ${d.expected} と同じ行です。日を一つの行にまとめてください。`,
    'document.outsideMonth': (d) => `対象年月（${d.expected}）にない日です。日または年月を直してください。`,
    'document.otherOffice': (d) =>
      `実績は一つの事業所・一つのサービス種類ごとです（ここでは ${d.expected}）。この行は別の実績にしてください。`,
    'document.serviceType': (d) =>
      `サービスコードの先頭2桁（${d.found}）がサービス種類の表にありません。コードを直してください。`,
    'document.duplicate': (d) => `${d.expected} と同じキーの文書です。一つにしてください。`,
    'document.supplement': () => '一緒に送る利用者補足情報がありません。serviceUser.supplement を加えてください。',
    'document.image': (d) =>
      d.found === undefined
        ? '画像がありません。JPEG を base64 で加えるか、familyImage を省いてください。'
        : `画像ファイル名が規格の形ではありません（${d.found}）。代わりに familyImage を設定してください。`,
    'document.unreadable': () =>
      'この文書には読み取れない部分があるため、文書にしませんでした。行は rest に残しました。正しいファイルを送信元に依頼してください。',
    'document.head': (d) =>
      `この行が属する文書の ${d.expected} がありません。行は rest に残しました。一式を送信元に依頼してください。`,
    'document.number': () =>
      '番号がないため、どこに属する行かわかりません。行は rest に残しました。送信元にご確認ください。',
    'document.strayImage': () =>
      'どの記録にも名前のない画像です。文書とは別に残しました。だれのものか送信元にご確認ください。',
    'document.rest': (d) =>
      `どの文書にも属さない行または画像が ${d.found} 件あり、このまま書き出すと失われます。不要なら取り除いてください。`,
    'document.unusedKey': (d) =>
      `ここでは使わないキー項目に値があります。無視しました。送信元で ${d.expected} にしてください。`,
    'document.otherInsurer': (d) =>
      `以前に送った ${d.expected} では、この利用者の保険者番号が違います。変わった場合は、以前のものを取り下げてください（これでは置き換わりません）。`,
    'document.differs': () =>
      '一つの文書の中で、行によって値が違います。最初に記入された値を採りました。送信元にご確認ください。',
    'document.emptyRow': () => 'だれのものか以外に何も書かれていない行です。rest に残しました。',
    'document.mixedRow': () =>
      'サービス・活動・週単位以外のサービスが一行に書かれています。別々のものとして読みました。',
    'statement.units': () =>
      '単位数がないため、別表を作れません。1回あたりの単位数を入れてください（単位数のないサービスは 0）。',
    'statement.serviceType': () => 'サービスコードの種類がサービス種類の表にありません。先頭の2文字を直してください。',
    'statement.option': (d) => `別表の計算に使えない値です。${d.expected ?? '範囲内の値'} を指定してください。`,
    'statement.discount': () =>
      '単位数が、割引前の単位数に割引後率を掛けた整数になっていません。第6表の単位数は割引後の値です。単位数か割引を直してください。',
    'statement.overLimit': (d) =>
      `計画の単位数が限度を超えています${overBy(d)}。どのサービスの何単位を超過とするか、overLimit に指定してください。`,
    'statement.excess': (d) =>
      `overLimit の単位数の合計が、限度を超える単位数と一致しません${against(d)}。超過する単位数に合わせてください。`,
    'statement.excessService': () =>
      'この事業所・サービス種類には限度内の単位数がそれだけないか、すでに指定されています。計画の単位数以内で一度だけ指定してください。',
    'statement.sum': (d) => `集計した行の合計と一致しません${against(d)}。別表を計算し直すか、送信元にご確認ください。`,
    'statement.arithmetic': (d) =>
      `同じ行のほかの値から計算した結果と一致しません${against(d)}。単位数・回数・単価・給付率をご確認ください。`,
    'statement.emptyColumn': () =>
      '合計行の、0 または空であるべき項目に値があります。単位数は 0、割引の項目は空にしてください。',
    'statement.missingRow': (d) =>
      `必須の行がありません${d.expected === undefined ? '' : `（${d.expected}）`}。合計行を加えてください。`,
    'statement.repeatedRow': () => '同じ行を集計した合計行が二つあります。一つにしてください。',
    'statement.noRows': () => 'この種類の明細行がないのに合計行があります。合計行を除くか、明細行を加えてください。',
    'reconcile.otherInsurer': (d) =>
      `実績（${d.found}）の保険者番号が利用票と違います。被保険者番号で照合しました。同じ利用者か（住所地特例など）ご確認ください。`,
    'reconcile.ambiguous': (d) =>
      `実績（${d.found}）と保険者番号の合う利用票がなく、被保険者番号の同じ利用票が複数あります。照合しませんでした。保険者番号を直してください。`,
    'reconcile.unrelated': (d) =>
      `実績（${d.found}）は、利用票の利用者・年月のものではありません。照合から除きました。該当する実績を渡してください。`,
  },
};
