import { type Address, formatAddress } from '../address.js';
import type { StoreTransaction } from './store.js';

/** Sender and receiver: what is sent between them stays in order. */
export interface Lane {
  readonly from: Address;
  readonly to: Address;
}

export const laneOf = ({ from, to }: Lane): string => `${formatAddress(from)}/${formatAddress(to)}`;

/** Where what lies in a store; `n` counts up from 0. */
export const KEYS = {
  message: (id: string) => `out/message/${id}`,
  lane: (lane: string, seq: number) => `out/lane/${lane}/${pad(seq)}`,
  callerKey: (hash: string) => `out/key/${hash}`,
  serial: (lane: string, serial: string) => `out/serial/${lane}/${serial}`,
  lastSerial: (lane: string) => `out/last/${lane}`,
  chain: (lane: string) => `out/chain/${lane}`,
  body: (id: string, n: number) => `out/body/${id}/${pad(n)}`,
  seq: 'out/seq',
  arrived: (id: string) => `in/message/${id}`,
  untold: (id: string) => `in/untold/${id}`,
  arrivedSerial: (lane: string, serial: string) => `in/serial/${lane}/${serial}`,
} as const;

export const PREFIX = {
  messages: 'out/message/',
  lanes: 'out/lane/',
  bodies: (id: string) => `out/body/${id}/`,
  arrived: 'in/message/',
  untold: 'in/untold/',
  arrivedLane: (lane: string) => `in/serial/${lane}/`,
} as const;

const pad = (n: number): string => String(n).padStart(12, '0');

/** What is stored under a key as JSON. */
export async function read<T>(tx: StoreTransaction, key: string): Promise<T | undefined> {
  const text = await tx.get(key);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

export const write = (tx: StoreTransaction, key: string, value: unknown): Promise<void> =>
  tx.set(key, JSON.stringify(value));

/** The ids at the heads of all lanes: the first of each that is open. */
export async function heads(tx: StoreTransaction): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const [key] = await tx.keys(PREFIX.lanes, { limit: 1, ...(after === undefined ? {} : { after }) });
    if (key === undefined) return ids;
    const id = await tx.get(key);
    if (id !== undefined) ids.push(id);
    // Places in a lane are digits: all of them come before a letter.
    after = `${key.slice(0, key.lastIndexOf('/') + 1)}z`;
  }
}
