import { defineConfig } from 'vitest/config'

/** A condition is waited for as long as a machine that is busy with something else may need to fulfil it. */
const poll = { timeout: 15_000 }

/**
 * V8 ends a process of Node 24 now and then, with "Check failed: jit_page.has_value()", where it keeps its code behind
 * memory keys of the processor (nodejs/node 64500): once in some 2,500 processes of tests.
 */
const execArgv = ['--no-memory-protection-keys']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          execArgv,
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/support/properties.ts'],
          // More cases than usual take longer than usual.
          testTimeout: process.env.HYPNOSPIKE_PROPERTY_RUNS === undefined ? 60_000 : 3_600_000,
          hookTimeout: 180_000,
          expect: { poll },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          execArgv,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/browserSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll },
          fileParallelism: false,
          // After the others: a browser needs the machine for itself to be as quick as for a person.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
