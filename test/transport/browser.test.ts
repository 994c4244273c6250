import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { contractCases } from '../../src/transport/testing/index.js';
import { memoryHarness } from '../support/memory-harness.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = [process.env.CHROMIUM ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path));
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
let bundle = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { contractCases } from './src/transport/testing/index.ts';
        import { memoryHarness } from './test/support/memory-harness.ts';
        globalThis.run = async () => {
          const result = { passed: [], failed: [], skipped: [] };
          for (const { group, name, skip, run } of await contractCases(() => memoryHarness())) {
            if (skip !== undefined) result.skipped.push(name);
            else await run().then(() => result.passed.push(name), (error) => result.failed.push(group + ' ' + name + ': ' + error));
          }
          return result;
        };`,
      resolveDir: ROOT,
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  bundle = outputFiles[0]?.text ?? '';
});

describe('mailboxes in memory', () => {
  it('need nothing that only Node has', () => {
    expect(bundle).not.toMatch(/require\(["']|from ["']node:|\bprocess\.|\bBuffer\b/);
  });

  it.skipIf(executablePath === undefined)(
    `keep the contract in Chromium${executablePath === undefined ? ' (there is no Chromium on this machine)' : ''}`,
    async () => {
      const browser = await chromium.launch({ executablePath: executablePath ?? '', args });
      try {
        const page = await browser.newPage();
        // The digest of the platform is given to secure pages only; nothing leaves the machine.
        await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
        await page.goto('https://transport.test/');
        await page.addScriptTag({ content: bundle });
        const result = await page.evaluate(() =>
          (globalThis as unknown as { run(): Promise<Record<'passed' | 'failed' | 'skipped', string[]>> }).run(),
        );
        const cases = await contractCases(() => memoryHarness());
        expect(result.failed).toEqual([]);
        expect(result.passed).toEqual(cases.filter(({ skip }) => skip === undefined).map(({ name }) => name));
      } finally {
        await browser.close();
      }
    },
  );
});
