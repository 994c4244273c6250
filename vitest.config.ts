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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
