import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** What lets a test depend on luck or on a quiet machine, and what to write instead. */
const LUCK: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\.waitForTimeout\(/, 'wait for what is to be seen (expect.poll, settle)'],
  [/vi\.waitFor\(/, 'expect.poll waits as long as a busy machine needs'],
  [/\bretry\s*:/, 'mend the race'],
  [/performance\.now\(\) - \w+\)\.toBeLessThan/, 'count the work, or take cpuMilliseconds'],
  [/Date\.now\(\) - \w+\)\.toBeLessThan/, 'count the work, or take cpuMilliseconds'],
]

it('no test waits for a time to go by, is tried twice, or is measured by the clock on the wall', () => {
  const files = [
    'vitest.config.ts',
    ...globSync('test/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !/^test\W(bench|fuzz)\W/.test(file)),
  ].filter((file) => !file.endsWith(path.basename(import.meta.filename)))
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    return LUCK.flatMap(([pattern, instead]) => (pattern.test(text) ? [`${file}: ${instead}`] : []))
  })
  expect(found).toEqual([])
})
