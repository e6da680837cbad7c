import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findPeaks, largestProminence } from '../../../shared/signal/peaks.ts'

type Found = {
  readonly prominence: number
  readonly distance: number
  readonly peaks: readonly number[]
  readonly prominences: readonly number[]
}
type Stored = {
  readonly signals: readonly {
    readonly name: string
    readonly values: readonly number[]
    readonly largest: number
    readonly cases: readonly Found[]
  }[]
}

/** Written by test/fixtures/peaks/reference.py: what scipy.signal.find_peaks finds. */
const { signals }: Stored = JSON.parse(
  readFileSync(new URL('../../fixtures/peaks/scipy.json', import.meta.url), 'utf8'),
)

describe('peaks', () => {
  it.each(signals.map((each) => [each.name, each] as const))('of %s are those of scipy', (_, stored) => {
    const values = Float64Array.from(stored.values)
    expect(largestProminence(values)).toBeCloseTo(stored.largest, 5)
    for (const { prominence, distance, peaks, prominences } of stored.cases) {
      const found = findPeaks(values, { prominence, distance })
      expect(
        found.map(({ index }) => index),
        `prominence ${prominence}, distance ${distance}`,
      ).toEqual(peaks)
      for (const [k, expected] of prominences.entries()) expect(found[k]!.prominence).toBeCloseTo(expected, 5)
    }
  })

  it('are none in nothing', () => {
    expect(findPeaks(new Float64Array(0), { prominence: 0, distance: 1 })).toEqual([])
    expect(largestProminence(Float64Array.of(1))).toBe(0)
  })
})
