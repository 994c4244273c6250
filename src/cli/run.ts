import { CommanderError } from 'commander';
import { Failure, languageOf, UsageError } from './io.js';
import { programOf } from './program.js';

/** Runs the command with these arguments; `version` is asked for where they want it. Returns the exit code. */
export async function run(args: readonly string[], version: () => string = () => 'unknown'): Promise<number> {
  let exitCode = 0;
  const program = programOf((code) => {
    exitCode = code;
  });
  program.option('--version', 'print the version');
  program.on('option:version', () => {
    process.stdout.write(`${version()}\n`);
    throw new CommanderError(0, 'careplan.version', '');
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    return exitCodeOf(error);
  }
  return exitCode;
}

async function exitCodeOf(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) return told(error, 2);
  if (error instanceof Failure) return told(error, 1);
  const { TransportError } = await import('../transport/index.js');
  if (error instanceof TransportError) {
    const { tellTransportError } = await import('./via.js');
    return tellTransportError(error, languageOf(undefined));
  }
  if ((error as NodeJS.ErrnoException).code !== undefined) return told(error as Error, 2);
  throw error;
}

function told({ message }: Error, exitCode: number): number {
  process.stderr.write(`careplan: ${message}\n`);
  return exitCode;
}
