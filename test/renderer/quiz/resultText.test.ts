import { describe, expect, it } from 'vitest'
import { errorText, givenText, keyText, scheduleText, votesText } from '../../../renderer/quiz/answerText.ts'
import { countsText, endText, onsetText, secondsText } from '../../../renderer/quiz/resultText.ts'
import { leaningText } from '../../../shared/teaching/quiz/leaning.ts'
import { formatMoment } from '../../../shared/text/moment.ts'
import { seconds } from '../../support/annotations.ts'

const JERK = { kind: 'hypnic_jerk', subtype: null } as const
const OIRDA = { kind: 'mimic', subtype: 'oirda' } as const

describe('an answer in words', () => {
  it('names what was there and what was said', () => {
    expect(keyText([])).toBe('nothing to mark')
    expect(keyText([JERK, OIRDA])).toBe('Hypnic jerk, Mimic · OIRDA')
    const mark = { ...OIRDA, onset: seconds(1), duration: seconds(1) }
    const said = { marks: [mark], confidence: 'probable', criteria: {}, seconds: 3 } as const
    expect(givenText(said)).toBe('Mimic · OIRDA, probable')
    expect(givenText({ ...said, marks: [] })).toBe('nothing to mark, probable')
  })

  it.each([
    [null, ''],
    [0.004, ' Your onset is that of the key.'],
    [0.12, ' Your onset is 0.12 s late.'],
    [-1.5, ' Your onset is 1.50 s early.'],
  ])('says by how much an onset is off: %s', (error, text) => {
    expect(errorText(error)).toBe(text)
  })

  it('says when it is asked again', () => {
    const due = '2026-11-27T09:00:00.000Z'
    const now = '2026-11-26T19:00:00.000Z'
    expect(scheduleText({ due: now, retired: false, comesAgain: true }, now)).toBe(
      'It is asked again after some others.',
    )
    expect(scheduleText({ due: now, retired: false, comesAgain: false }, now)).toBe(
      'It comes again with the next quiz.',
    )
    expect(scheduleText({ due, retired: false, comesAgain: false }, now)).toBe(
      `Asked again from ${formatMoment(due).slice(0, 16)}.`,
    )
    expect(scheduleText({ due: null, retired: true, comesAgain: false })).toBe(
      'Mastered: it is not asked again.',
    )
  })

  it('says what each reader had marked', () => {
    const mark = { ...JERK, onset: seconds(1), duration: seconds(1), confidence: null }
    expect(
      votesText([
        { reader: 'R-02', mark },
        { reader: 'R-03', mark: null },
      ]),
    ).toBe('R-02 Hypnic jerk, R-03 nothing')
  })
})

describe('results in words', () => {
  const counts = { hits: 8, misses: 2, falseAlarms: 5, correctRejections: 19 }

  it.each([
    [-0.21, null, 'is called too readily (liberal).'],
    [0.21, null, 'is called too seldom (strict).'],
    [0.2, null, 'is called neither too readily nor too seldom.'],
    // Too few to say: the note says so.
    [-2, 'From 3 with and 7 without.', ''],
    [null, null, ''],
  ])('say to which side a learner leans: %s', (criterion, note, text) => {
    expect(leaningText({ criterion, note })).toBe(text)
  })

  it('give the figures with their counts', () => {
    const detection = { of: 'hypnic_jerk', ...counts, note: null } as const
    expect(countsText({ ...detection, dPrime: 1.624, dPrimeInterval: [0.5, 2.748], criterion: -0.049 })).toBe(
      'd′ 1.62 (95 %: 0.50 to 2.75), criterion −0.05. Seen in 8 of 10, called in 5 of 24 that were something else.',
    )
    expect(countsText({ ...detection, dPrime: null, dPrimeInterval: null, criterion: null })).toBe(
      'Seen in 8 of 10, called in 5 of 24 that were something else.',
    )
  })

  it('give a middle and how far half of them scatter', () => {
    const onset = {
      of: 'hypnic_jerk',
      count: 9,
      median: 0.04,
      quartiles: [-0.02, 0.111],
      note: null,
    } as const
    expect(onsetText(onset)).toBe('0.04 s late, half of them from 0.02 s early to 0.11 s late (9 marks)')
    expect(onsetText({ ...onset, count: 0, median: null, quartiles: null })).toBe('')
    expect(onsetText({ ...onset, count: 1, median: 0.001, quartiles: [0, 0.2] })).toBe(
      'on time, half of them from on time to 0.20 s late (1 mark)',
    )
    expect(secondsText({ count: 3, median: 24, quartiles: [17.04, 31.5], note: null })).toBe(
      '24.0 s, half of them 17.0 to 31.5 s',
    )
    expect(secondsText({ count: 0, median: null, quartiles: null, note: null })).toBe('none yet')
  })
})

it('the end says why nothing is left, and when something is again', () => {
  const now = '2026-11-26T19:00:00.000Z'
  const nextDue = '2026-11-27T09:00:00.000Z'
  const end = (reason: 'no-cases' | 'all-retired' | 'none-due', due: string | null) =>
    endText({ type: 'end', reason, nextDue: due }, now)
  expect(end('all-retired', null)).toBe('You have mastered every case of this lesson.')
  expect(end('no-cases', null)).toContain('its recordings are not found')
  expect(end('none-due', nextDue)).toBe(
    `Nothing is due now; the next case comes back on ${formatMoment(nextDue)}.`,
  )
  // A missed one waits for no day.
  expect(end('none-due', now)).toBe('Every case was asked. What you missed comes again with the next quiz.')
})
