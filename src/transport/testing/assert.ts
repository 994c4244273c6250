import { TransportError } from '../error.js';
import type { Outcome, Retry, TransportErrorCode } from '../error-codes.js';

/** A transport that does not keep the contract. */
export class ContractFailure extends Error {
  override readonly name = 'ContractFailure';
}

/** Fails with a sentence unless a condition holds. */
export function ensure(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new ContractFailure(sentence);
}

/** Values as text: bytes as their length and numbers, properties in one order. */
const show = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Uint8Array) return `${inner.length} bytes ${inner.join(' ')}`;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
  }) ?? 'undefined';

/** Fails unless two values are the same in content. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [a, e] = [show(actual), show(expected)];
  if (a !== e) throw new ContractFailure(`${what}: expected ${e.slice(0, 300)}, got ${a.slice(0, 300)}`);
}

/** The TransportError that a call ends with; fails where it ends otherwise, or with another code, outcome or retry. */
export async function refusal(
  call: Promise<unknown>,
  expected: { readonly code: TransportErrorCode; readonly outcome?: Outcome; readonly retry?: Retry },
): Promise<TransportError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  ensure(error !== undefined, `expected the error ${expected.code}, but the call succeeded`);
  ensure(error instanceof TransportError, 'a transport throws nothing but TransportErrors');
  for (const key of ['code', 'outcome', 'retry'] as const) {
    if (expected[key] !== undefined) same(error[key], expected[key], `the ${key} of the error`);
  }
  return error;
}

/** What a promise gives; fails where it takes longer than so many milliseconds. */
export async function soon<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ContractFailure(`${what} took more than ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Everything that a log would show of an error, its causes included. */
export function everythingSaid(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.entries(error).map(
    ([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  const cause = error.cause === undefined ? '' : everythingSaid(error.cause);
  return [String(error), error.stack, JSON.stringify(error), ...own, cause].join('\n');
}
