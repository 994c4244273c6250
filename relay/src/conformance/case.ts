import {
  type FakeMessage,
  type Fetch,
  fakeMessage,
  type KnownOffice,
  type RelayClient,
  relayClient,
  type Told,
} from './client.js';

/** A relay is not as the protocol says. Says where; never what a message held. */
export class Deviation extends Error {
  override readonly name = 'Deviation';
}

/** What a case works with: two offices of the relay. */
export interface Stage {
  readonly origin: string;
  readonly fetch: Fetch;
  readonly a: RelayClient;
  readonly b: RelayClient;
  message(given?: Parameters<typeof fakeMessage>[2]): FakeMessage;
  /** Sends a message of a to b in one shot; gives it with the answer. */
  send(given?: Parameters<typeof fakeMessage>[2]): Promise<FakeMessage & { readonly answer: Told }>;
}

export interface Case {
  readonly name: string;
  /** The section of PROTOCOL.md that says so. */
  readonly section: number;
  run(stage: Stage): Promise<void>;
}

export function stageOf(origin: string, offices: readonly [KnownOffice, KnownOffice], fetch: Fetch): Stage {
  const [a, b] = offices.map((office) => relayClient(origin, office, fetch)) as [RelayClient, RelayClient];
  const message: Stage['message'] = (given) => fakeMessage(a.office.address, b.office.address, given);
  return {
    origin,
    fetch,
    a,
    b,
    message,
    async send(given) {
      const sent = message(given);
      const answer = await a.ask('PUT', `${a.mailbox}/outbox/${sent.id}`, {
        body: { header: sent.header, parts: sent.parts },
      });
      equal(answer.status, 201, 'the status of a new message');
      return { ...sent, answer };
    },
  };
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Deviation(`${what}: expected ${short(b)}, found ${short(a)}`);
}

export function ensure(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Deviation(what);
}

/** Holds a refusal against its slug, and its form against the protocol. */
export function refused(answer: Told, slug: string, status: number): void {
  equal([answer.status, answer.problem], [status, slug], 'the refusal');
  const { title, requestId, retryable } = answer.json;
  equal(answer.json.status, status, 'the status in the problem');
  equal(answer.headers.get('Content-Type'), 'application/problem+json', 'the media type of a problem');
  equal(answer.headers.get('Careplan-Request-Id'), requestId, 'the request id of a problem');
  ensure(typeof title === 'string' && title !== '', 'a problem has no title');
  const retry = answer.headers.get('Careplan-Retry') ?? '';
  ensure(['no', 'now', 'later', 'person'].includes(retry), 'Careplan-Retry is missing or unknown');
  equal(retryable, retry === 'now' || retry === 'later', 'retryable');
}

const short = (text: string | undefined): string => (text ?? 'nothing').slice(0, 200);
