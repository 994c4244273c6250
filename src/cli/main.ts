#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { run } from './run.js';

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

/** The version of the package that this command is a part of. */
const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

process.exitCode = await run(process.argv.slice(2), version);
