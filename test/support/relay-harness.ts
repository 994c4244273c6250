import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RelayConfig } from '../../relay/src/core/config.js';
import { putOffice, type RunningSandbox, startSandbox } from '../../relay/src/index.js';
import {
  officeKeys,
  type PrivateJwk,
  type PublicKey,
  registrarDirectory,
  signEntry,
  verifyRelayReceipt,
} from '../../src/transport/envelope/index.js';
import {
  type Address,
  parseAddress,
  type Transport,
  type TransportErrorCode,
  type TransportVerb,
} from '../../src/transport/index.js';
import { type RelayIdentity, relayDirectorySource, relayTransport } from '../../src/transport/relay/index.js';
import type { ContractFault, ContractHarness } from '../../src/transport/testing/index.js';
import { type Sealing, sealing } from './sealing.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'relay-'));
process.once('exit', () => rmSync(FOLDER, { recursive: true, force: true }));
let made = 0;

/** A sandbox with empty mailboxes; all of them have the offices and keys of the first. */
export async function sandbox(
  config: Partial<RelayConfig> = {},
): Promise<RunningSandbox & { readonly folder: string }> {
  const folder = join(FOLDER, String(made++));
  if (made > 1) cpSync(join(FOLDER, '0', 'demo-offices.json'), join(folder, 'demo-offices.json'), { recursive: true });
  return { ...(await startSandbox({ folder, config })), folder };
}

export interface Office {
  readonly address: Address;
  readonly sealing: Sealing;
  readonly identity: RelayIdentity;
  /** A transport to the relay that carries sealed messages only. */
  connect(fetch?: typeof globalThis.fetch): Transport;
}

/** One of the two offices of a sandbox: its keys, and a directory that believes the demo registrar. */
export async function officeOf(running: RunningSandbox, n: 0 | 1, kept: Sealing['kept'] = new Map()): Promise<Office> {
  const { origin, directory } = running;
  const { address: name = '', signingKey, sealingKey } = running.offices[n] ?? {};
  const address = parseAddress(name) as Address;
  const keys = officeKeys([{ ...signingKey, use: 'sig' } as never, { ...sealingKey, use: 'enc' } as never]);
  const identity = { address, signer: keys.signer };
  const { kty, crv, x, y, kid } = directory.registrar;
  const registrar = { kid: kid ?? '', use: 'sig', alg: 'ES256', jwk: { kty, crv, x, y } } as PublicKey;
  const source = relayDirectorySource({ origin, identity });
  return {
    address,
    identity,
    sealing: { keys, directory: registrarDirectory({ source, registrars: [registrar] }), kept },
    connect: (fetch) => relayTransport({ origin, identities: [identity], ...(fetch ? { fetch } : {}) }),
  };
}

/** What the sandbox makes of a request, and the error that it must be. */
const FAULTS: readonly [string, TransportVerb, string, object, TransportErrorCode, ('unknown' | 'not-sent')?][] = [
  ['the answer is lost after the commit', 'send', 'declare', { when: 'after', action: 'drop' }, 'network.reset'],
  ['the connection breaks before', 'send', 'declare', { when: 'before', action: 'drop' }, 'network.reset'],
  ['too many requests', 'send', 'declare', { when: 'before', action: 'problem', status: 429 }, 'rate-limited'],
  ['a proxy answers', 'send', 'declare', { when: 'after', action: 'html' }, 'unavailable', 'unknown'],
  ['an error of the server', 'send', 'declare', { when: 'after', action: 'problem', status: 500 }, 'internal'],
  ['not available', 'list', 'listInbox', { when: 'before', action: 'problem', status: 503 }, 'unavailable'],
  ['the connection breaks', 'fetch', 'receive', { when: 'before', action: 'drop' }, 'network.reset'],
  ['the answer is lost', 'acknowledge', 'putReceipt', { when: 'after', action: 'drop' }, 'network.reset'],
  ['too many requests', 'lookup', 'status', { when: 'before', action: 'problem', status: 429 }, 'rate-limited'],
  ['a proxy answers', 'listSent', 'listSent', { when: 'before', action: 'html' }, 'unavailable', 'unknown'],
  ['not available', 'recall', 'recall', { when: 'before', action: 'problem', status: 503 }, 'unavailable'],
];

/** Enters another address of an office into the directory of a sandbox, with the keys that it has. */
async function alsoAt(
  running: RunningSandbox,
  { address: first, sealing: { keys } }: Office,
  serviceType: string,
): Promise<Address> {
  const address = { ...first, serviceType };
  const registrar = officeKeys([{ ...running.directory.registrar, use: 'sig' } as PrivateJwk]);
  const entry = await signEntry({ address, issuedAt: Date.now(), keys: keys.publicKeys }, registrar.signer);
  for (const { jwk } of registrar.publicKeys) await putOffice(running.relay, jwk, entry);
  return address;
}

/** An office with one address, another with two, and a relay between them. */
export async function relayHarness(): Promise<ContractHarness> {
  const running = await sandbox();
  const kept: Sealing['kept'] = new Map();
  const [a, b] = [await officeOf(running, 0, kept), await officeOf(running, 1, kept)];
  const also = await alsoAt(running, b, '17');
  const identities = [b.identity, { ...b.identity, address: also }];
  const seen: Uint8Array[] = [];
  const spying: typeof fetch = async (...call) => {
    const request = new Request(...call);
    seen.push(new Uint8Array(await request.clone().arrayBuffer()), Buffer.from(request.url));
    return fetch(request);
  };
  const open = {
    a: () => sealing(a.connect(spying), a.sealing),
    b: () => sealing(relayTransport({ origin: running.origin, identities }), b.sealing),
  };
  const [atA, atB] = [open.a(), open.b()];
  const call = (method: string, path: string, body?: object) =>
    fetch(`${running.origin}/sandbox/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).then(async (response) => {
      if (!response.ok) throw new Error(`the sandbox refused: ${await response.text()}`);
      return response.json() as Promise<{ offsetMs: number }>;
    });
  const turnClock = async (ms: number) => {
    const { offsetMs } = await call('GET', 'clock');
    await call('PUT', 'clock', { offsetMs: offsetMs + ms });
  };
  const reopened: Transport[] = [];
  return {
    a: { transport: atA, addresses: [a.address] },
    b: { transport: atB, addresses: [b.address, also] },
    async reopen(side) {
      await (side === 'a' ? atA : atB).close();
      const transport = open[side]();
      reopened.push(transport);
      return transport;
    },
    expire: () => turnClock(91 * 86_400_000),
    turnClock,
    seen: async () => seen,
    async verify(signed) {
      const { keys } = (await (await fetch(`${running.origin}/v1/relay`)).json()) as {
        keys: ({ kid: string } & object)[];
      };
      const relayKeys = keys.map((jwk) => ({ kid: jwk.kid, use: 'sig', alg: 'ES256', jwk }) as unknown as PublicKey);
      return verifyRelayReceipt(signed, relayKeys).then(
        ({ relay }) => relay === running.origin,
        () => false,
      );
    },
    faults: FAULTS.map(([name, verb, operation, fault, code, outcome]): ContractFault => {
      const usual = { 'network.reset': 'unknown', internal: 'unknown' } as Partial<
        Record<TransportErrorCode, 'unknown'>
      >;
      return {
        name,
        verb,
        expect: { code, outcome: outcome ?? usual[code] ?? 'not-sent', retry: 'backoff' },
        inject: async () => void (await call('POST', 'faults', { operation, ...fault })),
        heal: async () => void (await call('DELETE', 'faults')),
      };
    }),
    crashes: [
      {
        name: 'killed while the answer was on its way',
        async crash(message) {
          await call('POST', 'faults', { operation: 'declare', when: 'after', action: 'drop' });
          const options = { signal: new AbortController().signal, deadline: Date.now() + 10_000, attempt: 1 };
          await atA.send(message, options).catch(() => {});
        },
      },
    ],
    secrets: [],
    async dispose() {
      await Promise.all([atA, atB, ...reopened].map((transport) => transport.close()));
      await running.stop(0);
    },
  };
}
