import { vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { careplanHome, type Result } from './command.js';

/** Where the command runs; `env` is all that it is told of colours and GitHub. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the `careplan` command within this process, from its source: much sooner than a process starts. */
export const careplanHere = (...args: string[]): Promise<Result> => careplanIn({ env: { NO_COLOR: '1' } }, ...args);

/** The same in a folder, or with something in the environment. */
export async function careplanIn({ cwd, env = {} }: Surroundings, ...args: string[]): Promise<Result> {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'GITHUB_WORKSPACE', 'CAREPLAN_PASSPHRASE'])
    vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ CAREPLAN_HOME: careplanHome(), ...env })) vi.stubEnv(name, value);
  const said = { out: '', err: '' };
  const into = (name: 'out' | 'err') => (text: string | Uint8Array) => {
    said[name] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ];
  const before = process.cwd();
  try {
    if (cwd !== undefined) process.chdir(cwd);
    return { code: await run(args), ...said };
  } finally {
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
