import ky from 'ky';
import { type Address, formatAddress } from '../address.js';
import { type Clock, systemClock } from '../clock.js';
import type { Signer } from '../envelope/index.js';
import { TransportError } from '../error.js';
import { following } from '../following.js';
import { pieces, release, textWithin } from './bodies.js';
import { failureOf } from './failures.js';
import { isOf, PROBLEM, parseJson, problemOf } from './problems.js';
import { token } from './token.js';

/** An address of one's own, and how the relay knows that it is. */
export interface RelayIdentity {
  readonly address: Address;
  /** Signs a token for every attempt; absent where a client certificate says who asks (`dispatcher`). */
  readonly signer?: Signer;
}

export interface RelayConnection {
  /** Scheme, host and port of the relay, as it calls itself: `https://relay.example.jp`. */
  readonly origin: string;
  /** For requests with a client certificate: an `Agent` of undici 7, `new Agent({ connect: { ca, cert, key } })`. Node only. */
  readonly dispatcher?: unknown;
  /** Another fetch than that of the platform. */
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
}

export interface RelayRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below the origin, with its query. */
  readonly path: string;
  readonly body?: Uint8Array;
  readonly mediaType?: string;
  readonly range?: string;
  readonly signal: AbortSignal;
  readonly traceparent?: string;
}

/**
 * The longest answers that are read, in bytes: of JSON; what a page may have for each of its entries, whose header has 256 Ki
 * characters and whose receipts 64 KiB each; of a problem.
 */
const LONGEST = 8 * 2 ** 20;
export const LONGEST_ENTRY = 2 ** 19;
const LONGEST_PROBLEM = 2 ** 16;

/** Requests to one relay: each is one attempt, with a token of its own, and no answer of a proxy is taken for the relay's. */
export class RelayHttp {
  readonly origin: string;
  readonly #options: RelayConnection;
  readonly #clock: Clock;
  /** How far the relay's clock is ahead of this one, in milliseconds. */
  #ahead = 0;

  constructor(options: RelayConnection) {
    const { origin } = new URL(options.origin);
    if (origin !== options.origin) throw new TransportError('config');
    this.origin = origin;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** An answer of success: an object of JSON, no longer than so many bytes. Throws a TransportError for every other. */
  async json(identity: RelayIdentity | undefined, request: RelayRequest, longest = LONGEST): Promise<object> {
    // Of what is asked with a signal that lives long, nothing stays with it.
    const said = await following(request.signal, async (signal) => {
      const mine = { ...request, signal };
      return jsonIn(await this.#answer(identity, mine), 'application/json', longest, mine);
    });
    if (typeof said !== 'object' || said === null) throw new TransportError('protocol');
    return said;
  }

  /** An answer of success whose body is read piece by piece. */
  async bytes(identity: RelayIdentity, request: RelayRequest): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#answer(identity, request);
    // Who asked for a range and is given all of it would take it for the range.
    const isAsked = response.status === (request.range === undefined ? 200 : 206);
    if (!isAsked || !isOf(response, 'application/octet-stream')) {
      release(response);
      throw new TransportError('protocol');
    }
    return pieces(response, request);
  }

  async #answer(identity: RelayIdentity | undefined, request: RelayRequest): Promise<Response> {
    const { method, path, body, mediaType, range, signal, traceparent } = request;
    const digest = body === undefined ? undefined : await contentDigest(body);
    const now = this.#clock.now() + this.#ahead;
    const headers: Record<string, string> = {
      ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
      ...(digest === undefined ? {} : { 'content-digest': digest }),
      ...(range === undefined ? {} : { range }),
      ...(traceparent === undefined ? {} : { traceparent }),
    };
    if (identity?.signer) {
      const about = { origin: this.origin, method, path, now, ...(digest === undefined ? {} : { digest }) };
      headers.authorization = `Careplan ${await token(identity.address, identity.signer, about)}`;
    }
    let response: Response;
    try {
      response = await ky(`${this.origin}${path}`, {
        ...{ method, headers, signal, retry: 0, throwHttpErrors: false, timeout: false, redirect: 'manual' as const },
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
        ...(this.#options.fetch ? { fetch: this.#options.fetch } : {}),
        ...(this.#options.dispatcher === undefined ? {} : ({ dispatcher: this.#options.dispatcher } as object)),
      });
    } catch (thrown) {
      throw failureOf(thrown, signal, { reading: false, changes: method !== 'GET' });
    }
    if (response.ok) return response;
    // What is not followed is an opaque answer in browsers, of status 0.
    if (response.status < 400) {
      release(response);
      throw new TransportError('protocol', { status: response.status || 300 });
    }
    const error = problemOf(response, await jsonIn(response, PROBLEM, LONGEST_PROBLEM, request), this.#clock.now());
    // A clock that is wrong by little makes tokens that have expired; one that is right is not changed by this.
    if (error.code === 'clock-skew' || error.code === 'auth.expired') this.#correct(response);
    throw error;
  }

  /** Goes by the relay's clock from now on. */
  #correct(response: Response): void {
    const theirs = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(theirs)) this.#ahead = theirs - this.#clock.now();
  }
}

/** The path of a mailbox, and of what is in it. */
export const mailboxPath = (address: Address, rest: string): string =>
  `/v1/mailboxes/${formatAddress(address)}/${rest}`;

/** What an answer of this media type says; undefined where it is of another, too long or no JSON. */
async function jsonIn(response: Response, mediaType: string, longest: number, request: RelayRequest): Promise<unknown> {
  if (isOf(response, mediaType)) return parseJson((await textWithin(response, longest, request)) ?? '');
  release(response);
  return undefined;
}

/** The value of `Content-Digest` (RFC 9530). */
async function contentDigest(body: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>));
  return `sha-256=:${btoa(String.fromCharCode(...hash))}:`;
}
