import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeMessage } from '../src/conformance/client.js';
import { type AuditHead, audit, verifyAudit } from '../src/core/audit.js';
import type { Queries, SqlValue } from '../src/store/database.js';
import { openSqlite } from '../src/store/sqlite.js';
import { type TestRelay, testRelay } from './support/sandbox.js';

let test: TestRelay;
beforeEach(async () => {
  test = await testRelay();
  const { a, b } = test;
  for (let i = 0; i < 3; i++) {
    const { id, header, parts } = fakeMessage(a.office.address, b.office.address);
    await test.demo(a.office.address, 'PUT', `${a.mailbox}/outbox/${id}`, { header, parts });
    await test.demo(b.office.address, 'GET', `${b.mailbox}/inbox/${id}`);
    await test.demo(b.office.address, 'PUT', `${b.mailbox}/inbox/${id}/receipts/delivered`, {});
  }
});
afterEach(() => test.close());

/** Somebody with the file at hand, who changes it. */
async function tamper(sql: string): Promise<void> {
  const database = openSqlite(join(test.folder, 'relay.sqlite'));
  expect(await database.run(sql)).toBeGreaterThan(0);
  await database.close();
}

const auditHead = async (database: Queries): Promise<AuditHead> =>
  (await database.get<AuditHead>('SELECT seq, hash FROM audit_head')) ?? { seq: 0, hash: '' };

describe('the audit log', () => {
  it('has an entry for everything that was done, and is whole', async () => {
    const rows = await test.relay.database.all<{ action: string }>('SELECT action FROM audit ORDER BY seq');
    const each = ['declare', 'commit', 'fetch', 'receipt'];
    expect(rows.map(({ action }) => action)).toEqual(['office', 'office', ...each, ...each, ...each]);
    expect(await verifyAudit(test.relay.database)).toMatchObject({ ok: true, entries: 14 });
  });

  it.each([
    ['an entry taken out of the middle', 'DELETE FROM audit WHERE seq = 7', { seq: 7, fault: 'missing' }],
    ['the first entry taken away', 'DELETE FROM audit WHERE seq = 1', { seq: 1, fault: 'missing' }],
    ['the last entry taken away', 'DELETE FROM audit WHERE seq = 14', { seq: 14, fault: 'missing' }],
    ['all entries taken away', 'DELETE FROM audit', { seq: 1, fault: 'missing' }],
    ['another actor', "UPDATE audit SET actor = 'x' WHERE seq = 5", { seq: 5, fault: 'changed' }],
    ['another time', 'UPDATE audit SET at = at + 1 WHERE seq = 5', { seq: 5, fault: 'changed' }],
    ['another message', 'UPDATE audit SET message_id = NULL WHERE seq = 5', { seq: 5, fault: 'changed' }],
    ['other details', "UPDATE audit SET meta = '{}' WHERE seq = 5", { seq: 5, fault: 'changed' }],
    ['another hash', "UPDATE audit SET hash = 'x' WHERE seq = 5", { seq: 5, fault: 'changed' }],
    ['another chain', "UPDATE audit SET prev_hash = 'x' WHERE seq = 5", { seq: 5, fault: 'chain' }],
    ['the end and the entry before it taken away', 'DELETE FROM audit WHERE seq > 12', { seq: 13, fault: 'missing' }],
    ['an entry that the head does not know', 'UPDATE audit_head SET seq = 13', { seq: 14, fault: 'head' }],
    ['no head', 'DELETE FROM audit_head', { seq: 14, fault: 'head' }],
    ['another end', "UPDATE audit_head SET hash = 'x'", { seq: 14, fault: 'head' }],
  ])('shows %s', async (_, sql, expected) => {
    await tamper(sql);
    expect(await verifyAudit(test.relay.database)).toEqual({ ok: false, ...expected });
  });

  it('is whole beside a relay that writes to it between any two looks, up to the head that is told', async () => {
    const { database } = test.relay;
    const write = () => database.transact((tx) => audit(tx, 1, 'x', 'fetch', null));
    const beside: Queries = {
      get: async <T>(sql: string, ...values: SqlValue[]) => {
        const found = await database.get<T>(sql, ...values);
        await write();
        return found;
      },
      all: async <T>(sql: string, ...values: SqlValue[]) => {
        await write();
        const found = await database.all<T>(sql, ...values);
        await write();
        return found;
      },
      run: database.run,
    };
    for (let i = 0; i < 3; i++) {
      const before = await auditHead(database);
      expect(await verifyAudit(beside, before)).toEqual({ ok: true, entries: before.seq, head: before });
    }
    expect((await auditHead(database)).seq).toBeGreaterThan(14);
  });

  it('shows an end that was cut off together with the head, where the head was kept elsewhere', async () => {
    const kept = await auditHead(test.relay.database);
    await tamper('DELETE FROM audit WHERE seq > 10');
    await tamper('UPDATE audit_head SET seq = 10, hash = (SELECT hash FROM audit WHERE seq = 10)');
    expect(await verifyAudit(test.relay.database)).toMatchObject({ ok: true });
    expect(await verifyAudit(test.relay.database, kept)).toEqual({ ok: false, seq: 11, fault: 'missing' });
  });

  it('shows an old head on a log that was written anew', async () => {
    const { seq } = await auditHead(test.relay.database);
    const verdict = await verifyAudit(test.relay.database, { seq, hash: '0'.repeat(64) });
    expect(verdict).toEqual({ ok: false, seq, fault: 'head' });
  });
});
