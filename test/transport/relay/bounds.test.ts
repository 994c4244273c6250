import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PartSource } from '../../../src/transport/index.js';
import { MESSAGE, messageFirst, options, refused, roadTo, VERBS, type Verb } from '../../support/raw-relay.js';
import { JSON_TYPE, OCTETS, rawServers, says, wire } from '../../support/raw-server.js';

const serve = rawServers();

const MIB = 2 ** 20;
/** What stands between two programs that are both out of the way: buffers of the kernel at both ends, and of fetch. */
const BUFFERS = 16 * MIB;
const PROBLEM = { 'Content-Type': 'application/problem+json', 'Careplan-Retry': 'later' };
const HTML = { 'Content-Type': 'text/html' };

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const MORE = chunk('x'.repeat(64 * 1024));

/** An answer without end. `written` says how many bytes the other side, or what is between, has taken. */
function endless(status: number, fields: Readonly<Record<string, string>>, first: string) {
  let written = 0;
  const pour = (socket: Socket) => {
    while (!socket.destroyed && socket.write(MORE)) written += MORE.length;
    if (!socket.destroyed) socket.once('drain', () => pour(socket));
  };
  const answer = ({ socket }: { readonly socket: Socket }) => {
    const lines = Object.entries({ 'Transfer-Encoding': 'chunked', ...fields }).map((field) => field.join(': '));
    socket.write([`HTTP/1.1 ${status} Said`, ...lines, '', chunk(first)].join('\r\n'));
    pour(socket);
  };
  return { answer, written: () => written };
}

const UNKNOWN = { outcome: 'unknown', retry: 'backoff' };

describe('an answer without end is read no further than', () => {
  it.each<[string, Verb, number, Readonly<Record<string, string>>, number, object]>([
    ['8 MiB: a receipt', 'send', 200, JSON_TYPE, 8 * MIB, { code: 'protocol', ...UNKNOWN }],
    ['8 MiB: a status', 'lookup', 200, JSON_TYPE, 8 * MIB, { code: 'protocol', ...UNKNOWN }],
    ['8 MiB: a message', 'fetch', 200, JSON_TYPE, 8 * MIB, { code: 'protocol', ...UNKNOWN }],
    ['8 MiB: what is answered to a receipt', 'acknowledge', 200, JSON_TYPE, 8 * MIB, { code: 'protocol', ...UNKNOWN }],
    ['512 KiB: a hint', 'watch', 200, JSON_TYPE, MIB / 2, { code: 'protocol', ...UNKNOWN }],
    ['50 MiB: a page of a hundred entries', 'list', 200, JSON_TYPE, 50 * MIB, { code: 'protocol', ...UNKNOWN }],
    ['50 MiB: a page of a hundred sent', 'listSent', 200, JSON_TYPE, 50 * MIB, { code: 'protocol', ...UNKNOWN }],
    ['64 KiB: a problem', 'send', 500, PROBLEM, MIB / 16, { code: 'protocol', ...UNKNOWN, status: 500 }],
    ['64 KiB: a problem of 503', 'list', 503, PROBLEM, MIB / 16, { code: 'unavailable', ...UNKNOWN, status: 503 }],
    ['its head: what a proxy says', 'send', 502, HTML, 0, { code: 'unavailable', ...UNKNOWN, status: 502 }],
    ['its head: HTML where JSON is wanted', 'send', 200, HTML, 0, { code: 'protocol', ...UNKNOWN }],
    ['its head: a redirection', 'send', 302, HTML, 0, { code: 'protocol', ...UNKNOWN, status: 302 }],
  ])('%s', async (_, verb, status, fields, most, expected) => {
    const { answer, written } = endless(status, fields, '{"type":"');
    const server = await serve(answer);
    expect(await refused(VERBS[verb](roadTo(server.origin)), server)).toMatchObject(expected);
    await server.released();
    expect(written()).toBeLessThan(most + BUFFERS);
  });

  it('what its header says: a part, whole or a range of it', async () => {
    for (const [status, range] of [
      [200, undefined],
      [206, { start: 10, end: 20 }],
    ] as const) {
      const { answer, written } = endless(status, OCTETS, 'first');
      const server = await serve(messageFirst(answer));
      const { files } = await roadTo(server.origin).fetch(MESSAGE, options());
      let read = 0;
      const reading = async () => {
        for await (const { length } of (files[0] as PartSource).open(range)) read += length;
      };
      const expected = { code: 'integrity.wire', outcome: 'not-sent', retry: 'now', part: 1 };
      expect(await refused(reading(), server)).toMatchObject(expected);
      await server.released();
      expect(read).toBeLessThanOrEqual(range ? 10 : (files[0]?.size ?? 0));
      expect(written()).toBeLessThan(BUFFERS);
    }
  });

  it('8 MiB of what is unpacked, however little was sent', async () => {
    const packed = gzipSync(Buffer.alloc(64 * MIB, ' '));
    const fields = { ...JSON_TYPE, 'Content-Encoding': 'gzip', 'Content-Length': String(packed.length) };
    const server = await serve(({ socket }) => {
      socket.write(wire(200, '', fields));
      socket.write(packed);
    });
    let read = 0;
    const counter = () =>
      new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, to) {
          read += piece.length;
          to.enqueue(piece);
        },
      });
    const counting: typeof fetch = async (...call) => {
      const response = await fetch(...call);
      return new Response(response.body?.pipeThrough(counter()) ?? null, response);
    };
    const error = await refused(VERBS.lookup(roadTo(server.origin, { fetch: counting })), server);
    expect(error).toMatchObject({ code: 'protocol', ...UNKNOWN });
    expect(read).toBeGreaterThan(8 * MIB);
    expect(read).toBeLessThan(9 * MIB);
  });
});

describe('the longest answers of the protocol are read', () => {
  const { id, from, to, serial, standard, header } = MESSAGE;
  const page = (items: readonly object[]) =>
    says(wire(200, JSON.stringify({ items, more: false, next: 'i1' }), JSON_TYPE));
  const kinds = Array.from({ length: 6000 }, (_, n) => `K${String(n).padStart(38, '0')}`);

  it('a page of a hundred entries, each with as many kinds as a header can hold', async () => {
    const entry = { id, from, to, serial, standard, kinds, parts: 2, size: 1, state: 'available' };
    const server = await serve(page(Array.from({ length: 100 }, () => entry)));
    const { items } = await roadTo(server.origin).list({}, options());
    expect(items).toHaveLength(100);
  });

  it('a page of a hundred sent, each with two receipts of 64 KiB', async () => {
    const receipts = ['delivered', 'read'].map((kind) => ({ kind, at: 1, signed: 'x'.repeat(65_536) }));
    // Of an upload there is no receipt of the relay to prove.
    const status = { id, from, to, serial, standard, kinds, state: 'uploading', receipts, events: [] };
    const server = await serve(page(Array.from({ length: 100 }, () => status)));
    expect(await roadTo(server.origin).listSent?.({}, options())).toEqual({ items: [] });
  });

  it('a message with a header of many kinds and its receipts', async () => {
    const receipts = ['delivered', 'read'].map((kind) => ({ kind, at: 1, signed: 'x'.repeat(65_536) }));
    const entry = { id, from, to, serial, standard, kinds, parts: 2, size: 1, state: 'available', header, receipts };
    const server = await serve(says(wire(200, JSON.stringify(entry), JSON_TYPE)));
    expect(await roadTo(server.origin).fetch(MESSAGE, options())).toMatchObject({ id });
  });
});

describe('a relay that answers at once, though it was asked to wait,', () => {
  const empty = wire(200, JSON.stringify({ items: [], more: false, next: 'i0', pollAfter: 300 }), JSON_TYPE);

  it('is asked again after a pause, not again and again', async () => {
    const server = await serve(says(empty));
    expect(await roadTo(server.origin).list({ waitMs: 1500 }, options())).toEqual({ items: [] });
    // Before waiting, while waiting, after one second, and at the end.
    expect(server.requests.length).toBeLessThanOrEqual(5);
    expect(server.requests.some(({ path }) => path.includes('wait='))).toBe(true);
  });

  it('is left alone when the caller gives up in the pause', async () => {
    const caller = new AbortController();
    const server = await serve(({ socket, path }) => {
      says(empty)({ socket });
      if (path.includes('wait=')) setImmediate(() => caller.abort());
    });
    const error = await refused(VERBS.watch(roadTo(server.origin), caller.signal));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'not-sent', retry: 'never' });
    expect(server.requests).toHaveLength(1);
  });
});
