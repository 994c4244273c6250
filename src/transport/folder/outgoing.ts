import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { messageDigest, readPart } from '../bytes.js';
import type { Clock } from '../clock.js';
import { codeOf, diskError } from '../disk-error.js';
import { TransportError } from '../error.js';
import type { OutboundMessage, Receipt, SendResult, SentRef, SentStatus } from '../message.js';
import { foldName } from '../names.js';
import { serialConflict } from '../serial-after.js';
import { turns } from '../turns.js';
import { DAY, type Disk, sweep } from './disk.js';
import { readJson, writeJson } from './json.js';
import { move, type Patience } from './move.js';
import { laneSerial, liesOfManifest, type Manifest, manifestName, type Places, parseManifestName } from './places.js';
import { packZip } from './zip-write.js';

interface Setting {
  readonly places: Places;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly renameMs: number;
  readonly zip: boolean;
}

/** The half of a folder that hands messages over. */
export interface Outgoing {
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult>;
  lookup(ref: SentRef, signal: AbortSignal): Promise<SentStatus | undefined>;
}

/**
 * Hands messages over in steps of which each is safe to die after: all bytes are staged and written down; the intent is
 * written down; the files are renamed into `out`; the intent becomes the manifest by a rename. An intent that is found
 * later is carried to its end: from then on its files are durable, and a part of them may be seen already.
 */
export function outgoing({ places, disk, clock, renameMs, zip }: Setting): Outgoing {
  // One after the other: what is decided from a list of names must still hold when the file is written.
  const inTurn = turns();
  const patience = (signal: AbortSignal): Patience => ({ clock, signal, forMs: renameMs });

  /** Renames what is still staged. A file that is neither staged nor in `out` was taken away already. */
  const place = async (manifest: Manifest, signal: AbortSignal): Promise<void> => {
    for (const [i, name] of liesOfManifest(manifest).entries()) {
      const staged = join(places.staged, manifest.staged, String(i));
      await move(disk, staged, join(places.out, name), patience(signal)).catch(async (error: unknown) => {
        const isThere = codeOf(error) !== 'ENOENT' || (await disk.mark(staged).catch(() => undefined)) !== undefined;
        if (isThere) throw error;
      });
    }
    await disk.sync(places.out);
  };
  const complete = async (manifest: Manifest, signal: AbortSignal): Promise<void> => {
    const name = manifestName(manifest);
    await move(disk, join(places.sending, name), join(places.manifests, name), patience(signal)).catch(
      (error: unknown) => {
        // Another process has carried it to its end.
        if (codeOf(error) !== 'ENOENT') throw error;
      },
    );
  };
  /** Writes down that the manifest is there: from here on nothing is taken back. */
  const settle = async (manifest: Manifest): Promise<void> => {
    await disk.remove(join(places.staged, manifest.staged)).catch(() => {});
    await disk.sync(places.manifests);
  };
  /** Takes back what was renamed. Throws where something of it is gone already, or all of it is handed over. */
  const takeBack = async (manifest: Manifest): Promise<void> => {
    // A share may rename and lose the answer: with the manifest in its place the message counts as handed over.
    if ((await disk.list(places.manifests)).includes(manifestName(manifest))) throw new TransportError('internal');
    for (const [i, name] of liesOfManifest(manifest).entries()) {
      const staged = join(places.staged, manifest.staged, String(i));
      const mark = await disk.mark(staged).catch(() => undefined);
      if (!mark) await disk.rename(join(places.out, name), staged);
    }
    await disk.remove(join(places.sending, manifestName(manifest)));
    await disk.sync(places.sending);
    await disk.remove(join(places.staged, manifest.staged));
  };

  const prepare = async (): Promise<void> => {
    for (const folder of ['out', 'manifests', 'sending', 'staged'] as const) await disk.makeFolder(places[folder]);
  };
  /**
   * Carries to its end what a process began that is no more; takes away what was staged and never intended. Throws only
   * where this very message cannot be carried to its end: what became of it is then not known.
   */
  const recover = async (id: string, signal: AbortSignal): Promise<void> => {
    const open = new Set<string>();
    for (const name of await disk.list(places.sending)) {
      const begun = parseManifestName(name);
      if (!begun) continue;
      try {
        const manifest = await readJson<Manifest>(disk, join(places.sending, name));
        if (!manifest) continue;
        open.add(manifest.staged);
        await place(manifest, signal);
        await complete(manifest, signal);
        await settle(manifest);
      } catch (error) {
        if (begun.id === id) throw endedBy(error, signal, false);
      }
    }
    await sweep(disk, places.sending, clock.now());
    for (const name of await disk.list(places.staged)) {
      const age = clock.now() - stagedAt(name);
      if (!open.has(name) && age > DAY) await disk.remove(join(places.staged, name));
    }
  };

  const stage = async (message: OutboundMessage, name: string, signal: AbortSignal): Promise<void> => {
    const folder = join(places.staged, name);
    try {
      await disk.makeFolder(folder);
      const files: { name: string; bytes: Uint8Array }[] = [];
      for (const [i, part] of message.parts.entries()) {
        const bytes = await readPart(part, signal);
        signal.throwIfAborted();
        if (zip) files.push({ name: part.name, bytes });
        else await disk.create(join(folder, String(i)), bytes);
      }
      if (zip) await disk.create(join(folder, '0'), packZip(files));
      await disk.sync(folder);
      await disk.sync(places.staged);
      signal.throwIfAborted();
    } catch (error) {
      await disk.remove(folder).catch(() => {});
      throw error === signal.reason ? new TransportError('aborted', { outcome: 'not-sent', cause: error }) : error;
    }
  };

  /** What is begun and what is handed over, by names; in this order, for another process may move the one to the other. */
  const taken = async () => {
    const begun = (await disk.list(places.sending)).flatMap((name) => parseManifestName(name) ?? []);
    return { begun, names: (await disk.list(places.manifests)).flatMap((name) => parseManifestName(name) ?? []) };
  };
  /** Of two processes that intend the same serial at once, each sees the other here, or one of them was first. */
  const refuseRivals = async (message: OutboundMessage): Promise<void> => {
    const { begun, names } = await taken();
    const all = [...begun, ...names];
    if (!all.some(({ set, id }) => set === laneSerial(message) && id !== message.id)) return;
    const serials = new Set(all.map(({ set }) => set));
    throw serialConflict(message.serial, (serial) => serials.has(laneSerial({ ...message, serial })));
  };

  const known = async (message: SentRef): Promise<{ own?: Manifest; serials: ReadonlySet<string> }> => {
    const { begun, names } = await taken();
    const found = names.find(({ id }) => id === message.id);
    const path = found && join(places.manifests, `${found.set}.${found.id}.manifest.json`);
    const own = path === undefined ? undefined : await readJson<Manifest>(disk, path);
    return { ...(own ? { own } : {}), serials: new Set([...names, ...begun].map(({ set }) => set)) };
  };
  const receiptOf = ({ id, acceptedAt, digest }: Manifest): Receipt => ({ messageId: id, acceptedAt, digest });
  const send = async (message: OutboundMessage, signal: AbortSignal): Promise<SendResult> => {
    await prepare();
    await recover(message.id, signal);
    const digest = await messageDigest(message);
    const { own, serials } = await known(message);
    if (own && own.digest !== digest) throw new TransportError('message.conflict');
    if (own) return { state: 'handed-off', receipt: receiptOf(own), duplicate: true };
    const container = zip ? `${laneSerial(message)}.zip` : undefined;
    const there = new Set((await disk.list(places.out)).map(foldName));
    const names = container === undefined ? message.parts.map(({ name }) => name) : [container];
    if (serials.has(laneSerial(message)) || names.some((name) => there.has(foldName(name)))) {
      throw serialConflict(message.serial, (serial) => serials.has(laneSerial({ ...message, serial })));
    }
    const staged = `${clock.now()}.${randomUUID()}`;
    await stage(message, staged, signal);
    const { id, from, to, serial, standard, kinds } = message;
    const files = message.parts.map(({ name, kind, mediaType, size, sha256 }) => ({
      name,
      kind,
      mediaType,
      size,
      sha256,
    }));
    const routing = { version: 1, id, from, to, serial, standard, kinds } as const;
    const said = { ...routing, ...(container === undefined ? {} : { container }), files };
    const manifest: Manifest = { ...said, digest, acceptedAt: clock.now(), staged };
    try {
      await writeJson(disk, join(places.sending, manifestName(manifest)), manifest);
      await refuseRivals(message);
      await place(manifest, signal);
      await complete(manifest, signal);
    } catch (error) {
      const sure = await takeBack(manifest).then(
        () => true,
        () => false,
      );
      throw endedBy(error, signal, sure);
    }
    await settle(manifest).catch((error: unknown) => {
      throw endedBy(error, signal, false);
    });
    return { state: 'handed-off', receipt: receiptOf(manifest), duplicate: false };
  };

  return {
    send: (message, signal) => inTurn(() => send(message, signal)),
    lookup: (ref, signal) =>
      inTurn(async () => {
        await prepare();
        await recover(ref.id, signal);
        const { own } = await known(ref);
        if (!own) return undefined;
        const { id, from, to, serial } = own;
        return { id, from, to, serial, state: 'handed-off', receipt: receiptOf(own) };
      }),
  };
}

/** When a folder below `staged` was made, by its name; long ago for other names. */
const stagedAt = (name: string): number => Number(/^([0-9]+)\./.exec(name)?.[1] ?? 0);

/** The error of a send that was taken back, or (not sure) of one that the next attempt carries to its end. */
function endedBy(error: unknown, signal: AbortSignal, sure: boolean): TransportError {
  if (sure && error instanceof TransportError && error.outcome === 'rejected') return error;
  const outcome = sure ? 'not-sent' : 'unknown';
  if (error === signal.reason) return new TransportError('aborted', { outcome, cause: error });
  return diskError(error).with({ outcome });
}
