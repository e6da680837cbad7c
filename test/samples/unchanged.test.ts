import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeSample, SAMPLES } from '../../samples/recording.ts'
import { referenceTraces } from '../../samples/referenceTraces.ts'
import { KINDS, MIMICS } from '../../shared/annotation/kinds.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { FOLDER, loadSample, SAMPLE_NAMES, stretchOf } from './measuring.ts'

describe('the samples in the repository', () => {
  it.each(SAMPLES.map((recipe) => [recipe.name, recipe] as const))(
    '%s is made again byte for byte',
    async (_, recipe) => {
      for (const { name, bytes } of await makeSample(recipe())) {
        const stored = readFileSync(path.join(FOLDER, name))
        expect(Buffer.compare(stored, bytes), `${name} differs; npm run samples writes it anew`).toBe(0)
      }
    },
  )

  it('are what the reference draws its traces from', async () => {
    const files = SAMPLE_NAMES.map((name) => `${name}.edf`)
    const stored = files.map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(path.join(FOLDER, name))),
    }))
    const traces = readFileSync(path.join(FOLDER, '../shared/reference/traces.json'), 'utf8')
    expect(traces === (await referenceTraces(stored)), 'npm run samples writes traces.json anew').toBe(true)
  })

  it('are all made by a recipe, and at most 4 MiB each', () => {
    const stored = readdirSync(FOLDER).filter((name) => /\.(edf|json)$/.test(name))
    expect(stored.sort()).toEqual(SAMPLE_NAMES.flatMap((name) => [`${name}.edf`, `${name}.key.json`]).sort())
    for (const name of stored)
      expect(statSync(path.join(FOLDER, name)).size).toBeLessThanOrEqual(4 * 1024 * 1024)
  })
})

describe('the README of the samples', () => {
  const readme = readFileSync(path.join(FOLDER, 'README.md'), 'utf8')

  it.each(SAMPLE_NAMES)('lists every event of %s at its time', async (name) => {
    const section = readme.split('\n## ').find((part) => part.startsWith(`${name}.edf`))
    const { key } = await loadSample(name)
    const lines = section?.split('\n').filter((line) => /^\| \d/.test(line)) ?? []
    const expected = key.marks.map((mark) => {
      const { start } = stretchOf(mark)
      const label = MIMICS.find(({ code }) => code === mark.subtype)?.label
      const what = label ?? KINDS.find(({ code }) => code === mark.kind)?.label
      const clock = `${Math.floor(start / 60)}:${(start % 60).toFixed(1).padStart(4, '0')}`
      return `| ${clock} | ${secondsFromTicks(mark.duration).toFixed(2)} s | ${what} |`
    })
    expect(lines.map((line) => line.split('|').slice(0, 4).join('|').concat('|'))).toEqual(expected)
  })

  it('says what they are', () => {
    for (const words of ['No patients', 'Not a medical device', 'CC0']) expect(readme).toContain(words)
  })
})

describe('the same bytes on every machine', () => {
  it('come from functions whose last bit no engine may choose', () => {
    // ECMAScript leaves the accuracy of these to the engine; the rest of Math is exact.
    const loose =
      /Math\.(?!imul|floor|round|ceil|trunc|abs|min|max|sign|PI|LN2|SQRT2)\w+|\*\*|Date\.now|new Date\(\)/
    const sources = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
    expect(sources.length).toBeGreaterThan(10)
    for (const name of sources) {
      const code = readFileSync(path.join(FOLDER, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      expect(loose.exec(code)?.[0], name).toBeUndefined()
    }
  })
})
