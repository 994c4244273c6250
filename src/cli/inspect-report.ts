import {
  type DecodedFiles,
  decodeDocuments,
  type Issue,
  issue,
  layoutOf,
  officeTypeOf,
  type ParsedAddress,
  type ReceivedFile,
  type Severity,
  serviceTypeOf,
  type Transmission,
  V4_1,
} from '../index.js';
import type { Language } from './io.js';

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

export interface Unit extends Counts {
  readonly serial: string;
  /** The serial as a time in Japan, `YYYY-MM-DDThh:mm:ss`; absent where it is none. */
  readonly sentAt?: string;
  readonly from: Side;
  readonly to: Side;
  /** The groups of the standard's files that are in it: `slip`, `actuals` ... */
  readonly groups: readonly string[];
  /** `YYYY-MM`, from the names of the files. */
  readonly months: readonly string[];
  readonly files: readonly UnitFile[];
  readonly images: readonly string[];
  /** Only where persons were asked for. */
  readonly names?: readonly Person[];
}

interface Side extends ParsedAddress {
  readonly serviceTypeName?: string;
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

export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
  /** How many files have it. */
  readonly files: number;
  readonly columnName?: string;
  /** What is wrong and what to do, without a place. */
  readonly message: string;
  /** The first places. */
  readonly places: readonly Pick<Issue, 'file' | 'row' | 'column' | 'path'>[];
}

interface ReportOptions {
  readonly language: Language;
  readonly showPersons: boolean;
  /** Files of the folders that were not even read. */
  readonly passedOver: readonly string[];
}

const SEVERITIES = ['error', 'warning', 'info'] as const;
const PLACES = 3;

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
  return {
    summary: {
      transmissions: units.length,
      files: sum(({ files }) => files.length),
      images: sum(({ images }) => images.length),
      records: sum(({ records }) => records),
      persons: everyone.size,
      ...severitiesOf(all),
    },
    transmissions: units,
    problems: problemsOf(all, options.language),
    notOurs: [...unknown, ...options.passedOver],
  };
}

function unitOf(
  { from, to, serial, files, images }: Transmission,
  issues: readonly Issue[],
  names: readonly Person[] | undefined,
  persons: number,
): Unit {
  const groups = [
    ...files.map(({ kind }) => layoutOf(kind).group),
    ...images.map(({ kind }) => layoutOf(V4_1.images.find((one) => one.kind === kind)?.namedBy ?? '')?.group ?? ''),
  ];
  const heads = groups.filter((group) => group !== ACCOMPANYING);
  const months = files.map(({ name }) => name.month).filter((month) => month?.includes('-'));
  const time = /^(....)(..)(..)(..)(..)(..)$/.exec(serial);
  return {
    serial,
    ...(time ? { sentAt: `${time.slice(1, 4).join('-')}T${time.slice(4).join(':')}` } : {}),
    from: sideOf(from),
    to: sideOf(to),
    groups: [...new Set(heads.length > 0 ? heads : groups)],
    months: [...new Set(months as string[])].sort(),
    records: files.reduce((total, { records }) => total + records.length, 0),
    persons,
    ...severitiesOf(issues),
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

/** The group of a file that goes with several others, and says nothing of what it goes with. */
const ACCOMPANYING = 'both';

function sideOf({ officeNumber, serviceType }: ParsedAddress): Side {
  if (serviceType === undefined) return { officeNumber };
  const name = (officeTypeOf(serviceType) ?? serviceTypeOf(serviceType))?.ja;
  return { officeNumber, serviceType, ...(name === undefined ? {} : { serviceTypeName: name }) };
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

function severitiesOf(issues: readonly Issue[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of issues) counts[severity]++;
  return counts;
}

function problemsOf(issues: readonly Issue[], language: Language): Problem[] {
  const groups = groupsOf(issues, (one) => JSON.stringify([one.code, one.severity, one.columnName]));
  const problems = [...groups.values()].map((group): Problem => {
    const [first] = group as [Issue];
    const { code, severity, columnName } = first;
    const places = group.slice(0, PLACES).map(({ file, row, column, path }) => ({
      ...(file === undefined ? {} : { file }),
      ...(row === undefined ? {} : { row }),
      ...(column === undefined ? {} : { column }),
      ...(path === undefined ? {} : { path }),
    }));
    return {
      code,
      severity,
      count: group.length,
      files: new Set(group.map(({ file }) => file)).size,
      ...(columnName === undefined ? {} : { columnName }),
      message: withoutPlace(first, language),
      places,
    };
  });
  return problems.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
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

/** The sentence of an issue without where it is: what stands before it is the same before any sentence. */
function withoutPlace(one: Issue, language: Language): string {
  const { file, row, column, columnName, path } = one;
  const given = Object.entries({ file, row, column, columnName, path }).filter(([, value]) => value !== undefined);
  const placed = issue(one.code, Object.fromEntries(given)).message[language];
  const length = placed.length - issue(one.code).message[language].length;
  return one.message[language].slice(length);
}
