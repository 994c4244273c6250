/**
 * A relay over a folder and a fixed port, that dies at any call of its store; begun again whenever it is dead. Arguments:
 * plan, number of the life. Ends when its input does.
 */

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderBlobs, listen, openRelay, openSqlite, putOffice } from '../../../relay/dist/index.js';
import { deathAt } from './points.mjs';

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const die = deathAt({
  seed: plan.seed * 3 + 2,
  life: Number(process.argv[3]),
  chance: plan.chance,
  lives: plan.lives,
  log: plan.deaths.relay,
});
const around = async (point, call) => {
  die(`relay before ${point}`);
  const result = await call();
  die(`relay after ${point}`);
  return result;
};
/** Statements by what they do and to which table: the points of a relay's life. */
const named = (sql) => sql.trim().replace(/\s+/g, ' ').split(' ', 3).join(' ').slice(0, 40);
const mortal = (queries) => ({
  get: (sql, ...values) => around(named(sql), () => queries.get(sql, ...values)),
  all: (sql, ...values) => around(named(sql), () => queries.all(sql, ...values)),
  run: (sql, ...values) => around(named(sql), () => queries.run(sql, ...values)),
});
const { folder } = plan.relay;
mkdirSync(folder, { recursive: true });
const sqlite = openSqlite(join(folder, 'relay.sqlite'));
const database = {
  ...sqlite,
  ...mortal(sqlite),
  transact: (work) => around('commit', () => sqlite.transact((tx) => work(mortal(tx)))),
};
const files = folderBlobs(join(folder, 'blobs'));
const blobs = { ...files, put: (bytes) => around('blob', () => files.put(bytes)) };
const relay = await openRelay({ folder, database, blobs, config: { origin: plan.origin, requestsPerSecond: 0 } });
for (const entry of plan.relay.entries) await putOffice(relay, plan.relay.registrar, entry);
await listen(relay, { host: '127.0.0.1', port: plan.relay.port });
process.stdin.on('end', () => process.exit(0)).resume();
