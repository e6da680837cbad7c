import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fftOf } from '../../../shared/signal/fft.ts'
import { bandPower, computeWelch } from '../../../shared/signal/welch.ts'
import { cases } from '../../support/properties.ts'

/** Written by fixtures/spectrum/reference.py. */
type Reference = {
  readonly fft: readonly {
    readonly re: readonly number[]
    readonly im: readonly number[]
    readonly transformedRe: readonly number[]
    readonly transformedIm: readonly number[]
  }[]
  readonly welch: readonly {
    readonly sampleRate: number
    readonly length: number
    readonly values: readonly number[]
    readonly step: number
    readonly windows: number
    readonly power: readonly number[]
  }[]
  readonly gap: {
    readonly sampleRate: number
    readonly length: number
    readonly stretches: readonly (readonly number[])[]
    readonly windows: number
    readonly power: readonly number[]
  }
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../../fixtures/spectrum/scipy.json', import.meta.url), 'utf8'),
)

/** To a billionth of the largest. */
function expectClose(actual: Iterable<number>, expected: readonly number[]): void {
  const values = [...actual]
  expect(values).toHaveLength(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  values.forEach((value, k) => {
    expect(Math.abs(value - expected[k]!), `value ${k}`).toBeLessThan(1e-9 * largest)
  })
}

describe('the transform', () => {
  it.each(reference.fft)('is that of numpy for $re.length values', (known) => {
    const re = Float64Array.from(known.re)
    const im = Float64Array.from(known.im)
    fftOf(re.length).transform(re, im)
    expectClose(re, known.transformedRe)
    expectClose(im, known.transformedIm)
  })

  it('keeps the energy of any signal (Parseval)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 32, maxLength: 32 }),
        (given) => {
          const re = Float64Array.from(given)
          const im = new Float64Array(32)
          fftOf(32).transform(re, im)
          const before = given.reduce((sum, x) => sum + x * x, 0)
          const after = re.reduce((sum, x, k) => sum + x * x + im[k]! ** 2, 0) / 32
          expect(Math.abs(after - before)).toBeLessThanOrEqual(1e-10 * before + 1e-12)
        },
      ),
      cases(100),
    )
  })

  it('refuses what is no power of two', () => {
    expect(() => fftOf(12)).toThrow(RangeError)
    expect(() => fftOf(1)).toThrow(RangeError)
  })
})

describe("Welch's power", () => {
  it.each(reference.welch)('is that of scipy at $sampleRate Hz in windows of $length samples', (known) => {
    const found = computeWelch([Float64Array.from(known.values)], known.sampleRate, known.length)
    expect(found?.step).toBeCloseTo(known.step, 12)
    expect(found?.windows).toBe(known.windows)
    expect(found?.windowLength).toBeCloseTo(known.length / known.sampleRate, 12)
    expectClose(found?.power ?? [], known.power)
  })

  it('has no window across a gap: the windows of each side are averaged', () => {
    const { stretches, sampleRate, length, windows, power } = reference.gap
    const found = computeWelch(
      stretches.map((values) => Float64Array.from(values)),
      sampleRate,
      length,
    )
    expect(found?.windows).toBe(windows)
    expectClose(found?.power ?? [], power)
  })

  it('is none where no window fits', () => {
    expect(computeWelch([new Float64Array(99), new Float64Array(50)], 100, 100)).toBeNull()
    expect(computeWelch([], 100, 100)).toBeNull()
  })

  it('of a sine of 50 µV is its mean square of 1250 µV² in its band, and next to nothing elsewhere', () => {
    const sine = Float64Array.from({ length: 2560 }, (_, n) => 50 * Math.sin((2 * Math.PI * 6 * n) / 256))
    const found = computeWelch([sine], 256, 512)!
    expect(bandPower(found, 4, 8)).toBeCloseTo(1250, 0)
    expect(bandPower(found, 8, 30)).toBeLessThan(0.1)
  })

  it('counts a frequency between two bands once', () => {
    const noise = Float64Array.from({ length: 1024 }, (_, n) => ((n * 7919) % 101) - 50)
    const found = computeWelch([noise], 256, 512)!
    const parts = bandPower(found, 0.5, 4) + bandPower(found, 4, 8) + bandPower(found, 8, 13)
    expect(parts).toBeCloseTo(bandPower(found, 0.5, 13), 9)
  })
})
