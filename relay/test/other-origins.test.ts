import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServeOptions, serve } from '../src/cli/serve.js';
import { UsageError, WORDS } from '../src/cli/words.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

const APP = 'https://app.example.jp';

describe('a page of another origin', () => {
  let open: TestRelay;
  let closed: TestRelay;
  beforeAll(async () => {
    open = await testRelay({ allowOrigins: [APP] });
    closed = await testRelay();
  });
  afterAll(() => Promise.all([open.close(), closed.close()]));

  const preflight = ({ app }: TestRelay, origin: string) =>
    app.fetch(
      new Request(`${ORIGIN}/v1/time`, {
        method: 'OPTIONS',
        headers: { 'Origin': origin, 'Access-Control-Request-Method': 'PUT' },
      }),
    );
  const ask = ({ app }: TestRelay, origin: string, path: string) =>
    app.fetch(new Request(ORIGIN + path, { headers: { Origin: origin } }));
  const allowed = (answer: Response) => answer.headers.get('Access-Control-Allow-Origin');

  it('that is named may ask: every method, every field of the protocol, and no cookie', async () => {
    const answer = await preflight(open, APP);
    expect([answer.status, allowed(answer)]).toEqual([204, APP]);
    expect(answer.headers.get('Access-Control-Allow-Methods')?.split(',')).toEqual(['GET', 'PUT', 'POST', 'DELETE']);
    const fields = answer.headers.get('Access-Control-Allow-Headers')?.split(',');
    expect(fields).toEqual(expect.arrayContaining(['Authorization', 'Content-Digest', 'Content-Type', 'Range']));
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
  });

  it('is shown what a client needs, of problems too', async () => {
    for (const [path, status] of [
      ['/v1/relay', 200],
      [`${open.a.mailbox}/inbox`, 401],
    ] as const) {
      const answer = await ask(open, APP, path);
      expect([answer.status, allowed(answer)]).toEqual([status, APP]);
      const shown = answer.headers.get('Access-Control-Expose-Headers')?.split(',');
      expect(shown).toEqual(expect.arrayContaining(['Careplan-Retry', 'Careplan-Request-Id', 'Date', 'Retry-After']));
      expect(answer.headers.get('Vary')).toContain('Origin');
    }
  });

  it('that is not named is shown nothing; nor is any where none is named', async () => {
    for (const answer of [
      await ask(open, 'https://elsewhere.example', '/v1/relay'),
      await ask(open, 'null', '/v1/relay'),
      await ask(open, `${APP}.elsewhere.example`, '/v1/relay'),
      await ask(closed, APP, '/v1/relay'),
      await preflight(open, 'https://elsewhere.example'),
    ]) {
      expect(allowed(answer)).toBeNull();
    }
    expect((await preflight(closed, APP)).status).toBe(405);
  });

  it('reaches what is below /v1 only', async () => {
    for (const path of ['/metrics', '/healthz', '/', '/sandbox/v1/snapshot']) {
      expect(allowed(await ask(open, APP, path)), path).toBeNull();
    }
  });

  it.each(['*', 'app.example.jp', `${APP}/`, `${APP}/page`, ''])('cannot be named as "%s"', async (origin) => {
    const options: ServeOptions = { sandbox: true, lang: 'en', port: '0', allowOrigin: [origin] };
    await expect(serve(options)).rejects.toThrow(new UsageError(WORDS.en.allowOrigin));
  });
});
