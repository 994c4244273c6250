import type { Dialect } from './database.js';

/** The types that the dialects name differently. */
const TYPES = {
  sqlite: { int: 'INTEGER', bytes: 'BLOB', key: 'INTEGER PRIMARY KEY AUTOINCREMENT', strict: ' STRICT' },
  postgres: { int: 'BIGINT', bytes: 'BYTEA', key: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY', strict: '' },
} as const satisfies Record<Dialect, unknown>;

/** A step from one version of the schema to the next. Steps that were released are never changed. */
export interface Migration {
  readonly version: number;
  statements(dialect: Dialect): readonly string[];
}

const first: Migration = {
  version: 1,
  statements(dialect) {
    const { int, bytes, key, strict } = TYPES[dialect];
    return [
      `CREATE TABLE office (
        address TEXT PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('active', 'suspended')),
        entry TEXT NOT NULL, issued_at ${int} NOT NULL, created_at ${int} NOT NULL, quota_bytes ${int})${strict}`,
      `CREATE TABLE office_key (
        address TEXT NOT NULL REFERENCES office, kid TEXT NOT NULL, use TEXT NOT NULL, alg TEXT NOT NULL,
        member TEXT NOT NULL, not_before ${int}, not_after ${int}, revoked_at ${int}, PRIMARY KEY (address, kid))${strict}`,
      `CREATE TABLE rotation (
        address TEXT NOT NULL REFERENCES office, issued_at ${int} NOT NULL, jws TEXT NOT NULL,
        PRIMARY KEY (address, issued_at))${strict}`,
      `CREATE TABLE mailbox (
        address TEXT PRIMARY KEY REFERENCES office, next_seq ${int} NOT NULL DEFAULT 1,
        next_sent ${int} NOT NULL DEFAULT 1, used_bytes ${int} NOT NULL DEFAULT 0)${strict}`,
      `CREATE TABLE pair (
        from_address TEXT NOT NULL, to_address TEXT NOT NULL REFERENCES mailbox, used_bytes ${int} NOT NULL,
        PRIMARY KEY (from_address, to_address))${strict}`,
      `CREATE TABLE message (
        key ${key}, id TEXT NOT NULL, from_address TEXT NOT NULL, to_address TEXT NOT NULL REFERENCES mailbox,
        serial TEXT NOT NULL, standard TEXT NOT NULL, kinds TEXT NOT NULL,
        header TEXT NOT NULL, header_sha256 TEXT NOT NULL, manifest_sha256 TEXT NOT NULL,
        part_count ${int} NOT NULL, total_bytes ${int} NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('uploading', 'abandoned', 'available', 'fetched', 'delivered', 'read',
          'rejected', 'recalled', 'expired')),
        inbox_seq ${int}, sent_seq ${int}, created_at ${int} NOT NULL, touched_at ${int} NOT NULL,
        available_at ${int}, expires_at ${int} NOT NULL, closed_at ${int}, purged_at ${int}, relay_receipt TEXT,
        UNIQUE (from_address, id), UNIQUE (to_address, id),
        CHECK ((relay_receipt IS NULL) = (inbox_seq IS NULL)),
        CHECK (state NOT IN ('available', 'fetched', 'delivered', 'read', 'rejected') OR relay_receipt IS NOT NULL)
      )${strict}`,
      `CREATE UNIQUE INDEX message_serial ON message (from_address, to_address, serial) WHERE state <> 'abandoned'`,
      `CREATE UNIQUE INDEX message_inbox ON message (to_address, inbox_seq) WHERE inbox_seq IS NOT NULL`,
      `CREATE UNIQUE INDEX message_sent ON message (from_address, sent_seq) WHERE sent_seq IS NOT NULL`,
      `CREATE INDEX message_open ON message (to_address, inbox_seq) WHERE state IN ('available', 'fetched')`,
      `CREATE INDEX message_due ON message (expires_at) WHERE state IN ('uploading', 'available', 'fetched')`,
      `CREATE TABLE part (
        message_key ${int} NOT NULL REFERENCES message, n ${int} NOT NULL, sha256 TEXT NOT NULL, size ${int} NOT NULL,
        data ${bytes}, blob_key TEXT, PRIMARY KEY (message_key, n), CHECK ((data IS NULL) <> (blob_key IS NULL))
      )${strict}`,
      `CREATE INDEX part_blob ON part (blob_key) WHERE blob_key IS NOT NULL`,
      `CREATE TABLE receipt (
        message_key ${int} NOT NULL REFERENCES message, kind TEXT NOT NULL CHECK (kind IN ('delivered', 'read', 'rejected')),
        signed TEXT, reasons TEXT, at ${int} NOT NULL, PRIMARY KEY (message_key, kind))${strict}`,
      `CREATE TABLE event (
        message_key ${int} NOT NULL REFERENCES message, n ${int} NOT NULL, state TEXT NOT NULL, at ${int} NOT NULL,
        actor TEXT NOT NULL, PRIMARY KEY (message_key, n))${strict}`,
      `CREATE TABLE replay (
        address TEXT NOT NULL, jti TEXT NOT NULL, exp ${int} NOT NULL, PRIMARY KEY (address, jti))${strict}`,
      `CREATE INDEX replay_exp ON replay (exp)`,
      `CREATE TABLE audit (
        seq ${int} PRIMARY KEY, at ${int} NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, message_id TEXT,
        meta TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL)${strict}`,
      `CREATE TABLE audit_head (one ${int} PRIMARY KEY CHECK (one = 1), seq ${int} NOT NULL, hash TEXT NOT NULL)${strict}`,
      `INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '')`,
    ];
  },
};

/** Client certificates, and what finds closed messages whose bytes may go. */
const second: Migration = {
  version: 2,
  statements(dialect) {
    const { strict } = TYPES[dialect];
    return [
      `CREATE TABLE certificate (fingerprint TEXT PRIMARY KEY, address TEXT NOT NULL REFERENCES office)${strict}`,
      `CREATE INDEX message_closed ON message (closed_at) WHERE closed_at IS NOT NULL AND purged_at IS NULL`,
    ];
  },
};

export const MIGRATIONS: readonly Migration[] = [first, second];
