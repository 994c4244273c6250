import { join } from 'node:path';
import { diskError } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import type { Table } from '../table.js';
import type { Changes } from '../transaction.js';
import type { JournalFile } from './disk.js';
import { journalName, removeOlder, valuesFolder } from './files.js';
import { writeFrame } from './frame.js';
import type { Lock } from './lock.js';
import type { Place } from './place.js';
import { applyChanges, type Entry, formatChanges } from './records.js';
import type { JournalCipher } from './seal.js';
import { type Position, sealBody, writeState } from './state.js';
import { writeWhole } from './whole.js';

/** A journal is written anew where it is longer than this, and several times as long as it was when it was new. */
const SMALL = 256 * 1024;
const TIMES = 4;

interface Current extends Position {
  readonly name: string;
  readonly file: JournalFile;
}

/** Writes a journal: records at its end, and the whole anew. Only one call at a time. */
export class Writer {
  /** Why nothing more is written: memory and device may differ, or another process owns the journal. */
  #fault: TransportError | undefined;
  #current: Current | undefined;
  #made = 0;
  /** Below this size compaction is not tried again after it failed. */
  #patience = 0;

  constructor(
    readonly table: Table<Entry>,
    readonly cipher: JournalCipher | undefined,
    private readonly lock: Lock,
    private readonly place: Place,
  ) {}

  get name(): string {
    return this.#open.name;
  }

  get #open(): Current {
    if (!this.#current) throw new TransportError('closed');
    return this.#current;
  }

  /** Goes on in a file that ends where the position says. */
  async open(name: string, position: Position): Promise<void> {
    const before = this.#current;
    const { seq, hash, size, base } = position;
    this.#current = { seq, hash, size, base, name, file: await this.place.disk.open(join(this.place.path, name)) };
    await before?.file.close().catch(() => {});
  }

  isSound(): boolean {
    return this.#fault === undefined;
  }

  /** Throws where nothing may be written any more. */
  async check(): Promise<void> {
    if (this.#fault) throw this.#fault;
    await this.lock.verify().catch((error: TransportError) => {
      throw error.code === 'storage.locked' ? this.#stop(error) : error;
    });
  }

  /** Puts changes down as one record. When it resolves they are on the device, and this process still owned the journal. */
  async commit(all: Changes<Entry>): Promise<void> {
    const changes = new Map([...all].filter(([key, entry]) => entry !== undefined || this.table.has(key)));
    if (changes.size === 0) return;
    if ([...changes.values()].some((entry) => typeof entry === 'object')) {
      await this.place.disk.sync(valuesFolder(this.place.path)).catch((error: unknown) => {
        throw diskError(error);
      });
    }
    const { seq, hash, size } = this.#open;
    const body = await sealBody(formatChanges(seq + 1, changes), this.cipher);
    const frame = writeFrame(seq + 1, body, hash);
    await this.check();
    await this.#append(frame.bytes);
    // Whoever took over before this line may have read the journal without the record.
    await this.lock.verify().catch((error: unknown) => {
      throw this.#stop(error);
    });
    this.#current = { ...this.#open, seq: seq + 1, hash: frame.hash, size: size + frame.bytes.length };
    const before = [...changes.keys()].map((key) => this.table.get(key));
    applyChanges(this.table, changes);
    await this.#removeValues(before.flatMap((entry) => (typeof entry === 'object' ? [entry.name] : [])));
  }

  async #append(bytes: Buffer): Promise<void> {
    const { file, size } = this.#open;
    try {
      await file.write(bytes, size);
    } catch (error) {
      // A part of it may be there; what cannot be taken back would stand before the next record.
      await file.truncate(size).catch((second: unknown) => {
        throw this.#stop(second);
      });
      throw diskError(error);
    }
    // What the system could not write down it may have forgotten, and say next time that all is well.
    await file.sync().catch((error: unknown) => {
      throw this.#stop(error);
    });
  }

  hasGrown(): boolean {
    if (!this.#current || !this.isSound()) return false;
    const { size, base } = this.#current;
    return size > SMALL && size > base * TIMES && size > this.#patience;
  }

  /** Writes the journal anew. A failure before the new file has its name leaves everything as it was. */
  async compact(): Promise<void> {
    await this.check();
    const { disk, path, onEvent } = this.place;
    const { seq, size } = this.#open;
    try {
      await this.rewrite(seq);
    } catch (error) {
      const told = diskError(error);
      this.#patience = size * 2;
      onEvent({ type: 'compaction-failed', code: told.code });
      throw told;
    }
    await removeOlder(disk, path, this.name).catch(() => {});
    onEvent({ type: 'compacted', before: size, after: this.#open.size });
  }

  /** Writes a new journal under the owner's own number, its records numbered on, and goes on in it. */
  async rewrite(after: number): Promise<void> {
    const { disk, clock, path } = this.place;
    const name = journalName(this.lock.number, ++this.#made);
    const { bytes, ...position } = await writeState(this.table, this.cipher, after);
    await writeWhole(disk, clock, join(path, name), bytes).catch(async (error: unknown) => {
      await this.#withdraw(name);
      throw error;
    });
    try {
      await disk.sync(path);
      await this.open(name, position);
    } catch (error) {
      throw this.#stop(error);
    }
  }

  /** Makes sure that a file is not there whose making failed: it would count, and what follows would not be in it. */
  async #withdraw(name: string): Promise<void> {
    const { disk, path } = this.place;
    try {
      await disk.remove(join(path, name));
      await disk.sync(path);
    } catch (error) {
      throw this.#stop(error);
    }
  }

  /** The names of all side files to which something refers. */
  valueNames(): Set<string> {
    return new Set([...this.table.entries()].flatMap(([, entry]) => (typeof entry === 'object' ? [entry.name] : [])));
  }

  /** Removes those of some side files to which nothing refers; none where that is not sure. */
  async removeUnused(names: readonly string[]): Promise<void> {
    if (names.length === 0 || !this.isSound()) return;
    const used = this.valueNames();
    await this.#removeValues(names.filter((name) => !used.has(name)));
  }

  async #removeValues(names: readonly string[]): Promise<void> {
    // What cannot be removed now is swept when the journal is opened.
    const folder = valuesFolder(this.place.path);
    for (const name of names) await this.place.disk.remove(join(folder, name)).catch(() => {});
  }

  async close(): Promise<void> {
    await this.#current?.file.close().catch(() => {});
    this.#current = undefined;
  }

  /** Refuses all further work with an error. */
  #stop(error: unknown): TransportError {
    this.#fault ??= diskError(error);
    return this.#fault;
  }
}
