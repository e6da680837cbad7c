import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases, sampleOf } from './properties.ts'
import { anyText } from './texts.ts'

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

  it('takes its texts from where they cost nothing', () => {
    const files = globSync('**/*.{ts,tsx}', { cwd: TESTS }).filter(
      (file) => !/support\W\w+\.test\.ts$|texts\.ts$/.test(file),
    )
    const dear = files.filter((file) => /unit: 'binary'/.test(readFileSync(path.join(TESTS, file), 'utf8')))
    expect(dear).toEqual([])
  })
})

describe('any text', () => {
  it('is of whole characters from all over Unicode', () => {
    const texts = sampleOf(fc.array(anyText({ maxLength: 40 }), { minLength: 1000, maxLength: 1000 }), 7)
    expect(texts.every((text) => text.isWellFormed())).toBe(true)
    expect(Math.max(...texts.map((text) => [...text].length))).toBe(40)
    const planes = new Set(texts.flatMap((text) => [...text].map((one) => one.codePointAt(0)! >> 16)))
    expect([...planes].sort((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, plane) => plane))
  })

  it('that breaks a rule is made as short as it can be', () => {
    const failed = fc.check(
      fc.property(anyText(), (text) => ![...text].some((one) => one >= '\u{1f600}')),
      { ...cases(1000), seed: 7 },
    )
    expect(failed.counterexample).toEqual(['\u{1f600}'])
  })
})

it('a value from a seed is the same every time', () => {
  expect(sampleOf(fc.string(), 7)).toBe(sampleOf(fc.string(), 7))
})
