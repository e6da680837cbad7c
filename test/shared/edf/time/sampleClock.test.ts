import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exactDuration,
  samplesBefore,
  sampleTime,
  spanTicks,
  ticksOfRecords,
} from '../../../../shared/edf/time/sampleClock.ts'
import { type Ticks, ticksFromSeconds } from '../../../../shared/units.ts'

const durations = fc.constantFrom(
  0.1,
  0.25,
  1,
  1 / 1024,
  0.000977,
  0.333333,
  3,
  10,
  3600,
  0.0009766,
  1.5e-8,
  7,
)
const counts = fc.constantFrom(1, 3, 7, 100, 256, 999, 20_000)

describe('a record duration', () => {
  test.each([
    [1, 10_000_000n, 1n],
    [0.1, 1_000_000n, 1n],
    [0.000977, 9770n, 1n],
    [0.0009765625, 19_531_25n, 200n],
    [1.5e-8, 15n, 100n],
    [3600, 36_000_000_000n, 1n],
  ])('of %d s is the exact fraction %d / %d ticks', (seconds, numerator, denominator) => {
    const exact = exactDuration(seconds)
    expect(exact.numerator * denominator).toBe(numerator * exact.denominator)
  })

  test('adds up without drift: a day of records of 0.1 s', () => {
    expect(ticksOfRecords(exactDuration(0.1), 864_000)).toBe(864_000_000_000)
  })
})

describe('the samples before a time', () => {
  test.each([
    // 256 Hz: sample 1 lies at 39062.5 ticks, which a time in ticks cannot say exactly.
    [1 / 256, 256, 1],
    [0.00390625, 256, 1],
    [0.00390635, 256, 2],
    [0, 256, 0],
    [1, 256, 256],
    [-1, 256, -256],
    [0.1, 10, 1],
    [0.3, 10, 3],
    [86_399.9, 10, 863_999],
  ])('%d s at %i Hz: %i', (seconds, rate, expected) => {
    expect(samplesBefore(ticksFromSeconds(seconds), 0 as Ticks, rate, exactDuration(1))).toBe(expected)
  })

  test("at a sample's own time are exactly those before it, in any record of any recording", () => {
    fc.assert(
      fc.property(
        durations,
        counts,
        fc.nat(2_000_000),
        fc.nat(1_000_000_000),
        (seconds, n, sample, offset) => {
          const duration = exactDuration(seconds)
          // Samples closer than a tick cannot be told apart by a time in ticks.
          fc.pre((seconds * 1e7) / n > 2)
          // Past three years a double of seconds is coarser than a quarter of a tick.
          fc.pre((sample / n) * seconds < 1e8)
          const onset = offset as Ticks
          const time = sampleTime(onset, sample, n, seconds)
          expect(samplesBefore(ticksFromSeconds(time), onset, n, duration)).toBe(sample)
        },
      ),
    )
  })

  test('neighbouring spans share out the samples: none twice, none lost', () => {
    fc.assert(
      fc.property(
        durations,
        counts,
        fc.array(fc.double({ min: -10, max: 100_000, noNaN: true }), { minLength: 2, maxLength: 8 }),
        (seconds, n, edges) => {
          const duration = exactDuration(seconds)
          const at = (edge: number) => samplesBefore(ticksFromSeconds(edge), 0 as Ticks, n, duration)
          const sorted = edges.toSorted((a, b) => a - b)
          const shares = sorted.slice(1).map((edge, k) => at(edge) - at(sorted[k] as number))
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(0)
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(
            at(sorted.at(-1) as number) - at(sorted[0] as number),
          )
        },
      ),
    )
  })
})

test('a span beyond all time stays within whole numbers', () => {
  expect(spanTicks({ start: -1e300, end: 1e300 })).toEqual({
    start: -Number.MAX_SAFE_INTEGER,
    end: Number.MAX_SAFE_INTEGER,
  })
})
