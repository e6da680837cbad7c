/** The table of what was there against what was said, with the answers that each count is of. */
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../../shared/teaching/quiz/progress.ts'
import { computeResults } from '../../../../shared/teaching/quiz/results.ts'

function answer(minute: number, ...places: readonly (readonly [key: string, given: string])[]): Answer {
  const judged = places.map(([key, given]) => ({ key, given, onsetError: null }))
  const [first, ...others] = judged
  return {
    ...{
      showing: `${minute}`,
      case: `${minute}`,
      at: new Date(Date.UTC(2026, 10, 26, 19, minute)).toISOString(),
    },
    ...{ mode: 'locate', marks: [], confidence: 'sure', criteria: {}, seconds: minute },
    judged: {
      ...{ isRight: false, isKindRight: false, confusion: first!, onsetError: null },
      places: [first!, ...others],
    },
  }
}

describe('the table of answers', () => {
  it('counts every place, right ones too, and has the latest answer first', () => {
    const { table } = computeResults([
      answer(1, ['mimic:oirda', 'spike_wave_3hz']),
      answer(2, ['hypnic_jerk', 'hypnic_jerk'], ['mimic:oirda', 'spike_wave_3hz']),
      answer(3, ['nothing', 'hypnic_jerk']),
    ])
    expect(table.map(({ key, given, count }) => [key, given, count])).toEqual([
      ['mimic:oirda', 'spike_wave_3hz', 2],
      ['hypnic_jerk', 'hypnic_jerk', 1],
      ['nothing', 'hypnic_jerk', 1],
    ])
    expect(table[0]?.answers).toEqual([
      {
        ...{ at: '2026-11-26T19:02:00.000Z', confidence: 'sure', seconds: 2 },
        ...{ key: 'mimic:oirda', given: 'spike_wave_3hz' },
      },
      {
        ...{ at: '2026-11-26T19:01:00.000Z', confidence: 'sure', seconds: 1 },
        ...{ key: 'mimic:oirda', given: 'spike_wave_3hz' },
      },
    ])
  })

  it('lists the last twenty of a count, and counts all', () => {
    const many = Array.from({ length: 25 }, (_, index) => answer(index, ['hypnic_jerk', 'nothing']))
    const [cell] = computeResults(many).table
    expect([cell?.count, cell?.answers.length]).toEqual([25, 20])
    expect([cell?.answers[0]?.seconds, cell?.answers[19]?.seconds]).toEqual([24, 5])
  })
})
