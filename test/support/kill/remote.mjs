import { createServer } from 'node:http';
import { defineTransport, memoryNetwork, partOf, readPart, TransportError } from '../../../dist/transport/index.js';

/** The mailboxes of a network in memory behind a socket on loopback: what the other processes send to. */
export function serveMemory() {
  const network = memoryNetwork();
  const transports = new Map();
  const connect = (addresses) => {
    const key = JSON.stringify(addresses);
    if (!transports.has(key)) transports.set(key, network.connect(...addresses));
    return transports.get(key);
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { addresses, verb, input, rest } = JSON.parse(Buffer.concat(chunks).toString());
    const options = { signal: new AbortController().signal, deadline: Date.now() + 60_000, attempt: 1 };
    try {
      const given = verb === 'send' ? { ...input, parts: await Promise.all(input.parts.map(partFrom)) } : input;
      const result = await connect(addresses)[verb](given, ...(rest ?? []), options);
      const files = verb === 'fetch' ? { files: await Promise.all(result.files.map(textOf)) } : {};
      response.end(JSON.stringify({ ok: true, result: result === undefined ? null : { ...result, ...files } }));
    } catch (error) {
      response.end(JSON.stringify({ ok: false, error: error.toJSON() }));
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, port: server.address().port }));
  });
}

const partFrom = ({ base64, ...part }) => partOf({ ...part, bytes: Buffer.from(base64, 'base64') });
const textOf = async ({ open: _, ...part }, i, all) => ({
  ...part,
  base64: Buffer.from(await readPart(all[i])).toString('base64'),
});

/** A transport to these mailboxes. */
export const remoteTransport = defineTransport(({ port, addresses }) => {
  const call = async (verb, { signal }, input, ...rest) => {
    const body = JSON.stringify({ addresses, verb, input, rest });
    let answer;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, signal });
      answer = await response.json();
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new TransportError('network.reset', { cause });
    }
    if (!answer.ok) throw new TransportError(answer.error.code, answer.error);
    return answer.result ?? undefined;
  };
  return {
    name: 'remote-memory',
    capabilities: memoryNetwork().connect(...addresses).capabilities,
    async send(message, options) {
      const parts = await Promise.all(message.parts.map(textOf));
      return call('send', options, { ...message, parts });
    },
    lookup: (ref, options) => call('lookup', options, ref),
    list: (query, options) => call('list', options, query),
    async fetch(ref, options) {
      const message = await call('fetch', options, ref);
      return { ...message, files: await Promise.all(message.files.map(partFrom)) };
    },
    acknowledge: (ref, receipt, options) => call('acknowledge', options, ref, receipt),
    listSent: (query, options) => call('listSent', options, query),
    recall: (ref, options) => call('recall', options, ref),
    async *watch(_query, { signal }) {
      if (!signal.aborted) yield { hint: 'inbox' };
    },
  };
});
