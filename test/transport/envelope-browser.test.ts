import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  exportKeys,
  type OfficeKeys,
  openMessage,
  type PublicKey,
  type SealedMessage,
} from '../../src/transport/envelope/index.js';
import { bareKeysOf, FAMILIES, NOW, plainWords, sealedBy } from '../support/envelope-words.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const PASSPHRASE = 'さくら咲く2026';
let bundle = '';
let call = '';
let ann: OfficeKeys;
let bob: OfficeKeys;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { runEnvelope } from './test/support/envelope-realm.ts'; globalThis.run = runEnvelope;`,
      resolveDir: ROOT,
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  bundle = outputFiles[0]?.text ?? '';
  [ann, bob] = await Promise.all([bareKeysOf({}), bareKeysOf({})]);
  const keyFile = await exportKeys(bob, { passphrase: PASSPHRASE });
  const given = { keyFile, passphrase: PASSPHRASE, sealed: await sealedBy(ann, bob), sender: ann.publicKeys };
  call = `run(${JSON.stringify(given)}).then((result) => JSON.stringify(result))`;
});

/** What must hold in every realm: it opens what Node sealed, does all that Node does, and Node opens what it sealed. */
async function judge(text: string): Promise<void> {
  const result: { names: string[]; families: object; rotated: number; sealed: SealedMessage; publicKeys: PublicKey[] } =
    JSON.parse(text);
  expect(result.names).toEqual(plainWords().map(({ name }) => name));
  const right = 'true integrity.content delivered 2';
  expect(result.families).toEqual(Object.fromEntries(Object.keys(FAMILIES).map((name) => [name, right])));
  expect([result.rotated, result.publicKeys]).toEqual([2, bob.publicKeys]);
  const { files } = await openMessage(result.sealed, { keys: bob, sender: bob.publicKeys, now: NOW });
  expect(files.map(({ bytes }) => String(bytes))).toEqual(plainWords().map(({ bytes }) => String(bytes)));
}

describe('the envelope', () => {
  it('needs nothing that only Node has', () => {
    expect(bundle).not.toMatch(/require\(["']|from ["']node:|\bprocess\.|\bBuffer\b/);
  });

  it('seals and opens in a realm without Buffer and process', async () => {
    const shared = { TextDecoder, TextEncoder, atob, btoa, crypto, CompressionStream, DecompressionStream, CryptoKey };
    const context = createContext({ ...shared });
    // Bytes that the platform gives are those of its realm; in a browser there is one.
    runInContext(
      `{ const Platform = TextEncoder;
         globalThis.TextEncoder = class { encode(text) { return new Uint8Array(new Platform().encode(text)); } }; }`,
      context,
    );
    runInContext(bundle, context);
    await judge(await runInContext(call, context));
  });

  it.skipIf(!existsSync(executablePath))(
    `seals and opens in Chromium${existsSync(executablePath) ? '' : ' (there is no Chromium on this machine)'}`,
    async () => {
      const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
      const browser = await chromium.launch({ executablePath, args });
      try {
        const page = await browser.newPage();
        // Cryptography of the platform is given to secure pages only; nothing leaves the machine.
        await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
        await page.goto('https://envelope.test/');
        await page.addScriptTag({ content: bundle });
        await judge((await page.evaluate(call)) as string);
      } finally {
        await browser.close();
      }
    },
  );
});
