/** A bounded share of the long fuzz run (`npm run fuzz`), from seeds that never change. */
import { expect, test } from 'vitest'
import { exercise } from '../../fuzz/exercise.ts'
import { createRandom, mutate } from '../../fuzz/mutate.ts'
import { oddRates } from '../../fuzz/oddRates.ts'
import { fuzzSeeds } from '../../fuzz/seeds.ts'
import { cpuMilliseconds } from '../../support/cpuTime.ts'

const FILES = 3000
const LONGEST_MS = 2000
const MOST_BYTES = 300e6

test(`${FILES} mutated files: an answer that holds together or a typed refusal, in time and memory`, {
  timeout: 600_000,
}, async () => {
  const files = fuzzSeeds()
  const counts = { opened: 0, refused: 0 }
  const before = process.memoryUsage().rss
  for (let seed = 1; seed <= FILES; seed++) {
    const random = createRandom(seed)
    const bytes = mutate(files, random)
    const began = cpuMilliseconds()
    const outcome = await exercise(bytes, random).catch((thrown: unknown) => {
      throw new Error(`seed ${seed}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, {
        cause: thrown,
      })
    })
    counts[outcome]++
    if (cpuMilliseconds() - began > LONGEST_MS)
      throw new Error(`seed ${seed} computed for longer than ${LONGEST_MS} ms`)
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_BYTES)
  // Neither all refused nor none: the mutations are neither too wild nor too tame.
  expect(counts.opened).toBeGreaterThan(FILES / 5)
  expect(counts.refused).toBeGreaterThan(FILES / 20)
})

test('files of legal and odd rates, durations and breaks: every page in time, nothing that is no number', {
  timeout: 600_000,
}, async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const random = createRandom(seed)
    let began = cpuMilliseconds()
    const expectInTime = () => {
      expect(cpuMilliseconds() - began, `seed ${seed}`).toBeLessThan(LONGEST_MS)
      began = cpuMilliseconds()
    }
    const bytes = oddRates(random)
    began = cpuMilliseconds()
    expect(await exercise(bytes, random, expectInTime), `seed ${seed}`).toBe('opened')
    expectInTime()
  }
})
