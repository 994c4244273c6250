import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { errorCode } from '../core/log.js';
import { formatProblem, Problem } from '../core/problem.js';
import { rateLimit } from '../core/rate.js';
import type { Relay } from '../core/relay.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { bodyRoom } from './body-room.js';
import { type Counters, counters, formatMetrics } from './counters.js';
import { isLoopback } from './loopback.js';
import { openApi } from './openapi.js';
import { operate } from './operate.js';
import { otherOrigins } from './other-origins.js';
import { page } from './page/page.js';
import type { Answer } from './route.js';
import { ROUTES } from './routes/index.js';

/** What is known of a request from its connection; tests that ask in process have none of it. */
export interface Connection {
  /** SHA-256 of the client's certificate, where it proved that it has the key. */
  readonly fingerprint?: string | undefined;
  /** Ends the connection without an answer. */
  drop?(): void;
}

export interface AppOptions {
  readonly sandbox?: Sandbox | undefined;
  readonly connectionOf?: (context: Context) => Connection;
}

export interface RelayApp {
  fetch(request: Request, env?: object): Response | Promise<Response>;
  readonly counters: Counters;
}

const LONGEST_TARGET = 2048;
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;
const FIELDS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The relay as a function from requests to answers. */
export function relayApp(relay: Relay, { sandbox, connectionOf = () => ({}) }: AppOptions = {}): RelayApp {
  const app = new Hono();
  const { allowOrigins } = relay.config;
  if (allowOrigins.length > 0) app.use('/v1/*', otherOrigins(allowOrigins));
  const counted = counters(Date.now());
  const limit = rateLimit(relay.config);
  const room = bodyRoom(relay.config.bodyRoomBytes);

  /** Runs an operation, and answers, counts and logs what became of it. */
  const answer = async (context: Context, operation: string, work: (request: Request) => Promise<Answer>) => {
    const started = performance.now();
    const request = context.req.raw;
    const given = request.headers.get('Careplan-Request-Id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    let refused: Problem | undefined;
    const done = await guarded(request, work).catch((error: unknown) => {
      refused = asProblem(error);
      if (refused.slug === 'internal') relay.log('error', 'failed', { requestId, operation, error: errorCode(error) });
      const { status, body, fields } = formatProblem(refused, requestId);
      return { status, json: body, fields };
    });
    const ms = Math.round(performance.now() - started);
    counted.count(operation, done.status, ms);
    relay.log('info', 'request', {
      requestId,
      operation,
      method: request.method,
      status: done.status,
      ...(refused ? { problem: refused.slug } : {}),
      ms,
      ...known(context),
    });
    return response(done, {
      'Careplan-Request-Id': requestId,
      'Date': new Date(relay.tokenNow()).toUTCString(),
      ...(relay.closing.aborted ? { Connection: 'close' } : {}),
    });
  };

  const guarded = async (request: Request, work: (request: Request) => Promise<Answer>): Promise<Answer> => {
    const { hostname, pathname, search } = new URL(request.url);
    if (pathname.length + search.length > LONGEST_TARGET) throw new Problem('uri-too-long');
    // A page of elsewhere whose name leads here must not reach a sandbox.
    if (sandbox && !isLoopback(hostname)) throw new Problem('not-found');
    if (relay.closing.aborted && pathname !== '/healthz') throw new Problem('unavailable', {}, { Connection: 'close' });
    return work(request);
  };

  const allowed = new Map<string, Set<string>>();
  const serve = (
    method: string,
    path: string,
    operation: string,
    work: (c: Context, request: Request) => Promise<Answer>,
  ) => {
    const pattern = path.replace(/\{(\w+)\}/g, ':$1');
    allowed.set(pattern, (allowed.get(pattern) ?? new Set()).add(method));
    app.on(method, pattern, (context) =>
      answer(context, operation, (request) => {
        // The framework answers HEAD by GET; asking for a message is not without effect.
        if (request.method !== method) throw new Problem('method-not-allowed', {}, { Allow: method });
        return work(context, request);
      }),
    );
  };
  const offered = ROUTES.filter(({ who }) => who !== 'sandbox' || sandbox);
  for (const route of offered) {
    serve(route.method, route.path, route.operation, (context, request) =>
      operate({
        relay,
        route,
        request,
        params: context.req.param(),
        connection: connectionOf(context),
        sandbox,
        limit,
        room,
      }),
    );
  }
  let description: string | undefined;
  const plain = (type: string, text: () => string) => async () => ({
    status: 200,
    text: text(),
    fields: { 'Content-Type': type },
  });
  serve(
    'GET',
    '/v1/openapi.json',
    'openapi',
    plain('application/json', () => {
      description ??= JSON.stringify(openApi(ROUTES));
      return description;
    }),
  );
  serve(
    'GET',
    '/metrics',
    'metrics',
    plain('text/plain; version=0.0.4', () => formatMetrics(counted, relay.waiters.count)),
  );
  for (const [path, give] of Object.entries(page)) {
    serve('GET', path, 'page', () => give(relay, counted, sandbox));
  }
  for (const [pattern, methods] of allowed) {
    app.all(pattern, (context) =>
      answer(context, 'other', async () => {
        throw new Problem('method-not-allowed', {}, { Allow: [...methods].join(', ') });
      }),
    );
  }
  app.notFound((context) =>
    answer(context, 'other', async () => {
      throw new Problem('not-found');
    }),
  );
  return { fetch: (request, env) => app.fetch(request, env), counters: counted };
}

/** Whose mailbox and which message a request is about, where the path says it in due form; for the log. */
function known(context: Context): { address?: string; messageId?: string } {
  const { mailbox, id } = context.req.param() as Record<string, string>;
  return {
    ...(mailbox && /^[0-9A-Z-]{13}$/.test(mailbox) ? { address: mailbox } : {}),
    ...(id && /^[0-9a-f-]{36}$/.test(id) ? { messageId: id } : {}),
  };
}

function response(
  { status, json, bytes, stream, text, fields }: Answer,
  own: Readonly<Record<string, string>>,
): Response {
  const body = json === undefined ? (bytes ?? stream ?? text ?? null) : JSON.stringify(json);
  const type = json === undefined ? {} : { 'Content-Type': 'application/json' };
  return new Response(body, { status, headers: { ...FIELDS, ...type, ...fields, ...own } });
}

/** Codes of a database or file system that could not do it, and did nothing. */
const UNAVAILABLE =
  /^(SQLITE_BUSY|SQLITE_FULL|ECLOSED|ENOSPC|EDQUOT|EMFILE|ENFILE|ECONNREFUSED|53[0-9A-Z]{3}|57014|57P03)/;

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = String(Object(error).code ?? '');
  return UNAVAILABLE.test(code) ? new Problem('unavailable', {}, { 'Retry-After': '5' }) : new Problem('internal');
}
