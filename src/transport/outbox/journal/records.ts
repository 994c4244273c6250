import type { Table } from '../table.js';
import type { Changes } from '../transaction.js';

/** A value that lies in a file of its own: its name in `values`, and its size in bytes. */
export interface Ref {
  readonly name: string;
  readonly size: number;
}

/** A value as a journal keeps it in memory: a short text, or where a long one lies. */
export type Entry = string | Ref;

/** The name of a side file: number of the owner, count, SHA-256 of its bytes. */
export const REF_NAME = /^[0-9]{1,10}-[0-9]{1,10}-[0-9a-f]{64}$/;

/** The first record: the form of the file, the wrapped key of its data, and how many records of the state follow. */
export interface Head {
  readonly journal: 1;
  readonly seal: string | null;
  readonly snapshot: number;
}

export const formatHead = (seal: string | null, snapshot: number): string =>
  JSON.stringify({ journal: 1, seal, snapshot } satisfies Head);

/** The head that a text is; `unsupported` for one of a later form. */
export function parseHead(text: string): Head | 'unsupported' | undefined {
  const head = parse(text) as Partial<Head> | undefined;
  if (!isObject(head)) return undefined;
  if (typeof head.journal === 'number' && head.journal !== 1) return 'unsupported';
  const { journal, seal, snapshot } = head;
  const fits = journal === 1 && (seal === null || typeof seal === 'string') && isCount(snapshot);
  return fits ? (head as Head) : undefined;
}

/** What one record says: the texts it puts, those that lie elsewhere, the keys it deletes. `n` binds it to its place. */
interface Body {
  readonly n: number;
  readonly set?: readonly (readonly [string, string])[];
  readonly ref?: readonly (readonly [string, string, number])[];
  readonly del?: readonly string[];
}

export function formatChanges(n: number, changes: Iterable<readonly [string, Entry | undefined]>): string {
  const set: [string, string][] = [];
  const ref: [string, string, number][] = [];
  const del: string[] = [];
  for (const [key, entry] of changes) {
    if (entry === undefined) del.push(key);
    else if (typeof entry === 'string') set.push([key, entry]);
    else ref.push([key, entry.name, entry.size]);
  }
  const body: Body = { n, ...(set.length && { set }), ...(ref.length && { ref }), ...(del.length && { del }) };
  return JSON.stringify(body);
}

/** The changes that a text is, of the record with this number; undefined where it is none. */
export function parseChanges(text: string, n: number): Changes<Entry> | undefined {
  const body = parse(text) as Partial<Body> | undefined;
  if (!isObject(body) || body.n !== n) return undefined;
  const { set = [], ref = [], del = [] } = body;
  const changes = new Map<string, Entry | undefined>();
  if (![set, ref, del].every(Array.isArray)) return undefined;
  for (const one of set) {
    if (!Array.isArray(one) || typeof one[0] !== 'string' || typeof one[1] !== 'string') return undefined;
    changes.set(one[0], one[1]);
  }
  for (const one of ref) {
    if (!Array.isArray(one) || typeof one[0] !== 'string' || !REF_NAME.test(String(one[1])) || !isCount(one[2])) {
      return undefined;
    }
    changes.set(one[0], { name: one[1], size: one[2] });
  }
  for (const key of del) {
    if (typeof key !== 'string') return undefined;
    changes.set(key, undefined);
  }
  return changes;
}

export function applyChanges(table: Table<Entry>, changes: Changes<Entry>): void {
  for (const [key, entry] of changes) {
    if (entry === undefined) table.delete(key);
    else table.set(key, entry);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
