/** What a line of the log may hold. No text of a request is among it: nothing that could name a person. */
export interface LogFields {
  readonly requestId?: string;
  readonly operation?: string;
  readonly method?: string;
  readonly status?: number;
  readonly problem?: string;
  readonly ms?: number;
  readonly bytes?: number;
  readonly address?: string;
  readonly messageId?: string;
  readonly count?: number;
  readonly error?: string;
  readonly origin?: string;
  readonly version?: number;
}

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void;

const FIELDS: readonly (keyof LogFields)[] = [
  'requestId',
  'operation',
  'method',
  'status',
  'problem',
  'ms',
  'bytes',
  'address',
  'messageId',
  'count',
  'error',
  'origin',
  'version',
];
const PLAIN = /^[A-Za-z0-9._:/[\]-]{1,100}$/;

/** A log of JSON lines: only the fields that are named here, and of texts only those that look like a name or code. */
export function jsonLog(write: (line: string) => void, now: () => number = Date.now): Log {
  return (level, event, fields = {}) => {
    const kept = FIELDS.flatMap((field) => {
      const value = fields[field];
      return value === undefined || (typeof value === 'string' && !PLAIN.test(value)) ? [] : [[field, value]];
    });
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...Object.fromEntries(kept) })}\n`);
  };
}

/** What went wrong in the relay itself, as a code: texts of others may quote what they were given. */
export function errorCode(error: unknown): string {
  const { name, code } = Object(error) as { name?: unknown; code?: unknown };
  return [name, code].filter((text) => typeof text === 'string' && PLAIN.test(text)).join('/') || 'unknown';
}
