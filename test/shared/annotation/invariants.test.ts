import { describe, expect, it } from 'vitest'
import type { AnnotationDocument, Mark } from '../../../shared/annotation/document.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { type Ticks, ticks } from '../../../shared/units.ts'
import { blankDocument, withMarks } from '../../support/annotations.ts'

const sound = withMarks([
  [10, 12],
  [20, 21],
])

function withFirst(change: Partial<Record<keyof Mark, unknown>>): AnnotationDocument {
  return { ...sound, marks: [{ ...sound.marks[0]!, ...change } as Mark, sound.marks[1]!] }
}

const range = (id: string, onset: number, duration: number) => ({
  id,
  onset: ticks(onset),
  duration: ticks(duration),
})

describe('what always holds of a document', () => {
  it('holds of an empty one and of one with marks', () => {
    expect(checkInvariants(blankDocument())).toEqual([])
    expect(checkInvariants(sound)).toEqual([])
    expect(checkInvariants(withFirst({ duration: 0, subtype: 'firda', kind: 'mimic' }))).toEqual([])
  })

  it.each<[string, AnnotationDocument, string]>([
    ['an id used twice', withFirst({ id: 'id-0002' }), 'id id-0002 is used twice'],
    [
      'an id shared with a range',
      { ...sound, reviewed: [range('id-0001', 0, 5)] },
      'id id-0001 is used twice',
    ],
    ['half a tick', withFirst({ onset: 0.5 as Ticks }), 'id-0001: onset is not a whole number of ticks'],
    [
      'no number',
      withFirst({ duration: Number.NaN as Ticks }),
      'id-0001: duration is not a whole number of ticks',
    ],
    ['a negative duration', withFirst({ duration: -1 as Ticks }), 'id-0001: duration is below 0'],
    [
      'an end beyond counting',
      withFirst({ duration: Number.MAX_SAFE_INTEGER as Ticks }),
      'id-0001: end is beyond what ticks can count',
    ],
    ['a kind of its own', withFirst({ kind: 'seizure' }), 'mark id-0001: kind is unknown'],
    ['a subtype on a jerk', withFirst({ subtype: 'firda' }), 'mark id-0001: subtype is for mimics only'],
    ['an unknown mimic', withFirst({ kind: 'mimic', subtype: 'sneeze' }), 'mark id-0001: subtype is unknown'],
    ['a label twice', withFirst({ channels: ['a', 'a'] }), 'mark id-0001: channels hold a label twice'],
    [
      'an empty label',
      withFirst({ channels: [''] }),
      'mark id-0001: channels hold an empty label or one that is not plain text',
    ],
    [
      'a comment that turns text round',
      withFirst({ comment: '\u202Ex' }),
      'mark id-0001: comment is too long or not plain text',
    ],
    ['a time of another form', withFirst({ created: '31.01.2026' }), 'mark id-0001: created is not a time'],
    [
      'marks out of order',
      { ...sound, marks: [...sound.marks].reverse() },
      'marks are not in order of onset',
    ],
    [
      'ranges that touch',
      { ...sound, reviewed: [range('a', 0, 5), range('b', 5, 5)] },
      'reviewed ranges touch or are not in order',
    ],
    ['an empty range', { ...sound, reviewed: [range('a', 0, 0)] }, 'range a: duration is not above 0'],
    ['no reviewer', { ...sound, reviewer: '' }, 'reviewer is empty or not plain text'],
  ])('finds %s', (_, document, problem) => {
    expect(checkInvariants(document)).toContain(problem)
  })
})
