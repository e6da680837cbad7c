import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChain, type Chain, carryProblem, designChain } from '../../../shared/signal/filter.ts'
import { cases } from '../../support/properties.ts'

/** Written by fixtures/filter/reference.py; what it holds is in its `about`. */
type Reference = {
  readonly tiles: number
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
  readonly lastKept: readonly number[]
  readonly edges: readonly {
    readonly lowFrequency: number
    readonly frequency: number
    readonly phase: number
    readonly true: readonly number[]
    readonly defaultError: number
  }[]
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../../fixtures/filter/scipy.json', import.meta.url), 'utf8'),
)
const WHOLE = { atStart: true, atEnd: true }

const { waveInput } = reference
const wave = Float64Array.from(waveInput)
const tiled = Float64Array.from(
  { length: reference.tiles * wave.length },
  (_, i) => waveInput[i % wave.length] ?? 0,
)
const offset = tiled.map((value, i) => {
  const isOdd = Math.floor(i / wave.length) % 2 === 1
  return value + 100_000 - (isOdd ? 65_000 : 0) + (i % wave.length === 900 ? 800 : 0)
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
      const filtered = applyChain(chain, tiled, WHOLE)
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
  it.each([1, 2, 3, 5, 14])('gives finite values for a segment of %d samples', (length) => {
    const filtered = applyChain(settings(1, 70, 50, 256), wave.slice(0, length), WHOLE)
    expect(filtered).toHaveLength(length)
    expect(filtered.every(Number.isFinite)).toBe(true)
  })

  it('gives nothing for nothing', () => {
    expect(applyChain(settings(1, 70, 50, 256), new Float64Array(0), WHOLE)).toHaveLength(0)
  })

  it.each([1, 100_000, -1e24])('is at rest where the signal is a constant %d', (level) => {
    const filtered = applyChain(settings(0.3, 70, 50, 256), new Float64Array(300).fill(level), WHOLE)
    expect(Math.max(...filtered.map(Math.abs))).toBeLessThan(1e-9 * Math.abs(level))
  })

  it.each([
    [1, 0.5],
    [1, 1],
    [1, 3],
    [0.3, 0.5],
    [0.3, 1],
    [0.3, 3],
  ])(
    'keeps 3 Hz of 100 uV within 20 uV at %d Hz in a segment of %d s, as far as it goes on',
    (low, length) => {
      const chain = settings(low, 70, null, 256)
      const samples = length * 256
      for (let phase = 0; phase < 360; phase += 30) {
        // To 0.1 uV, as a recording has it.
        const part = sine(3, phase, samples).map((value) => Math.round(10 * value) / 10)
        // |H|^2 of both passes at 3 Hz by scipy; a constant in time, with no phase.
        const kept = gain(chain, 3, 256)
        const filtered = applyChain(chain, part, WHOLE)
        filtered.forEach((value, i) => {
          expect(Math.abs(value - kept * part[i]!)).toBeLessThan(20)
        })
      }
    },
  )
})

describe('both ends of a recording', () => {
  const chainOf = (low: number) => settings(low, 70, null, 256)

  /** Largest errors in the last two seconds, and in the first two of the same backward in time. */
  function errorsOf({ lowFrequency, frequency, phase, true: expected }: Reference['edges'][number]): number {
    const cut = sine(frequency, phase, 40 * 256)
    const forward = applyChain(chainOf(lowFrequency), cut, WHOLE)
    const backward = applyChain(chainOf(lowFrequency), cut.toReversed(), WHOLE).toReversed()
    return Math.max(
      ...reference.lastKept.flatMap((i, k) => [
        Math.abs(forward[i]! - expected[k]!),
        Math.abs(backward[i]! - expected[k]!),
      ]),
    )
  }

  it.each(reference.edges.filter(({ frequency }) => frequency === 3))(
    'keep the shape of 3 Hz at an LFF of $lowFrequency Hz and phase $phase',
    (edge) => {
      expect(errorsOf(edge)).toBeLessThan(1)
    },
  )

  it.each([0.1, 0.3, 1])('keep a sway of 0.2 Hz better than scipy does by default, at %d Hz', (low) => {
    const sways = reference.edges.filter((edge) => edge.frequency === 0.2 && edge.lowFrequency === low)
    expect(sways).toHaveLength(8)
    for (const edge of sways) expect(errorsOf(edge)).toBeLessThan(Math.max(1, edge.defaultError))
  })

  it('are no place for a wave of 100 uV where the signal only sways by 1 mV and jumps by 10', () => {
    const jumping = sine(0.2, 30, 40 * 256).map((value, i) => 10 * value + (i > 9000 ? 10_000 : 0))
    const filtered = applyChain(chainOf(1), jumping, WHOLE)
    expect(Math.max(...filtered.slice(-256).map(Math.abs))).toBeLessThan(200)
  })
})

describe('a rate that cannot carry a filter', () => {
  const all = { lowFrequency: 1, highFrequency: 70, notch: 50 }

  it.each([
    [100.01, ['highFrequency', 'notch']],
    [100.001, ['highFrequency', 'notch']],
    [100.0001, ['highFrequency', 'notch']],
    [140.0014, ['highFrequency']],
    [140.000014, ['highFrequency']],
    [2.0000002, ['lowFrequency', 'highFrequency', 'notch']],
    [1.4e6, []],
    [1e8, ['highFrequency', 'notch']],
    [1e10, ['lowFrequency', 'highFrequency', 'notch']],
    [1e300, ['lowFrequency', 'highFrequency', 'notch']],
  ])('%d Hz leaves out %j, without minutes of work', (rate, off) => {
    const chain = designChain(all, rate)
    expect(chain.off).toEqual(off)
    expect(chain.marginSeconds).toBeLessThan(60)
  })

  it('says why', () => {
    expect(carryProblem('notch', 50, 100.001)).toBe('the sampling rate has no room for it')
    expect(carryProblem('highFrequency', 70, 1e9)).toMatch(/too high/)
    expect(carryProblem('lowFrequency', 0.01, 256)).toBe(
      'it would need more than 60 s of signal on either side',
    )
    expect(carryProblem('lowFrequency', 0.1, 256)).toBeNull()
  })

  const rates = fc.double({ min: -4, max: 12, noNaN: true }).map((power) => 10 ** power)
  const nyquists = fc
    .tuple(fc.constantFrom(1, 15, 50, 70), fc.double({ min: -9, max: 0, noNaN: true }))
    .map(([frequency, power]) => 2 * frequency * (1 + 10 ** power))
  const frequencies = fc.option(fc.constantFrom(0.01, 0.1, 0.3, 1, 10, 15, 50, 60, 70, 100, 10_000), {
    nil: null,
  })

  it('never costs more than the samples, nor gives a number that is none, at any rate', () => {
    fc.assert(
      fc.property(
        fc.oneof(rates, nyquists),
        frequencies,
        frequencies,
        frequencies,
        (rate, low, high, notch) => {
          const chain = designChain({ lowFrequency: low, highFrequency: high, notch }, rate)
          expect(chain.marginSeconds).toBeLessThan(180 + 3 / rate)
          expect(chain.known).toBeLessThanOrEqual(chain.margin)
          expect(chain.padding).toBeLessThanOrEqual(chain.margin)
          const filtered = applyChain(chain, wave, WHOLE)
          // A filter of gain 1 at most, on both passes, of a wave within 200 uV.
          expect(Math.max(...filtered.map(Math.abs))).toBeLessThan(1000)
        },
      ),
    )
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

/** 100 uV at 256 Hz. */
function sine(frequency: number, phase: number, samples: number): Float64Array {
  const start = (phase * Math.PI) / 180
  return Float64Array.from(
    { length: samples },
    (_, i) => 100 * Math.sin((2 * Math.PI * frequency * i) / 256 + start),
  )
}

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
