import { sha256 } from './header.js';
import { hold, sentMessage } from './message-row.js';
import { insertPart, layDown } from './parts.js';
import { Problem, type ProblemSlug } from './problem.js';
import type { Relay } from './relay.js';
import { transact } from './transact.js';

export interface UploadedPart {
  readonly n: number;
  readonly size: number;
  readonly sha256: string;
  readonly created: boolean;
}

/** Takes the bytes of a part of a declared message. The same bytes again are no error. */
export async function uploadPart(
  relay: Relay,
  from: string,
  id: string,
  n: number,
  bytes: Uint8Array,
): Promise<UploadedPart> {
  const found = await sentMessage(relay.database, from, id);
  if (n >= found.part_count) throw new Problem('not-found');
  const { parts } = JSON.parse(found.header) as { parts: { size: number; sha256: string }[] };
  const said = parts[n];
  const fits = said?.size === bytes.length && said.sha256 === sha256(bytes);
  const committed = found.inbox_seq !== null;
  if (!fits)
    throw committed ? new Problem('already-committed', { part: n }) : new Problem('part-mismatch', { part: n });
  const answer = { n, size: bytes.length, sha256: said.sha256 };
  if (committed) return { ...answer, created: false };
  const part = await layDown(relay, n, bytes);
  let refused: ProblemSlug | undefined;
  const created = await transact(relay, async (tx) => {
    refused = undefined;
    const row = await hold(tx, relay, found);
    if (row.inbox_seq !== null) return false;
    if (row.state !== 'uploading') {
      refused = 'not-found';
      return false;
    }
    await tx.run('UPDATE message SET touched_at = ? WHERE key = ?', relay.now(), row.key);
    return insertPart(tx, row.key, part);
  });
  if (!created && part.blob_key) await relay.blobs.remove(part.blob_key);
  if (refused) throw new Problem(refused);
  return { ...answer, created };
}
