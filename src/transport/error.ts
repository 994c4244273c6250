import { type Outcome, type Retry, TRANSPORT_ERRORS, type TransportErrorCode } from './error-codes.js';
import { SENTENCES } from './error-sentences.js';

/** What a driver knows of an error beyond its code; what is absent is as the table of codes says. */
export interface TransportErrorDetails {
  readonly outcome?: Outcome;
  readonly retry?: Retry;
  /** Milliseconds that the far side asks to wait. */
  readonly retryAfterMs?: number;
  /** The status of an HTTP answer. */
  readonly status?: number;
  /** The far side's name of the request; kept only where it looks like one. */
  readonly requestId?: string;
  readonly messageId?: string;
  /** Attempts made so far; 1 where absent. */
  readonly attempts?: number;
  /** The far side's own error code (`business`); kept only where it looks like one, for texts may name people. */
  readonly officialCode?: string;
  /** The first serial that is free (`serial.conflict`), where the transport knows one. */
  readonly nextSerial?: string;
  /** The number of the part it concerns, from 1. */
  readonly part?: number;
  /** Where in the file the damage begins, in bytes (`storage.damaged`). */
  readonly offset?: number;
  /** The error of others behind it: kept as its name and code. */
  readonly cause?: unknown;
  /** What the caller gave as the reason of an abort: kept as it is, as `cause`. */
  readonly reason?: unknown;
}

const TOKEN = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** Whether a text looks like an id or a code, and not like words. */
export const isToken = (text: string): boolean => TOKEN.test(text);

const FIELDS = [
  'code',
  'outcome',
  'retry',
  'retryAfterMs',
  'status',
  'requestId',
  'messageId',
  'attempts',
  'officialCode',
  'nextSerial',
  'part',
  'offset',
] as const;

/**
 * An error of a transport: a stable code, what became of the message, and whether and when to try again.
 *
 * Holds no payload, no file name, no address and no secret: the cause of a foreign error is kept as its name and code
 * only, for the texts of others may quote what they were given. What a caller gave as the reason of an abort stays.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  readonly outcome: Outcome;
  readonly retry: Retry;
  readonly attempts: number;
  /** The sentence in Japanese and English; `message` is the English one. */
  readonly sentences: { readonly ja: string; readonly en: string };
  declare readonly retryAfterMs?: number;
  declare readonly status?: number;
  declare readonly requestId?: string;
  declare readonly messageId?: string;
  declare readonly officialCode?: string;
  declare readonly nextSerial?: string;
  declare readonly part?: number;
  declare readonly offset?: number;

  constructor(code: TransportErrorCode, details: TransportErrorDetails = {}) {
    const { cause, reason, ...known } = details;
    const [outcome, retry] = TRANSPORT_ERRORS[code];
    const sentences = SENTENCES[code];
    super(
      `${code}: ${sentences.en}`,
      reason !== undefined ? { cause: reason } : cause !== undefined ? { cause: bare(cause) } : {},
    );
    this.code = code;
    this.outcome = outcome;
    this.retry = retry;
    this.attempts = 1;
    this.sentences = sentences;
    for (const [key, value] of Object.entries(known)) {
      const quotes = key === 'requestId' || key === 'officialCode' || key === 'messageId';
      if (value === undefined || (quotes && !TOKEN.test(String(value)))) continue;
      Object.defineProperty(this, key, { value, enumerable: true, configurable: true });
    }
  }

  /** The same error with more details: another number of attempts, the message's id. */
  with(details: TransportErrorDetails): TransportError {
    const { code, attempts, ...known } = this.toJSON();
    const more = new TransportError(code, { attempts, ...known, reason: this.cause, ...details });
    if (this.stack !== undefined) more.stack = this.stack;
    return more;
  }

  /** What may be logged. */
  toJSON(): TransportErrorDetails & { code: TransportErrorCode; attempts: number } {
    return Object.fromEntries(
      FIELDS.filter((field) => this[field] !== undefined).map((field) => [field, this[field]]),
    ) as unknown as ReturnType<TransportError['toJSON']>;
  }
}

/** What others threw as its name and code. */
function bare(cause: unknown): Error {
  if (cause instanceof TransportError) return cause;
  // Errors of another realm are no Error here, and what else is thrown may be an answer, or a text.
  const { name, code, syscall } = Object(cause) as { name?: unknown; code?: unknown; syscall?: unknown };
  const said = [name, code, syscall].filter((text) => typeof text === 'string' && TOKEN.test(text));
  const kept = new Error(said.join(' '));
  kept.stack = `${kept.name}: ${kept.message}`;
  return Object.assign(kept, typeof code === 'string' && TOKEN.test(code) ? { code } : {});
}
