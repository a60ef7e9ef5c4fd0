import { defineConfig } from 'vitest/config'

const shared = {
  globalSetup: 'tests/helpers/server.ts',
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'fast', include: ['tests/**/*.test.ts'] } },
      {
        test: { ...shared, name: 'slow', include: ['tests/**/*.slow.ts'], testTimeout: 600_000 },
      },
    ],
  },
})
