import { extname, join } from 'node:path';
import { formatAddress, owns } from '../address.js';
import type { Clock } from '../clock.js';
import { TransportError } from '../error.js';
import type { InboundMessage, InboxEntry, InboxQuery, Page, ReceiptInput } from '../message.js';
import { foldName } from '../names.js';
import type { TransportLimits } from '../transport.js';
import { turns } from '../turns.js';
import type { Disk } from './disk.js';
import { groupByName } from './grouping.js';
import { readJson } from './json.js';
import { trustedManifest } from './manifest.js';
import { move } from './move.js';
import { type FolderOptions, liesOfManifest, type Manifest, type Places, parseManifestName } from './places.js';
import { holds, type Received, type ReceivedRecords, receivedRecords, recordOf } from './received.js';
import { scanner } from './scan.js';
import { type FoundSet, setOfManifest, setsByName } from './sets.js';

interface Setting {
  readonly options: FolderOptions;
  readonly places: Places;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly stableMs: number;
  readonly limits: TransportLimits;
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
  // With manifests these say what belongs to a set, whatever its name.
  const isOurs = (name: string) => places.inManifests !== undefined || grouping(name) !== undefined;
  const { scan, isSame } = scanner({ folder: places.in, disk, clock, stableMs, limits, isOurs });
  const inTurn = turns();
  const records = receivedRecords(disk, places.received);
  let listed: ReadonlyMap<string, string> = new Map();
  /** What was whole at the last look and is not received, for whomever; and what has to stay where it lies. */
  let last: { readonly sets: readonly FoundSet[]; readonly left: ReadonlySet<string> } = { sets: [], left: new Set() };
  const isMine = ({ to }: FoundSet) => !addresses || owns(addresses, to);

  /** The manifests of sets for these addresses that were not received. */
  const announced = async (folder: string, known: ReadonlySet<string>): Promise<Manifest[]> => {
    const manifests: Manifest[] = [];
    const wanted = addresses?.map(formatAddress);
    for (const name of await disk.list(folder)) {
      const said = parseManifestName(name);
      if (!said || (wanted && !wanted.includes(said.to)) || known.has(said.id)) continue;
      const value = await readJson<Manifest>(disk, join(folder, name)).catch(() => undefined);
      const manifest = trustedManifest(name, value);
      if (manifest) manifests.push(manifest);
    }
    return manifests;
  };

  const takeIn = async (entries: Awaited<ReturnType<ReceivedRecords['entries']>>) => {
    if (places.inManifests === undefined) {
      const seen = await scan();
      const received = async (set: string) =>
        (await Promise.all(entries.filter((entry) => entry.set === set).map(records.read))).filter((one) => !!one);
      return { ...seen, ...(await setsByName(seen.found, seen.left, { grouping, isWhole, limits, received })) };
    }
    const manifests = await announced(places.inManifests, new Set(entries.map(({ id }) => id)));
    const open = (await Promise.all(entries.filter((entry) => entry.open).map(records.read))).filter((one) => !!one);
    const vouched = [...manifests.flatMap(liesOfManifest), ...open.flatMap(({ lies }) => lies)];
    const seen = await scan(new Set(vouched));
    const remains = open.map((record) => ({
      record,
      lies: record.lies.filter((name) =>
        seen.found.some((file) => file.lies === name && holds(record, file.name, file)),
      ),
    }));
    const made = manifests.map((manifest) => ({ manifest, set: setOfManifest(manifest, seen.found) }));
    // A file that is there and not as its manifest says, or without the others.
    const odd = made.filter(({ set }) => !set).flatMap(({ manifest }) => liesOfManifest(manifest));
    const there = new Set(seen.found.map(({ lies }) => lies));
    const left = odd.filter((name) => there.has(name)).map((name) => ({ name, reason: 'incomplete' as const }));
    return { ...seen, left: [...seen.left, ...left], sets: made.flatMap(({ set }) => set ?? []), remains };
  };

  /** What lies there now: whole sets in the order of their serials. What was received already is put aside. */
  const lookNow = async () => {
    for (const folder of [places.in, places.done, places.refused, places.received]) await disk.makeFolder(folder);
    const entries = await records.entries();
    const { sets, remains, left, nextAt } = await takeIn(entries);
    const others = sets.filter((set) => !isMine(set));
    options.onLeft?.([
      ...left,
      ...others.flatMap(({ lies }) => lies.map((name) => ({ name, reason: 'other-mailbox' as const }))),
    ]);
    last = { sets, left: new Set(left.map(({ name }) => name)) };
    for (const { record, lies } of remains) await putAside(record, lies);
    const there = new Set(entries.some(({ open }) => open) ? await disk.list(places.in) : []);
    for (const entry of entries.filter(({ open }) => open)) {
      const record = await records.read(entry);
      if (!record?.lies.some((name) => there.has(name))) await records.close(entry).catch(() => {});
    }
    return { fresh: sets.filter(isMine).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)), nextAt };
  };
  const look = () => inTurn(lookNow);

  /**
   * Moves originals away; says whether all are. What is shared with a set that is still to come in (a ZIP of several)
   * stays until then, and what cannot be moved now is moved at a later look.
   */
  const putAside = async (record: Received, lies: readonly string[]): Promise<boolean> => {
    const target = record.kind === 'rejected' ? places.refused : places.done;
    const patience = { clock, signal: new AbortController().signal, forMs: 0 };
    const needed = new Set([...last.left, ...last.sets.flatMap((set) => set.lies)]);
    const free = lies.filter((name) => !needed.has(name));
    const there = new Set(free.length > 0 ? (await disk.list(target)).map(foldName) : []);
    let moved = 0;
    for (const name of free) {
      const to = freeName(name, there);
      const isMoved = await move(disk, join(places.in, name), join(target, to), patience).then(
        () => true,
        () => false,
      );
      if (!isMoved) continue;
      there.add(foldName(to));
      moved++;
    }
    return moved === lies.length;
  };

  /** A set of the last look whose files lie there as they did; else the folder is looked at anew. */
  const find = async (id: string): Promise<FoundSet> => {
    const known = last.sets.find((set) => set.id === id && isMine(set));
    if (known && (await isSame(known.lies))) return known;
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
      const end = clock.now() + (cursor === undefined ? waitMs : 0);
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
      for (const folder of [places.in, places.received]) await disk.makeFolder(folder);
      if (await records.find(id)) throw new TransportError('gone.expired');
      const set = await find(id);
      return { ...entryOf(set), files: set.files };
    },
    async acknowledge(id, receipt) {
      for (const folder of [places.in, places.done, places.refused, places.received]) await disk.makeFolder(folder);
      const before = await records.find(id);
      const refused = receipt.kind === 'rejected';
      if (before && refused !== (before.kind === 'rejected')) throw new TransportError('receipt.conflict');
      if (before?.kind === receipt.kind || before?.kind === 'read') return;
      const record = before ? { ...before, kind: receipt.kind } : recordOf(await find(id), receipt, clock.now());
      const entry = await records.write(record, clock.now());
      if (before) return;
      // It is received: what fails from here on, a later look does.
      await inTurn(async () => {
        last = { ...last, sets: last.sets.filter((set) => set.id !== id) };
        if (await putAside(record, record.lies)) await records.close(entry);
      }).catch(() => {});
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
