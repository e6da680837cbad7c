import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignedStart, standsAligned, startMovedBy } from '../../../shared/signal/aligning.ts'
import { ticks, ticksFromSeconds } from '../../../shared/units.ts'

const MOMENT = fc.integer({ min: 0, max: 7 * 24 * 3600 * 10_000_000 }).map(ticks)
const TIMEBASE = fc.oneof(
  fc.constantFrom(1, 2, 3, 5, 10, 15, 20, 30, 60),
  // Of a paper speed.
  fc.double({ min: 1, max: 60, noNaN: true }),
)

describe('an aligned page', () => {
  it('of ten seconds begins two and a half before the moment, of a tenth of a microsecond too', () => {
    // By hand: 12.3456789 s less 2.5 s.
    expect(alignedStart(ticks(123_456_789), 10)).toBe(9.8456789)
    expect(alignedStart(ticks(123_456_789), 30)).toBe(4.8456789)
  })

  it('begins before the recording where the moment comes so early', () => {
    expect(alignedStart(ticks(10_000_000), 10)).toBe(-1.5)
  })

  it('has the moment a quarter from its left, to the tick, on every page of this length', () => {
    fc.assert(
      fc.property(MOMENT, MOMENT, TIMEBASE, (one, other, timebase) => {
        const offsets = [one, other].map(
          (moment) => moment - ticksFromSeconds(alignedStart(moment, timebase)),
        )
        expect(offsets[0]).toBe(offsets[1])
        expect(Math.abs(offsets[0]! - 0.25 * timebase * 1e7)).toBeLessThanOrEqual(0.5)
        expect(standsAligned(one, alignedStart(one, timebase), timebase)).toBe(true)
      }),
    )
  })

  it('is none any more when it was turned, or where nothing was aligned', () => {
    expect(standsAligned(ticks(123_456_789), 9.8456, 10)).toBe(false)
    expect(standsAligned(null, 0, 10)).toBe(false)
  })
})

describe('a page that goes along', () => {
  it('comes back to the tick after any way there and back', () => {
    fc.assert(
      fc.property(MOMENT, fc.array(fc.integer({ min: -600_000_000, max: 600_000_000 })), (from, steps) => {
        const start = from / 1e7
        const there = steps.reduce((at, step) => startMovedBy(at, step / 1e7), start)
        const back = steps.reduce((at, step) => startMovedBy(at, -step / 1e7), there)
        expect(back).toBe(start)
      }),
    )
  })
})
