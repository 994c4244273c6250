import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // A worker for each core: alone, one core waits.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    // No test may touch the keys and messages of whoever runs it: what needs a home gives one (test/support/command).
    env: { CAREPLAN_HOME: '/dev/null/none' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
