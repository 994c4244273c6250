import {
  documentsFrom,
  fromBase64,
  layoutOf,
  Reading,
  type SourceImage,
  type SourceRow,
} from '../../codec/internal.js';
import {
  type DocumentList,
  type Documents,
  type FileKind,
  type Issue,
  issue,
  type Layout,
  type ServiceUser,
  V4_1,
} from '../../schema/internal.js';
import { personKey } from '../person.js';
import { type OfficeState, partName, type StatePart } from './state.js';

export interface KnownDocuments {
  /** What holds: of care plans, basic information and preventive plans the newest of each person, of all others all. */
  readonly documents: Documents;
  /** Older care plans, basic information and preventive plans, the newest first. */
  readonly history: Documents;
  readonly issues: readonly Issue[];
}

/**
 * The documents of a state. An updated plan with a new plan date is the newest plan, and the older one stays as history
 * (section 1). Warns where a subordinate file is older than its head: it was not sent with the correction. The lists are
 * the same whatever the order in which transmissions came.
 */
export function documentsOf(state: OfficeState): KnownDocuments {
  const parts = partsOf(state);
  const { documents: all, issues } = documentsFrom(new Reading(rowsOf(parts), imagesOf(parts)));
  const documents: Record<string, unknown> = { ...all };
  const history: Record<string, unknown> = {};
  for (const [list, date] of DATED) {
    const newest = newestFirst(all[list] ?? [], date);
    if (newest.length === 0) continue;
    const seen = new Set<string>();
    const isFirst = newest.map(({ serviceUser }) => {
      const person = personKey(serviceUser);
      return !seen.has(person) && seen.add(person) !== undefined;
    });
    documents[list] = newest.filter((_, i) => isFirst[i]);
    const older = newest.filter((_, i) => !isFirst[i]);
    if (older.length > 0) history[list] = older;
  }
  return { documents: documents as Documents, history: history as Documents, issues: [...issues, ...outdated(parts)] };
}

/** The parts in the order of their names: that of the properties is the order of arrival. */
const partsOf = ({ parts }: OfficeState): StatePart[] =>
  Object.keys(parts)
    .sort()
    .map((name) => parts[name] as StatePart);

/** Documents of which a person has one at a time, and the date that says which. */
const DATED = [
  ['carePlans', 'planDate'],
  ['basicInformation', 'consultationDate'],
  ['preventivePlans', 'planDate'],
] as const satisfies readonly (readonly [DocumentList, string])[];

type Dated = { readonly serviceUser: ServiceUser };

/** Documents with the newest first; the order of others is kept. */
const newestFirst = (list: readonly Dated[], date: string): Dated[] => {
  const dateOf = (one: Dated) => String((one as unknown as Record<string, unknown>)[date]);
  return [...list].sort((a, b) => (dateOf(a) < dateOf(b) ? 1 : dateOf(a) > dateOf(b) ? -1 : 0));
};

function* rowsOf(parts: readonly StatePart[]): Generator<SourceRow> {
  for (const { kind, records = [], from, to, serial } of parts) {
    for (const record of records) {
      yield { layout: layoutOf(kind), record, readable: true, envelope: { from, to, serial } };
    }
  }
}

const imagesOf = (parts: readonly StatePart[]): SourceImage[] =>
  parts.flatMap(({ images = [], from, to, serial }) =>
    images.map(({ branch, base64 }) => ({
      name: { kind: V4_1.images[0].kind, from, to, serial, branch } as SourceImage['name'],
      bytes: fromBase64(base64),
    })),
  );

/** Subordinate units that came before their head did. */
function outdated(parts: readonly StatePart[]): Issue[] {
  const byName = new Map(parts.map((part) => [partName(part), part]));
  return parts.flatMap(({ kind, key, serial, withdrawn }) => {
    const { headedBy }: Layout = layoutOf(kind);
    const head = headedBy === undefined ? undefined : byName.get(partName({ kind: headedBy as FileKind, key }));
    if (withdrawn || !head || head.withdrawn || head.serial <= serial) return [];
    return [issue('state.olderPart', {}, { found: `${kind} ${serial}`, expected: `${headedBy} ${head.serial}` })];
  });
}
