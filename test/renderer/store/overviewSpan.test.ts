import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { following, shortestOverview, within, zoomed } from '../../../renderer/store/overviewSpan.ts'
import { spanLength } from '../../../shared/units.ts'
import { cases } from '../../support/properties.ts'

const DAY = { start: 0, end: 86_400 }
const whole = fc
  .tuple(fc.integer({ min: -100, max: 1000 }), fc.integer({ min: 1, max: 100_000 }))
  .map(([start, length]) => ({ start, end: start + length }))
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('a zoomed overview', () => {
  it('halves around a time, which keeps its place', () => {
    expect(zoomed({ shown: DAY, whole: DAY, timebase: 10 }, 0.5, 21_600)).toEqual({
      start: 10_800,
      end: 54_000,
    })
  })

  it('keeps what is below the pointer below it, as long as the recording reaches so far', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.3, max: 3, noNaN: true }), (at, where, factor) => {
        const shown = within(DAY, where * 80_000, 6400)
        const anchor = shown.start + at * 6400
        const next = zoomed({ shown, whole: DAY, timebase: 10 }, factor, anchor)!
        const isAtEdge = next.start <= DAY.start || next.end >= DAY.end
        if (isAtEdge) return
        expect((anchor - next.start) / spanLength(next)).toBeCloseTo(at, 9)
      }),
      cases(300),
    )
  })

  it('never leaves the recording, and is never shorter than a minute or three pages of it', () => {
    const factor = fc.double({ min: 0.001, max: 1000, noNaN: true })
    const timebase = fc.constantFrom(1, 10, 60, 600)
    fc.assert(
      fc.property(whole, share, factor, timebase, (all, at, by, page) => {
        const anchor = all.start + at * spanLength(all)
        const next = zoomed({ shown: all, whole: all, timebase: page }, by, anchor)
        if (next === null) return
        expect(next.start).toBeGreaterThanOrEqual(all.start)
        expect(next.end).toBeLessThanOrEqual(all.end)
        expect(spanLength(next)).toBeGreaterThanOrEqual(Math.max(60, 3 * page) - 1e-6)
      }),
      cases(300),
    )
  })

  it('is the whole recording again once it is as long, and of a short one always', () => {
    expect(zoomed({ shown: { start: 10, end: 50_000 }, whole: DAY, timebase: 10 }, 2, 100)).toBeNull()
    const short = { start: 0, end: 40 }
    expect(zoomed({ shown: short, whole: short, timebase: 10 }, 0.5, 5)).toBeNull()
    expect(shortestOverview(short, 10)).toBe(40)
    const nothing = { start: 0, end: 0 }
    expect(zoomed({ shown: nothing, whole: nothing, timebase: 10 }, 0.5, 0)).toBeNull()
  })
})

describe('an overview that follows the page', () => {
  const zoom = { start: 1000, end: 2000 }

  it('stays where the page is in it, to the edges', () => {
    for (const start of [1000, 1500, 1990]) {
      expect(following(zoom, DAY, { start, end: start + 10 })).toBe(zoom)
    }
    expect(following(null, DAY, { start: 5, end: 15 })).toBeNull()
  })

  it('shows what comes next where a page is turned across an edge', () => {
    expect(following(zoom, DAY, { start: 1995, end: 2005 })).toEqual({ start: 1895, end: 2895 })
    expect(following(zoom, DAY, { start: 995, end: 1005 })).toEqual({ start: 105, end: 1105 })
  })

  it('has a page in the middle that was led far away', () => {
    expect(following(zoom, DAY, { start: 50_000, end: 50_010 })).toEqual({ start: 49_505, end: 50_505 })
  })

  it('grows with a page that became longer', () => {
    expect(following(zoom, DAY, { start: 1400, end: 2000 })).toEqual({ start: 600, end: 2400 })
  })

  it('ends with the recording, also where the last page reaches beyond it', () => {
    expect(following(zoom, { start: 0, end: 2500 }, { start: 2495, end: 2505 })).toEqual({
      start: 1500,
      end: 2500,
    })
  })

  it('always has the page in it', () => {
    fc.assert(
      fc.property(whole, share, share, fc.constantFrom(1, 10, 60, 600), (all, at, from, timebase) => {
        const length = Math.min(spanLength(all) / 2, 700)
        const now = within(all, all.start + from * spanLength(all), length)
        const start = Math.max(all.start, Math.min(all.start + at * spanLength(all), all.end - timebase))
        const next = following(now, all, { start, end: start + timebase })
        if (next === null) return
        expect(next.start).toBeLessThanOrEqual(start + 1e-4)
        expect(next.end).toBeGreaterThanOrEqual(Math.min(all.end, start + timebase) - 1e-4)
        expect(next.start).toBeGreaterThanOrEqual(all.start)
        expect(next.end).toBeLessThanOrEqual(all.end + 1e-9)
      }),
      cases(500),
    )
  })
})
