import type { CheckedFiles, Issue, Profile, Severity } from '../index.js';
import { CheckedUnit, OfficesAndMonths } from './check-unit.js';
import { DifferentTexts } from './hashes.js';
import type { Language } from './io.js';
import type { Lines } from './lines.js';
import { type Problem, Problems } from './problems.js';

/** What `careplan check` found. Holds names of files and counts, and no record. */
export interface CheckReport {
  readonly profile: Profile;
  readonly ok: boolean;
  readonly summary: Readonly<Record<Severity | 'transmissions' | 'files' | 'images' | 'records' | 'persons', number>>;
  /** Issues of one code and column together, in the order in which to mend them. */
  readonly problems: readonly Problem[];
  /** In the order of their serials. */
  readonly transmissions: readonly CheckedUnit[];
  /** Paths that are no file of the exchange. */
  readonly notOurs: readonly string[];
}

/** Told of an issue: where its line is, and in which transmission it is, if in one. */
export type OnIssue = (one: Issue, line: number | undefined, unit: CheckedUnit | undefined) => void;

/** Takes what was found in one batch of files after another; keeps names, counts and hashes. */
export class Reporter {
  private readonly all: Problems;
  private readonly units: CheckedUnit[] = [];
  private readonly persons = new DifferentTexts();
  private readonly shared = new OfficesAndMonths();

  constructor(
    private readonly profile: Profile,
    language: Language,
    private readonly onIssue: OnIssue,
    /** Paths that are no file of the exchange, and may still be added to. */
    readonly notOurs: string[] = [],
  ) {
    this.all = new Problems(language);
  }

  /** Takes a batch, and where the lines of its files are. */
  add({ transmissions, unknown, issues }: Omit<CheckedFiles, 'ok'>, alone: boolean, lines: Lines): void {
    for (const path of unknown) this.notOurs.push(path);
    const units = transmissions.map((transmission) => new CheckedUnit(transmission, alone, this.shared));
    for (const unit of units) this.units.push(unit);
    for (const { files } of transmissions) for (const { records } of files) this.addPersons(records);
    this.addIssues(issues, units, lines);
  }

  /** Takes what transmissions say of each other. */
  finish(issues: readonly Issue[]): void {
    this.addIssues(issues, this.units);
  }

  private addIssues(issues: readonly Issue[], units: readonly CheckedUnit[], lines?: Lines): void {
    if (issues.length === 0) return;
    const byPath = new Map(units.flatMap((unit) => unit.paths.map((path) => [path, unit] as const)));
    for (const one of issues) {
      const unit = one.file === undefined ? undefined : byPath.get(one.file);
      // A row is as many lines as its texts have: its number is the least that its line can be.
      const line = (one.range && lines?.of(one.file, one.range.start)) ?? one.row;
      unit?.add(one);
      this.all.add(one, line);
      this.onIssue(one, line, unit);
    }
  }

  private addPersons(records: readonly Partial<Record<'insurerNumber' | 'insuredPersonNumber', string>>[]): void {
    for (const { insurerNumber, insuredPersonNumber } of records) {
      if (insurerNumber === undefined || insuredPersonNumber === undefined) continue;
      this.persons.add(`${insurerNumber} ${insuredPersonNumber}`);
    }
  }

  report(): CheckReport {
    const { all, units, persons } = this;
    const files = units.flatMap((unit) => unit.files);
    return {
      profile: this.profile,
      ok: all.counts.error === 0,
      summary: {
        transmissions: units.length,
        files: files.length,
        images: units.reduce((total, { images }) => total + images.length, 0),
        records: files.reduce((total, { records }) => total + records, 0),
        persons: persons.count,
        ...all.counts,
      },
      problems: all.inOrderOfMending(),
      transmissions: units.sort(({ serial: a }, { serial: b }) => (a < b ? -1 : a > b ? 1 : 0)),
      notOurs: this.notOurs,
    };
  }
}
