import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningSandbox } from '../../../relay/src/index.js';
import { bundleForBrowsers, TRANSPORT_SUBPATHS } from '../../../scripts/browser-bundle.js';
import type * as Envelope from '../../../src/transport/envelope/index.js';
import type * as Transport from '../../../src/transport/index.js';
import type * as Boxes from '../../../src/transport/outbox/browser.js';
import type * as Relay from '../../../src/transport/relay/index.js';
import { chromiumPage, chromiumRealm, type Evaluate } from '../../support/realms.js';
import { sandbox } from '../../support/relay-harness.js';

type Careplan = typeof Transport & typeof Envelope & typeof Boxes & typeof Relay;
type Demo = Pick<RunningSandbox, 'origin' | 'offices'> & { readonly registrar: object };

const bundle = await bundleForBrowsers(TRANSPORT_SUBPATHS, { format: 'iife', globalName: 'careplan' });

describe('the bundle of what delivers', () => {
  it('imports no Node built-in, and nothing that needs one', () => {
    const imports = Object.values(bundle.metafile.outputs).flatMap((output) => output.imports);
    expect(imports).toEqual([]);
    expect(bundle.code).not.toMatch(/require\(["']|from ["']node:|AsyncLocalStorage/);
    const files = Object.keys(bundle.metafile.inputs);
    expect(files.some((file) => file.includes('node_modules/jose/'))).toBe(true);
    expect(files.filter((file) => /undici|zod|dist\/cli|journal/.test(file))).toEqual([]);
  });
});

/** Runs in the page: an office sends a message, the other takes it, and the sender is told, proved by its signature. */
async function exchange(careplan: Careplan, { origin, offices, registrar }: Demo) {
  const registrars = careplan.officeKeys([{ ...registrar, use: 'sig' } as never]).publicKeys;
  const office = (n: number) => {
    const { address: name = '', signingKey, sealingKey } = offices[n] ?? {};
    const address = careplan.parseAddress(name);
    if (!address) throw new Error('no address');
    const keys = careplan.officeKeys([{ ...signingKey, use: 'sig' } as never, { ...sealingKey, use: 'enc' } as never]);
    const identity = { address, signer: keys.signer };
    const transport = careplan.relayTransport({ origin, identities: [identity] });
    const source = careplan.relayDirectorySource({ origin, identity });
    const directory = careplan.registrarDirectory({ source, registrars });
    return { address, transport, delivery: { store: careplan.memoryStore(), transport, keys, directory } };
  };
  const [ours, theirs] = [office(0), office(1)];
  const [outbox, inbox] = [careplan.openOutbox(ours.delivery), careplan.openInbox(theirs.delivery)];
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const { id } = await outbox.enqueue({
    ...{
      from: ours.address,
      to: theirs.address,
      standard: '4.1',
      serial: await outbox.nextSerial(ours.address, theirs.address),
    },
    files: [{ name: 'UPPLAN_202511.CSV', kind: 'UPPLAN', bytes }],
  });
  await outbox.flush();
  const accepted = await outbox.get(id);
  const taken: boolean[] = [];
  for await (const arrived of inbox.receive()) {
    taken.push(arrived.message.files[0]?.bytes.every((byte, i) => byte === bytes[i]) ?? false);
    await arrived.done();
  }
  await outbox.refresh();
  const delivered = await outbox.get(id);
  const states = [accepted?.state, delivered?.state, delivered?.signedReceipts?.length];
  const unknown = { id: careplan.messageId(), from: ours.address, to: theirs.address, serial: '20261125100000' };
  const none = await careplan.transportClient(ours.transport).lookup(unknown);
  await Promise.all([ours.transport.close(), theirs.transport.close()]);
  return { taken, states, none: none === undefined };
}

if (chromiumRealm.missing !== undefined) console.warn(`The tests in Chromium are skipped: ${chromiumRealm.missing}.`);

describe.skipIf(chromiumRealm.missing !== undefined)('in Chromium, from a page of another origin', () => {
  const page = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<!doctype html>'));
  let app: string;
  let browser: Awaited<ReturnType<typeof chromiumPage>>;
  let evaluate: Evaluate;
  beforeAll(async () => {
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    app = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    browser = await chromiumPage(app, bundle.code);
    evaluate = browser.evaluate;
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => page.close(resolve));
  });
  const run = async ({ origin, offices, directory }: RunningSandbox) =>
    evaluate(`(${exchange})(careplan, ${JSON.stringify({ origin, offices, registrar: directory.registrar })})`);

  it('that the relay names, a message goes, arrives, and its receipt is proved', async () => {
    const running = await sandbox({ allowOrigins: [app] });
    try {
      expect(await run(running)).toEqual({ taken: [true], states: ['accepted', 'delivered', 1], none: true });
    } finally {
      await running.stop(0);
    }
  });

  it('that it does not name, nothing is said, and nothing is sent', async () => {
    const running = await sandbox({ allowOrigins: ['https://app.example.jp'] });
    try {
      await expect(run(running)).rejects.toThrow('network');
      const rows = await running.relay.database.all('SELECT 1 FROM message');
      expect(rows).toEqual([]);
    } finally {
      await running.stop(0);
    }
  });
});
