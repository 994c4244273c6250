import { type Case, ensure, equal, refused, type Stage } from './case.js';
import { digestOf } from './client.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Where the inbox goes on after all that is in it. */
async function end({ ask, mailbox }: Stage['b']): Promise<string> {
  let page = (await ask('GET', `${mailbox}/inbox?limit=200`)).json;
  while (page.more) page = (await ask('GET', `${mailbox}/inbox?limit=200&cursor=${page.next}`)).json;
  return page.next;
}

export const receiving: readonly Case[] = [
  {
    name: 'the inbox lists what has come, in its order and by pages of any size, and goes on from its cursor',
    section: 6,
    async run({ b, send }) {
      const start = await end(b);
      const sent = [await send(), await send(), await send()].map(({ id }) => id);
      for (const limit of [1, 2, 200]) {
        const listed: { id: string; seq: number }[] = [];
        let cursor = start;
        for (let more = true; more; ) {
          const { json } = await b.ask('GET', `${b.mailbox}/inbox?limit=${limit}&cursor=${cursor}`);
          listed.push(...json.items);
          ({ next: cursor, more } = json);
        }
        equal(
          listed.map(({ id }) => id),
          sent,
          `the inbox by pages of ${limit}`,
        );
        ensure(
          listed.every(({ seq }, i) => i === 0 || seq === (listed[i - 1]?.seq ?? 0) + 1),
          'the numbers have a gap',
        );
        equal((await b.ask('GET', `${b.mailbox}/inbox?cursor=${cursor}`)).json.items, [], 'what comes after the end');
      }
      refused(await b.ask('GET', `${b.mailbox}/inbox?cursor=1`), 'cursor-invalid', 400);
      refused(await b.ask('GET', `${b.mailbox}/inbox?limit=201`), 'bad-request', 400);
      refused(await b.ask('GET', `${b.mailbox}/inbox?what=1`), 'bad-request', 400);
    },
  },
  {
    name: 'who waits is answered when something comes',
    section: 6,
    async run({ b, send }) {
      const cursor = await end(b);
      const waiting = b.ask('GET', `${b.mailbox}/inbox?cursor=${cursor}&wait=25`);
      const { id } = await send();
      const { json } = await waiting;
      equal(
        json.items.map((one: { id: string }) => one.id),
        [id],
        'what was waited for',
      );
    },
  },
  {
    name: 'a message is given as it was sent: its header, its parts, their digests, and ranges of them',
    section: 6,
    async run({ b, send }) {
      const { id, header, parts } = await send({ sizes: [300, 90_000] });
      const path = `${b.mailbox}/inbox/${id}`;
      const { json } = await b.ask('GET', path);
      equal([json.header, json.parts, json.state], [header, 2, 'fetched'], 'the message');
      for (const [n, part] of parts.entries()) {
        const whole = await b.ask('GET', `${path}/parts/${n}`);
        ensure(whole.status === 200 && text(whole.bytes) === part, `part ${n} is not what was sent`);
        equal(whole.headers.get('Repr-Digest'), digestOf(part), 'Repr-Digest');
        const etag = whole.headers.get('ETag') ?? '';
        const same = await b.ask('GET', `${path}/parts/${n}`, { headers: { 'If-None-Match': etag } });
        equal(same.status, 304, 'If-None-Match');
        for (const [range, start, stop] of [
          ['bytes=0-9', 0, 10],
          ['bytes=250-', 250, part.length],
          ['bytes=-5', part.length - 5, part.length],
        ] as const) {
          const some = await b.ask('GET', `${path}/parts/${n}`, { headers: { Range: range, 'If-Range': etag } });
          equal([some.status, text(some.bytes)], [206, part.slice(start, stop)], `the range ${range}`);
          equal(some.headers.get('Content-Range'), `bytes ${start}-${stop - 1}/${part.length}`, 'Content-Range');
        }
        const beyond = await b.ask('GET', `${path}/parts/${n}`, { headers: { Range: `bytes=${part.length}-` } });
        refused(beyond, 'range-not-satisfiable', 416);
      }
      refused(await b.ask('GET', `${path}/parts/2`), 'not-found', 404);
    },
  },
  {
    name: 'the first receipt of a kind stays, and the sender is given it',
    section: 6,
    async run({ a, b, send }) {
      const { id } = await send();
      const path = `${b.mailbox}/inbox/${id}/receipts`;
      const first = await b.ask('PUT', `${path}/delivered`, { body: { signed: 'aa.bb.cc' } });
      equal([first.status, first.json.signed], [201, 'aa.bb.cc'], 'the receipt');
      const again = await b.ask('PUT', `${path}/delivered`, { body: { signed: 'dd.ee.ff' } });
      equal([again.status, again.json], [200, first.json], 'another of the same kind');
      refused(await b.ask('PUT', `${path}/rejected`, { body: { reasons: ['file.refused'] } }), 'receipt-conflict', 409);
      equal((await b.ask('PUT', `${path}/read`, { body: {} })).status, 201, 'read after delivered');
      const { json } = await a.ask('GET', `${a.mailbox}/outbox/${id}`);
      equal([json.state, json.receipts[0]], ['read', first.json], 'what the sender is told');
      const page = await b.ask('GET', `${b.mailbox}/inbox?limit=200`);
      ensure(!page.json.items.some((one: { id: string }) => one.id === id), 'what was read is still in the inbox');
    },
  },
  {
    name: 'a rejection has reasons, excludes the other receipts, and is told to the sender',
    section: 6,
    async run({ a, b, send }) {
      const { id } = await send();
      const path = `${b.mailbox}/inbox/${id}/receipts`;
      refused(await b.ask('PUT', `${path}/rejected`, { body: {} }), 'receipt-invalid', 422);
      refused(await b.ask('PUT', `${path}/read`, { body: { reasons: ['x'] } }), 'receipt-invalid', 422);
      refused(await b.ask('PUT', `${path}/rejected`, { body: { reasons: ['In words.'] } }), 'bad-request', 400);
      refused(await b.ask('PUT', `${path}/seen`, { body: {} }), 'not-found', 404);
      equal(
        (await b.ask('PUT', `${path}/rejected`, { body: { reasons: ['file.refused'] } })).status,
        201,
        'the rejection',
      );
      refused(await b.ask('PUT', `${path}/read`, { body: {} }), 'receipt-conflict', 409);
      const { json } = await a.ask('GET', `${a.mailbox}/outbox/${id}`);
      equal([json.state, json.reasons], ['rejected', ['file.refused']], 'what the sender is told');
    },
  },
];
