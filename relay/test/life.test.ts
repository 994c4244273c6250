import { messageId } from 'careplan-renkei/transport';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeMessage, fakeMessage } from '../src/conformance/client.js';
import { STEPS, type State } from '../src/core/states.js';
import { sweep } from '../src/core/sweep.js';
import { reset } from '../src/sandbox/sandbox.js';
import { type TestRelay, testRelay } from './support/sandbox.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
let test: TestRelay;
let from: string;
let to: string;
beforeAll(async () => {
  test = await testRelay({ pairBytes: 100_000, mailboxBytes: 150_000 });
  from = test.a.office.address;
  to = test.b.office.address;
});
afterAll(() => test.close());
beforeEach(() => reset(test.relay, test.sandbox));

const outbox = (id: string, more = '') => `/v1/mailboxes/${from}/outbox/${id}${more}`;
const inbox = (id: string, more = '') => `/v1/mailboxes/${to}/inbox/${id}${more}`;
const put = ({ id, header, parts }: FakeMessage) => test.demo(from, 'PUT', outbox(id), { header, parts });
const send = async (given: Parameters<typeof fakeMessage>[2] = {}) => {
  const message = fakeMessage(from, to, given);
  expect((await put(message)).status).toBe(201);
  return message;
};
const status = async (id: string) => (await test.demo(from, 'GET', outbox(id))).json;
const later = (ms: number) => {
  test.sandbox.clock.offsetMs += ms;
};
const usedBytes = async () =>
  (await test.relay.database.get<{ used_bytes: number }>('SELECT used_bytes FROM mailbox WHERE address = ?', to))
    ?.used_bytes;

describe('a message whose time is over', () => {
  it('is expired for both ends, whether or not anybody swept', async () => {
    const { id } = await send({ expiresAt: Date.now() + DAY });
    later(DAY + 1000);
    const list = await test.demo(to, 'GET', `/v1/mailboxes/${to}/inbox`);
    expect(list.json.items).toEqual([]);
    for (const path of [inbox(id), inbox(id, '/parts/0')]) {
      expect((await test.demo(to, 'GET', path)).problem).toBe('expired');
    }
    expect((await test.demo(to, 'PUT', inbox(id, '/receipts/read'), {})).problem).toBe('expired');
    expect((await test.demo(from, 'DELETE', outbox(id))).problem).toBe('expired');
    expect(await status(id)).toMatchObject({ state: 'expired', events: [{}, {}, { n: 3, state: 'expired' }] });
  });

  it('is kept at most as long as the relay keeps anything', async () => {
    const { id } = await send({ expiresAt: Date.now() + 1000 * DAY });
    expect((await status(id)).expiresAt).toBeLessThanOrEqual(Date.now() + test.relay.config.maxWaitMs);
  });

  it('takes a late receipt of a receiver who had fetched it, and stays expired', async () => {
    const { id } = await send({ expiresAt: Date.now() + DAY });
    await test.demo(to, 'GET', inbox(id));
    later(2 * DAY);
    expect((await test.demo(to, 'PUT', inbox(id, '/receipts/read'), { signed: 'a.b.c' })).status).toBe(201);
    expect(await status(id)).toMatchObject({ state: 'expired', receipts: [{ kind: 'read', signed: 'a.b.c' }] });
  });

  it('cannot be sent for the first time, but sent again it is still the same message', async () => {
    const old = fakeMessage(from, to, { expiresAt: Date.now() - 1 });
    const refused = await put(old);
    expect([refused.problem, refused.json.reason]).toEqual(['header-invalid', 'expired']);
    const message = await send({ expiresAt: Date.now() + DAY });
    later(2 * DAY);
    const again = await put(message);
    expect([again.status, again.json.state, again.json.duplicate]).toEqual([200, 'expired', true]);
  });
});

describe('an upload', () => {
  it('of which nothing comes for a day is abandoned, and can be begun again under the same id', async () => {
    const { id, header, parts } = fakeMessage(from, to);
    await test.demo(from, 'PUT', outbox(id), { header });
    const part = new Uint8Array(Buffer.from(parts[0] ?? ''));
    await test.demo(from, 'PUT', outbox(id, '/parts/0'), part);
    later(DAY);
    expect((await sweep(test.relay)).closed).toBe(1);
    expect((await status(id)).state).toBe('abandoned');
    expect(
      (await test.demo(from, 'PUT', outbox(id, '/parts/1'), new Uint8Array(Buffer.from(parts[1] ?? '')))).problem,
    ).toBe('not-found');
    const again = await test.demo(from, 'PUT', outbox(id), { header, parts });
    expect([again.status, again.json.state, again.json.duplicate]).toEqual([200, 'available', false]);
    const states = (await status(id)).events.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['uploading', 'abandoned', 'uploading', 'available']);
  });

  it.each([
    ['the sweep', () => sweep(test.relay)],
    ['whoever asks', (id: string) => status(id)],
  ])('of which nothing has come at all is abandoned after an hour, by %s, and its room is free', async (_, find) => {
    const { id, header, parts } = fakeMessage(from, to, { sizes: [10, 90_000] });
    const declare = () => test.demo(from, 'PUT', outbox(id), { header });
    await declare();
    later(HOUR - 1000);
    await find(id);
    expect((await status(id)).state).toBe('uploading');
    expect(await usedBytes()).toBe(90_010);
    later(1000);
    await find(id);
    expect(await usedBytes()).toBe(0);
    expect((await status(id)).state).toBe('abandoned');
    await declare();
    const part = new Uint8Array(Buffer.from(parts[0] ?? ''));
    expect((await test.demo(from, 'PUT', outbox(id, '/parts/0'), part)).status).toBe(201);
    later(DAY - 1000);
    await find(id);
    expect((await status(id)).state).toBe('uploading');
  });

  it('that is going on is not abandoned', async () => {
    const { id, header, parts } = fakeMessage(from, to, { sizes: [10, 20, 30] });
    await test.demo(from, 'PUT', outbox(id), { header });
    for (const [n, part] of parts.entries()) {
      later(n === 0 ? HOUR - 1000 : DAY - 1000);
      await sweep(test.relay);
      expect((await test.demo(from, 'PUT', outbox(id, `/parts/${n}`), new Uint8Array(Buffer.from(part)))).status).toBe(
        201,
      );
    }
    expect((await test.demo(from, 'POST', outbox(id, '/commit'))).status).toBe(200);
  });
});

describe('room', () => {
  it('is taken by what waits, given back by what is closed, and refused beyond the quota of pair and mailbox', async () => {
    const first = await send({ sizes: [10, 90_000] });
    expect(await usedBytes()).toBe(90_010);
    const more = fakeMessage(from, to, { sizes: [10, 20_000] });
    const full = await put(more);
    expect([full.problem, full.headers.get('Retry-After')]).toEqual(['mailbox-full', '600']);
    await test.demo(to, 'PUT', inbox(first.id, '/receipts/delivered'), {});
    expect(await usedBytes()).toBe(0);
    expect((await put(more)).status).toBe(201);
  });

  it('of one office can be less than that of others', async () => {
    await test.relay.database.run('UPDATE office SET quota_bytes = 100 WHERE address = ?', to);
    expect((await put(fakeMessage(from, to, { sizes: [50, 51] }))).problem).toBe('mailbox-full');
    await send({ sizes: [50, 50] });
  });
});

describe('the bytes of a closed message', () => {
  it('are taken away after their time; header, receipts and events stay', async () => {
    const { id, header } = await send({ sizes: [10, 70_000] });
    await test.demo(to, 'PUT', inbox(id, '/receipts/read'), { signed: 'a.b.c' });
    later(test.relay.config.retentionMs - 1000);
    expect((await sweep(test.relay)).purged).toBe(0);
    expect((await test.demo(to, 'GET', inbox(id, '/parts/1'))).bytes.length).toBe(70_000);
    later(2000);
    expect((await sweep(test.relay)).purged).toBe(1);
    expect((await test.demo(to, 'GET', inbox(id, '/parts/1'))).problem).toBe('purged');
    expect((await status(id)).events.at(-1)).toMatchObject({ state: 'purged' });
    expect(await status(id)).toMatchObject({ state: 'read', receipts: [{ signed: 'a.b.c' }] });
    expect((await test.demo(from, 'PUT', outbox(id), { header })).json.duplicate).toBe(true);
    expect(await test.relay.blobs.olderThan(Date.now() + DAY)).toEqual([]);
  });
});

describe('a part whose bytes go between its row and its file', () => {
  /** Asks for a part; something is done before its file is read. */
  const ask = async (id: string, before: () => Promise<unknown>) => {
    const { blobs } = test.relay;
    const { read } = blobs;
    Object.assign(blobs, {
      read: async (...range: Parameters<typeof read>) => {
        await before();
        return read(...range);
      },
    });
    const answer = await test.demo(to, 'GET', inbox(id, '/parts/1'));
    Object.assign(blobs, { read });
    return answer.problem;
  };

  it('is purged or expired, as it is then', async () => {
    const sizes = [10, 70_000];
    const read = await send({ sizes });
    await test.demo(to, 'PUT', inbox(read.id, '/receipts/read'), {});
    const purge = async () => {
      later(31 * DAY);
      await sweep(test.relay);
    };
    expect(await ask(read.id, purge)).toBe('purged');
    const waiting = await send({ sizes, expiresAt: test.sandbox.now() + DAY });
    expect(await ask(waiting.id, purge)).toBe('expired');
  });

  it('is a failure of the relay where they are gone and should not be', async () => {
    const { id } = await send({ sizes: [10, 70_000] });
    const lose = async () => {
      for (const key of await test.relay.blobs.olderThan(Date.now() + DAY)) await test.relay.blobs.remove(key);
    };
    expect(await ask(id, lose)).toBe('internal');
  });
});

describe('the bytes of a message that nobody is given any more', () => {
  const left = async () => ({
    rows: (await test.relay.database.all('SELECT n FROM part')).length,
    blobs: (await test.relay.blobs.olderThan(Date.now() + DAY)).length,
  });
  const none = { rows: 0, blobs: 0 };

  it('go as it is recalled; header, receipt and events stay, and all that asks for it is told so', async () => {
    const message = await send({ sizes: [10, 70_000] });
    expect(await left()).toEqual({ rows: 2, blobs: 1 });
    const { receipt } = await status(message.id);
    expect((await test.demo(from, 'DELETE', outbox(message.id))).json.state).toBe('recalled');
    expect(await left()).toEqual(none);
    for (const path of [inbox(message.id), inbox(message.id, '/parts/1')]) {
      expect((await test.demo(to, 'GET', path)).problem).toBe('recalled');
    }
    const states = (await status(message.id)).events.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['uploading', 'available', 'recalled']);
    expect((await put(message)).json).toMatchObject({ state: 'recalled', receipt, duplicate: true });
    expect(await left()).toEqual(none);
    later(31 * DAY);
    expect((await sweep(test.relay)).purged).toBe(0);
  });

  it('go as an upload is given up, however often: the disk holds no more than the quota allows', async () => {
    for (let i = 0; i < 5; i++) {
      const { id, header, parts } = fakeMessage(from, to, { sizes: [10, 90_000] });
      await test.demo(from, 'PUT', outbox(id), { header });
      const bytes = new Uint8Array(Buffer.from(parts[1] ?? ''));
      expect((await test.demo(from, 'PUT', outbox(id, '/parts/1'), bytes)).status).toBe(201);
      expect(await left()).toEqual({ rows: 1, blobs: 1 });
      expect((await test.demo(from, 'DELETE', outbox(id))).json.state).toBe('abandoned');
      expect(await left()).toEqual(none);
      expect((await test.demo(from, 'PUT', outbox(id), { header })).json).toMatchObject({ missing: [0, 1] });
      await test.demo(from, 'DELETE', outbox(id));
    }
  });

  it('go as it expires, by whoever finds it so first', async () => {
    const given = { sizes: [10, 70_000], expiresAt: Date.now() + DAY };
    for (const find of [({ id }: FakeMessage) => status(id), () => sweep(test.relay)]) {
      test.sandbox.clock.offsetMs = 0;
      const message = await send(given);
      await test.demo(to, 'GET', inbox(message.id));
      later(2 * DAY);
      expect(await left()).toEqual({ rows: 2, blobs: 1 });
      await find(message);
      expect(await left()).toEqual(none);
      expect((await test.demo(to, 'GET', inbox(message.id, '/parts/1'))).problem).toBe('expired');
      expect((await test.demo(to, 'PUT', inbox(message.id, '/receipts/read'), {})).status).toBe(201);
    }
  });
});

/** What may be done to a message, by either end and by time; anything in any order. */
const DEEDS = {
  declare: ({ id, header }: FakeMessage) => test.demo(from, 'PUT', outbox(id), { header }),
  whole: put,
  upload: ({ id, parts }: FakeMessage) =>
    test.demo(from, 'PUT', outbox(id, '/parts/0'), new Uint8Array(Buffer.from(parts[0] ?? ''))),
  commit: ({ id }: FakeMessage) => test.demo(from, 'POST', outbox(id, '/commit')),
  recall: ({ id }: FakeMessage) => test.demo(from, 'DELETE', outbox(id)),
  receive: ({ id }: FakeMessage) => test.demo(to, 'GET', inbox(id)),
  part: ({ id }: FakeMessage) => test.demo(to, 'GET', inbox(id, '/parts/1')),
  delivered: ({ id }: FakeMessage) => test.demo(to, 'PUT', inbox(id, '/receipts/delivered'), {}),
  read: ({ id }: FakeMessage) => test.demo(to, 'PUT', inbox(id, '/receipts/read'), {}),
  rejected: ({ id }: FakeMessage) => test.demo(to, 'PUT', inbox(id, '/receipts/rejected'), { reasons: ['no'] }),
  day: async () => {
    later(DAY + 1);
    await sweep(test.relay);
  },
  month: async () => {
    later(31 * DAY);
    await sweep(test.relay);
  },
} as const;

describe('whatever is done to a message, in any order', () => {
  it('it takes only steps that exist, has one event for each, one receipt of the relay, and the room it takes is right', async () => {
    const deeds = fc.array(fc.constantFrom(...(Object.keys(DEEDS) as (keyof typeof DEEDS)[])), {
      minLength: 1,
      maxLength: 9,
    });
    await fc.assert(
      fc.asyncProperty(deeds, async (names) => {
        test.sandbox.clock.offsetMs = 0;
        const message = fakeMessage(from, to, { id: messageId(), expiresAt: Date.now() + 20 * DAY });
        const receipts = new Set<string>();
        for (const name of names) {
          const answer = await DEEDS[name](message);
          if (answer) expect(answer.status, name).toBeLessThan(500);
          if (answer?.json?.receipt) receipts.add(answer.json.receipt);
        }
        const found = await test.demo(from, 'GET', outbox(message.id));
        if (found.status === 404) return;
        const { state, events } = found.json as { state: State; events: { n: number; state: string }[] };
        const steps = events.map((event) => event.state).filter((one) => one !== 'purged') as State[];
        expect(events.map(({ n }) => n)).toEqual(events.map((_, i) => i + 1));
        expect(steps[0]).toBe('uploading');
        expect(steps.at(-1)).toBe(state);
        for (const [i, next] of steps.slice(1).entries()) expect(STEPS[steps[i] as State]).toContain(next);
        expect(steps.filter((one) => one === 'available').length).toBeLessThanOrEqual(1);
        expect(receipts.size).toBeLessThanOrEqual(1);
        await test.demo(from, 'DELETE', outbox(message.id));
        await test.demo(to, 'PUT', inbox(message.id, '/receipts/delivered'), {});
        test.sandbox.clock.offsetMs += 30 * DAY;
        await sweep(test.relay);
        expect(await usedBytes()).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('recall and fetch at once', () => {
  it('have one winner', async () => {
    for (let i = 0; i < 10; i++) {
      const { id } = await send();
      const [recalled, fetched] = await Promise.all([
        test.demo(from, 'DELETE', outbox(id)),
        test.demo(to, 'GET', inbox(id)),
      ]);
      expect([recalled.problem, fetched.problem].filter((slug) => slug === undefined)).toHaveLength(1);
    }
  });
});
