import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Where a connection is cut: before the request is passed on, or when its answer has come and is not passed on. */
export type Cut = 'before' | 'after';

export interface CuttingProxy {
  readonly port: number;
  /** Method and path of each request that came, cut or not. */
  readonly requests: string[];
  /** To whom it passes on. */
  target: number;
  /** Cuts the next request that fits, once. */
  cut(when: Cut, request: RegExp): void;
  /** Whether all cuts were made. */
  readonly isDone: () => boolean;
  close(): Promise<void>;
}

/** A proxy between a driver and its relay that passes bytes on, and cuts connections where it is told to. */
export async function cuttingProxy(): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const requests: string[] = [];
  let next: { readonly when: Cut; readonly request: RegExp } | undefined;
  const server = createServer((client) => {
    const relay = connect(proxy.target, '127.0.0.1');
    const end = () => {
      client.destroy();
      relay.destroy();
    };
    for (const socket of [client, relay]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    let isAnswered = true;
    let isCut = false;
    client.on('data', (chunk) => {
      // One request at a time: what comes after an answer is the head of the next.
      if (isAnswered) {
        isAnswered = false;
        const [method, path] = chunk.subarray(0, 2048).toString('latin1').split(' ', 2);
        const request = `${method} ${path}`;
        requests.push(request);
        if (next?.request.test(request)) {
          const { when } = next;
          next = undefined;
          if (when === 'before') return end();
          isCut = true;
        }
      }
      relay.write(chunk);
    });
    relay.on('data', (chunk) => {
      isAnswered = true;
      if (isCut) end();
      else client.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: CuttingProxy = {
    port: (server.address() as AddressInfo).port,
    requests,
    target: 0,
    cut(when, request) {
      next = { when, request };
    },
    isDone: () => next === undefined,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
