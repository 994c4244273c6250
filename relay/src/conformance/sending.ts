import { createHash } from 'node:crypto';
import { compactVerify, importJWK, type JWK } from 'jose';
import { type Case, ensure, equal, refused, type Stage } from './case.js';
import { told } from './client.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const bytes = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'latin1'));

/** The payload of a receipt, where a key of the relay signed it. */
async function receiptOf({ fetch, origin }: Stage, jws: string): Promise<Record<string, unknown>> {
  const { keys } = (await told(await fetch(new Request(`${origin}/v1/relay`)))).json as { keys: JWK[] };
  const { payload, protectedHeader } = await compactVerify(jws, async ({ kid }) => {
    const key = keys.find((one) => one.kid === kid);
    ensure(key !== undefined, 'the receipt is signed by a key that the relay does not name');
    return importJWK(key, 'ES256');
  });
  equal(protectedHeader.typ, 'careplan-relay-receipt+jws', 'the typ of the receipt');
  return JSON.parse(Buffer.from(payload).toString('utf8')) as Record<string, unknown>;
}

export const sending: readonly Case[] = [
  {
    name: 'a message in one shot is committed, with a receipt that says what was accepted',
    section: 5,
    async run(stage) {
      const { id, header, parts, answer } = await stage.send();
      equal([answer.json.state, answer.json.missing, answer.json.duplicate], ['available', [], false], 'the answer');
      const { headerSha256, manifestSha256, relay, ...receipt } = await receiptOf(stage, answer.json.receipt);
      equal([receipt.id, headerSha256, manifestSha256], [id, sha256(header), sha256(parts[0] ?? '')], 'the receipt');
      equal(relay, stage.origin, 'the relay of the receipt');
    },
  },
  {
    name: 'the same message again is the same message with the same receipt, however often and at once',
    section: 5,
    async run({ a, b, send }) {
      const { id, header, parts, answer } = await send();
      const put = () => a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: { header, parts } });
      const again = [await put(), ...(await Promise.all([put(), put(), put()]))];
      again.push(await a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: { header } }));
      again.push(await a.ask('POST', `${a.mailbox}/outbox/${id}/commit`));
      for (const { status, json } of again) {
        equal([status, json.duplicate, json.receipt], [200, true, answer.json.receipt], 'the answer to the same again');
      }
      const page = await b.ask('GET', `${b.mailbox}/inbox?limit=200`);
      equal(page.json.items.filter((one: { id: string }) => one.id === id).length, 1, 'how often it is in the inbox');
    },
  },
  {
    name: 'a message in parts is committed when all are there, in whatever order they came',
    section: 5,
    async run({ a, message }) {
      const { id, header, parts } = message({ sizes: [100, 70_000, 200] });
      const path = `${a.mailbox}/outbox/${id}`;
      const declared = await a.ask('PUT', path, { body: { header } });
      equal(
        [declared.status, declared.json.state, declared.json.missing],
        [201, 'uploading', [0, 1, 2]],
        'the declaration',
      );
      for (const n of [2, 0]) {
        equal((await a.ask('PUT', `${path}/parts/${n}`, { body: bytes(parts[n]) })).status, 201, 'a part');
        equal((await a.ask('PUT', `${path}/parts/${n}`, { body: bytes(parts[n]) })).status, 200, 'the same part again');
      }
      const early = await a.ask('POST', `${path}/commit`);
      refused(early, 'parts-missing', 409);
      equal(early.json.missing, [1], 'the parts that are missing');
      equal((await a.ask('GET', path)).json.missing, [1], 'the parts that the status says are missing');
      await a.ask('PUT', `${path}/parts/1`, { body: bytes(parts[1]) });
      const committed = await a.ask('POST', `${path}/commit`);
      equal(
        [committed.status, committed.json.state, committed.json.duplicate],
        [200, 'available', false],
        'the commit',
      );
      equal((await a.ask('PUT', `${path}/parts/1`, { body: bytes(parts[1]) })).status, 200, 'a part after the commit');
      refused(await a.ask('PUT', `${path}/parts/1`, { body: bytes('other') }), 'already-committed', 409);
    },
  },
  {
    name: 'bytes that are not what header or digest says are refused, and nothing is kept of them',
    section: 5,
    async run({ a, message }) {
      const { id, header, parts } = message();
      const path = `${a.mailbox}/outbox/${id}`;
      const other = [...parts.slice(0, 1), 'other'];
      refused(await a.ask('PUT', path, { body: { header, parts: other } }), 'part-mismatch', 422);
      refused(await a.ask('GET', path), 'not-found', 404);
      await a.ask('PUT', path, { body: { header } });
      refused(await a.ask('PUT', `${path}/parts/0`, { body: bytes('other') }), 'part-mismatch', 422);
      const wrong = { 'Content-Digest': `sha-256=:${'A'.repeat(43)}=:` };
      refused(await a.ask('PUT', `${path}/parts/0`, { body: bytes(parts[0]), headers: wrong }), 'digest-mismatch', 422);
      refused(await a.ask('PUT', `${path}/parts/2`, { body: bytes('x') }), 'not-found', 404);
      equal((await a.ask('GET', path)).json.missing, [0, 1], 'what is missing');
    },
  },
  {
    name: 'an id with another header and a serial with another id are conflicts; the next free serial is said',
    section: 5,
    async run({ a, message, send }) {
      const first = await send();
      const same = message({ id: first.id });
      refused(
        await a.ask('PUT', `${a.mailbox}/outbox/${first.id}`, { body: { header: same.header } }),
        'message-conflict',
        409,
      );
      const taken = message({ serial: first.serial });
      const conflict = await a.ask('PUT', `${a.mailbox}/outbox/${taken.id}`, { body: { header: taken.header } });
      refused(conflict, 'serial-conflict', 409);
      ensure(
        /^[0-9]{14}$/.test(conflict.json.nextSerial) && conflict.json.nextSerial > first.serial,
        'there is no next serial',
      );
      const next = await send({ serial: conflict.json.nextSerial });
      equal(next.answer.status, 201, 'a message with the next serial');
    },
  },
  {
    name: 'a header that is out of form, of another id or mailbox, or to itself is refused; so is an unknown receiver',
    section: 5,
    async run({ a, b, message }) {
      const { id, header } = message();
      const path = `${a.mailbox}/outbox/${id}`;
      refused(await a.ask('PUT', path, { body: { header: ` ${header}` } }), 'header-invalid', 422);
      refused(await a.ask('PUT', path, { body: { header: message().header } }), 'header-invalid', 422);
      const foreign = message({ id }).header.replaceAll(a.office.address.slice(0, 10), '9999999999');
      refused(await a.ask('PUT', path, { body: { header: foreign } }), 'header-invalid', 422);
      const unknown = header.replaceAll(b.office.address.slice(0, 10), '9999999999');
      refused(await a.ask('PUT', path, { body: { header: unknown } }), 'office-unknown', 404);
      refused(await a.ask('PUT', path, { body: { header, more: 1 } }), 'bad-request', 400);
      refused(await a.ask('PUT', path, { body: '{' }), 'bad-request', 400);
    },
  },
  {
    name: 'what nobody has asked for can be taken back, and what was asked for cannot',
    section: 5,
    async run({ a, b, send }) {
      const { id } = await send();
      for (const _ of [1, 2])
        equal((await a.ask('DELETE', `${a.mailbox}/outbox/${id}`)).json.state, 'recalled', 'the recall');
      refused(await b.ask('GET', `${b.mailbox}/inbox/${id}`), 'recalled', 410);
      const asked = await send();
      equal(
        (await b.ask('GET', `${b.mailbox}/inbox/${asked.id}`)).json.state,
        'fetched',
        'the state of what was asked for',
      );
      refused(await a.ask('DELETE', `${a.mailbox}/outbox/${asked.id}`), 'too-late', 409);
    },
  },
  {
    name: 'an upload can be given up, which frees its serial, and begun again',
    section: 5,
    async run({ a, message }) {
      const { id, header, serial } = message();
      const path = `${a.mailbox}/outbox/${id}`;
      await a.ask('PUT', path, { body: { header } });
      equal((await a.ask('DELETE', path)).json.state, 'abandoned', 'the state');
      refused(await a.ask('POST', `${path}/commit`), 'not-found', 404);
      equal((await a.ask('PUT', path, { body: { header } })).json.missing, [0, 1], 'what is missing after that');
      await a.ask('DELETE', path);
      const other = message({ serial });
      const put = await a.ask('PUT', `${a.mailbox}/outbox/${other.id}`, {
        body: { header: other.header, parts: other.parts },
      });
      equal(put.status, 201, 'another message with the serial');
      refused(await a.ask('PUT', path, { body: { header } }), 'serial-conflict', 409);
    },
  },
  {
    name: 'the status tells every step, and the list of what was sent goes on from its cursor',
    section: 5,
    async run({ a, b, send }) {
      const start = (await lastPage(a)).next;
      const sent = [await send(), await send(), await send()];
      await b.ask('PUT', `${b.mailbox}/inbox/${sent[0]?.id}/receipts/read`, { body: {} });
      const listed: string[] = [];
      let cursor = start;
      for (let more = true; more; ) {
        const { json } = await a.ask('GET', `${a.mailbox}/outbox?limit=2&cursor=${cursor}`);
        listed.push(...json.items.map((one: { id: string }) => one.id));
        ({ next: cursor, more } = json);
      }
      equal(
        listed,
        sent.map(({ id }) => id),
        'the list',
      );
      const { json } = await a.ask('GET', `${a.mailbox}/outbox/${sent[0]?.id}`);
      equal(
        json.events.map((event: { state: string }) => event.state),
        ['uploading', 'available', 'read'],
        'the events',
      );
      equal([json.state, json.receipt], ['read', sent[0]?.answer.json.receipt], 'the status');
      refused(await a.ask('GET', `${a.mailbox}/outbox?cursor=i1`), 'cursor-invalid', 400);
    },
  },
];

async function lastPage({ ask, mailbox }: Stage['a']): Promise<{ next: string }> {
  let page = (await ask('GET', `${mailbox}/outbox?limit=200`)).json;
  while (page.more) page = (await ask('GET', `${mailbox}/outbox?limit=200&cursor=${page.next}`)).json;
  return page;
}
