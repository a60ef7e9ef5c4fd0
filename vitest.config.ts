import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const shared = {
  // A hundred tests start the command line: it is compiled once.
  env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/cms-fees-compiled') },
  globalSetup: 'tests/helpers/server.ts',
  testTimeout: 240_000,
  hookTimeout: 240_000,
}

export default defineConfig({
  test: {
    // A file that waits for the server leaves its core to another one.
    maxWorkers: Math.ceil(availableParallelism() * 2),
    projects: [
      // One process for many files: what it has compiled serves the next one.
      { test: { ...shared, name: 'fast', include: ['tests/**/*.test.ts'], isolate: false } },
      {
        test: { ...shared, name: 'slow', include: ['tests/**/*.slow.ts'], testTimeout: 1_200_000 },
      },
    ],
  },
})
