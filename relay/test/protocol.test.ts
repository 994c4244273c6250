import { readFileSync } from 'node:fs';
import { TRANSPORT_ERRORS, type TransportErrorCode } from 'careplan-renkei/transport';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../src/core/config.js';
import { formatProblem, PROBLEMS, Problem, type ProblemSlug } from '../src/core/problem.js';
import { STEPS } from '../src/core/states.js';
import { ROUTES } from '../src/http/routes/index.js';

const PROTOCOL = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8');
const rows = [...PROTOCOL.matchAll(/^\| `([a-z-]+)` \| ([0-9]{3}) \| (\w+) \| `([\w.-]+)`(?: \(([\w-]+)\))? \|/gm)].map(
  ([, slug, status, retry, code, outcome]) => ({ slug, status: Number(status), retry, code, outcome }),
);

describe('PROTOCOL.md', () => {
  it('names every problem of the server, with its status and advice, and no other', () => {
    expect(rows.map(({ slug, status, retry }) => [slug, status, retry])).toEqual(
      Object.entries(PROBLEMS).map(([slug, [status, retry]]) => [slug, status, retry]),
    );
  });

  it('gives every problem an error code of the library, whose outcome fits: what is retried was not accepted', () => {
    for (const { slug, code, outcome, retry } of rows) {
      const known = TRANSPORT_ERRORS[code as TransportErrorCode];
      expect(known, slug).toBeDefined();
      if (outcome !== undefined) expect(outcome, slug).not.toBe(known[0]);
      if (retry === 'now' || retry === 'later') expect(outcome ?? known[0], slug).not.toBe('rejected');
    }
  });

  it('names every operation of the protocol', () => {
    for (const { method, path } of ROUTES) {
      const short = path
        .replace('/v1/mailboxes/{mailbox}/', '')
        .replace('/sandbox/v1/', '')
        .replace('{kind}', '{delivered or read or rejected}');
      expect(PROTOCOL, `${method} ${path}`).toMatch(
        new RegExp(`(${method} |\`)${short.replace(/[{}/?]/g, '\\$&').replaceAll('\\/', '/')}[ \`?\\\\]`),
      );
    }
  });

  it('says the limits that the server has', () => {
    expect(PROTOCOL).toContain('`maxParts` (1000), `maxPartBytes` (8 MiB), `maxMessageBytes` (64 MiB)');
    const { maxParts, maxPartBytes, maxMessageBytes, maxJsonBytes, maxReceiptBytes, bodyTimeoutMs } = DEFAULTS;
    expect([maxParts, maxPartBytes, maxMessageBytes]).toEqual([1000, 8 * 2 ** 20, 64 * 2 ** 20]);
    expect([maxJsonBytes, maxReceiptBytes, bodyTimeoutMs]).toEqual([2 ** 20, 128 * 1024, 30_000]);
  });

  it('draws every state', () => {
    const drawing = PROTOCOL.slice(PROTOCOL.indexOf('## 7.'), PROTOCOL.indexOf('## 8.'));
    for (const state of Object.keys(STEPS)) expect(drawing).toContain(state);
  });
});

describe('a problem', () => {
  it.each(Object.keys(PROBLEMS) as ProblemSlug[])(
    '%s is retryable exactly where its advice is now or later',
    (slug) => {
      const { body, fields } = formatProblem(new Problem(slug), 'request-1');
      expect(body.retryable).toBe(['now', 'later'].includes(fields['Careplan-Retry']));
      expect(body).toMatchObject({
        type: `urn:careplan:problem:${slug}`,
        requestId: 'request-1',
        status: PROBLEMS[slug][0],
      });
    },
  );
});
