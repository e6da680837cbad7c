import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/support/properties.ts'],
          // More cases than usual take longer than usual.
          testTimeout: process.env.HYPNOSPIKE_PROPERTY_RUNS === undefined ? 20_000 : 3_600_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/browserSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A browser on a machine that is busy with something else may come a frame late; a fault comes twice.
          retry: 1,
          fileParallelism: false,
          // After the others: a browser needs the machine for itself to be as quick as for a person.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
