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

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Where the log ends. Kept elsewhere, it shows later that nothing before it was changed or taken away. */
export const auditHead = async (queries: Queries): Promise<AuditHead> =>
  (await queries.get<AuditHead>('SELECT seq, hash FROM audit_head WHERE one = 1')) ?? { seq: 0, hash: '' };

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: AuditHead }
  | { readonly ok: false; readonly seq: number; readonly fault: 'missing' | 'changed' | 'chain' | 'head' };

const PAGE = 1000;

/** Reads the whole log and says where it first is not as it was written; `known` is a head that was kept elsewhere. */
export async function verifyAudit(queries: Queries, known?: AuditHead): Promise<AuditVerdict> {
  let seq = 0;
  let hash = '';
  for (;;) {
    const rows = await queries.all<AuditRow>('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?', seq, PAGE);
    for (const row of rows) {
      if (row.seq !== seq + 1) return { ok: false, seq: seq + 1, fault: 'missing' };
      if (row.prev_hash !== hash) return { ok: false, seq: row.seq, fault: 'chain' };
      if (hashOf(row) !== row.hash) return { ok: false, seq: row.seq, fault: 'changed' };
      if (known?.seq === row.seq && known.hash !== row.hash) return { ok: false, seq: row.seq, fault: 'head' };
      seq = row.seq;
      hash = row.hash;
    }
    if (rows.length < PAGE) break;
  }
  const head = await auditHead(queries);
  if (head.seq > seq || (known && known.seq > seq)) return { ok: false, seq: seq + 1, fault: 'missing' };
  if (head.seq !== seq || head.hash !== hash) return { ok: false, seq, fault: 'head' };
  return { ok: true, entries: seq, head };
}
