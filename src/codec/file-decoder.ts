import { type EditionId, type FileKind, type Issue, issue } from '../schema/internal.js';
import { type Charset, detectCharset, firstWide } from './charset.js';
import type { CutRow } from './csv.js';
import { FileRows, type RowLine } from './file-rows.js';
import { type ReadText, readMs932 } from './ms932.js';
import { RecordReader } from './record-reader.js';
import { RowIndex } from './row-index.js';
import { RowIssues } from './row-issues.js';
import { readUtf8 } from './utf8.js';

/** The charset is told from so many bytes at the beginning, up to the last whole line among them. */
export const DETECTED = 1 << 20;
const LF = 0x0a;
const END_MARK = 0x1a;
const READERS: Readonly<Record<Charset, ReadText>> = { ms932: readMs932, 'utf-8': readUtf8 };

export interface FileDecoderOptions {
  readonly kind: FileKind;
  readonly file?: string;
  readonly charset?: Charset;
  readonly showValues?: boolean;
  /** How many bytes there will be, where that is known: how much is worth remembering. */
  readonly size?: number;
}

type Row = Record<string, unknown>;

/** What was read since the last call. */
export interface DecodedRows {
  readonly records: Row[];
  readonly rows: RowIndex;
  readonly issues: Issue[];
}

/** Decodes the bytes of one file, stretch by stretch: the same records and issues wherever the stretches end. */
export class FileDecoder {
  readonly charset: Charset | undefined;
  /** The charset for which the file is not read at all. */
  readonly refused: string | undefined;
  private readonly rows: FileRows;
  private readonly reader: RecordReader | undefined;
  private readonly issues: RowIssues;
  private readonly readText: ReadText;
  private out: { records: Row[]; rows: RowIndex };
  /** Issues of what is before the first row, and behind the last. */
  private opening: Issue[] = [];
  private closing: Issue[] = [];
  /** Where the first record of a known edition stands. */
  private first: { row: number; range: { start: number; end: number } } | undefined;
  private row = 0;
  private bytes: Uint8Array = new Uint8Array();
  /** Where these bytes begin in the file. */
  private base = 0;
  /** Bytes at the beginning that are no text: a byte order mark. */
  readonly bom: number;

  /** `beginning`: the first DETECTED bytes of the file, or all there are. */
  constructor(
    private readonly options: FileDecoderOptions,
    beginning: Uint8Array,
  ) {
    const { file, charset, showValues, kind, size = Number.POSITIVE_INFINITY } = options;
    const place = file === undefined ? {} : { file };
    this.out = { records: [], rows: new RowIndex() };
    this.issues = new RowIssues({ ...place, ...(showValues === undefined ? {} : { showValues }) });
    const isCount = (count: number): boolean => this.reader?.isCount(count) ?? true;
    this.rows = new FileRows((cut, start, end, line) => this.takeRow(cut, start, end, line), isCount);
    const detected = detectCharset(wholeLines(beginning));
    this.charset = charset ?? ('refused' in detected ? undefined : detected.charset);
    this.bom = 'bom' in detected ? detected.bom : 0;
    this.readText = READERS[this.charset ?? 'ms932'];
    if (this.charset === undefined) {
      this.refused = (detected as { refused: string }).refused;
      return;
    }
    if (this.charset !== 'ms932') {
      const range = this.bom > 0 ? { start: 0, end: this.bom } : firstWide(wholeLines(beginning));
      this.opening.push(issue('file.charset', { ...place, ...(range ? { range } : {}) }, { found: this.charset }));
    } else if (this.bom > 0) {
      this.opening.push(issue('file.byteOrderMark', { ...place, range: { start: 0, end: this.bom } }));
    }
    this.reader = new RecordReader(kind, this.readText, this.issues, size / TYPICAL_ROW);
  }

  get edition(): EditionId | undefined {
    return this.reader?.edition;
  }

  /** Where the first record of a known edition stands: what is told of the edition is told there. */
  get firstPlace(): Pick<Issue, 'row' | 'range'> {
    return this.first ?? {};
  }

  /** Whether every record so far is complete. */
  get complete(): boolean {
    return this.reader?.complete ?? false;
  }

  /**
   * Reads the whole rows of bytes that lie at `base` in the file; returns how many bytes were used up. The rest has to
   * be given again, with more behind it. `final`: nothing comes behind these.
   */
  feed(bytes: Uint8Array, base: number, final: boolean): number {
    const from = Math.max(0, this.bom - base);
    let limit = bytes.length;
    while (limit > from && bytes[limit - 1] === END_MARK) limit--;
    if (this.bytes !== bytes) this.reader?.forget();
    this.bytes = bytes;
    this.base = base;
    const used = this.rows.feed({ bytes, limit, final }, from);
    if (!final) return used;
    const { file } = this.options;
    const place = file === undefined ? {} : { file };
    if (limit < bytes.length) {
      this.closing.push(issue('file.endMark', { ...place, range: { start: base + limit, end: base + bytes.length } }));
    }
    if (this.row === 0) this.closing.push(issue('file.empty', place));
    return bytes.length;
  }

  /** What was read since the last call. */
  take(final: boolean): DecodedRows {
    const { records, rows } = this.out;
    this.out = { records: [], rows: new RowIndex() };
    const rowIssues = this.issues.take(final);
    const issues = this.opening;
    this.opening = [];
    for (const one of rowIssues) issues.push(one);
    for (const one of this.closing.splice(0)) issues.push(one);
    return { records, rows, issues };
  }

  private takeRow(cut: CutRow, start: number, end: number, line: RowLine | undefined): void {
    const { base, issues, out } = this;
    issues.begin(++this.row, start, end, base);
    if (line?.blank) issues.reportBlank();
    else {
      const record = this.reader?.read(cut, this.bytes, start, end, line);
      if (record) {
        out.records.push(record);
        out.rows.push(this.row, start + base, end + base);
        if (!this.first && this.edition) {
          this.first = { row: this.row, range: { start: start + base, end: end + base } };
        }
      }
      if (line?.lineEnd === 'none' && !issues.isOfRow('row.cutOff')) issues.report('csv.noFinalNewline');
    }
    if (line?.lineEnd === 'other') issues.reportOnce('csv.lineEnd');
  }
}

/** About so many bytes has a row, at the least. */
const TYPICAL_ROW = 60;

/** The bytes up to the last line end among them, where they may end in the middle of a character. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  if (bytes.length < DETECTED) return bytes;
  const end = bytes.subarray(0, DETECTED).lastIndexOf(LF);
  return bytes.subarray(0, end < 0 ? DETECTED : end + 1);
}
