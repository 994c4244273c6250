import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterEach } from 'vitest';

/** One request that has arrived whole, and the socket to answer on. */
export interface Exchange {
  /** Of all requests, and of those on this connection, counted from 1. */
  readonly n: number;
  readonly onConnection: number;
  readonly method: string;
  readonly path: string;
  readonly head: string;
  readonly body: string;
  readonly socket: Socket;
}

export interface RawServer {
  readonly origin: string;
  readonly port: number;
  /** Connections so far, and the requests on them. */
  readonly connections: () => number;
  readonly requests: readonly Exchange[];
  /** Resolves when no connection is open on which a request came: fetch opens others that it may never use. */
  released(): Promise<void>;
  close(): Promise<void>;
}

/** A server that knows nothing of HTTP but where a request ends: what it answers is written by hand. */
export async function rawServer(
  answer: (exchange: Exchange) => void,
  {
    tls,
    onConnect,
    host = '127.0.0.1',
    port: wanted = 0,
  }: {
    readonly tls?: TlsOptions;
    readonly onConnect?: (socket: Socket) => void;
    readonly host?: string;
    readonly port?: number;
  } = {},
): Promise<RawServer> {
  const open = new Set<Socket>();
  const used = new Set<Socket>();
  const requests: Exchange[] = [];
  let connections = 0;
  const serve = (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      open.delete(socket);
      used.delete(socket);
      if (used.size === 0) server.emit('released');
    });
    onConnect?.(socket);
    let text = '';
    let onConnection = 0;
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      for (let found = requestIn(text); found; found = requestIn(text)) {
        text = text.slice(found.length);
        const { head, body } = found;
        const [method = '', path = ''] = head.split(' ', 2);
        const exchange = { n: requests.length + 1, onConnection: ++onConnection, method, path, head, body, socket };
        used.add(socket);
        requests.push(exchange);
        answer(exchange);
      }
    });
  };
  const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve);
  server.on('tlsClientError', () => {});
  server.listen(wanted, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls ? 'https' : 'http'}://${host}:${port}`,
    port,
    connections: () => connections,
    requests,
    async released() {
      if (used.size > 0) await once(server, 'released');
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Makes servers that are closed after each test. */
export function rawServers(): typeof rawServer {
  const opened: RawServer[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
  });
  return async (...how) => {
    const server = await rawServer(...how);
    opened.push(server);
    return server;
  };
}

/** The first request in a text, once it is there to its end. */
function requestIn(
  text: string,
): { readonly head: string; readonly body: string; readonly length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const start = end + 4;
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const last = text.indexOf('0\r\n\r\n', start);
    return last < 0 ? undefined : { head, body: text.slice(start, last), length: last + 5 };
  }
  const length = start + Number(/^content-length: *([0-9]+)/im.exec(head)?.[1] ?? 0);
  return text.length < length ? undefined : { head, body: text.slice(start, length), length };
}

/** An answer as it stands on the wire. */
export function wire(status: number, body: string, fields: Readonly<Record<string, string>> = {}): string {
  const bytes = Buffer.from(body).toString('latin1');
  const all = { 'Content-Length': String(bytes.length), ...fields };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n${bytes}`;
}

export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;
export const OCTETS = { 'Content-Type': 'application/octet-stream' } as const;

/** Answers every request with the same text. */
export const says =
  (text: string) =>
  ({ socket }: Pick<Exchange, 'socket'>): void =>
    write(socket, text);

/** Answers with a text and then ends the connection. */
export const ends =
  (text: string) =>
  ({ socket }: Pick<Exchange, 'socket'>): void =>
    void socket.end(text, 'latin1');

export const write = (socket: Socket, text: string): void => void socket.write(text, 'latin1');
