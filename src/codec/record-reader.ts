import {
  CSV_VERSIONS,
  EDITIONS,
  type Edition,
  type EditionId,
  Fault,
  type FileKind,
  type Layout,
  narrow,
} from '../schema/internal.js';
import type { CutRow } from './csv.js';
import type { RowLine } from './file-rows.js';
import { layoutOf } from './kinds.js';
import type { ReadText } from './ms932.js';
import type { RowIssues } from './row-issues.js';
import { cellTexts, firstText, RowReader } from './row-reader.js';

type Row = Record<string, unknown>;

/** An edition that has the kind of file. Its reader is made when a row is of it. */
class EditionReader {
  private made: RowReader | undefined;

  constructor(
    readonly edition: Edition,
    readonly layout: Layout,
    private readonly make: (layout: Layout) => RowReader,
  ) {}

  get reader(): RowReader {
    this.made ??= this.make(this.layout);
    return this.made;
  }

  get complete(): boolean {
    return this.made?.complete ?? true;
  }

  forget(): void {
    this.made?.forget();
  }
}

/**
 * Reads the rows of one file into records, each by the edition that its csvVersion names. A file has one edition, that of
 * its first record; a row of another is read by its own, with an issue.
 */
export class RecordReader {
  /** The edition of the first record; undefined before it, and where no table of it is known. */
  edition: EditionId | undefined;
  private unread = false;
  /** Whether a row had a csvVersion of which no table is known: told once a file. */
  private unknown = false;
  private readonly readers: readonly EditionReader[];
  private readonly counts: ReadonlySet<number>;
  private readonly firstName: string;
  private readonly names: ReadonlySet<string>;
  /** The reader of the row above. */
  private current: EditionReader | undefined;

  constructor(
    kind: FileKind,
    private readonly readText: ReadText,
    private readonly issues: RowIssues,
    rows: number,
  ) {
    const make = (layout: Layout) => new RowReader(layout, readText, issues, rows);
    this.readers = EDITIONS.flatMap((edition) => {
      const layout = layoutOf(kind, edition.id as EditionId);
      return layout ? [new EditionReader(edition, layout, make)] : [];
    });
    this.counts = new Set(this.readers.map(({ layout }) => layout.placed.length));
    const columns = this.readers[0]?.layout.placed ?? [];
    this.names = new Set(columns.flatMap(({ ja, name }) => [narrow(ja), name]));
    this.firstName = narrow(columns[0]?.ja ?? '');
  }

  /** Whether every record so far is complete, and of the edition of the first. */
  get complete(): boolean {
    return !this.unread && this.readers.every(({ complete }) => complete);
  }

  /** The next row lies in another buffer. */
  forget(): void {
    for (const one of this.readers) one.forget();
  }

  /** The record of a row; undefined for a header before the first record. `bytes` are those that the row lies in. */
  read(cut: CutRow, bytes: Uint8Array, start: number, end: number, line?: RowLine): Row | undefined {
    if (line?.cutOff && (line.badQuotes || this.isShort(cut))) return this.readCutOff(bytes, end, line.cutOff);
    const version = this.isLikeAbove(cut, line) ? undefined : firstText(cut, this.readText);
    const isVersion = version === undefined || /^[0-9]{6}$/.test(version);
    if (!isVersion && this.isHeader(cut)) {
      this.issues.report('row.header');
      this.current?.reader.skip();
      return undefined;
    }
    const chosen = version === undefined ? this.current : this.choose(version, cut);
    if (!chosen) return this.keep(version ?? '', cut);
    const { reader } = chosen;
    const sizes = { found: cut.count, expected: chosen.layout.placed.length };
    const isOdd = sizes.found !== sizes.expected;
    if (!isVersion && (isOdd || !reader.resembles(cut))) {
      this.issues.report('row.unreadable', sizes);
      return this.keepWhole(bytes, start, end);
    }
    this.use(chosen, version);
    const { count } = this.issues;
    if (line?.badQuotes) {
      this.issues.report('csv.quotes');
      if (isOdd) return this.keepWhole(bytes, start, end);
      const record = reader.read(cut, false, this.readText(bytes, start, end));
      // What else is told of its cells comes from the quotes.
      this.issues.takeBack(count + 1);
      return record;
    }
    const record = reader.read(cut, line === undefined);
    if (!isOdd || reader.misread === 0) return record;
    // Which cell belongs to which column is not certain.
    this.issues.takeBack(count);
    this.issues.report('row.unreadable', sizes);
    return this.keepWhole(bytes, start, end);
  }

  /** Whether a row of some table has so many cells. */
  isCount(count: number): boolean {
    return this.counts.has(count);
  }

  /** Whether a row is of the edition of the row above, as its first bytes and the number of its cells tell. */
  private isLikeAbove(cut: CutRow, line: RowLine | undefined): boolean {
    const { current } = this;
    return (
      !line && current !== undefined && cut.count === current.layout.placed.length && current.reader.isLikeAbove(cut)
    );
  }

  private isShort(cut: CutRow): boolean {
    const { layout } = this.choose(firstText(cut, this.readText), cut) ?? (this.readers[0] as EditionReader);
    return cut.count < layout.placed.length;
  }

  /** Whether a row holds the names of columns: that of the first, or mostly those of others. */
  private isHeader(cut: CutRow): boolean {
    const texts = Object.values(cellTexts(cut, this.readText)).map(narrow);
    const named = texts.filter((text) => this.names.has(text)).length;
    return texts[0] === this.firstName || (named > 1 && named * 2 >= texts.length);
  }

  /** The edition to read a row by; undefined where its csvVersion is one of which no table is known. */
  private choose(version: string, cut: CutRow): EditionReader | undefined {
    const own = this.readers.find(({ edition, layout }) => {
      if (edition.csvVersion === version) return true;
      const value = layout.placed[0]?.kind.read(version);
      return value instanceof Fault && value.repaired === edition.csvVersion;
    });
    if (!own && CSV_VERSIONS.some(({ csvVersion }) => csvVersion === version)) return undefined;
    const ofFile = this.readers.find(({ edition }) => edition.id === this.edition);
    const chosen = own ?? ofFile ?? (this.readers[0] as EditionReader);
    if (cut.count === chosen.layout.placed.length) return chosen;
    // Columns that are those of another edition to the last cell say more than the csvVersion.
    const others = this.readers.filter(({ layout }) => layout.placed.length === cut.count);
    return others.find(({ reader }) => reader.fits(cut)) ?? chosen;
  }

  /** Goes on with an edition. Of rows of another than the first has, the first one is told. */
  private use(chosen: EditionReader, version: string | undefined): void {
    const { id, csvVersion } = chosen.edition;
    this.edition ??= id as EditionId;
    if (id !== this.edition && chosen !== this.current) {
      this.unread = true;
      // A csvVersion that is not that of the columns is told as such.
      if (version === csvVersion) this.issues.report('row.edition', { found: id, expected: this.edition });
    }
    if (this.current !== chosen) chosen.reader.skip();
    this.current = chosen;
  }

  /** A row of an edition without tables: all its texts by `#` and their number. */
  private keep(version: string, cut: CutRow): Row {
    const expected = this.readers.map(({ edition }) => edition.csvVersion).join(', ');
    if (!this.unknown) this.issues.report('file.edition', { found: version, expected });
    this.unknown = true;
    this.current = undefined;
    this.unread = true;
    return { $raw: cellTexts(cut, this.readText) };
  }

  private keepWhole(bytes: Uint8Array, start: number, end: number): Row {
    this.current?.reader.skip();
    this.unread = true;
    return { $raw: { '#': this.readText(bytes, start, end) } };
  }

  private readCutOff(bytes: Uint8Array, end: number, { cut, rest }: NonNullable<RowLine['cutOff']>): Row {
    this.issues.report('row.cutOff');
    const text = this.readText(bytes, rest, end);
    const chosen = cut.count === 0 ? undefined : this.choose(firstText(cut, this.readText), cut);
    if (!chosen) {
      this.unread = true;
      return { $raw: { ...cellTexts(cut, this.readText), [`#${cut.count + 1}`]: text } };
    }
    this.use(chosen, undefined);
    return chosen.reader.readCutOff(cut, text);
  }
}
