import { describe, expect, it } from 'vitest'
import type { Recording } from '../../../shared/edf/header/model.ts'
import { hintFor, parseTypedPlace, sayPlace } from '../../../shared/text/typedPlace.ts'
import { makeHeader, makeRecording } from '../../support/signals.ts'

type Ground = Parameters<typeof parseTypedPlace>[1]

/** An hour and a half from 23:10:05, past midnight, in records of 1 s. */
const NIGHT = groundOf(makeRecording({ ...makeHeader(['Cz'], 5400), start: '2026-01-31T23:10:05' }))

/** Ten minutes, a gap of twenty, ten minutes more. */
const WITH_GAP = groundOf(
  makeRecording({ ...makeHeader(['Cz'], 1200), start: '2026-01-31T23:10:05' }, [
    { start: 0, end: 600 },
    { start: 1800, end: 2400 },
  ]),
)

function groundOf({ header, timeline }: Recording): Ground {
  const gaps = timeline.segments.slice(1).map((_, index) => {
    const [before, after] = [timeline.segments[index]!, timeline.segments[index + 1]!]
    return { start: before.onset / 1e7 + before.records, end: after.onset / 1e7 }
  })
  return { header, timeline: { ...timeline, gaps }, span: timeline.span }
}

/** Every reading of a place: what it is read as, and the second. */
function placesOf(text: string, ground: Ground = NIGHT) {
  const typed = parseTypedPlace(text, ground)
  return typed.ok ? typed.places.map(({ as, time }) => [as, time]) : typed.problem
}

describe('a typed place', () => {
  it.each<[string, string, number]>([
    ['50 %', 'share', 2700],
    ['12,5%', 'share', 675],
    ['0 %', 'share', 0],
    ['100 %', 'share', 5400],
    ['record 0', 'record', 0],
    ['#785', 'record', 785],
    ['r 785', 'record', 785],
    ['Rec 5399', 'record', 5399],
    ['62.35', 'elapsed', 62.35],
    ['1:13:05', 'elapsed', 4385],
    ['23:11:07', 'clock', 62],
    // The day after: 49 min 55 s after the start it is midnight.
    ['00:10:00 +1 d', 'clock', 3595],
  ])('%s is %s, second %d', (text, as, time) => {
    expect(placesOf(text)).toEqual([[as, time]])
  })

  it('that may be meant by the clock or elapsed is offered as both, as it is written first', () => {
    // 0:20:05 by the clock is 1:10:00 after the start.
    expect(placesOf('00:20:05')).toEqual([
      ['clock', 4200],
      ['elapsed', 1205],
    ])
    expect(placesOf('0:20:05')).toEqual([
      ['elapsed', 1205],
      ['clock', 4200],
    ])
    // Minutes and seconds, or hours and minutes by the clock.
    expect(placesOf('23:30')).toEqual([
      ['elapsed', 1410],
      ['clock', 1195],
    ])
  })

  it('by the clock is offered for each day of a long recording', () => {
    const days = groundOf(makeRecording({ ...makeHeader(['Cz'], 3 * 86_400), start: '2026-01-31T20:00:00' }))
    expect(placesOf('21:00:00', days)).toEqual([
      ['clock', 3600],
      ['clock', 3600 + 86_400],
      ['clock', 3600 + 2 * 86_400],
      ['elapsed', 75_600],
    ])
  })

  it('in a gap is where recording goes on', () => {
    const typed = parseTypedPlace('23:30:05', WITH_GAP)
    expect(typed).toMatchObject({ ok: true, places: [{ time: 1800, gap: { start: 600, end: 1800 } }] })
    if (!typed.ok) return
    expect(sayPlace(typed.places[0], WITH_GAP)).toBe(
      '23:40:05 by the clock · 0:30:00 elapsed, after a gap of 20:00.0',
    )
    // The first moment of what follows lies in no gap, and records are counted without it.
    expect(parseTypedPlace('1800', WITH_GAP)).toMatchObject({ places: [{ time: 1800, gap: null }] })
    expect(placesOf('#599', WITH_GAP)).toEqual([['record', 599]])
    expect(placesOf('#600', WITH_GAP)).toEqual([['record', 1800]])
    // Half of the time from start to end.
    expect(placesOf('50 %', WITH_GAP)).toEqual([['share', 1800]])
  })

  it('is found by its record where a recording begins late and a record does not last a second', () => {
    const header = { ...makeHeader(['Cz'], 100), recordDuration: 0.1 }
    const late = makeRecording(header, [{ start: 5, end: 105 }])
    expect(placesOf('#37', groundOf(late))).toEqual([['record', 8.7]])
  })

  it.each([
    [
      '5400.5',
      '5400.5 is not on the recording, which goes from 23:10:05 (0:00:00 elapsed) to 00:40:05 +1 d (1:30:00 elapsed).',
    ],
    [
      '22:00:00',
      '22:00:00 is not on the recording, which goes from 23:10:05 (0:00:00 elapsed) to 00:40:05 +1 d (1:30:00 elapsed).',
    ],
    ['#5400', 'There is no record 5400: this recording has records 0 to 5399.'],
    ['101 %', '101 % is not on the recording: a share goes from 0 % to 100 %.'],
    [
      'noon',
      '“noon” is no place: write clock time (23:55:05), elapsed time (0:45:00) or seconds, record (#2700), or share (50 %).',
    ],
    [
      '-5',
      '“-5” is no place: write clock time (23:55:05), elapsed time (0:45:00) or seconds, record (#2700), or share (50 %).',
    ],
  ])('%s is refused in one sentence', (text, problem) => {
    expect(placesOf(text)).toBe(problem)
  })

  it('is never asked of a clock that the header does not have', () => {
    const noClock = groundOf(makeRecording(makeHeader(['Cz'], 60)))
    expect(hintFor(noClock)).toBe('write elapsed time (0:00:30) or seconds, record (#30), or share (50 %)')
    expect(placesOf('23:10:05', noClock)).toBe(
      '23:10:05 is not on the recording, which goes from 0:00:00 elapsed to 0:01:00 elapsed.',
    )
  })

  it('by its record needs records', () => {
    const notes = groundOf(makeRecording(makeHeader([], 0), []))
    expect(placesOf('#0', { ...notes, span: { start: 0, end: 100 } })).toMatch(
      /no records with a place in time/,
    )
    expect(placesOf('50 %', { ...notes, span: { start: 0, end: 100 } })).toEqual([['share', 50]])
  })
})
