import { CommanderError } from 'commander';
import { TransportError } from '../transport/index.js';
import { Failure, languageOf, UsageError } from './io.js';
import { programOf } from './program.js';
import { tellTransportError } from './via.js';

/** Runs the command with these arguments. Returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = programOf((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    return exitCodeOf(error);
  }
  return exitCode;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof TransportError) return tellTransportError(error, languageOf(undefined));
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || error instanceof UsageError || code !== undefined) {
    process.stderr.write(`careplan: ${(error as Error).message}\n`);
    return error instanceof Failure ? 1 : 2;
  }
  throw error;
}
