import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatClock, formatElapsed } from '../../../shared/text/clock.ts'
import { parseTypedTime } from '../../../shared/text/typedTime.ts'

/** An hour and a half from 23:10:05, past midnight. */
const NIGHT = { start: '2026-01-31T23:10:05', span: { start: 0, end: 5400 } }
const NO_CLOCK = { ...NIGHT, start: null }

function timeOf(text: string, frame: Parameters<typeof parseTypedTime>[1] = NIGHT): number | null {
  const typed = parseTypedTime(text, frame)
  return typed.ok ? typed.time : null
}

describe('a typed time', () => {
  it.each<[string, number]>([
    ['62.35', 62.35],
    ['62,35', 62.35],
    ['  7 ', 7],
    ['1:02.35', 62.35],
    ['0:01:02.350', 62.35],
    ['90:00', 5400],
    ['1:30:00', 5400],
    // As the axis says it.
    ['23:10:05', 0],
    ['23:11:07.35', 62.35],
    ['23:59:59', 2994],
    // Past midnight.
    ['00:00:00 +1 d', 2995],
    ['0:10:05 +1 d', 3600],
  ])('%s is %d s after the start', (text, time) => {
    expect(timeOf(text)).toBeCloseTo(time, 9)
  })

  it('that can be both is elapsed time where that lies on the recording, else clock time', () => {
    expect(timeOf('0:20:00')).toBe(1200)
    expect(timeOf('0:20:00', { ...NIGHT, span: { start: 3600, end: 5400 } })).toBe(4195)
  })

  it('on another day of a long recording is told by its day', () => {
    const days = { start: NIGHT.start, span: { start: 0, end: 3 * 86_400 } }
    expect(timeOf('23:10:06 +2 d', days)).toBe(2 * 86_400 + 1)
  })

  it.each(['', 'abc', '1:60', '0:75:00', '1:2:3:4', '-3', '12.5.1', '1:00 +1 d'])('“%s” is none', (text) => {
    const typed = parseTypedTime(text, NIGHT)
    expect(typed).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/is no time: .*clock time.*\.$/),
    })
  })

  it('off the recording is refused with where the recording lies', () => {
    expect(parseTypedTime('99999', NIGHT)).toEqual({
      ok: false,
      problem: '99999 is not on the recording, which goes from 0:00:00.000 to 1:30:00.000 elapsed.',
    })
    expect(timeOf('22:00:00')).toBeNull()
    expect(timeOf('23:11:07', NO_CLOCK)).toBeNull()
    expect(parseTypedTime('x', NO_CLOCK)).toMatchObject({ problem: expect.not.stringContaining('clock') })
  })

  it('as the list or the axis writes it is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_400_000 }), (milliseconds) => {
        const time = milliseconds / 1000
        expect(timeOf(formatElapsed(time, 3))).toBeCloseTo(time, 6)
        const clock = formatClock(NIGHT.start, time, 3)
        // Shortly after midnight the two ways to say a time meet, unless the day is said.
        expect(timeOf(clock)).toBeCloseTo(time, 6)
      }),
    )
  })
})
