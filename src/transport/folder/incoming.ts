import { extname, join } from 'node:path';
import { formatAddress } from '../address.js';
import type { Clock } from '../clock.js';
import { TransportError } from '../error.js';
import { isMessageId } from '../id.js';
import { owns } from '../memory-store.js';
import type { InboundMessage, InboxEntry, InboxQuery, Page, ReceiptInput } from '../message.js';
import { foldName, nameFault } from '../names.js';
import type { TransportLimits } from '../transport.js';
import { codeOf, type Disk } from './disk.js';
import { groupByName } from './grouping.js';
import { readJson, writeJson } from './json.js';
import { move } from './move.js';
import { type FolderOptions, type LeftFile, type Manifest, type Places, parseManifestName } from './places.js';
import { type Scan, scanner } from './scan.js';
import { type FoundSet, setOfManifest, setsByName } from './sets.js';
import { turns } from './turns.js';

interface Setting {
  readonly options: FolderOptions;
  readonly places: Places;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly stableMs: number;
  readonly limits: TransportLimits;
}

/** What is kept of a message that was acknowledged. */
interface Received {
  readonly version: 1;
  readonly id: string;
  readonly kind: ReceiptInput['kind'];
  readonly reasons?: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** The half of a folder that takes messages in. */
export interface Incoming {
  list(query: InboxQuery, signal: AbortSignal): Promise<Page<InboxEntry>>;
  fetch(id: string): Promise<InboundMessage>;
  acknowledge(id: string, receipt: ReceiptInput): Promise<void>;
}

const PAGE = 1000;
const CURSOR = /^[0-9]{14}_[0-9a-f-]{36}$/;

/** Takes in what lies in a folder: whole sets only. What was acknowledged is recorded first, and moved away then. */
export function incoming({ options, places, disk, clock, stableMs, limits }: Setting): Incoming {
  const { addresses, grouping = groupByName, isWhole = () => true } = options;
  const scan = scanner({ folder: places.in, disk, clock, stableMs, limits });
  const inTurn = turns();
  let listed: ReadonlyMap<string, string> = new Map();

  /** The manifests of sets for these addresses that were not received, and the files that they vouch for. */
  const announced = async (folder: string, known: ReadonlySet<string>): Promise<Manifest[]> => {
    const manifests: Manifest[] = [];
    const wanted = addresses?.map(formatAddress);
    for (const name of await disk.list(folder)) {
      const said = parseManifestName(name);
      if (!said || (wanted && !wanted.includes(said.to)) || known.has(said.id)) continue;
      const manifest = await readJson<Manifest>(disk, join(folder, name)).catch(() => undefined);
      const names = manifest && [...manifest.files.map((file) => file.name), manifest.container ?? '-'];
      if (manifest?.id === said.id && !names?.some((one) => nameFault(one))) manifests.push(manifest);
    }
    return manifests;
  };

  /** What lies there now: whole sets in the order of their serials, those that were received already aside. */
  const look = () => inTurn(lookNow);
  const lookNow = async () => {
    for (const folder of [places.in, places.done, places.refused, places.received]) await disk.makeFolder(folder);
    const received = new Set((await disk.list(places.received)).map((name) => name.replace(/\.json$/, '')));
    let seen: Scan;
    let made: { sets: readonly FoundSet[]; left: readonly LeftFile[] };
    if (places.inManifests === undefined) {
      seen = await scan();
      made = await setsByName(seen.found, seen.left, { grouping, isWhole, limits });
    } else {
      const manifests = await announced(places.inManifests, received);
      const trusted = manifests.flatMap(({ files, container }) => container ?? files.map(({ name }) => name));
      seen = await scan(new Set(trusted));
      const sets = manifests.flatMap((manifest) => setOfManifest(manifest, seen.found) ?? []);
      made = { sets, left: seen.left };
    }
    const mine = ({ to }: FoundSet) => !addresses || owns(addresses, to);
    const others = made.sets.filter((set) => !mine(set));
    const sets = made.sets.filter(mine).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    options.onLeft?.([
      ...made.left,
      ...others.flatMap(({ lies }) => lies.map((name) => ({ name, reason: 'other-mailbox' as const }))),
    ]);
    const fresh = sets.filter(({ id }) => !received.has(id));
    // What is shared with a set that is still to come in (a ZIP of several) stays until then.
    const needed = new Set([...fresh, ...others].flatMap(({ lies }) => lies));
    for (const { id, lies } of sets.filter((set) => received.has(set.id))) await tidy(id, lies, needed);
    return { fresh, received, nextAt: seen.nextAt };
  };

  /** Moves the originals of a received set away. What cannot be moved now is moved at a later look. */
  const tidy = async (id: string, lies: readonly string[], needed: ReadonlySet<string>): Promise<void> => {
    const record = await readJson<Received>(disk, join(places.received, `${id}.json`)).catch(() => undefined);
    const target = record?.kind === 'rejected' ? places.refused : places.done;
    const patience = { clock, signal: new AbortController().signal, forMs: 0 };
    for (const name of lies.filter((one) => !needed.has(one))) {
      const there = new Set((await disk.list(target)).map(foldName));
      await move(disk, join(places.in, name), join(target, freeName(name, there)), patience).catch(() => {});
    }
  };

  const recordOf = async (id: string): Promise<Received | undefined> => {
    if (!isMessageId(id)) throw new TransportError('message.unknown');
    return readJson<Received>(disk, join(places.received, `${id}.json`)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
  };
  const find = async (id: string): Promise<FoundSet> => {
    if (await recordOf(id)) throw new TransportError('gone.expired');
    const found = (await look()).fresh.find((set) => set.id === id);
    if (found) return found;
    // It was listed and its files are not the same any more: a later list knows them anew.
    throw new TransportError(listed.has(id) ? 'integrity.wire' : 'message.unknown');
  };

  return {
    async list({ mailbox, from, cursor, limit = PAGE, waitMs = 0 }, signal) {
      if (cursor !== undefined && !CURSOR.test(cursor)) throw new TransportError('config');
      const wanted = ({ to, from: sender }: FoundSet) =>
        (!mailbox || owns([mailbox], to)) && (!from || owns([from], sender));
      const end = clock.now() + waitMs;
      let { fresh, nextAt } = await look();
      while (!fresh.some(wanted) && clock.now() < end) {
        const at = Math.min(end, nextAt ?? clock.now() + stableMs);
        await clock.sleep(at - clock.now(), signal);
        ({ fresh, nextAt } = await look());
      }
      signal.throwIfAborted();
      const rest = fresh.filter(wanted).filter((set) => cursor === undefined || sortKey(set) > cursor);
      const shown = rest.slice(0, Math.min(limit, PAGE));
      listed = new Map([...listed, ...shown.map(({ id, serial }) => [id, serial] as const)]);
      const last = shown.at(-1);
      return {
        items: shown.map(entryOf),
        ...(last && rest.length > shown.length ? { cursor: sortKey(last) } : {}),
      };
    },
    async fetch(id) {
      const set = await find(id);
      return { ...entryOf(set), files: set.files };
    },
    async acknowledge(id, receipt) {
      const before = await recordOf(id);
      const refused = receipt.kind === 'rejected';
      if (before && refused !== (before.kind === 'rejected')) throw new TransportError('receipt.conflict');
      if (before?.kind === receipt.kind || before?.kind === 'read') return;
      if (!before) await find(id);
      const reasons = receipt.kind === 'rejected' ? { reasons: receipt.reasons } : {};
      const record: Received = { version: 1, id, kind: receipt.kind, ...reasons, at: clock.now() };
      await writeJson(disk, join(places.received, `${id}.json`), record);
      await look();
    },
  };
}

const sortKey = ({ serial, id }: FoundSet): string => `${serial}_${id}`;

function entryOf({ id, from, to, serial, standard, kinds, files }: FoundSet): InboxEntry {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return { id, from, to, serial, standard, kinds, parts: files.length, size, state: 'handed-off' };
}

/** A name that is not there yet: `name (2).CSV`. */
function freeName(name: string, there: ReadonlySet<string>): string {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  let free = name;
  for (let n = 2; there.has(foldName(free)); n++) free = `${stem} (${n})${ending}`;
  return free;
}
