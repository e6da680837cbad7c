/** What an answer is worth: where first, then what; by the rules that readers are compared by. */
import { describe, expect, it } from 'vitest'
import type { KeyMark } from '../../../../shared/teaching/lesson.ts'
import { calledName, calledOf } from '../../../../shared/teaching/quiz/called.ts'
import { judge } from '../../../../shared/teaching/quiz/judge.ts'
import type { GivenMark, QuizMode } from '../../../../shared/teaching/quiz/judgement.ts'
import { CASE } from '../../../support/lessons.ts'
import { given } from '../../../support/quiz.ts'

const keyOf = (...marks: readonly GivenMark[]): readonly KeyMark[] =>
  marks.map((mark, index) => ({ ...CASE.key.marks[0]!, ...mark, id: `key ${index}` }))

function judged(key: readonly GivenMark[], marks: readonly GivenMark[], mode: QuizMode = 'locate') {
  return judge({ marks: keyOf(...key), votes: [] }, marks, mode)
}

const JERK = given('hypnic_jerk', 123.4, 0.2)
const RUN = given('spike_wave_3hz', 121, 5)
const OIRDA = given('mimic', 121, 5, 'oirda')

describe('an answer that says where', () => {
  it('is right within a quarter of a second of a jerk, and not beyond', () => {
    expect(judged([JERK], [given('hypnic_jerk', 123.6, 0.2)])).toMatchObject({
      isRight: true,
      onsetError: 0.2,
    })
    expect(judged([JERK], [given('hypnic_jerk', 123.2, 0.1)])).toMatchObject({
      isRight: true,
      onsetError: -0.2,
    })
    expect(judged([JERK], [given('hypnic_jerk', 124, 0.2)])).toMatchObject({
      isRight: false,
      onsetError: null,
      places: [
        { key: 'hypnic_jerk', given: 'nothing' },
        { key: 'nothing', given: 'hypnic_jerk' },
      ],
    })
  })

  it('is right for a run with 1 s at its onset and 2 s at its end', () => {
    expect(judged([RUN], [given('spike_wave_3hz', 121.9, 6)]).isRight).toBe(true)
    expect(judged([RUN], [given('spike_wave_3hz', 130, 5)]).isRight).toBe(false)
  })

  it('at the place of another kind is a confusion of both, with an onset error', () => {
    expect(judged([OIRDA], [given('spike_wave_3hz', 121.5, 4.5)])).toMatchObject({
      isRight: false,
      isKindRight: false,
      confusion: { key: 'mimic:oirda', given: 'spike_wave_3hz' },
      onsetError: 0.5,
      places: [{ key: 'mimic:oirda', given: 'spike_wave_3hz' }],
    })
  })

  it('that calls a mimic another mimic has the kind right', () => {
    expect(judged([OIRDA], [given('mimic', 121, 5, 'firda')])).toMatchObject({
      isRight: false,
      isKindRight: true,
    })
    expect(judged([OIRDA], [given('mimic', 121, 5)])).toMatchObject({ isRight: false, isKindRight: true })
    expect(judged([OIRDA], [given('mimic', 121, 5, 'oirda')]).isRight).toBe(true)
  })

  it('of nothing is right where nothing is', () => {
    expect(judged([], [])).toEqual({
      ...{ isRight: true, isKindRight: true, onsetError: null },
      confusion: { key: 'nothing', given: 'nothing' },
      places: [{ key: 'nothing', given: 'nothing', onsetError: null }],
    })
    expect(judged([], [JERK])).toMatchObject({
      isRight: false,
      confusion: { key: 'nothing', given: 'hypnic_jerk' },
    })
    expect(judged([JERK], [])).toMatchObject({
      isRight: false,
      confusion: { key: 'hypnic_jerk', given: 'nothing' },
    })
  })

  it('that draws a run in two pieces has drawn it', () => {
    const pieces = [given('spike_wave_3hz', 123.5, 2.5), given('spike_wave_3hz', 121, 2)]
    expect(judged([RUN], pieces)).toMatchObject({ isRight: true, onsetError: 0 })
  })

  it('at another place than the event is a miss first of all', () => {
    const { confusion, places } = judged([JERK], [given('hypnic_jerk', 121, 0.2)])
    expect(confusion).toEqual({ key: 'hypnic_jerk', given: 'nothing' })
    expect(places.map(({ key }) => key)).toEqual(['nothing', 'hypnic_jerk'])
  })

  it('of several finds each once, and one too many is wrong', () => {
    const jerks = [given('hypnic_jerk', 122, 0.2), given('hypnic_jerk', 127, 0.2)]
    expect(judged(jerks, [jerks[1]!, jerks[0]!]).isRight).toBe(true)
    expect(judged(jerks, [...jerks, given('hypnic_jerk', 129, 0.2)])).toMatchObject({
      isRight: false,
      confusion: { key: 'nothing', given: 'hypnic_jerk' },
    })
    expect(judged(jerks, jerks.slice(1)).confusion).toEqual({ key: 'hypnic_jerk', given: 'nothing' })
  })
})

describe('an answer that only labels', () => {
  it('asks for the kind and, of a mimic, for which; never where', () => {
    expect(judged([JERK], [given('hypnic_jerk')], 'label')).toMatchObject({ isRight: true, onsetError: null })
    expect(judged([OIRDA], [given('mimic', 120, 10, 'firda')], 'label')).toMatchObject({
      isRight: false,
      isKindRight: true,
      confusion: { key: 'mimic:oirda', given: 'mimic:firda' },
    })
    expect(judged([], [], 'label').isRight).toBe(true)
    expect(judged([RUN], [], 'label').confusion).toEqual({ key: 'spike_wave_3hz', given: 'nothing' })
  })

  it('of a stretch with several names one of them', () => {
    expect(judged([OIRDA, JERK], [given('hypnic_jerk')], 'label').isRight).toBe(true)
    expect(judged([JERK, OIRDA], [given('mimic', 120, 10, 'firda')], 'label').confusion.key).toBe(
      'mimic:oirda',
    )
  })

  it('has one label', () => {
    expect(() => judged([JERK], [JERK, RUN], 'label')).toThrow('The stretch has 2 labels: give it one')
  })
})

it('calls places as marks are called', () => {
  expect([null, JERK, OIRDA].map((mark) => calledName(calledOf(mark)))).toEqual([
    'Nothing',
    'Hypnic jerk',
    'Mimic · OIRDA',
  ])
})
