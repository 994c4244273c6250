import type { Queries } from '../store/database.js';
import { sha256 } from './header.js';
import type { Relay } from './relay.js';

/** Where the bytes of a part lie: in the row, or in a blob. */
export interface StoredPart {
  readonly n: number;
  readonly sha256: string;
  readonly size: number;
  readonly data: Uint8Array | null;
  readonly blob_key: string | null;
}

/** Makes bytes durable before a row speaks of them: long ones become a blob, others go with the row. */
export async function layDown(relay: Relay, n: number, bytes: Uint8Array): Promise<StoredPart> {
  const part = { n, sha256: sha256(bytes), size: bytes.length };
  return bytes.length <= relay.config.inlineBytes
    ? { ...part, data: bytes, blob_key: null }
    : { ...part, data: null, blob_key: await relay.blobs.put(bytes) };
}

/** Writes the row of a part; false where there is one, whose bytes are the same. */
export async function insertPart(tx: Queries, key: number, part: StoredPart): Promise<boolean> {
  const { n, sha256, size, data, blob_key } = part;
  const rows = await tx.run(
    'INSERT INTO part (message_key, n, sha256, size, data, blob_key) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    key,
    n,
    sha256,
    size,
    data,
    blob_key,
  );
  return rows > 0;
}

/** Whether any part of a message is there. */
export const hasParts = async (queries: Queries, key: number): Promise<boolean> =>
  (await queries.get('SELECT 1 AS one FROM part WHERE message_key = ? LIMIT 1', key)) !== undefined;

/** The numbers of the parts that are not there yet. */
export async function missingParts(queries: Queries, key: number, count: number): Promise<number[]> {
  const rows = await queries.all<{ n: number }>('SELECT n FROM part WHERE message_key = ?', key);
  const there = new Set(rows.map(({ n }) => n));
  return Array.from({ length: count }, (_, n) => n).filter((n) => !there.has(n));
}

/** Takes the rows of a message's parts away; gives the blobs that nothing needs any more. */
export async function dropParts(tx: Queries, key: number): Promise<string[]> {
  const rows = await tx.all<{ blob_key: string }>(
    'SELECT blob_key FROM part WHERE message_key = ? AND blob_key IS NOT NULL',
    key,
  );
  await tx.run('DELETE FROM part WHERE message_key = ?', key);
  return rows.map(({ blob_key }) => blob_key);
}
