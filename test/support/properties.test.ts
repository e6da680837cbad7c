import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleOf } from './properties.ts'

const TESTS = path.resolve(import.meta.dirname, '..')

describe('a property', () => {
  it('that fails says how the case is tried again', () => {
    const failing = () => fc.assert(fc.property(fc.nat(), (number) => number < 0))
    expect(failing).toThrow(/HYPNOSPIKE_SEED=-?\d+ HYPNOSPIKE_PATH=[\d:]+/)
    expect(() => fc.assert(fc.property(fc.nat(), (number) => number >= 0))).not.toThrow()
  })

  it('that fails says so where its cases are awaited, too', async () => {
    const failing = fc.assert(fc.asyncProperty(fc.nat(), async (number) => number < 0))
    await expect(failing).rejects.toThrow(/HYPNOSPIKE_SEED=-?\d+ HYPNOSPIKE_PATH=[\d:]+/)
  })

  it('leaves its number of cases to one place, so that all can be tried more often', () => {
    const files = globSync('**/*.test.{ts,tsx}', { cwd: TESTS })
    expect(files.length).toBeGreaterThan(70)
    const own = files.filter((file) => /numRuns\s*:/.test(readFileSync(path.join(TESTS, file), 'utf8')))
    expect(own).toEqual([])
  })
})

it('a value from a seed is the same every time', () => {
  expect(sampleOf(fc.string(), 7)).toBe(sampleOf(fc.string(), 7))
})
