import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeMessage, fakeMessage } from '../src/conformance/client.js';
import type { Queries } from '../src/store/database.js';
import { openSqlite } from '../src/store/sqlite.js';
import { type TestRelay, testRelay } from './support/sandbox.js';

let test: TestRelay;
let calls = 0;

/** Counts the statements of transactions: while they run, nobody else writes. */
function counted(tx: Queries): Queries {
  const count = <Call extends unknown[], Result>(ask: (...call: Call) => Result) => {
    return (...call: Call) => {
      calls += 1;
      return ask(...call);
    };
  };
  return { get: count(tx.get) as Queries['get'], all: count(tx.all) as Queries['all'], run: count(tx.run) };
}

beforeEach(async () => {
  test = await testRelay(
    {},
    {
      database: (folder) => {
        const sqlite = openSqlite(`${folder}/relay.sqlite`);
        return { ...sqlite, transact: (work) => sqlite.transact((tx) => work(counted(tx))) };
      },
    },
  );
});
afterEach(() => test.close());

const path = ({ id }: FakeMessage) => `${test.a.mailbox}/outbox/${id}`;
const declare = async (serial: string) => {
  const message = fakeMessage(test.a.office.address, test.b.office.address, { serial });
  calls = 0;
  const answer = await test.demo(test.a.office.address, 'PUT', path(message), { header: message.header });
  return { message, answer };
};
const nextAfter = async (serial: string) => {
  const { answer } = await declare(serial);
  expect(answer.problem).toBe('serial-conflict');
  return answer.json.nextSerial;
};

describe('a serial that is taken', () => {
  it('is answered with the next that is free: behind those that follow it, in a gap, or freed again', async () => {
    const taken = [];
    for (const serial of ['20261231235958', '20261231235959', '20270101000000', '20270101000002']) {
      taken.push(await declare(serial));
    }
    expect(await nextAfter('20261231235958')).toBe('20270101000001');
    expect(await nextAfter('20270101000002')).toBe('20270101000003');
    await test.demo(test.a.office.address, 'DELETE', path((taken[1] as (typeof taken)[0]).message));
    expect(await nextAfter('20261231235958')).toBe('20261231235959');
  });

  it('has no next where it is the last of all, or no time', async () => {
    for (const serial of ['99991231235959', '20269999999999']) {
      await declare(serial);
      expect(await nextAfter(serial)).toBeUndefined();
    }
  });

  it('is looked up by as many statements, however many follow it; behind a thousand none is told', async () => {
    const { message } = await declare('20270101000000');
    await nextAfter('20270101000000');
    const few = calls;
    const first = Date.UTC(2027, 0, 1);
    const follow = async (from: number, to: number) => {
      for (let i = from; i <= to; i++) {
        const serial = new Date(first + i * 1000)
          .toISOString()
          .replace(/[^0-9]/g, '')
          .slice(0, 14);
        await insertCopy(message.id, serial);
      }
    };
    await follow(1, 999);
    expect(await nextAfter('20270101000000')).toBe('20270101001640');
    expect(calls).toBe(few);
    await follow(1000, 1000);
    expect(await nextAfter('20270101000000')).toBeUndefined();
    expect(await nextAfter('20270101000001')).toBe('20270101001641');
  });
});

/** A message like another, with another serial. */
const insertCopy = (id: string, serial: string) =>
  test.relay.database.run(
    `INSERT INTO message (id, from_address, to_address, serial, standard, kinds, header, header_sha256, manifest_sha256,
       part_count, total_bytes, state, created_at, touched_at, expires_at)
     SELECT ?, from_address, to_address, ?, standard, kinds, header, header_sha256, manifest_sha256, part_count,
       total_bytes, state, created_at, touched_at, expires_at FROM message WHERE id = ?`,
    `copy-${serial}`,
    serial,
    id,
  );
