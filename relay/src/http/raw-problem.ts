import { randomUUID } from 'node:crypto';
import { formatProblem, Problem, type ProblemSlug } from '../core/problem.js';

/** A problem as the bytes of an answer, for a request that the framework never sees, and its connection ends. */
export function rawProblem(slug: ProblemSlug, reasons: Readonly<Record<number, string | undefined>>): string {
  const requestId = randomUUID();
  const { status, body, fields } = formatProblem(new Problem(slug), requestId);
  const text = JSON.stringify(body);
  const head = {
    ...fields,
    'Careplan-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'Date': new Date().toUTCString(),
    'Content-Length': Buffer.byteLength(text),
    'Connection': 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\n${lines.join('')}\r\n${text}`;
}
