import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    conditions: ['source'],
    // The relay and an example know the library by its public names; here these are its source.
    alias: [
      {
        find: /^careplan-renkei\/transport(\/\w+)?$/,
        replacement: `${fileURLToPath(new URL('src/transport', import.meta.url))}$1/index.ts`,
      },
    ],
  },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // A worker for each core: alone, one core waits.
    maxWorkers: '100%',
    // What a file changes beside its own things (folder, environment, clock) it puts back; so modules are loaded once a worker.
    isolate: false,
    // Young objects are most of what property tests make; with room for them they are collected less often.
    execArgv: ['--max-semi-space-size=64'],
    include: ['test/**/*.test.ts', 'relay/test/**/*.test.ts'],
    // No test may touch the keys and messages of whoever runs it: what needs a home gives one (test/support/command).
    env: { CAREPLAN_HOME: '/dev/null/none' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
