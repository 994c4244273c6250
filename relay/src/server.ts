import { createServer, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { fingerprintOf } from './core/certificates.js';
import { errorCode } from './core/log.js';
import type { OpenRelay } from './core/open.js';
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
  const headersTimeout = options.headersTimeoutMs ?? 10_000;
  const requestTimeout = options.requestTimeoutMs ?? relay.config.bodyTimeoutMs + 15_000;
  const limits = {
    maxHeaderSize: HEADERS_BYTES,
    headersTimeout: Math.min(headersTimeout, requestTimeout),
    requestTimeout,
    connectionsCheckingInterval: Math.min(1000, headersTimeout),
  };
  const listener = getRequestListener(app.fetch);
  const server = tls
    ? createTlsServer({ ...limits, ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: false }, listener)
    : createServer(limits, listener);
  server.on('clientError', refuse);
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
        const timer = setTimeout(() => server.closeAllConnections(), withinMs);
        await closed;
        clearTimeout(timer);
        await sweeping.stop();
        await relay.close();
      })();
      return stopped;
    },
  };
}

/** What the connection of a request says of its client. */
function connectionOf(context: Context): Connection {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  if (!incoming) return {};
  const socket = incoming.socket as Partial<TLSSocket> & Socket;
  const proved = socket.authorized === true ? socket.getPeerX509Certificate?.() : undefined;
  return {
    fingerprint: proved && fingerprintOf(proved),
    drop: () => void socket.destroy(),
  };
}

/** Answers what is no HTTP, too long in its fields, or too slow: the server's own refusals in the form of the others. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const slug =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'fields-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'body-timeout'
        : 'bad-request';
  socket.end(rawProblem(slug, STATUS_CODES));
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
