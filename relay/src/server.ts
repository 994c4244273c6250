import { randomUUID } from 'node:crypto';
import { createServer, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import type { Context } from 'hono';
import { fingerprintOf } from './core/certificates.js';
import { errorCode } from './core/log.js';
import type { OpenRelay } from './core/open.js';
import { formatProblem, Problem, type ProblemSlug } from './core/problem.js';
import { sweep } from './core/sweep.js';
import { type Connection, type RelayApp, relayApp } from './http/app.js';
import { rawProblem } from './http/raw-problem.js';
import type { Sandbox } from './sandbox/sandbox.js';

export interface ListenOptions {
  readonly host?: string;
  /** 0: any that is free. */
  readonly port?: number;
  readonly sandbox?: Sandbox | undefined;
  /** For https: key, certificate, and the authorities of client certificates. */
  readonly tls?: Pick<TlsOptions, 'key' | 'cert' | 'ca'> | undefined;
  readonly headersTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  /** A connection on which nothing moves for so long is ended; longer than anybody waits for an inbox. */
  readonly idleTimeoutMs?: number;
  /** How often what time has made due is done; 0: never of itself. */
  readonly sweepMs?: number;
}

export interface RunningRelay {
  readonly host: string;
  readonly port: number;
  readonly app: RelayApp;
  /** Takes no more requests, lets go of who waits, gives the others so long, and closes the store. */
  stop(withinMs?: number): Promise<void>;
}

const HEADERS_BYTES = 16 * 1024;

/** Serves a relay over HTTP or, with a certificate, HTTPS. */
export async function listen(relay: OpenRelay, options: ListenOptions = {}): Promise<RunningRelay> {
  const { host = '127.0.0.1', port = 0, sandbox, tls, sweepMs = 60_000 } = options;
  const app = relayApp(relay, { sandbox, connectionOf });
  const { bodyTimeoutMs, bodyBytesPerSecond, maxPartBytes } = relay.config;
  const longestBody = bodyTimeoutMs + (1000 * maxPartBytes) / bodyBytesPerSecond;
  const headersTimeout = options.headersTimeoutMs ?? 10_000;
  const requestTimeout = options.requestTimeoutMs ?? Math.ceil(longestBody) + 15_000;
  const limits = {
    maxHeaderSize: HEADERS_BYTES,
    headersTimeout: Math.min(headersTimeout, requestTimeout),
    requestTimeout,
    connectionsCheckingInterval: Math.min(1000, headersTimeout),
    // Refused as the others, in the form of a problem.
    requireHostHeader: false,
  };
  const running = new Set<Promise<unknown>>();
  const answer = (request: Request, env: object) => {
    const work = Promise.resolve(app.fetch(request, env));
    running.add(work);
    const ended = () => void running.delete(work);
    work.then(ended, ended);
    return work;
  };
  const listener = getRequestListener(answer, { errorHandler });
  const server = tls
    ? createTlsServer(
        {
          ...{ ...limits, ...tls, handshakeTimeout: limits.headersTimeout },
          ...{ requestCert: tls.ca !== undefined, rejectUnauthorized: false },
        },
        listener,
      )
    : createServer(limits, listener);
  // Of a connection on which nothing moves: what it asked for, it does not take.
  server.timeout = options.idleTimeoutMs ?? 60_000;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', refuse);
  server.on('checkExpectation', (_, response) => void end(response.socket, 'bad-request'));
  server.on('connect', (_, socket) => void end(socket as Socket, 'method-not-allowed'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const sweeping = repeat(sweepMs, async () => {
    try {
      await sweep(relay);
    } catch (error) {
      relay.log('error', 'sweep failed', { error: errorCode(error) });
    }
  });
  const { port: bound } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    host,
    port: bound,
    app,
    stop(withinMs = 10_000) {
      stopped ??= (async () => {
        relay.beginClosing();
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeIdleConnections();
        // Also those that never said anything, or not even began with TLS.
        const timer = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, withinMs);
        await closed;
        clearTimeout(timer);
        // Who asked may have gone, and what was asked is still being done.
        await Promise.allSettled(running);
        await sweeping.stop();
        await relay.close();
      })();
      return stopped;
    },
  };
}

/** The answer to what the framework takes for no request, and to what else ends it. */
function errorHandler(error: unknown): Response {
  const slug = error instanceof RequestError ? 'bad-request' : 'internal';
  const { status, body, fields } = formatProblem(new Problem(slug), randomUUID());
  return new Response(JSON.stringify(body), { status, headers: { ...fields, 'Connection': 'close' } });
}

/** What the connection of a request says of its client. */
function connectionOf(context: Context): Connection {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  if (!incoming) return {};
  const socket = incoming.socket as Partial<TLSSocket> & Socket;
  const certificate = socket.authorized === true ? socket.getPeerX509Certificate?.() : undefined;
  // It was valid when the connection began, which may have been long ago.
  const proved = certificate && Date.parse(certificate.validTo) > Date.now() ? certificate : undefined;
  return {
    fingerprint: proved && fingerprintOf(proved),
    drop: () => void socket.destroy(),
  };
}

/** Answers what is no HTTP, too long in its fields, or too slow: the server's own refusals in the form of the others. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  // Before an answer that is due on this connection nothing else may stand.
  const isDue = Boolean((socket as { _httpMessage?: unknown })._httpMessage);
  if (error.code === 'ECONNRESET' || !socket.writable || isDue) return void socket.destroy();
  end(
    socket,
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'fields-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'body-timeout'
        : 'bad-request',
  );
}

/** How long a client has to take the last answer of a connection. */
const LAST_MS = 2000;

/** The last answer of a connection, which ends soon, whether the client closes its side or not. */
function end(socket: Socket | null, slug: ProblemSlug): void {
  if (!socket) return;
  socket.end(rawProblem(slug, STATUS_CODES));
  const timer = setTimeout(() => socket.destroy(), LAST_MS).unref();
  socket.once('close', () => clearTimeout(timer));
}

function repeat(ms: number, work: () => Promise<void>): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const again = () => {
    running = running.then(work);
  };
  const timer = ms > 0 ? setInterval(again, ms) : undefined;
  timer?.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
