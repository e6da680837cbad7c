import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applyChain, designChain } from '../../../shared/signal/filter.ts'

/** Written by fixtures/filter/causal.py; what it holds is in its `about`. */
type Reference = {
  readonly waveInput: readonly number[]
  readonly kept: readonly number[]
  readonly cases: readonly {
    readonly lowFrequency: number | null
    readonly highFrequency: number | null
    readonly notch: number | null
    readonly sampleRate: number
    readonly sos: readonly (readonly number[])[]
    readonly gain: readonly (readonly [number, number])[]
    readonly wave: readonly number[]
  }[]
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../../fixtures/filter/causal.json', import.meta.url), 'utf8'),
)
const wave = Float64Array.from(reference.waveInput)
const WHOLE = { atStart: true, atEnd: true }

describe.each(reference.cases)(
  'causal: LFF $lowFrequency, HFF $highFrequency, notch $notch at $sampleRate Hz, against scipy',
  (known) => {
    const chain = designChain(known, known.sampleRate, 'causal')

    it('has the coefficients of one pass', () => {
      const ours = chain.sections.map(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, 1, a1, a2])
      for (const [index, value] of known.sos.flat().entries())
        expect(ours.flat()[index]).toBeCloseTo(value, 10)
    })

    it('filters as sosfilt does from its first sample on', () => {
      const filtered = applyChain(chain, wave, WHOLE)
      for (const [index, at] of reference.kept.entries())
        expect(filtered[at]).toBeCloseTo(known.wave[index]!, 7)
    })
  },
)

describe('a causal chain', () => {
  it.each([
    [0.5, null],
    [null, 70],
    [10, null],
    [null, 15],
  ])('is at -3 dB at the frequency on its label in its one pass (LFF %s, HFF %s)', (low, high) => {
    const known = { lowFrequency: low, highFrequency: high, notch: null }
    const impulse = new Float64Array(65_536)
    impulse[1000] = 1
    const response = applyChain(designChain(known, 256, 'causal'), impulse, WHOLE)
    const omega = (2 * Math.PI * (low ?? high ?? 0)) / 256
    let real = 0
    let imaginary = 0
    for (const [n, value] of response.entries()) {
      real += value * Math.cos(omega * n)
      imaginary -= value * Math.sin(omega * n)
    }
    expect(Math.hypot(real, imaginary)).toBeCloseTo(Math.SQRT1_2, 6)
  })

  it('never sees what comes later', () => {
    const chain = designChain({ lowFrequency: 0.5, highFrequency: 70, notch: 50 }, 256, 'causal')
    const later = wave.slice()
    later.fill(5000, 900)
    const a = applyChain(chain, wave, WHOLE)
    const b = applyChain(chain, later, WHOLE)
    expect(b.subarray(0, 900)).toEqual(a.subarray(0, 900))
    expect(b[900]).not.toBe(a[900])
    expect(chain.marginAfter).toBe(0)
  })

  it('begins without a jump on an offset of 100 mV', () => {
    const chain = designChain({ lowFrequency: 1, highFrequency: 70, notch: null }, 256, 'causal')
    const filtered = applyChain(chain, new Float64Array(512).fill(100_000), WHOLE)
    for (const value of filtered) expect(Math.abs(value)).toBeLessThan(1e-6)
  })

  it('shows a spike late, where zero-phase shows it in its place', () => {
    const spike = new Float64Array(2001)
    for (let i = -8; i <= 8; i++) spike[1000 + i] = 100 * (1 - Math.abs(i) / 9)
    const known = { lowFrequency: 0.5, highFrequency: 15, notch: null }
    const peak = (values: Float64Array) => values.indexOf(Math.max(...values))
    expect(peak(applyChain(designChain(known, 256), spike, WHOLE))).toBe(1000)
    // The group delay of a second-order Butterworth of 15 Hz is sqrt(2) / (2 pi 15) s: 3.8 samples of 256 Hz.
    expect(peak(applyChain(designChain(known, 256, 'causal'), spike, WHOLE))).toBeGreaterThanOrEqual(1003)
  })
})
