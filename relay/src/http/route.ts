import type { z } from 'zod';
import type { RelayConfig } from '../core/config.js';
import type { ProblemSlug } from '../core/problem.js';
import type { Relay } from '../core/relay.js';
import type { Sandbox } from '../sandbox/sandbox.js';

/** Who may ask: the address of the mailbox in the path, any address of the directory, anybody, or a sandbox's user. */
export type Who = 'mailbox' | 'office' | 'anyone' | 'sandbox';

/** What a handler is given, all of it checked. */
export interface Call<Params = Record<string, string>, Query = unknown, Body = unknown> {
  readonly relay: Relay;
  /** Who asks; empty where anybody may. */
  readonly address: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly headers: Headers;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  readonly sandbox?: Sandbox | undefined;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** Bytes that are read as the client takes them; with their `Content-Length` in the fields. */
  readonly stream?: ReadableStream<Uint8Array>;
  readonly text?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a request carries: JSON of a schema or bytes; `limit` names the most that is read of it. */
export type BodySpec =
  | { readonly type: 'application/json'; readonly schema: z.ZodType; readonly limit: BodyLimit }
  | { readonly type: 'application/octet-stream'; readonly limit: BodyLimit };
export type BodyLimit = 'maxJsonBytes' | 'maxReceiptBytes' | 'maxPartBytes';

export interface AnswerSpec {
  readonly says: string;
  readonly schema?: z.ZodType;
  /** The media type, where it is not JSON. */
  readonly type?: string;
  readonly fields?: readonly string[];
}

/** One operation of the protocol: what is served, checked, described in openapi.json and tested comes from here. */
export interface Route {
  readonly operation: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** `/v1/mailboxes/{mailbox}/inbox`. */
  readonly path: string;
  readonly says: string;
  readonly who: Who;
  readonly params: z.ZodType<Record<string, string>>;
  readonly query?: z.ZodType;
  readonly body?: BodySpec;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Beside those that every operation of its kind has. */
  readonly problems: readonly ProblemSlug[];
  handle(call: Call<never, never, never>): Promise<Answer>;
}

type BodyOf<B> = B extends { schema: infer S extends z.ZodType }
  ? z.infer<S>
  : B extends BodySpec
    ? Uint8Array
    : undefined;

/** Writes down an operation; its handler is given what its schemas say. */
export function route<
  const Params extends z.ZodType<Record<string, string>>,
  const Body extends BodySpec | undefined = undefined,
  const Query extends z.ZodType | undefined = undefined,
>(
  spec: Omit<Route, 'handle' | 'params' | 'query' | 'body'> & {
    readonly params: Params;
    readonly query?: Query;
    readonly body?: Body;
    handle(
      call: Call<z.infer<Params>, Query extends z.ZodType ? z.infer<Query> : undefined, BodyOf<Body>>,
    ): Promise<Answer>;
  },
): Route {
  return spec as unknown as Route;
}

/** The most that is read of a body. */
export const bytesAllowed = (config: RelayConfig, { limit }: BodySpec): number => config[limit];
