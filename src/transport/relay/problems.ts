import { TransportError, type TransportErrorDetails } from '../error.js';
import type { Outcome, Retry, TransportErrorCode } from '../error-codes.js';

/** What each problem of the protocol (section 9) is to a caller; the outcome where it is not that of the code. */
const PROBLEMS: Readonly<Record<string, readonly [TransportErrorCode, Outcome?]>> = {
  'bad-request': ['config'],
  'cursor-invalid': ['config'],
  'token-missing': ['auth.denied'],
  'token-invalid': ['auth.denied'],
  'token-expired': ['auth.expired'],
  'token-replayed': ['auth.expired'],
  'clock-skew': ['clock-skew'],
  'office-suspended': ['auth.denied'],
  'key-untrusted': ['key.untrusted'],
  'not-found': ['message.unknown'],
  'office-unknown': ['address.unknown'],
  'method-not-allowed': ['unsupported'],
  'body-timeout': ['timeout.response', 'not-sent'],
  'message-conflict': ['message.conflict'],
  'serial-conflict': ['serial.conflict'],
  'parts-missing': ['message.invalid', 'not-sent'],
  'already-committed': ['message.conflict'],
  'receipt-conflict': ['receipt.conflict'],
  'too-late': ['recall.too-late'],
  'office-inactive': ['address.inactive'],
  'key-conflict': ['config'],
  expired: ['gone.expired'],
  recalled: ['gone.recalled'],
  purged: ['gone.expired'],
  'content-too-large': ['too-large'],
  'uri-too-long': ['config'],
  'unsupported-media-type': ['config'],
  'range-not-satisfiable': ['config'],
  'digest-mismatch': ['integrity.wire'],
  'header-invalid': ['message.invalid'],
  'address-self': ['address.self'],
  'standard-unsupported': ['standard.unsupported'],
  'part-mismatch': ['integrity.content'],
  'receipt-invalid': ['config'],
  'rate-limited': ['rate-limited'],
  'fields-too-large': ['config'],
  internal: ['internal'],
  unavailable: ['unavailable'],
  'mailbox-full': ['quota.mailbox'],
};

/** What the relay says of trying again, as the client's loop knows it. */
const RETRIES: Readonly<Record<string, Retry>> = { no: 'never', now: 'now', later: 'backoff', person: 'after-person' };

interface Problem {
  readonly type?: unknown;
  readonly nextSerial?: unknown;
  readonly part?: unknown;
}

/** The media type of a problem (RFC 9457). */
export const PROBLEM = 'application/problem+json';

/** The error of an answer that is none of success, and what was said in it. What is not of the protocol is what a proxy says. */
export function problemOf({ status, headers }: Response, said: unknown, now: number): TransportError {
  const details: TransportErrorDetails = {
    status,
    ...retryAfter(headers, now),
    ...text('requestId', headers.get('careplan-request-id')),
  };
  const problem = typeof said === 'object' && said !== null ? (said as Problem) : undefined;
  const slug = String(problem?.type ?? '').replace('urn:careplan:problem:', '');
  const [code, outcome] = PROBLEMS[slug] ?? [];
  if (!problem || code === undefined) return foreign(status, details);
  const retry = RETRIES[headers.get('careplan-retry') ?? ''];
  return new TransportError(code, {
    ...details,
    ...(outcome === undefined ? {} : { outcome }),
    ...(retry === undefined ? {} : { retry }),
    ...(typeof problem.nextSerial === 'string' ? { nextSerial: problem.nextSerial } : {}),
    ...(typeof problem.part === 'number' ? { part: problem.part + 1 } : {}),
  });
}

/** An answer that the relay did not give: of a proxy before it, which may have passed the request on. */
function foreign(status: number, details: TransportErrorDetails): TransportError {
  if (status === 429) return new TransportError('rate-limited', details);
  // Of these, 503 too is what some proxies say when the relay broke off in the middle.
  if (status >= 502 && status <= 504) return new TransportError('unavailable', { ...details, outcome: 'unknown' });
  if (status === 413) return new TransportError('too-large', details);
  if (status === 401 || status === 403 || status === 407)
    return new TransportError('auth.denied', { ...details, outcome: 'not-sent' });
  return new TransportError('protocol', details);
}

/** Whether an answer is of this media type. */
export const isOf = ({ headers }: Response, mediaType: string): boolean =>
  headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === mediaType;

/** A text as JSON; undefined where it is none: what JSON.parse says of it would quote it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const text = <K extends string>(key: K, value: string | null): { [P in K]?: string } =>
  (value === null ? {} : { [key]: value }) as { [P in K]?: string };

const HTTP_DATE = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;

/** How long an answer asks to wait: seconds, or a date, which counts from the date of the answer, else from now. */
function retryAfter(headers: Headers, now: number): { readonly retryAfterMs?: number } {
  const said = headers.get('retry-after');
  if (said === null) return {};
  if (/^[0-9]{1,9}$/.test(said)) return { retryAfterMs: Number(said) * 1000 };
  // Date.parse takes much for a date that is none, -5 too.
  if (!HTTP_DATE.test(said)) return {};
  const from = Date.parse(headers.get('date') ?? '');
  const ms = Date.parse(said) - (Number.isNaN(from) ? now : from);
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.max(0, ms) };
}
