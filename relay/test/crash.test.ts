import { cpSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeMessage, relayClient, type Told } from '../src/conformance/client.js';
import { verifyAudit } from '../src/core/audit.js';
import { openRelay } from '../src/core/open.js';
import { newDemoDirectory } from '../src/sandbox/offices.js';
import { sendAll } from './support/mortal.js';
import { run, type SandboxProcess, startProcess, temporaryFolder } from './support/process.js';

/** So often the process of a server is killed, with requests on their way. */
const KILLS = 3;
const MESSAGES = 6;
/** So often a relay dies at a call of its store. */
const DEATHS = 15;

let folder: string;
let current: SandboxProcess | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  current?.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Numbers from a seed, so that a run that fails can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What must be true of a store after whatever deaths: the messages once and in order, every blob there, the log whole. */
async function expectWhole(ids: readonly string[], size: number, at = folder): Promise<void> {
  const relay = await openRelay({ folder: at });
  expect(await verifyAudit(relay.database)).toMatchObject({ ok: true });
  const messages = await relay.database.all('SELECT id, inbox_seq, state FROM message ORDER BY inbox_seq');
  expect(messages).toEqual(ids.map((id, i) => ({ id, inbox_seq: i + 1, state: 'available' })));
  const rows = await relay.database.all<{ blob_key: string }>('SELECT * FROM part WHERE blob_key IS NOT NULL');
  for (const { blob_key } of rows) expect((await relay.blobs.read(blob_key, 0, size)).length).toBe(size);
  expect(rows).toHaveLength(ids.length);
  await relay.close();
}

describe('a relay that dies at any call of its store, between parts and in commits', () => {
  it('loses no message it accepted, has none twice, and gives the same receipt in every life', async () => {
    const next = random(20_261_130);
    const directory = await newDemoDirectory(Date.now());
    const [from = '', to = ''] = directory.offices.map(({ address }) => address);
    const messages = Array.from({ length: 6 }, () => fakeMessage(from, to, { sizes: [200, 66_000] }));
    await writeFile(join(folder, 'work.json'), JSON.stringify({ directory, messages }));
    const receipts = new Map<string, string>();
    const live = async (dieAt: number): Promise<boolean> => {
      const { stdout, stderr } = await run([folder, String(dieAt)], folder, 'test/support/dying-relay.ts');
      expect(stderr).toBe('');
      const lines = stdout.split('\n').map((line) => line.split(' ') as [string, string]);
      for (const [id, receipt] of lines.filter(([id]) => id.length === 36)) {
        expect(receipts.get(id) ?? receipt).toBe(receipt);
        receipts.set(id, receipt);
      }
      return lines.some(([word]) => word === 'done');
    };
    let done = false;
    // What is known is asked for again in each life: the further it has come, the later it may die.
    for (let i = 0; i < DEATHS; i++) done = await live(12 + receipts.size * 2 + Math.floor(next() * 30));
    expect(done).toBe(false);
    expect(await live(0)).toBe(true);
    expect(receipts.size).toBe(messages.length);
    await expectWhole(
      messages.map(({ id }) => id),
      66_000,
    );
  });
});

describe('a relay that dies at every call of its store, one after the other', () => {
  it('leaves at each of them what the next life carries to the same end', async () => {
    // What a killed process leaves is what its files hold at that moment: a copy of them is taken at every call.
    const directory = await newDemoDirectory(Date.now());
    const [from = '', to = ''] = directory.offices.map(({ address }) => address);
    const whole = fakeMessage(from, to, { sizes: [200, 66_000] });
    const inParts = fakeMessage(from, to, { sizes: [200, 66_000] });
    const copies: string[] = [];
    const receipts = new Map<string, string>();
    const answered: number[] = [];
    await sendAll(folder, directory, [whole, inParts], receipts, {
      call() {
        const copy = `${folder}-${copies.length}`;
        cpSync(folder, copy, { recursive: true });
        copies.push(copy);
      },
      answered: () => answered.push(copies.length),
    });
    try {
      expect(copies.length).toBeGreaterThan(60);
      for (const [at, copy] of copies.entries()) {
        const again = new Map<string, string>();
        await sendAll(copy, directory, [whole, inParts], again);
        // What was answered before the death is what the next life answers.
        for (const [i, id] of [whole.id, inParts.id].entries()) {
          if (at >= (answered[i] ?? 0)) expect(again.get(id), `call ${at}`).toBe(receipts.get(id));
        }
        await expectWhole([whole.id, inParts.id], 66_000, copy);
      }
    } finally {
      for (const copy of copies) await rm(copy, { recursive: true, force: true });
    }
  });
});

describe('a server that is killed with requests on their way', () => {
  it('loses no message it accepted, has none twice, gives the same receipt, and keeps the order', async () => {
    current = await startProcess(folder);
    const port = new URL(current.origin).port;
    const { origin } = current;
    const [from, to] = current.directory.offices;
    if (!from || !to) throw new Error('no offices');
    const next = random(20_261_129);
    let kills = 0;
    /** Kills the relay while a request is on its way, at a random moment, and starts it again on the same port. */
    const kill = async () => {
      kills += 1;
      current?.child.kill('SIGKILL');
      await current?.exited;
      current = await startProcess(folder, ['--port', port]);
    };
    const a = relayClient(origin, from);
    const b = relayClient(origin, to);
    /** One request until it is answered; every so often the relay dies while it is under way. */
    const ask = async (client: typeof a, ...request: Parameters<typeof a.ask>): Promise<Told> => {
      for (;;) {
        const attempt = client.ask(...request).catch(() => undefined);
        if (kills < KILLS && next() < 0.35) {
          const moment = Math.floor(next() * 12);
          for (let i = 0; i < moment; i++) await new Promise((resolve) => setImmediate(resolve));
          await kill();
        }
        const answer = await attempt;
        if (answer && answer.status < 500) return answer;
      }
    };

    const receipts = new Map<string, string>();
    const sent: string[] = [];
    for (let i = 0; i < MESSAGES; i++) {
      const { id, header, parts } = fakeMessage(from.address, to.address, { sizes: [200, 66_000] });
      const path = `${a.mailbox}/outbox/${id}`;
      if (i % 2 === 0) {
        const answer = await ask(a, 'PUT', path, { body: { header, parts } });
        receipts.set(id, answer.json.receipt);
      } else {
        await ask(a, 'PUT', path, { body: { header } });
        for (const [n, part] of parts.entries()) {
          const answer = await ask(a, 'PUT', `${path}/parts/${n}`, { body: new Uint8Array(Buffer.from(part)) });
          expect([200, 201]).toContain(answer.status);
        }
        receipts.set(id, (await ask(a, 'POST', `${path}/commit`)).json.receipt);
      }
      sent.push(id);
    }
    while (kills < KILLS) await kill();

    // Whatever happened: the receipts are still the same, and every byte is there, once and in order.
    for (const id of sent) {
      const again = await ask(a, 'POST', `${a.mailbox}/outbox/${id}/commit`);
      expect([again.json.receipt, again.json.duplicate]).toEqual([receipts.get(id), true]);
    }
    const page = await ask(b, 'GET', `${b.mailbox}/inbox?limit=200`);
    expect(page.json.items.map((item: { id: string }) => item.id)).toEqual(sent);
    current.child.kill('SIGTERM');
    expect(await current.exited).toBe(0);
    expect(kills).toBe(KILLS);
    await expectWhole(sent, 66_000);
  });
});
