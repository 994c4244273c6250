import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    conditions: ['source'],
    // The relay knows the library by its public name; here that is its source.
    alias: { 'careplan-renkei/transport': fileURLToPath(new URL('src/transport/index.ts', import.meta.url)) },
  },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // A worker for each core: alone, one core waits.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts', 'relay/test/**/*.test.ts'],
    // No test may touch the keys and messages of whoever runs it: what needs a home gives one (test/support/command).
    env: { CAREPLAN_HOME: '/dev/null/none' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
