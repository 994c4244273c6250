import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { emptyFolder } from './fixtures.js';

/** The built command. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let home: string | undefined;

/** The home of keys and messages of this test: empty when it begins, so that no test touches that of a person. */
export function careplanHome(): string {
  if (home === undefined) {
    home = emptyFolder();
    onTestFinished(() => {
      home = undefined;
    });
  }
  return home;
}

const environment = () => {
  const { CAREPLAN_PASSPHRASE: _, ...others } = process.env;
  return { ...others, NO_COLOR: '1', CAREPLAN_HOME: careplanHome() };
};

/** Runs the built `careplan` command. */
export function careplan(...args: string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: environment(),
  });
  return { code: status, out: stdout, err: stderr };
}

/** Starts the built `careplan` command; `ended` resolves when it has. */
export function startCareplan(...args: string[]): { readonly child: ChildProcess; readonly ended: Promise<Result> } {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment() });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<Result>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, ended };
}
