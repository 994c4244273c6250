import { createHash, randomBytes } from 'node:crypto';
import { formatHeader, messageId, parseAddress, type RoutingHeader } from 'careplan-renkei/transport';
import type { JWK } from 'jose';
import { sign } from '../sandbox/offices.js';

/** An office whose private signing key is at hand. */
export interface KnownOffice {
  readonly address: string;
  readonly signingKey: JWK & { readonly kid: string };
}

export type Fetch = (request: Request) => Response | Promise<Response>;

export interface Ask {
  readonly body?: Uint8Array<ArrayBuffer> | string | object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that take the place of those of a right token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly tokenHeader?: Readonly<Record<string, string>>;
  /** A token that was made before. */
  readonly token?: string;
  readonly signal?: AbortSignal;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at member by member
  readonly json: any;
  /** The slug of a problem. */
  readonly problem: string | undefined;
  /** The token that was used. */
  readonly token: string;
}

export const digestOf = (bytes: Uint8Array | string): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

/** Asks a relay as an office: every request with a new token. */
export function relayClient(origin: string, office: KnownOffice, fetch: Fetch = globalThis.fetch) {
  const token = async (method: string, path: string, digest: string | undefined, ask: Ask = {}): Promise<string> => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {
      iss: office.address,
      aud: origin,
      htm: method,
      htu: path,
      ...(digest === undefined ? {} : { cd: digest }),
      jti: randomBytes(16).toString('base64url'),
      iat,
      exp: iat + 60,
      ...ask.claims,
    };
    return sign({ ...office.signingKey, ...ask.tokenHeader }, ask.tokenHeader?.typ ?? 'careplan-token+jwt', claims);
  };
  const ask = async (method: string, path: string, given: Ask = {}): Promise<Told> => {
    const { body, headers } = given;
    const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
    const bytes = isJson ? JSON.stringify(body) : body;
    const digest = bytes === undefined ? undefined : (headers?.['Content-Digest'] ?? digestOf(bytes));
    const used = given.token ?? (await token(method, path, digest, given));
    const type = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
    const request = new Request(origin + path, {
      method,
      ...(bytes === undefined ? {} : { body: bytes }),
      headers: {
        Authorization: `Careplan ${used}`,
        ...(bytes === undefined ? {} : { 'Content-Type': type }),
        ...(digest === undefined ? {} : { 'Content-Digest': digest }),
        ...headers,
      },
      ...(given.signal ? { signal: given.signal } : {}),
    });
    return told(await fetch(request), used);
  };
  const mailbox = `/v1/mailboxes/${office.address}`;
  return { office, origin, mailbox, ask, token };
}

export type RelayClient = ReturnType<typeof relayClient>;

export async function told(response: Response, token = ''): Promise<Told> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get('Content-Type') ?? '';
  const json = /json/.test(type) && bytes.length > 0 ? JSON.parse(Buffer.from(bytes).toString('utf8')) : undefined;
  const problem = /^urn:careplan:problem:(.+)$/.exec(String(json?.type ?? ''))?.[1];
  return { status: response.status, headers: response.headers, bytes, json, problem, token };
}

/** A message in sealed form: texts that look like JWE, and hold nothing. */
export interface FakeMessage {
  readonly id: string;
  readonly header: string;
  readonly parts: readonly string[];
  readonly serial: string;
}

let lastSerial = 0;

/** A serial that this process has not given before: 14 digits, a time. */
export function newSerial(now: number = Date.now()): string {
  lastSerial = Math.max(lastSerial + 1000, now);
  return new Date(lastSerial)
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);
}

export function fakeMessage(
  from: string,
  to: string,
  given: Partial<Pick<RoutingHeader, 'id' | 'serial' | 'standard' | 'createdAt' | 'expiresAt'>> & {
    readonly sizes?: readonly number[];
    readonly parts?: readonly string[];
  } = {},
): FakeMessage {
  const [a, b] = [parseAddress(from), parseAddress(to)];
  if (!a || !b) throw new TypeError('not an address');
  const parts =
    given.parts ?? (given.sizes ?? [300, 500]).map((size) => randomBytes(size).toString('base64url').slice(0, size));
  const { id = messageId(), serial = newSerial(), standard = '4.1', createdAt = Date.now() } = given;
  const header = formatHeader({
    v: 1,
    id,
    from: a,
    to: b,
    serial,
    standard,
    kinds: ['UPPLAN'],
    parts: parts.map((part, n) => ({
      n,
      size: part.length,
      sha256: createHash('sha256').update(part).digest('hex'),
    })),
    createdAt,
    expiresAt: given.expiresAt ?? createdAt + 30 * 86_400_000,
  });
  return { id, header, parts, serial };
}
