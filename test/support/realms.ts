import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { chromium } from 'playwright-core';

/** Evaluates an expression in a realm. */
export type Evaluate = (expression: string) => Promise<unknown>;

/** Somewhere to run the library that is not Node. */
export interface Realm {
  readonly name: string;
  /** Why it cannot be entered on this machine; undefined where it can. */
  readonly missing: string | undefined;
  /** Makes it ready; `enter` runs a script in a fresh one. */
  open(): Promise<{ enter(script: string): Promise<Evaluate>; close(): Promise<void> }>;
}

/** A realm that has neither Buffer nor process, only what browsers and Node have in common. */
const bareRealm: Realm = {
  name: 'a realm without Buffer and process',
  missing: undefined,
  open: async () => ({
    async enter(script) {
      const context = createContext({ TextDecoder, TextEncoder, atob, btoa });
      runInContext(script, context);
      return async (expression) => runInContext(expression, context);
    },
    close: async () => {},
  }),
};

const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
/** Chromium does nothing of its own accord, and never leaves the machine. */
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser with a profile of its own. */
async function launch(offline: boolean) {
  const profile = mkdtempSync(join(tmpdir(), 'careplan-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: QUIET, offline });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A page of an address on this machine, in which a script has run. */
export async function chromiumPage(
  url: string,
  script: string,
): Promise<{ readonly evaluate: Evaluate; close(): Promise<void> }> {
  const { browser, close } = await launch(false);
  const page = await browser.newPage();
  await page.goto(url);
  await page.addScriptTag({ content: script });
  return { evaluate: (expression) => page.evaluate(expression), close };
}

export const chromiumRealm: Realm = {
  name: 'Chromium',
  missing: existsSync(CHROMIUM) ? undefined : `there is no ${CHROMIUM}; the variable CHROMIUM may name another`,
  async open() {
    const { browser, close } = await launch(true);
    return {
      async enter(script) {
        const page = await browser.newPage();
        await page.addScriptTag({ content: script });
        return (expression) => page.evaluate(expression);
      },
      close,
    };
  },
};

export const REALMS: readonly Realm[] = [bareRealm, chromiumRealm];
