import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeMessage, relayClient, told } from '../src/conformance/client.js';
import { relayApp } from '../src/http/app.js';
import { type RunningSandbox, startSandbox } from '../src/sandbox/start.js';

const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const missing = existsSync(CHROMIUM) ? undefined : `there is no ${CHROMIUM}; the variable CHROMIUM may name another`;
if (missing) console.warn(`The tests of the page in Chromium are skipped: ${missing}.`);

let folder: string;
let running: RunningSandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'careplan-relay-page-'));
  running = await startSandbox({ folder, listen: { sweepMs: 0 } });
});
afterAll(async () => {
  await running.stop(1000);
  rmSync(folder, { recursive: true, force: true });
});

async function send(): Promise<string> {
  const [a, b] = running.offices;
  if (!a || !b) throw new Error('no offices');
  const { id, header, parts } = fakeMessage(a.address, b.address);
  const client = relayClient(running.origin, a);
  await client.ask('PUT', `${client.mailbox}/outbox/${id}`, { body: { header, parts } });
  return id;
}
const receive = async (id: string) => {
  const [, b] = running.offices;
  if (!b) throw new Error('no offices');
  const client = relayClient(running.origin, b);
  await client.ask('PUT', `${client.mailbox}/inbox/${id}/receipts/read`, { body: {} });
};

describe('the page', () => {
  it('shows mailboxes, messages and what happened to them, with a policy that lets nothing in', async () => {
    const id = await send();
    const answer = await fetch(`${running.origin}/`);
    const text = await answer.text();
    expect(text).toContain(id);
    expect(text).toContain('0370100204-11');
    const policy = answer.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<script>|<style>| on[a-z]+=| style=/);
  });

  it('of a relay that is no sandbox shows health and counters alone', async () => {
    const id = await send();
    const answer = await told(await relayApp(running.relay).fetch(new Request('http://127.0.0.1/')));
    const text = Buffer.from(answer.bytes).toString('utf8');
    expect(text).toContain('Healthy');
    for (const hidden of [id, '0370100204-11', 'Mailboxes']) expect(text).not.toContain(hidden);
  });
});

describe.skipIf(missing !== undefined)('in Chromium', () => {
  let browser: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(() => browser?.close());

  it('the page shows a message that comes while somebody looks, and how it is read', async () => {
    await page.goto(`${running.origin}/`);
    const id = await send();
    await page.waitForSelector(`[data-id="${id}"] b.available`);
    await receive(id);
    await page.waitForSelector(`[data-id="${id}"] b.read`);
    expect(await page.locator(`[data-id="${id}"] ol li`).count()).toBe(3);
    // The browser asks for an icon of its own accord.
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
