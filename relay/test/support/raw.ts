import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which bytes are written by hand. */
export interface Raw {
  readonly socket: Socket;
  write(text: string): void;
  /** All that was answered, when the other side has closed. */
  readonly closed: Promise<string>;
  /** Resolves when the answer so far fits. */
  until(pattern: RegExp): Promise<string>;
}

export async function rawConnection(port: number): Promise<Raw> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  const checks = new Set<() => void>();
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    for (const check of checks) check();
  });
  socket.on('error', () => {});
  const closed = once(socket, 'close').then(() => text);
  return {
    socket,
    write: (bytes) => void socket.write(bytes, 'latin1'),
    closed,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!pattern.test(text)) return;
          checks.delete(check);
          resolve(text);
        };
        checks.add(check);
        check();
        closed.then(() => reject(new Error(`closed after ${text.slice(0, 200)}`)));
      }),
  };
}
