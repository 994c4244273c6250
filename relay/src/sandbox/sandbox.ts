import { audit } from '../core/audit.js';
import { putOffice } from '../core/directory.js';
import type { Relay } from '../core/relay.js';
import { type DemoDirectory, publicHalf } from './offices.js';

/** What is to happen to requests to come. */
export interface Fault {
  /** The operation; any where absent. */
  readonly operation?: string | undefined;
  /** Before anything is done, or when all is done and only the answer is missing. */
  readonly when: 'before' | 'after';
  readonly action: 'problem' | 'drop' | 'html' | 'delay';
  readonly status?: 429 | 500 | 503 | undefined;
  readonly delayMs?: number | undefined;
}

/** What a sandbox has beside a relay: a clock that can be moved, faults, offices with known keys. */
export interface Sandbox {
  readonly directory: DemoDirectory;
  readonly clock: { offsetMs: number; tokens: boolean };
  now(): number;
  tokenNow(): number;
  addFault(fault: Fault, times: number): void;
  clearFaults(): void;
  /** The fault that meets this request, which is then used up. */
  takeFault(operation: string, when: Fault['when']): Fault | undefined;
}

export function sandboxOf(directory: DemoDirectory, machine: () => number = Date.now): Sandbox {
  const faults: { fault: Fault; left: number }[] = [];
  const clock = { offsetMs: 0, tokens: false };
  return {
    directory,
    clock,
    now: () => machine() + clock.offsetMs,
    tokenNow: () => machine() + (clock.tokens ? clock.offsetMs : 0),
    addFault: (fault, times) => void faults.push({ fault, left: times }),
    clearFaults: () => void faults.splice(0),
    takeFault(operation, when) {
      const found = faults.find(
        ({ fault }) => fault.when === when && (fault.operation === undefined || fault.operation === operation),
      );
      if (!found) return undefined;
      found.left -= 1;
      if (found.left === 0) faults.splice(faults.indexOf(found), 1);
      return found.fault;
    },
  };
}

/** Enters the demo offices into the directory, as they were at the start. */
export async function enterOffices(relay: Relay, { registrar, offices }: DemoDirectory): Promise<void> {
  for (const { entry } of offices) await putOffice(relay, publicHalf(registrar), entry);
}

/** Takes away all messages, receipts and tokens, and what was done to offices and keys. The audit log goes on. */
export async function reset(relay: Relay, sandbox: Sandbox): Promise<void> {
  const blobs = await relay.database.transact(async (tx) => {
    const rows = await tx.all<{ blob_key: string }>('SELECT blob_key FROM part WHERE blob_key IS NOT NULL');
    const tables = [
      'part',
      'receipt',
      'event',
      'message',
      'pair',
      'mailbox',
      'rotation',
      'office_key',
      'certificate',
      'office',
      'replay',
    ];
    for (const table of tables) await tx.run(`DELETE FROM ${table}`);
    await audit(tx, relay.now(), 'sandbox', 'reset', null);
    return rows.map(({ blob_key }) => blob_key);
  });
  for (const key of blobs) await relay.blobs.remove(key);
  sandbox.clearFaults();
  sandbox.clock.offsetMs = 0;
  sandbox.clock.tokens = false;
  await enterOffices(relay, sandbox.directory);
}
