import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatClock, formatDuration, formatElapsed } from '../../../shared/text/clock.ts'

const START = '2026-01-31T22:31:40'

describe('clock time at the patient', () => {
  it.each<[number, number, string]>([
    [0, 0, '22:31:40'],
    [0.04, 1, '22:31:40.0'],
    [0.06, 1, '22:31:40.1'],
    // 59.96 s is the next minute, never "60.0".
    [19.96, 1, '22:32:00.0'],
    [19.4, 0, '22:31:59'],
    [19.5, 0, '22:32:00'],
    // Past midnight, and the day after.
    [5299.96, 1, '00:00:00.0 +1 d'],
    [5299.9, 1, '23:59:59.9'],
    [86_400, 0, '22:31:40 +1 d'],
    [2 * 86_400, 0, '22:31:40 +2 d'],
    // Before the header's start second.
    [-40, 0, '22:31:00'],
    [-22 * 3600 - 31 * 60 - 41, 0, '23:59:59 −1 d'],
  ])('%d s after 22:31:40 with %i decimals is %s', (time, decimals, text) => {
    expect(formatClock(START, time, decimals)).toBe(text)
  })

  it('is not invented where the header has none', () => {
    expect(formatClock(null, 580, 1)).toBe('0:09:40.0')
  })

  it('never shows a 60', () => {
    const time = fc.double({ min: -1e5, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 3 }), (at, decimals) => {
        for (const text of [formatClock(START, at, decimals), formatElapsed(at, decimals)]) {
          const [, minutes, seconds] = /:(\d\d):(\d\d)/.exec(text)!
          expect(Number(minutes)).toBeLessThan(60)
          expect(Number(seconds)).toBeLessThan(60)
        }
      }),
    )
  })
})

describe('elapsed time', () => {
  it.each<[number, number, string]>([
    [0, 0, '0:00:00'],
    [580, 0, '0:09:40'],
    // A second counts once it has gone by, a tenth where it is nearest.
    [0.7, 0, '0:00:00'],
    [59.96, 0, '0:00:59'],
    [0.1 + 0.2 + 0.7, 0, '0:00:01'],
    [59.96, 1, '0:01:00.0'],
    [3599.999, 2, '1:00:00.00'],
    [100 * 3600, 0, '100:00:00'],
    [-1.5, 1, '−0:00:01.5'],
    // What rounds to nothing has no sign.
    [-0.04, 1, '0:00:00.0'],
  ])('%d s with %i decimals is %s', (time, decimals, text) => {
    expect(formatElapsed(time, decimals)).toBe(text)
  })
})

describe('how long something lasts', () => {
  it.each<[number, string]>([
    [0.21, '0.210 s'],
    [5.42, '5.42 s'],
    [0.9999, '1.00 s'],
    [59.999, '1:00.0'],
    [65, '1:05.0'],
    [119.96, '2:00.0'],
    [3661, '61:01.0'],
  ])('%d s lasts %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})
