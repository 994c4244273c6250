import { formatAddress } from 'careplan-renkei/transport';
import type { JWK } from 'jose';
import type { Queries } from '../store/database.js';
import { audit } from './audit.js';
import { headerOf, KID, OFFICE_ENTRY, type PublicKeyMember, verified } from './keys.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';

export interface OfficeView {
  readonly address: string;
  readonly entry: string;
  readonly rotations: readonly string[];
}

/** What the directory holds of an address, as the registrar and the office signed it. */
export async function office(queries: Queries, address: string): Promise<OfficeView> {
  const row = await queries.get<{ entry: string }>('SELECT entry FROM office WHERE address = ?', address);
  if (!row) throw new Problem('office-unknown');
  const rotations = await queries.all<{ jws: string }>(
    'SELECT jws FROM rotation WHERE address = ? ORDER BY issued_at',
    address,
  );
  return { address, entry: row.entry, rotations: rotations.map(({ jws }) => jws) };
}

/** A JWS of the registrar is not what it must be. */
export class EntryRefused extends Error {
  override readonly name = 'EntryRefused';
}

/** Takes an entry that the registrar signed; the same again changes nothing. Gives its address; throws `EntryRefused`. */
export async function putOffice(relay: Relay, registrar: JWK, jws: string): Promise<string> {
  const head = headerOf(jws, 'careplan-entry+jws');
  const entry = OFFICE_ENTRY.safeParse(head && (await verified(jws, registrar, head.alg)));
  if (!entry.success) throw new EntryRefused('The entry is not signed by the registrar, or not an entry.');
  const { issuedAt, keys } = entry.data;
  const address = formatAddress(entry.data.address);
  await relay.database.transact(async (tx) => {
    const known = await tx.get<{ entry: string; issued_at: number }>('SELECT * FROM office WHERE address = ?', address);
    if (known?.entry === jws) return;
    if (known && known.issued_at >= issuedAt)
      throw new EntryRefused('The directory has a later entry of this address.');
    const now = relay.now();
    await tx.run(
      `INSERT INTO office (address, status, entry, issued_at, created_at) VALUES (?, 'active', ?, ?, ?)
       ON CONFLICT (address) DO UPDATE SET entry = excluded.entry, issued_at = excluded.issued_at`,
      address,
      jws,
      issuedAt,
      now,
    );
    await tx.run('INSERT INTO mailbox (address) VALUES (?) ON CONFLICT DO NOTHING', address);
    await tx.run('DELETE FROM office_key WHERE address = ?', address);
    await tx.run('DELETE FROM rotation WHERE address = ?', address);
    for (const key of keys) await insertKey(tx, address, key);
    await audit(tx, now, 'registrar', 'office', null, { address, keys: keys.length });
  });
  return address;
}

/** Suspends an address, or lets it act again. */
export async function setStatus(relay: Relay, address: string, status: 'active' | 'suspended'): Promise<void> {
  await relay.database.transact(async (tx) => {
    if ((await tx.run('UPDATE office SET status = ? WHERE address = ?', status, address)) === 0) {
      throw new Problem('office-unknown');
    }
    await audit(tx, relay.now(), 'operator', 'suspend', null, { address, status });
  });
}

export interface KeyRow {
  readonly kid: string;
  readonly use: string;
  readonly alg: string;
  /** The `PublicKey` as JSON. */
  readonly member: string;
  readonly not_before: number | null;
  readonly not_after: number | null;
  readonly revoked_at: number | null;
}

/** The signing key of an address under a kid, where it is valid at a time. */
export async function signingKey(
  queries: Queries,
  address: string,
  kid: string,
  at: number,
): Promise<{ readonly alg: string; readonly jwk: object } | undefined> {
  if (!KID.test(kid)) return undefined;
  const row = await queries.get<KeyRow>('SELECT * FROM office_key WHERE address = ? AND kid = ?', address, kid);
  const valid =
    row?.use === 'sig' &&
    (row.not_before ?? 0) <= at &&
    (row.not_after === null || at < row.not_after) &&
    (row.revoked_at === null || at < row.revoked_at);
  return valid ? { alg: row.alg, jwk: (JSON.parse(row.member) as PublicKeyMember).jwk } : undefined;
}

/** Writes a key of an address. */
export async function insertKey(tx: Queries, address: string, key: PublicKeyMember): Promise<void> {
  await tx.run(
    `INSERT INTO office_key (address, kid, use, alg, member, not_before, not_after, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    address,
    key.kid,
    key.use,
    key.alg,
    JSON.stringify(key),
    key.notBefore ?? null,
    key.notAfter ?? null,
    key.revokedAt ?? null,
  );
}
