import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** A condition is waited for as long as a machine that is busy with something else may need to fulfil it. */
const poll = { timeout: 30_000 }

/** See test/support/builtThreads.ts. */
const execArgv = ['--import', new URL('./test/support/threadHooks.mjs', import.meta.url).href]

/** As many files at once as there are cores; where nothing is said, Vitest leaves one of two cores idle. */
const cores = availableParallelism()

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          execArgv,
          globalSetup: ['test/support/builtThreads.ts'],
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/support/properties.ts'],
          maxWorkers: cores,
          // More cases than usual take longer than usual.
          testTimeout: process.env.HYPNOSPIKE_PROPERTY_RUNS === undefined ? 300_000 : 3_600_000,
          hookTimeout: 300_000,
          expect: { poll },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/browserSetup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll },
          // Each test has its own folder, program and window. A window keeps a core and a half busy, and takes half a gigabyte.
          maxWorkers: Math.min(2, cores),
          // After the others: browsers beside all the unit tests would be more than a small machine holds.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
