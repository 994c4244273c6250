import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../core/problem.js';
import type { Relay } from '../core/relay.js';
import type { Fault, Sandbox } from '../sandbox/sandbox.js';
import type { Connection } from './app.js';
import { readBody } from './body.js';
import type { BodyRoom } from './body-room.js';
import { checkOwner, whoAsks } from './credentials.js';
import { type Answer, bytesAllowed, type Call, type Route } from './route.js';

export interface Operation {
  readonly relay: Relay;
  readonly route: Route;
  readonly request: Request;
  readonly params: Record<string, string>;
  readonly connection: Connection;
  readonly sandbox: Sandbox | undefined;
  /** Counts the requests of an address, and refuses what is too much. */
  readonly limit: (address: string) => void;
  /** Where the bodies of all requests have room. */
  readonly room: BodyRoom;
}

/** One request: who asks, whether it may, what it says; then the work. What is not right ends it before the next is looked at. */
export async function operate(operation: Operation): Promise<Answer> {
  const { route, sandbox } = operation;
  const before = route.who === 'sandbox' ? undefined : sandbox?.takeFault(route.operation, 'before');
  const early = before && (await meet(before, operation));
  if (early) return early;
  const answer = await run(operation);
  const after = route.who === 'sandbox' ? undefined : sandbox?.takeFault(route.operation, 'after');
  return (after && (await meet(after, operation))) || answer;
}

async function run(operation: Operation): Promise<Answer> {
  const { relay, route, request, params, connection, sandbox, limit, room } = operation;
  const { who, handle } = route;
  let address = '';
  if (who === 'mailbox' || who === 'office') {
    const { fingerprint } = connection;
    const hasBody = route.body !== undefined;
    address = await whoAsks(relay, { request, fingerprint, sandbox: sandbox !== undefined, hasBody, limit });
  }
  checkOwner(who, address, params.mailbox);
  const path = route.params.safeParse(params);
  if (!path.success) throw new Problem('not-found');
  const query = readQuery(route, request);
  let held = 0;
  const hold = (bytes: number) => {
    room.take(address, bytes);
    held += bytes;
  };
  try {
    const call = {
      relay,
      address,
      params: path.data,
      query,
      body: await read(relay, route, request, hold),
      headers: request.headers,
      signal: request.signal,
      sandbox,
    };
    return await handle(call as Call<never, never, never>);
  } finally {
    room.give(address, held);
  }
}

function readQuery(route: Route, request: Request): unknown {
  const given = [...new URL(request.url).searchParams];
  const names = given.map(([name]) => name);
  if (!route.query && given.length === 0) return undefined;
  const query = route.query?.safeParse(Object.fromEntries(given));
  if (!query?.success || new Set(names).size !== names.length) throw new Problem('bad-request');
  return query.data;
}

async function read(
  { config }: Relay,
  route: Route,
  request: Request,
  onBytes: (count: number) => void,
): Promise<unknown> {
  const { headers } = request;
  const { body } = route;
  if (!body) {
    const length = headers.get('Content-Length');
    if ((length !== null && length !== '0') || headers.get('Transfer-Encoding') !== null)
      throw new Problem('bad-request');
    return undefined;
  }
  const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== body.type) throw new Problem('unsupported-media-type');
  const { bodyTimeoutMs: timeoutMs, bodyBytesPerSecond: bytesPerSecond } = config;
  const limits = { bytes: bytesAllowed(config, body), timeoutMs, bytesPerSecond, onBytes };
  const bytes = await readBody(request, limits);
  if (body.type !== 'application/json') return bytes;
  const parsed = body.schema.safeParse(parseJson(bytes));
  if (!parsed.success) throw new Problem('bad-request');
  return parsed.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('bad-request');
  }
}

const PROXY = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';

/** What a fault does; undefined where the request goes on. */
async function meet(
  { action, status, delayMs }: Fault,
  { connection, request }: Operation,
): Promise<Answer | undefined> {
  if (action === 'delay') {
    await sleep(delayMs ?? 1000, undefined, { signal: request.signal }).catch(() => {});
    return undefined;
  }
  if (action === 'html') return { status: 502, text: PROXY, fields: { 'Content-Type': 'text/html' } };
  if (action === 'drop') {
    connection.drop?.();
    throw new Problem('internal');
  }
  throw new Problem(
    status === 429 ? 'rate-limited' : status === 500 ? 'internal' : 'unavailable',
    {},
    { 'Retry-After': '1' },
  );
}
