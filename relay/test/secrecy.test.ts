import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeMessage, told } from '../src/conformance/client.js';
import { errorCode, jsonLog } from '../src/core/log.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

/** Names that must not come out of the relay anywhere, in forms in which they may be sent. */
const CANARIES = ['介護花子', 'カナリヤ', 'KANARIYA_HANAKO', 'kanariya.csv', '0000777777'];
const BAIT = CANARIES.join(' ');

let test: TestRelay;
const answers: string[] = [];
beforeAll(async () => {
  test = await testRelay();
  const ask = async (method: string, path: string, init: RequestInit = {}) => {
    const headers = {
      Authorization: `Demo ${test.a.office.address}`,
      'Content-Type': 'application/json',
      ...init.headers,
    };
    const answer = await told(await test.app.fetch(new Request(ORIGIN + path, { method, ...init, headers })));
    answers.push(JSON.stringify([...answer.headers]), Buffer.from(answer.bytes).toString('utf8'));
    return answer;
  };
  const { a, b } = test;
  const name = encodeURIComponent(BAIT);
  const { id, header, parts } = fakeMessage(a.office.address, b.office.address, {
    parts: ['manifest', 'KANARIYA_HANAKO kanariya.csv 0000777777'],
  });
  await ask('PUT', `${a.mailbox}/outbox/${id}`, { body: JSON.stringify({ header, parts }) });
  // Where somebody errs, names come in paths, queries, fields and bodies.
  for (const path of [
    `/${name}`,
    `/v1/mailboxes/${name}/inbox`,
    `${a.mailbox}/outbox/${name}`,
    `/v1/offices/${name}`,
  ]) {
    await ask('GET', path);
  }
  await ask('GET', `${a.mailbox}/inbox?cursor=${name}`);
  await ask('GET', `${a.mailbox}/inbox?${name}=1`);
  await ask('GET', `${a.mailbox}/inbox`, { headers: { Authorization: 'Careplan KANARIYA_HANAKO' } });
  await ask('GET', `${a.mailbox}/inbox`, { headers: { 'Careplan-Request-Id': 'kanariya.csv 0000777777' } });
  for (const body of [
    BAIT,
    JSON.stringify({ header: BAIT }),
    JSON.stringify({ [BAIT]: 1 }),
    JSON.stringify({ header: header.replace('UPPLAN', 'カナリヤ') }),
  ]) {
    await ask('PUT', `${a.mailbox}/outbox/${id}`, { body });
  }
  const receipts = `${b.mailbox}/inbox/${id}/receipts/rejected`;
  const asB = { Authorization: `Demo ${b.office.address}` };
  await ask('PUT', receipts, { headers: asB, body: JSON.stringify({ reasons: [BAIT] }) });
  await ask('POST', '/sandbox/v1/faults', { body: JSON.stringify({ operation: BAIT, when: 'x' }) });
  await ask('GET', '/sandbox/v1/snapshot');
  await ask('GET', '/metrics');
  await ask('GET', '/');
});
afterAll(() => test.close());

describe('no name that comes to the relay by mistake', () => {
  it('stands in its log', () => {
    expect(test.lines.length).toBeGreaterThan(15);
    for (const canary of [...CANARIES, ...CANARIES.map(encodeURIComponent)]) {
      expect(
        test.lines.filter((line) => line.includes(canary)),
        canary,
      ).toEqual([]);
    }
  });

  it('stands in an answer, a problem, the metrics or the page', () => {
    for (const canary of CANARIES)
      expect(
        answers.filter((text) => text.includes(canary)),
        canary,
      ).toEqual([]);
  });

  it('stands in the audit log', async () => {
    const rows = JSON.stringify(await test.relay.database.all('SELECT * FROM audit'));
    for (const canary of CANARIES) expect(rows).not.toContain(canary);
  });

  it('is kept at all, but in the part that was sent', async () => {
    const columns = await test.relay.database.all<{ data: Uint8Array }>('SELECT data FROM part WHERE n = 1');
    expect(Buffer.from(columns[0]?.data ?? []).toString()).toContain('KANARIYA_HANAKO');
    const tables = ['message', 'event', 'receipt', 'replay', 'office', 'office_key', 'rotation'];
    for (const table of tables) {
      const rows = JSON.stringify(await test.relay.database.all(`SELECT * FROM ${table}`));
      for (const canary of CANARIES) expect(rows, table).not.toContain(canary);
    }
  });
});

describe('the log', () => {
  it('has lines of JSON with the fields of a request', () => {
    const line = JSON.parse(test.lines[0] ?? '') as Record<string, unknown>;
    expect(line).toMatchObject({ level: 'info', event: 'request', operation: 'declare', method: 'PUT', status: 201 });
  });

  it('takes no field that is not named, and of texts only names and codes', () => {
    const lines: string[] = [];
    const log = jsonLog(
      (line) => lines.push(line),
      () => 0,
    );
    log('warn', 'test', { requestId: 'a b', operation: 'declare', secret: 'x', error: '介護' } as never);
    expect(lines).toEqual([
      `${JSON.stringify({ time: '1970-01-01T00:00:00.000Z', level: 'warn', event: 'test', operation: 'declare' })}\n`,
    ]);
  });

  it('names what failed by name and code, not by its text', () => {
    expect(errorCode(Object.assign(new TypeError('介護花子'), { code: 'EIO' }))).toBe('TypeError/EIO');
    expect(errorCode('介護花子')).toBe('unknown');
  });
});

it('private keys are readable by their owner only', () => {
  const { mode } = statSync(join(test.folder, 'relay-key.json'));
  expect(mode & 0o077).toBe(0);
});
