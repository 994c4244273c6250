import { join } from 'node:path';
import { type FakeMessage, told } from '../../src/conformance/client.js';
import { openRelay } from '../../src/core/open.js';
import { relayApp } from '../../src/http/app.js';
import type { DemoDirectory } from '../../src/sandbox/offices.js';
import { enterOffices, sandboxOf } from '../../src/sandbox/sandbox.js';
import { folderBlobs } from '../../src/store/blobs.js';
import type { Database, Queries } from '../../src/store/database.js';
import { openSqlite } from '../../src/store/sqlite.js';

export interface Witness {
  /** Before every call that changes the store, and after those that make something durable. */
  call?(): void;
  /** After a message was answered with its receipt. */
  answered?(id: string, receipt: string): void;
}

/** Opens a relay in a folder and sends messages, in process: the even ones in one shot, the others by parts. */
export async function sendAll(
  folder: string,
  directory: DemoDirectory,
  messages: readonly FakeMessage[],
  receipts: Map<string, string>,
  witness: Witness = {},
): Promise<void> {
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    witness.call?.();
    const result = await call();
    witness.call?.();
    return result;
  };
  const before = <T>(call: () => Promise<T>): Promise<T> => {
    witness.call?.();
    return call();
  };
  const mortal = (queries: Queries): Queries => ({
    get: (sql, ...values) =>
      /^SELECT/.test(sql) ? queries.get(sql, ...values) : before(() => queries.get(sql, ...values)),
    all: queries.all,
    run: (sql, ...values) => before(() => queries.run(sql, ...values)),
  });
  const sqlite = openSqlite(join(folder, 'relay.sqlite'));
  const database: Database = {
    ...sqlite,
    ...mortal(sqlite),
    transact: (work) => around(() => sqlite.transact((tx) => work(mortal(tx)))),
  };
  const files = folderBlobs(join(folder, 'blobs'));
  const blobs = { ...files, put: (bytes: Uint8Array) => around(() => files.put(bytes)) };
  const relay = await openRelay({ folder, database, blobs });
  await enterOffices(relay, directory);
  const app = relayApp(relay, { sandbox: sandboxOf(directory) });
  const from = directory.offices[0]?.address ?? '';
  const ask = async (method: string, path: string, body?: object | string) => {
    const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const headers = { Authorization: `Demo ${from}`, ...(text === undefined ? {} : { 'Content-Type': type }) };
    const init = { method, headers, ...(text === undefined ? {} : { body: text }) };
    const answer = await told(await app.fetch(new Request(`http://127.0.0.1${path}`, init)));
    if (answer.status >= 400) throw new Error(`${method} ${answer.status} ${answer.problem}`);
    return answer.json;
  };
  for (const [i, { id, header, parts }] of messages.entries()) {
    const path = `/v1/mailboxes/${from}/outbox/${id}`;
    const declared = await ask('PUT', path, i % 2 === 0 ? { header, parts } : { header });
    for (const n of declared.missing) await ask('PUT', `${path}/parts/${n}`, parts[n]);
    const { receipt } = declared.receipt === undefined ? await ask('POST', `${path}/commit`) : declared;
    receipts.set(id, receipt);
    witness.answered?.(id, receipt);
  }
  await relay.close();
}
