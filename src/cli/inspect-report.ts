import {
  type DecodedFiles,
  decodeDocuments,
  type Issue,
  layoutOf,
  type ReceivedFile,
  type Severity,
  type Transmission,
} from '../index.js';
import type { Language } from './io.js';
import { type Problem, Problems } from './problems.js';
import { type UnitHead, unitHeadOf } from './unit.js';

/** What `careplan inspect` found: the same for people and for machines. */
export interface Report {
  readonly summary: Counts & { readonly transmissions: number; readonly files: number; readonly images: number };
  readonly transmissions: readonly Unit[];
  /** Issues of one code and column together, errors first. */
  readonly problems: readonly Problem[];
  /** Paths that are no file of the exchange. */
  readonly notOurs: readonly string[];
}

interface Counts extends Readonly<Record<Severity, number>> {
  readonly records: number;
  readonly persons: number;
}

export interface Unit extends UnitHead, Counts {
  readonly files: readonly UnitFile[];
  readonly images: readonly string[];
  /** Only where persons were asked for. */
  readonly names?: readonly Person[];
}

interface UnitFile {
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly edition: string | undefined;
  readonly records: number;
  readonly persons: number;
  readonly complete: boolean;
}

export interface Person {
  readonly insurerNumber: string;
  readonly insuredPersonNumber: string;
  readonly name?: string;
}

interface ReportOptions {
  readonly language: Language;
  readonly showPersons: boolean;
  /** Files of the folders that were not even read. */
  readonly passedOver: readonly string[];
}

/** Puts together what a person wants to know of decoded files. Holds names only where `showPersons` says so. */
export function reportOf({ transmissions, unknown, issues }: DecodedFiles, options: ReportOptions): Report {
  const everyone = new Map<string, Person>();
  const all = [...issues];
  const ofFile = groupsOf(issues, ({ file }) => file);
  const units = transmissions.map((transmission) => {
    const found = decodeDocuments(transmission).issues;
    for (const one of found) all.push(one);
    const paths = new Set([...transmission.files, ...transmission.images].map(({ path }) => path));
    const own = [...[...paths].flatMap((path) => ofFile.get(path) ?? []), ...found];
    const persons = personsOf(transmission.files);
    for (const [key, person] of persons) everyone.set(key, { ...everyone.get(key), ...person });
    return unitOf(transmission, own, options.showPersons ? [...persons.values()] : undefined, persons.size);
  });
  const sum = (count: (unit: Unit) => number) => units.reduce((total, unit) => total + count(unit), 0);
  const problems = problemsIn(all, options.language);
  return {
    summary: {
      transmissions: units.length,
      files: sum(({ files }) => files.length),
      images: sum(({ images }) => images.length),
      records: sum(({ records }) => records),
      persons: everyone.size,
      ...problems.counts,
    },
    transmissions: units,
    problems: problems.list(),
    notOurs: [...unknown, ...options.passedOver],
  };
}

function unitOf(
  transmission: Transmission,
  issues: readonly Issue[],
  names: readonly Person[] | undefined,
  persons: number,
): Unit {
  const { files, images } = transmission;
  return {
    ...unitHeadOf({ ...transmission, files: files.map(({ kind, name }) => ({ kind, month: name.month })) }),
    records: files.reduce((total, { records }) => total + records.length, 0),
    persons,
    ...problemsIn(issues, 'en').counts,
    files: files.map((file) => ({
      path: file.path,
      kind: file.kind,
      name: layoutOf(file.kind).ja,
      edition: file.edition,
      records: file.records.length,
      persons: personsOf([file]).size,
      complete: file.complete,
    })),
    images: images.map(({ path }) => path),
    ...(names ? { names } : {}),
  };
}

function personsOf(files: readonly ReceivedFile[]): Map<string, Person> {
  const persons = new Map<string, Person>();
  for (const { records } of files) {
    for (const { insurerNumber, insuredPersonNumber, name } of records as readonly Partial<Person>[]) {
      if (insurerNumber === undefined || insuredPersonNumber === undefined) continue;
      const key = `${insurerNumber} ${insuredPersonNumber}`;
      const known = name ?? persons.get(key)?.name;
      persons.set(key, { insurerNumber, insuredPersonNumber, ...(known === undefined ? {} : { name: known }) });
    }
  }
  return persons;
}

function problemsIn(issues: readonly Issue[], language: Language): Problems {
  const problems = new Problems(language);
  for (const one of issues) problems.add(one);
  return problems;
}

function groupsOf<K>(issues: readonly Issue[], keyOf: (one: Issue) => K): Map<K, Issue[]> {
  const groups = new Map<K, Issue[]>();
  for (const one of issues) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
