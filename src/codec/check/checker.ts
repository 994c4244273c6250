import {
  type Cells,
  type FileRule,
  type ImageFacts,
  type Issue,
  type IssueCode,
  type IssueDetails,
  issue,
  type KnownTransmission,
  mask,
  type Office,
  type RecordRule,
  RULES,
  type Rule,
  V4_1,
} from '../../schema/internal.js';
import { type FileName, type ParsedFileName, safeFormatFileName } from '../file-name.js';
import type { Transmission } from '../transmission.js';
import { FileView, type JudgedFile } from './file-view.js';
import { isJpeg } from './jpeg.js';
import { knownOf } from './known.js';
import { type Profile, severityOf } from './profile.js';

/** Files that travel together: received ones, or those that are to be written. */
export interface JudgedTransmission extends Omit<Transmission, 'files'> {
  readonly files: readonly JudgedFile[];
}

export interface CheckerOptions {
  /** `strict` for what is to be sent (default), `tolerant` for what has arrived. */
  readonly profile?: Profile;
  /** Give hints as well: check digits of insurer and office numbers. */
  readonly hints?: boolean;
  /** Run the rules of these codes only; all where absent. */
  readonly only?: ReadonlySet<IssueCode>;
  /** The day of the check, `YYYY-MM-DD`; where absent today in Japan. */
  readonly today?: string;
  /** Put the texts of cells into issues instead of their shapes: they may be personal data. */
  readonly showValues?: boolean;
}

/** Runs the rules, one transmission after another; keeps of each only names, serials and hashes. */
export class Checker {
  readonly profile: Profile;
  readonly today: string;
  private readonly rules: readonly Rule[];
  private readonly showValues: boolean;
  private readonly known: KnownTransmission[] = [];
  private readonly offices = new Map<string, Office>();

  constructor(options: CheckerOptions = {}) {
    this.profile = options.profile ?? 'strict';
    this.today = options.today ?? todayInJapan();
    this.showValues = options.showValues ?? false;
    const { hints, only } = options;
    this.rules = RULES.filter(({ hint, code }) => (!hint || hints) && (!only || only.has(code)));
  }

  /**
   * What is wrong with a transmission beyond what decoding told. `alone`: one of its files was given without the others,
   * so none is missing.
   */
  check(transmission: JudgedTransmission, { alone = false }: { alone?: boolean } = {}): Issue[] {
    const views = transmission.files.map((file) => new FileView(file, this.today));
    const issues: Issue[] = [];
    for (const view of views) this.checkFile(view, issues);
    const images = imagesOf(transmission);
    const facts = { from: transmission.from, to: transmission.to, serial: transmission.serial, images, alone };
    for (const rule of this.rules) {
      if (rule.scope !== 'transmission') continue;
      const files = views.map((view) => view.soundIn(rule.columns));
      rule.check({ ...facts, files }, (path, index, column, details) => {
        const view = views.find((one) => one.path === path);
        issues.push(this.issueAt(rule, view, index, column, details, path));
      });
    }
    const [from, to] = [this.once(transmission.from), this.once(transmission.to)];
    this.known.push(knownOf({ ...transmission, from, to }, views));
    return issues;
  }

  /** What is wrong with the transmissions checked so far, together. */
  finish(): Issue[] {
    const issues: Issue[] = [];
    const all = [...this.known].sort((a, b) => (a.serial < b.serial ? -1 : a.serial > b.serial ? 1 : 0));
    for (const rule of this.rules) {
      if (rule.scope !== 'set') continue;
      const severity = severityOf(rule, this.profile);
      rule.check(all, (file, row, details) => {
        issues.push(issue(rule.code, row === undefined ? { file } : { file, row }, details, { severity }));
      });
    }
    return issues;
  }

  /** One object for an office, in however many transmissions it is. */
  private once<T extends Office>(office: T): T {
    const key = `${office.officeNumber} ${office.serviceType ?? ''}`;
    const known = (this.offices.get(key) as T | undefined) ?? office;
    this.offices.set(key, known);
    return known;
  }

  private checkFile(view: FileView, issues: Issue[]): void {
    const applying = this.rules.filter(
      (rule): rule is RecordRule | FileRule =>
        (rule.scope === 'record' || rule.scope === 'file') && appliesTo(rule, view),
    );
    const ofRecords = applying.filter((rule) => rule.scope === 'record');
    let index = 0;
    const prepared = ofRecords.map((rule) => ({
      rule,
      report: (column: string, details?: IssueDetails) => {
        issues.push(this.issueAt(rule, view, index, column, details));
        if (rule.severity.writing === 'error') view.addDamage(index, column);
      },
    }));
    const { records, isDamaged } = view;
    for (; index < records.length; index++) {
      const record = records[index] as Cells;
      for (const { rule, report } of prepared) {
        if (isDamaged && view.isUnsound(index, rule.columns)) continue;
        rule.check(record, report, view);
      }
    }
    for (const rule of applying) {
      if (rule.scope !== 'file') continue;
      rule.check(view.soundIn(rule.columns), (at, column, details) => {
        issues.push(this.issueAt(rule, view, at, column, details));
      });
    }
  }

  private issueAt(
    rule: Rule,
    view: FileView | undefined,
    index: number | undefined,
    name: string | undefined,
    details: IssueDetails = {},
    path = view?.path,
  ): Issue {
    const column = name === undefined ? undefined : view?.layout.placed.find((one) => one.name === name);
    const place = {
      ...(path === undefined ? {} : { file: path }),
      ...(index === undefined ? {} : view?.placeOf(index)),
    };
    const value = index === undefined || !column ? undefined : view?.records[index]?.[column.name as never];
    const found = value === undefined ? {} : { found: this.showValues ? String(value) : mask(String(value)) };
    const severity = severityOf(rule, this.profile);
    return issue(rule.code, place, { ...found, ...details }, { severity, ...(column ? { column } : {}) });
  }
}

const appliesTo = ({ of, columns }: RecordRule | FileRule, { layout }: FileView): boolean =>
  of ? of(layout) : columns.every((name) => name in layout.columns);

let calendar: Intl.DateTimeFormat | undefined;
/** The date in Japan, `YYYY-MM-DD`. */
function todayInJapan(): string {
  // Made once: it is large, and thousands of transmissions are encoded with a checker each.
  calendar ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo', dateStyle: 'short' });
  return calendar.format(new Date());
}

function imagesOf({ images }: JudgedTransmission): ImageFacts[] {
  return images.map(({ path, kind, name, bytes }) => {
    const { namedBy = '', namedIn = '' } = V4_1.images.find((one) => one.kind === kind) ?? {};
    const { from, to, serial } = name;
    return { path, name: nameOf(path, name), from, to, serial, namedBy, namedIn, isJpeg: isJpeg(bytes) };
  });
}

/** The standard's name of a file that people may have renamed; as it stands where its parts make none. */
const nameOf = (path: string, name: ParsedFileName): string =>
  safeFormatFileName(name as FileName).name ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
