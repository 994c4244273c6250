import { createHash } from 'node:crypto';
import type { Queries } from '../store/database.js';

export type AuditAction =
  | 'office'
  | 'suspend'
  | 'rotate'
  | 'certificate'
  | 'declare'
  | 'commit'
  | 'fetch'
  | 'receipt'
  | 'recall'
  | 'abandon'
  | 'expire'
  | 'purge'
  | 'reset';

/** What an entry says beside who did what to which message: numbers and codes. */
export type AuditMeta = Readonly<Record<string, string | number>>;

interface AuditRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly message_id: string | null;
  readonly meta: string;
  readonly prev_hash: string;
  readonly hash: string;
}

const hashOf = ({ seq, at, actor, action, message_id, meta, prev_hash }: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([seq, at, actor, action, message_id, meta, prev_hash]))
    .digest('hex');

/** Writes what was done, chained to the entry before by its hash. The last statement of a transaction: others wait for it. */
export async function audit(
  tx: Queries,
  at: number,
  actor: string,
  action: AuditAction,
  messageId: string | null,
  meta: AuditMeta = {},
): Promise<void> {
  const head = await tx.get<{ seq: number; hash: string }>(
    'UPDATE audit_head SET seq = seq + 1 WHERE one = 1 RETURNING seq, hash',
  );
  if (!head) throw new Error('the audit log has no head');
  const row = {
    seq: head.seq,
    at,
    actor,
    action,
    message_id: messageId,
    meta: JSON.stringify(meta),
    prev_hash: head.hash,
  };
  const hash = hashOf(row);
  await tx.run(
    'INSERT INTO audit (seq, at, actor, action, message_id, meta, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    row.seq,
    at,
    actor,
    action,
    messageId,
    row.meta,
    row.prev_hash,
    hash,
  );
  await tx.run('UPDATE audit_head SET hash = ? WHERE one = 1', hash);
}

/** Where the log ends. Kept elsewhere, it shows later that nothing before it was changed or taken away. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: AuditHead }
  | { readonly ok: false; readonly seq: number; readonly fault: 'missing' | 'changed' | 'chain' | 'head' };

const PAGE = 1000;

/** The head, and the last entry that there is, both of the same moment: they agree, however much is written meanwhile. */
async function ending(queries: Queries): Promise<{ readonly head: AuditHead; readonly last: number }> {
  const row = await queries.get<{ seq: number | null; hash: string | null; last: number | null }>(
    `SELECT (SELECT seq FROM audit_head WHERE one = 1) AS seq, (SELECT hash FROM audit_head WHERE one = 1) AS hash,
     (SELECT MAX(seq) FROM audit) AS last`,
  );
  return { head: { seq: row?.seq ?? 0, hash: row?.hash ?? '' }, last: row?.last ?? 0 };
}

/**
 * Reads the log up to the head that it has now, and says where it first is not as it was written; `known` is a head that was
 * kept elsewhere. What is written meanwhile is left for the next time.
 */
export async function verifyAudit(queries: Queries, known?: AuditHead): Promise<AuditVerdict> {
  const { head, last } = await ending(queries);
  let seq = 0;
  let hash = '';
  while (seq < head.seq) {
    const rows = await queries.all<AuditRow>(
      'SELECT * FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
      seq,
      head.seq,
      PAGE,
    );
    if (rows.length === 0) return { ok: false, seq: seq + 1, fault: 'missing' };
    for (const row of rows) {
      if (row.seq !== seq + 1) return { ok: false, seq: seq + 1, fault: 'missing' };
      if (row.prev_hash !== hash) return { ok: false, seq: row.seq, fault: 'chain' };
      if (hashOf(row) !== row.hash) return { ok: false, seq: row.seq, fault: 'changed' };
      if (known?.seq === row.seq && known.hash !== row.hash) return { ok: false, seq: row.seq, fault: 'head' };
      seq = row.seq;
      hash = row.hash;
    }
  }
  if (known && known.seq > seq) return { ok: false, seq: seq + 1, fault: 'missing' };
  if (last > seq || head.hash !== hash) return { ok: false, seq: Math.max(last, seq), fault: 'head' };
  return { ok: true, entries: seq, head };
}
