import { vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { careplanHome, type Result } from './command.js';

/** Runs the `careplan` command within this process, from its source: much sooner than a process starts. */
export async function careplanHere(...args: string[]): Promise<Result> {
  vi.stubEnv('CAREPLAN_HOME', careplanHome());
  const said = { out: '', err: '' };
  const into = (name: 'out' | 'err') => (text: string | Uint8Array) => {
    said[name] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ];
  try {
    return { code: await run(args), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
