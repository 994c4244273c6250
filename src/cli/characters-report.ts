import { checkText, type TextIssue } from '../index.js';
import type { FileText, TextFile, TextFileFault, TextPlace } from './texts-of-file.js';

/** Where a character stands: the file, the place in it, and in the text. */
export interface CharacterPlace extends TextPlace {
  readonly file: string;
  /** In the text, in UTF-16 units from 0. */
  readonly index: number;
  /** In the text, as people count, 1 for the first. */
  readonly number: number;
  /** The whole text, where it was asked for. */
  readonly value?: string;
}

/** A character that cannot be sent, and everywhere it stands. */
export type FoundCharacter = Pick<TextIssue, 'codePoints' | 'kind' | 'class' | 'safe'> & {
  readonly character: string;
  readonly suggestion: string | undefined;
  count: number;
  /** How many of them were mended. */
  fixed: number;
  readonly places: CharacterPlace[];
};

export interface CharactersReport {
  readonly summary: {
    files: number;
    texts: number;
    found: number;
    /** Of those found: mended by --fix without a question, or a person's choice. */
    safe: number;
    toDecide: number;
    fixed: number;
  };
  readonly byClass: Readonly<Record<TextIssue['class'], number>>;
  /** Those that a person decides first, and then the most frequent. */
  readonly characters: readonly FoundCharacter[];
  /** Files that could not be read, or not wholly, and why. */
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  /** Files that were passed over: neither CSV nor JSON nor ZIP. */
  readonly notRead: readonly string[];
  /** Files that were written. */
  readonly written: readonly { readonly file: string; readonly fixed: number }[];
}

interface Options {
  readonly showValues: boolean;
}

/** What of many files cannot be sent, by character. */
export class Characters {
  readonly summary: CharactersReport['summary'] = { files: 0, texts: 0, found: 0, safe: 0, toDecide: 0, fixed: 0 };
  readonly byClass = { same: 0, drop: 0, variant: 0, approx: 0, none: 0 };
  readonly unreadable: { file: string; reason: string }[] = [];
  readonly notRead: string[] = [];
  readonly written: { file: string; fixed: number }[] = [];
  private readonly found = new Map<string, FoundCharacter>();

  constructor(private readonly options: Options) {}

  fault(file: string, reason: TextFileFault | string): void {
    this.unreadable.push({ file, reason });
  }

  /** Takes a file; returns its content with the safe suggestions written, where it `fixes`, and how many. */
  add(file: string, read: TextFile, fixes: boolean): { readonly content: string; readonly fixed: number } {
    const { showValues } = this.options;
    this.summary.files++;
    let content = '';
    let at = 0;
    let fixed = 0;
    for (const text of read.texts(showValues)) {
      this.summary.texts++;
      const { issues, fixed: mended } = charactersOf(text);
      if (issues.length === 0) continue;
      const written = fixes && read.writable && mended !== text.value ? text.write(mended) : undefined;
      if (written !== undefined) {
        content += read.content.slice(at, text.start) + written;
        at = text.end;
        fixed += issues.filter(({ safe }) => safe).length;
      }
      for (const one of issues) this.count(file, text, one, written !== undefined && one.safe);
    }
    this.summary.fixed += fixed;
    return { content: content + read.content.slice(at), fixed };
  }

  report(): CharactersReport {
    const characters = [...this.found.values()].sort(
      (a, b) => Number(a.safe) - Number(b.safe) || b.count - a.count || (a.codePoints < b.codePoints ? -1 : 1),
    );
    const { summary, byClass, unreadable, notRead, written } = this;
    return { summary, byClass, characters, unreadable, notRead, written };
  }

  private count(file: string, text: FileText, one: TextIssue, isFixed: boolean): void {
    const { codePoints, kind, class: group, safe, suggestion, text: character, index, number } = one;
    const key = `${safe} ${character}`;
    const entry = this.found.get(key) ?? {
      character,
      codePoints,
      kind,
      class: group,
      suggestion,
      safe,
      count: 0,
      fixed: 0,
      places: [],
    };
    this.found.set(key, entry);
    entry.count++;
    if (isFixed) entry.fixed++;
    const value = this.options.showValues ? { value: text.value } : {};
    entry.places.push({ file, ...text.place(index), index, number, ...value });
    this.byClass[group]++;
    this.summary.found++;
    this.summary[safe ? 'safe' : 'toDecide']++;
  }
}

/** What of a text MS932 lacks; what a column does not take otherwise is a matter of `careplan check`. */
function charactersOf({ value, column }: FileText): ReturnType<typeof checkText> {
  const checked = checkText(value, column ? { column } : {});
  return {
    ...checked,
    issues: checked.issues.filter(({ kind }) => kind !== 'lineBreak' && kind !== 'delimiter'),
  };
}
