/** Figures of a learner: those of detection and shares against scipy, the others by hand. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Detection, detect } from '../../../../shared/teaching/quiz/detection.ts'
import { inverseNormal } from '../../../../shared/teaching/quiz/normal.ts'
import type { Answer } from '../../../../shared/teaching/quiz/progress.ts'
import { computeResults, fewMimics } from '../../../../shared/teaching/quiz/results.ts'
import { wilsonInterval } from '../../../../shared/teaching/quiz/wilson.ts'
import { answer, given } from '../../../support/quiz.ts'

type Stored = {
  readonly normal: readonly { readonly share: number; readonly z: number }[]
  readonly detection: readonly (Detection & {
    dPrime: number
    criterion: number
    dPrimeInterval: [number, number]
  })[]
  readonly shares: readonly {
    readonly count: number
    readonly of: number
    readonly interval: [number, number]
  }[]
}

/** Written by test/fixtures/quiz/reference.py. */
const SCIPY: Stored = JSON.parse(
  readFileSync(new URL('../../../fixtures/quiz/scipy.json', import.meta.url), 'utf8'),
)

describe('figures are those of scipy', () => {
  it.each(SCIPY.normal)('z of $share', ({ share, z }) => {
    expect(inverseNormal(share)).toBeCloseTo(z, 10)
  })

  it.each(SCIPY.detection)(
    'd’ and criterion of $hits, $misses, $falseAlarms, $correctRejections',
    ({ dPrime, criterion, dPrimeInterval, ...counts }) => {
      const found = detect(counts)
      expect(found.dPrime).toBeCloseTo(dPrime, 10)
      expect(found.criterion).toBeCloseTo(criterion, 10)
      expect(found.dPrimeInterval?.[0]).toBeCloseTo(dPrimeInterval[0], 10)
      expect(found.dPrimeInterval?.[1]).toBeCloseTo(dPrimeInterval[1], 10)
    },
  )

  it.each(SCIPY.shares)('the interval of $count of $of', ({ count, of, interval }) => {
    const [low, high] = wilsonInterval(count, of)
    expect(low).toBeCloseTo(interval[0], 10)
    expect(high).toBeCloseTo(interval[1], 10)
  })

  it('and none where there was but one sort', () => {
    const counts = { hits: 3, misses: 1, falseAlarms: 0, correctRejections: 0 }
    expect(detect(counts)).toEqual({ ...counts, dPrime: null, dPrimeInterval: null, criterion: null })
  })

  it('no z beyond a share', () => {
    for (const share of [0, 1, -0.1, Number.NaN]) expect(() => inverseNormal(share)).toThrow(RangeError)
  })
})

const JERK = given('hypnic_jerk')
const RUN = given('spike_wave_3hz')
const OIRDA = given('mimic', 120, 10, 'oirda')

/** So many answers to cases of their own. */
function times(count: number, facts: Parameters<typeof answer>[0]): readonly Answer[] {
  return Array.from({ length: count }, () => answer(facts))
}

describe('results', () => {
  it('count what was right, and which confusions there were', () => {
    const results = computeResults([
      ...times(3, { key: [OIRDA], marks: [RUN] }),
      ...times(2, { key: [JERK], marks: [JERK] }),
      ...times(1, { key: [JERK], marks: [] }),
    ])
    expect(results).toMatchObject({ answered: 6, right: 2, first: { answered: 6, right: 2 } })
    expect(results.confusions).toEqual([
      { key: 'mimic:oirda', given: 'spike_wave_3hz', count: 3 },
      { key: 'hypnic_jerk', given: 'nothing', count: 1 },
    ])
  })

  it('take each showing for one decision, was it called spike-and-wave, and first showings alone', () => {
    const first = [
      ...times(8, { key: [RUN], marks: [RUN] }),
      ...times(2, { key: [RUN], marks: [OIRDA] }),
      ...times(4, { key: [OIRDA], marks: [RUN] }),
      ...times(6, { key: [JERK], marks: [JERK] }),
    ]
    const again = first.map((each) => ({ ...each, showing: `${each.showing} again` }))
    const { detection } = computeResults([...first, ...again])
    const expected = detect({ hits: 8, misses: 2, falseAlarms: 4, correctRejections: 6 })
    expect(detection[0]).toEqual({ of: 'spike_wave_3hz', ...expected, note: null })
    expect(detection[1]).toMatchObject({
      of: 'hypnic_jerk',
      ...{ hits: 6, misses: 0, falseAlarms: 0, correctRejections: 14 },
      note: 'From 6 with and 14 without: below 10 of either, chance decides most of it.',
    })
  })

  it('say where there is nothing to tell from', () => {
    expect(
      computeResults(times(3, { key: [JERK], marks: [JERK] })).detection.map(({ note }) => note),
    ).toEqual([
      'No case of 3 Hz spike-and-wave is answered yet: nothing can be said.',
      'Every case so far was Hypnic jerk: nothing can be said.',
    ])
  })

  it('have the onset error of events that were found and named: its median and quartiles, by hand', () => {
    const at = [-0.2, 0.1, 0, 0.2, 0.05]
    const answers = at.map((late) =>
      answer({
        mode: 'locate',
        key: [given('hypnic_jerk', 123, 0.2)],
        marks: [given('hypnic_jerk', 123 + late, 0.2)],
      }),
    )
    const wrong = answer({
      mode: 'locate',
      key: [given('mimic', 123, 0.2, 'arousal')],
      marks: [given('hypnic_jerk', 123.2, 0.2)],
    })
    const [runs, jerks] = computeResults([...answers, wrong]).onsetError
    expect(jerks).toEqual({ of: 'hypnic_jerk', count: 5, median: 0.05, quartiles: [0, 0.1], note: null })
    expect(runs).toEqual({
      ...{ of: 'spike_wave_3hz', count: 0, median: null, quartiles: null },
      note: 'No 3 Hz spike-and-wave marks so far: too few to say.',
    })
  })

  it('follow the first answers by tens', () => {
    const { curve } = computeResults([
      ...times(10, { key: [JERK], marks: [], seconds: 40 }),
      ...times(12, { key: [JERK], marks: [JERK], seconds: 20 }),
    ])
    expect(curve.blocks).toEqual([
      { from: 1, to: 10, right: 0, seconds: 40 },
      { from: 11, to: 20, right: 10, seconds: 20 },
      { from: 21, to: 22, right: 2, seconds: 20 },
    ])
    expect(curve.note).toMatch(/easier ones first/)
    expect(computeResults([answer()]).curve.note).toBe('A curve needs two blocks of 10 cases; 1 is answered.')
  })

  it('set confidence beside how often it was right', () => {
    const rows = computeResults([
      ...times(3, { key: [JERK], marks: [JERK], confidence: 'sure' }),
      ...times(1, { key: [JERK], marks: [RUN], confidence: 'sure' }),
    ]).confidence
    const [low, high] = SCIPY.shares.find(({ count, of }) => count === 3 && of === 4)!.interval
    expect(rows[0]).toMatchObject({ confidence: 'sure', answered: 4, right: 3 })
    expect(rows[0]?.interval?.[0]).toBeCloseTo(low, 10)
    expect(rows[0]?.interval?.[1]).toBeCloseTo(high, 10)
    expect(rows[2]).toEqual({ confidence: 'possible', answered: 0, right: 0, interval: null })
  })

  it('say what too few mimics, and fewer than a handful of answers, mean', () => {
    const { mimics, seconds } = computeResults([
      ...times(1, { key: [OIRDA], marks: [OIRDA] }),
      ...times(3, { key: [JERK], marks: [JERK] }),
    ])
    expect(mimics).toEqual({
      ...{ seen: 1, share: 0.25 },
      note: '1 of 4 cases is a mimic (25 %, below 40 %): who calls everything an event does well among so few, and how you tell them apart is hardly tested.',
    })
    expect(seconds.note).toBe('Only 4 answers so far: too few to say.')
    const one = computeResults(times(1, { key: [JERK], marks: [JERK] }))
    expect(one.seconds.note).toBe('Only 1 answer so far: too few to say.')
    expect([fewMimics(2, 5), fewMimics(0, 0)]).toEqual([null, null])
    expect(computeResults([])).toMatchObject({
      ...{ answered: 0, confusions: [], mimics: { share: null, note: null } },
      curve: { blocks: [] },
    })
  })
})
