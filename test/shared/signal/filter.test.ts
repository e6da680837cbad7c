import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChain, type Chain, designChain } from '../../../shared/signal/filter.ts'
import { cases } from '../../support/properties.ts'

/** Written by scipy; the calls are in its `about`. */
type Reference = {
  readonly kept: readonly number[]
  readonly waveInput: readonly number[]
  readonly cases: readonly {
    readonly lowFrequency: number | null
    readonly highFrequency: number | null
    readonly notch: number | null
    readonly sampleRate: number
    readonly sos: readonly (readonly number[])[]
    readonly zi: readonly (readonly number[])[]
    readonly gainBothPasses: readonly (readonly [number, number])[]
    readonly wave: readonly number[]
    readonly offset: readonly number[]
  }[]
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../../fixtures/filter/scipy.json', import.meta.url), 'utf8'),
)
const WHOLE = { atStart: true, atEnd: true }

const wave = Float64Array.from(reference.waveInput)
const offset = wave.map((value, i) => {
  const moved = value + 100_000 - (i >= 700 ? 65_000 : 0) + (i === 900 ? 800 : 0)
  return Math.round(moved * 1000) / 1000
})

describe.each(reference.cases)(
  'LFF $lowFrequency, HFF $highFrequency, notch $notch at $sampleRate Hz, against scipy',
  (known) => {
    const chain = designChain(known, known.sampleRate)

    it('has the same coefficients', () => {
      const ours = chain.sections.map(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, 1, a1, a2])
      expectClose(ours.flat(), known.sos.flat(), 1e-9)
    })

    it('starts from the same steady state', () => {
      expectClose([...chain.steady], known.zi.flat(), 1e-9)
    })

    it('has the same gain over both passes', () => {
      const ours = known.gainBothPasses.map(([frequency]) => gain(chain, frequency, known.sampleRate))
      expectClose(
        ours,
        known.gainBothPasses.map(([, expected]) => expected),
        1e-9,
      )
    })

    it('filters a wave as sosfiltfilt does', () => {
      const filtered = applyChain(chain, wave, WHOLE)
      expectClose(pick(filtered), known.wave, 1e-9 * 300)
    })

    it('filters a wave on 100 mV of offset with a step as sosfiltfilt does', () => {
      const filtered = applyChain(chain, offset, WHOLE)
      expectClose(pick(filtered), known.offset, 1e-9 * 100_000)
    })
  },
)

describe('the frequency on the label', () => {
  it.each([
    [0.1, 256],
    [1, 256],
    [1, 100],
    [10, 200],
    [5, 2048],
  ])('is the -3 dB point of the low-frequency filter at %d Hz (rate %d Hz)', (frequency, rate) => {
    const chain = designChain({ lowFrequency: frequency, highFrequency: null, notch: null }, rate)
    expect(gain(chain, frequency, rate)).toBeCloseTo(Math.SQRT1_2, 9)
  })

  it.each([
    [15, 256],
    [70, 256],
    [70, 200],
    [99, 200],
    [100, 2048],
  ])('is the -3 dB point of the high-frequency filter at %d Hz (rate %d Hz)', (frequency, rate) => {
    const chain = designChain({ lowFrequency: null, highFrequency: frequency, notch: null }, rate)
    expect(gain(chain, frequency, rate)).toBeCloseTo(Math.SQRT1_2, 9)
  })

  it('is silenced by the notch, and 3 Hz is left alone', () => {
    const chain = designChain({ lowFrequency: null, highFrequency: null, notch: 50 }, 256)
    expect(gain(chain, 50, 256)).toBeLessThan(1e-20)
    expect(gain(chain, 3, 256)).toBeCloseTo(1, 4)
  })

  it('leaves out a filter that the sampling rate has no room for, and names it', () => {
    const chain = designChain({ lowFrequency: 1, highFrequency: 70, notch: 50 }, 100)
    expect(chain.sections).toHaveLength(1)
    expect(chain.off).toEqual(['highFrequency', 'notch'])
  })

  it('leaves the values alone where every filter is off', () => {
    const chain = designChain({ lowFrequency: null, highFrequency: null, notch: null }, 256)
    expect(applyChain(chain, wave, WHOLE)).toEqual(wave)
    expect(chain.margin).toBe(0)
  })
})

describe('zero phase', () => {
  it('keeps the peak of a symmetric spike where it is and its shape symmetric', () => {
    const spike = new Float64Array(2001)
    for (let i = -8; i <= 8; i++) spike[1000 + i] = 100 * (1 - Math.abs(i) / 9)
    const filtered = applyChain(settings(1, 70, 50, 256), spike, WHOLE)
    expect(filtered.indexOf(Math.max(...filtered))).toBe(1000)
    for (let i = 1; i < 300; i++) expect(filtered[1000 + i]).toBeCloseTo(filtered[1000 - i]!, 6)
  })

  it('gives the same answer backward in time', () => {
    const chain = settings(1, 70, null, 256)
    const there = applyChain(chain, wave, WHOLE)
    const back = applyChain(chain, wave.toReversed(), WHOLE).reverse()
    // The two passes change places, which only the ends can feel.
    for (let i = 400; i < 1100; i++) expect(back[i]).toBeCloseTo(there[i]!, 1)
  })
})

describe('short segments', () => {
  it.each([1, 2, 5, 14])('gives finite values for a segment of %d samples', (length) => {
    const filtered = applyChain(settings(1, 70, 50, 256), wave.slice(0, length), WHOLE)
    expect(filtered).toHaveLength(length)
    expect(filtered.every(Number.isFinite)).toBe(true)
  })

  it('gives nothing for nothing', () => {
    expect(applyChain(settings(1, 70, 50, 256), new Float64Array(0), WHOLE)).toHaveLength(0)
  })
})

describe('a stretch with its margins', () => {
  const views = fc.record({
    low: fc.constantFrom(null, 0.3, 0.5, 1, 1.6, 5, 10),
    high: fc.constantFrom(null, 15, 30, 70, 100),
    notch: fc.constantFrom(null, 50, 60),
    rate: fc.constantFrom(100, 200, 256, 512),
    seed: fc.integer({ min: 1, max: 1e6 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  it('has the values that the whole segment has there, to 0.1 uV, on 100 mV of offset and over a step', () => {
    fc.assert(
      fc.property(views, ({ low, high, notch, rate, seed, from, share }) => {
        const values = restless(seed, 40 * rate)
        const chain = settings(low, high, notch, rate)
        const whole = applyChain(chain, values, WHOLE)
        const start = Math.floor(from * (values.length - 1))
        const end = start + 1 + Math.floor(share * Math.min(10 * rate, values.length - start - 1))
        const page = stretch(chain, values, start, end)
        for (let i = 0; i < page.length; i++) {
          expect(Math.abs(page[i]! - whole[start + i]!)).toBeLessThan(0.1)
        }
      }),
      cases(60),
    )
  })

  it('is no longer than the decay of the filter asks for', () => {
    // One pole at 0.64 Hz, e-fold 0.25 s, 1e-7 after 16 of them.
    expect(settings(1, 70, null, 256).marginSeconds).toBeGreaterThan(3.5)
    expect(settings(1, 70, null, 256).marginSeconds).toBeLessThan(4.5)
    expect(settings(null, 70, null, 256).marginSeconds).toBeLessThan(0.2)
  })

  /** Steps of up to 100 mV, drift, waves and single samples far out. */
  function restless(seed: number, length: number): Float64Array {
    let state = seed
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    let level = 100_000 * random()
    return Float64Array.from({ length }, (_, i) => {
      if (random() < 0.0005) level = 100_000 * (random() - 0.5)
      return level + 200 * Math.sin(i / 13) + 30 * random() + (random() < 0.001 ? 5000 : 0)
    })
  }

  function stretch(chain: Chain, values: Float64Array, start: number, end: number): Float64Array {
    const from = Math.max(0, start - chain.margin)
    const to = Math.min(values.length, end + chain.margin)
    const ends = { atStart: from === 0, atEnd: to === values.length }
    return applyChain(chain, values.slice(from, to), ends).slice(start - from, end - from)
  }
})

function settings(low: number | null, high: number | null, notch: number | null, rate: number): Chain {
  return designChain({ lowFrequency: low, highFrequency: high, notch }, rate)
}

function pick(values: Float64Array): readonly number[] {
  return reference.kept.map((i) => values[i]!)
}

function expectClose(ours: readonly number[], known: readonly number[], tolerance: number): void {
  expect(ours).toHaveLength(known.length)
  const worst = Math.max(...ours.map((value, i) => Math.abs(value - known[i]!)))
  expect(worst).toBeLessThan(tolerance)
}

/** |H|^2: forward and backward, from the coefficients on the unit circle. */
function gain({ sections }: Chain, frequency: number, rate: number): number {
  const w = (2 * Math.PI * frequency) / rate
  const power = (c0: number, c1: number, c2: number) =>
    (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2
  return sections.reduce((g, { b0, b1, b2, a1, a2 }) => (g * power(b0, b1, b2)) / power(1, a1, a2), 1)
}
