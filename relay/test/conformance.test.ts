import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deviation, stageOf } from '../src/conformance/case.js';
import type { Fetch, KnownOffice } from '../src/conformance/client.js';
import { CASES, proveRelay } from '../src/conformance/conformance.js';
import { ROUTES } from '../src/http/routes/index.js';
import { ANSWERED } from './support/answers.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

let test: TestRelay;
beforeAll(async () => {
  test = await testRelay();
});
afterAll(() => test.close());
const offices = () => test.directory.offices as unknown as readonly [KnownOffice, KnownOffice];

describe('the relay speaks the protocol', () => {
  it.each(CASES.map((one) => [`section ${one.section}: ${one.name}`, one] as const))('%s', async (_, { run }) => {
    await run(stageOf(ORIGIN, offices(), test.fetch));
  });
});

it('the cases meet every operation of mailboxes with every answer it has', () => {
  const all = ROUTES.filter(({ who }) => who === 'mailbox').flatMap((route) =>
    Object.keys(route.answers).map((status) => `${route.operation} ${status}`),
  );
  expect(all.filter((one) => !ANSWERED.has(one))).toEqual([]);
});

/** Relays that deviate: each changes an answer of a right one, and names the case that must find it. */
const DEVIATIONS: readonly {
  readonly says: string;
  readonly found: RegExp;
  change(answer: Answer, request: Request): void;
}[] = [
  {
    says: 'a relay that makes a new receipt each time',
    found: /same message with the same receipt/,
    change({ json }, { method }) {
      if (method === 'PUT' && json?.duplicate) json.receipt = 'a.b.c';
    },
  },
  {
    says: 'a relay that signs receipts with a key it does not name',
    found: /in one shot/,
    change({ json }, { url }) {
      if (url.endsWith('/v1/relay') && json) json.keys = [];
    },
  },
  {
    says: "a relay that tells others' messages from none",
    found: /as if it were not there/,
    change({ json }, { method, url }) {
      if (method === 'DELETE' && url.includes('43/outbox') && json?.status === 404) json.title = url.slice(-3);
    },
  },
  {
    says: 'a relay whose list forgets the order',
    found: /the inbox lists/,
    change({ json }, { url }) {
      if (url.includes('/inbox?')) (json?.items as unknown[] | undefined)?.reverse();
    },
  },
  {
    says: 'a relay that gives a byte otherwise',
    found: /given as it was sent/,
    change(answer, { url }) {
      if (url.endsWith('/parts/1') && answer.status === 200 && !answer.json)
        answer.bytes[7] = (answer.bytes[7] ?? 0) ^ 1;
    },
  },
  {
    says: 'a relay that takes tokens twice',
    found: /one request only/,
    change(answer) {
      if (String(answer.json?.type).endsWith('token-replayed')) {
        answer.status = 200;
        answer.json = { items: [], next: 'i0', more: false, pollAfter: 300 };
      }
    },
  },
  {
    says: 'a relay whose problems have no advice',
    found: /every refusal is a problem/,
    change({ headers }) {
      headers.delete('Careplan-Retry');
    },
  },
];

interface Answer {
  status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  json: Record<string, unknown> | undefined;
}

describe('the proof finds', () => {
  const deviating =
    (change: (answer: Answer, request: Request) => void): Fetch =>
    async (request) => {
      const real = await test.app.fetch(request);
      const bytes = new Uint8Array(await real.arrayBuffer());
      const isJson = /json/.test(real.headers.get('Content-Type') ?? '');
      const json = isJson ? (JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>) : undefined;
      const answer: Answer = { status: real.status, headers: new Headers(real.headers), bytes, json };
      change(answer, request);
      const body = answer.json ? JSON.stringify(answer.json) : bytes;
      return new Response(answer.status === 304 ? null : body, { status: answer.status, headers: answer.headers });
    };

  it.each(DEVIATIONS.map((one) => [one.says, one] as const))('%s', async (_, { found, change }) => {
    const finding = CASES.filter(({ name }) => found.test(name));
    expect(finding).toHaveLength(1);
    await expect(finding[0]?.run(stageOf(ORIGIN, offices(), deviating(change)))).rejects.toBeInstanceOf(Deviation);
  });

  it('a relay that answers nothing: every case is told, and none ends the others', async () => {
    const report = await proveRelay(ORIGIN, offices(), async () => {
      throw new TypeError('fetch failed');
    });
    expect(report.failed).toBe(CASES.length);
    expect(report.cases.every(({ found }) => found === 'no usable answer (TypeError)')).toBe(true);
  });
});
