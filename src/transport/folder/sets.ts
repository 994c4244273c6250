import { mediaTypeOf, sha256OfText } from '../bytes.js';
import { uuid } from '../id.js';
import type { PartSource, Routing } from '../message.js';
import { nameFault } from '../names.js';
import type { TransportLimits } from '../transport.js';
import type { GroupedName, Grouping, SetFile } from './grouping.js';
import { type LeftFile, type LeftReason, laneSerial, liesOfManifest, type Manifest } from './places.js';
import { holds, type Received } from './received.js';
import { type FoundFile, UNFINISHED } from './scan.js';

/** A whole message that lies in the folder. */
export interface FoundSet extends Routing {
  readonly id: string;
  readonly files: readonly PartSource[];
  /** The names of what lies in the folder and belongs to it: files, ZIPs, copies. */
  readonly lies: readonly string[];
}

interface Rules {
  readonly grouping: Grouping;
  readonly isWhole: (files: readonly SetFile[]) => boolean;
  readonly limits: TransportLimits;
  /** What was received of a lane and serial. */
  readonly received: (set: string) => Promise<readonly Received[]>;
}

/** What lies there again, or still, of a message that was received. */
export interface Remains {
  readonly record: Received;
  readonly lies: readonly string[];
}

type Member = FoundFile & { readonly grouped: GroupedName };

/** Puts the files that lie there together to sets, by their names; tells which files make none, and why. */
export async function setsByName(
  found: readonly FoundFile[],
  left: readonly LeftFile[],
  { grouping, isWhole, limits, received }: Rules,
): Promise<{
  readonly sets: readonly FoundSet[];
  readonly remains: readonly Remains[];
  readonly left: readonly LeftFile[];
}> {
  const groups = new Map<string, Member[]>();
  const rest = [...left];
  for (const file of found) {
    const grouped = nameFault(file.name) === undefined ? grouping(file.name) : undefined;
    if (!grouped || nameFault(grouped.name) !== undefined) {
      // What else a ZIP holds does not matter.
      if (!file.inZip) rest.push({ name: file.lies, reason: 'name' });
      continue;
    }
    const key = laneSerial(grouped);
    groups.set(key, [...(groups.get(key) ?? []), { ...file, grouped }]);
  }
  // A set of which a file is not stable yet is not whole, whatever the others are.
  const changing = new Set(
    left.flatMap(({ name, reason }) => {
      const grouped =
        reason === 'changing' || reason === 'unreadable' ? grouping(name.replace(UNFINISHED, '')) : undefined;
      return grouped ? [laneSerial(grouped)] : [];
    }),
  );
  const sets: FoundSet[] = [];
  const remains: Remains[] = [];
  for (const [key, members] of groups) {
    const record = (await received(key)).find((one) => members.every((file) => holds(one, file.grouped.name, file)));
    if (record) {
      remains.push({ record, lies: liesOf(members) });
      continue;
    }
    const reason = changing.has(key) ? 'changing' : faultOf(members, isWhole, limits);
    if (reason) rest.push(...liesOf(members).map((name) => ({ name, reason })));
    else sets.push(await setOf(key, members));
  }
  return { sets, remains, left: rest };
}

const liesOf = (members: readonly Member[]): string[] => [...new Set(members.map(({ lies }) => lies))];

function faultOf(
  members: readonly Member[],
  isWhole: Rules['isWhole'],
  limits: TransportLimits,
): LeftReason | undefined {
  const byName = new Map<string, Member>();
  for (const member of members) {
    const other = byName.get(member.grouped.name);
    if (other && other.sha256 !== member.sha256) return 'unclear';
    byName.set(member.grouped.name, member);
  }
  const total = members.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const tooLarge = members.length > limits.maxParts || total > limits.maxMessageBytes;
  if (tooLarge || members.some(({ bytes }) => bytes.length > limits.maxPartBytes)) return 'too-large';
  const files = [...byName.values()].map(({ grouped: { name, kind }, bytes }) => ({ name, kind, bytes }));
  return isWhole(files) ? undefined : 'incomplete';
}

/** The id is made of what the set is, so that the same files laid down again are known again. */
async function setOf(key: string, members: readonly Member[]): Promise<FoundSet> {
  const byName = new Map(members.map((member) => [member.grouped.name, member]));
  const files = [...byName.values()].sort((a, b) => (a.grouped.name < b.grouped.name ? -1 : 1));
  const content = files.map(({ grouped, sha256 }) => [encodeURIComponent(grouped.name), sha256]);
  const hash = await sha256OfText(JSON.stringify([key, content]));
  const { from, to, serial } = (members[0] as Member).grouped;
  return {
    id: uuid(
      Uint8Array.from(hash.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
      8,
    ),
    from,
    to,
    serial,
    standard: '4.1',
    kinds: [...new Set(files.map(({ grouped }) => grouped.kind))],
    files: files.map(({ grouped: { name, kind }, bytes, sha256 }) => partOfBytes({ name, kind }, bytes, sha256)),
    lies: liesOf(members),
  };
}

/** The set of a manifest; undefined where a file of it is not there, or is not the one it names. */
export function setOfManifest(manifest: Manifest, found: readonly FoundFile[]): FoundSet | undefined {
  const { id, from, to, serial, standard, kinds, container } = manifest;
  const files: PartSource[] = [];
  for (const { name, kind, mediaType, sha256 } of manifest.files) {
    const file = found.find((one) => one.name === name && one.lies === (container ?? name));
    if (!file || file.sha256 !== sha256) return undefined;
    files.push(partOfBytes({ name, kind, mediaType }, file.bytes, sha256));
  }
  return { id, from, to, serial, standard, kinds, files, lies: liesOfManifest(manifest) };
}

function partOfBytes(
  { name, kind, mediaType = mediaTypeOf(name) }: { name: string; kind: string; mediaType?: string },
  bytes: Uint8Array,
  sha256: string,
): PartSource {
  return {
    name,
    kind,
    mediaType,
    size: bytes.length,
    sha256,
    async *open({ start, end } = { start: 0, end: bytes.length }) {
      if (end > start) yield bytes.slice(start, end);
    },
  };
}
