import { setImmediate as others } from 'node:timers/promises';
import type { Queries } from './database.js';

/** The one connection of a database that writes. */
export interface Writer {
  readonly queries: Queries;
  /** Begins a transaction, once nobody else writes. */
  begin(): Promise<void>;
  exec(sql: string): void;
  /** False, too, after a fault that ended the transaction of itself, such as a full disk. */
  readonly inTransaction: boolean;
}

interface Job {
  work(tx: Queries): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** So many transactions are made durable together at most: the first waits for the last. */
const MOST = 64;

/**
 * Transactions of one writer, one after the other; those that are there at the same time reach the disk together. Each is
 * whole or not at all, whatever becomes of the others, and nobody is told of an end, good or bad, before it is durable what it
 * came from.
 */
export function groupCommit(writer: Writer): {
  transact<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
} {
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;

  /** Runs one as a part of the transaction that is open; gives what tells its end. */
  async function take(job: Job): Promise<() => void> {
    writer.exec('SAVEPOINT one');
    try {
      const value = await job.work(writer.queries);
      writer.exec('RELEASE one');
      return () => job.resolve(value);
    } catch (error) {
      if (!writer.inTransaction) throw error;
      writer.exec('ROLLBACK TO one');
      writer.exec('RELEASE one');
      return () => job.reject(error);
    }
  }

  async function group(): Promise<void> {
    const taken: Job[] = [];
    const ends: (() => void)[] = [];
    try {
      await writer.begin();
      while (waiting.length > 0 && taken.length < MOST) {
        const job = waiting.shift() as Job;
        taken.push(job);
        ends.push(await take(job));
        // Who is as good as there comes along.
        if (waiting.length === 0) await others();
      }
      writer.exec('COMMIT');
    } catch (error) {
      // Nothing was kept of any; where the writer could not begin, those who wait for it need not wait as long again.
      for (const job of taken.length > 0 ? taken : waiting.splice(0)) job.reject(error);
      if (writer.inTransaction) writer.exec('ROLLBACK');
      return;
    }
    for (const end of ends) end();
  }

  async function run(): Promise<void> {
    // What cannot even be rolled back is told to whoever begins next, by the database.
    while (waiting.length > 0) await group().catch(() => {});
    running = undefined;
  }

  return {
    transact: <T>(work: (tx: Queries) => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as Job['resolve'], reject });
        running ??= run();
      }),
    idle: async () => running,
  };
}
