/** A consensus set: each event decided, by whom and why, as steps that can be undone. */
import { describe, expect, it } from 'vitest'
import type { ComparedReader } from '../../../shared/agreement/consensus.ts'
import {
  CONSENSUS_REVIEWER,
  decideCase,
  decisionKeys,
  decisionsByMark,
  takeAgreed,
} from '../../../shared/agreement/consensus.ts'
import { DEFAULT_RULES } from '../../../shared/agreement/rules.ts'
import { compareSeveral } from '../../../shared/agreement/several.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { addMark, setComment } from '../../../shared/annotation/edits.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { EMPTY_HISTORY, record, undo } from '../../../shared/annotation/history.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import type { MarkKind } from '../../../shared/annotation/kinds.ts'
import { addReviewed } from '../../../shared/annotation/reviewed.ts'
import { applied, blankDocument, makeContext, seconds, VIEW } from '../../support/annotations.ts'

const context = makeContext('JS')

function read(
  reviewer: string,
  marks: readonly (readonly [start: number, end: number, kind?: MarkKind])[],
): AnnotationDocument {
  const own = makeContext(reviewer)
  const ids = { newId: () => `${reviewer} ${Math.random()}` }
  const whole = applied(
    blankDocument(reviewer),
    addReviewed(blankDocument(reviewer), { start: seconds(0), end: seconds(600) }, { ...own(), ...ids }),
  )
  return marks.reduce((document, [start, end, kind = 'hypnic_jerk']) => {
    const mark = { kind, onset: seconds(start), duration: seconds(end - start), view: VIEW }
    return applied(document, addMark(document, mark, { ...own(), ...ids }))
  }, whole)
}

const a = read('A', [
  [10, 10.2],
  [50, 50.2],
  [90, 99, 'spike_wave_3hz'],
])
const b = read('B', [
  [10.1, 10.4],
  [90, 98, 'uncertain'],
])
const readers: readonly ComparedReader[] = [a, b].map(({ reviewer, changed }) => ({ reviewer, changed }))
const { cases, common } = compareSeveral([a, b], DEFAULT_RULES)
const [agreed, missed, differing] = cases
const empty = blankDocument(CONSENSUS_REVIEWER)

describe('a consensus set', () => {
  const begun = applied(empty, takeAgreed(empty, { cases, common, readers }, context()))

  it('begins with what all have read and agree on, edges in the middle of theirs', () => {
    expect(begun.reviewed).toMatchObject([{ onset: 0, duration: seconds(600) }])
    expect(begun.marks).toMatchObject([
      { kind: 'hypnic_jerk', onset: seconds(10.05), duration: seconds(0.25), author: 'JS', comment: '' },
    ])
    expect(begun.decisions).toMatchObject([
      {
        onset: seconds(10),
        duration: seconds(0.4),
        mark: begun.marks[0]?.id,
        taken: null,
        author: 'JS',
        readers: [
          { reviewer: 'A', marks: [a.marks[0]?.id] },
          { reviewer: 'B', marks: [b.marks[0]?.id] },
        ],
      },
    ])
    expect(takeAgreed(begun, { cases, common, readers }, context())).toBeNull()
  })

  it("takes a reader's mark, with who decided and why", () => {
    const edit = decideCase(
      begun,
      { case: missed!, readers },
      { take: 0 },
      'Burst in chin and neck.',
      context(),
    )
    const document = applied(begun, edit)
    expect(document.marks[1]).toMatchObject({ onset: seconds(50), author: 'JS' })
    expect(document.marks[1]?.id).not.toBe(a.marks[1]?.id)
    expect(document.decisions?.[1]).toMatchObject({
      taken: 'A',
      reason: 'Burst in chin and neck.',
      readers: [
        { reviewer: 'A', marks: [a.marks[1]?.id] },
        { reviewer: 'B', marks: [] },
      ],
    })
    expect(edit.label).toBe('decide as A')
  })

  it('remembers that there is no event, which leaves no mark', () => {
    const document = applied(
      begun,
      decideCase(begun, { case: missed!, readers }, { take: 'none' }, '', context()),
    )
    expect(document.marks).toHaveLength(1)
    const known = decisionsByMark(document)
    const [key = ''] = decisionKeys(missed!, readers)
    expect(known.get(key)).toMatchObject({ mark: null, taken: null })
    expect(decisionKeys(differing!, readers).some((each) => known.has(each))).toBe(false)
  })

  it('takes the place of an earlier decision, also where its mark was changed since', () => {
    const first = applied(begun, decideCase(begun, { case: differing!, readers }, { take: 0 }, '', context()))
    const mark = first.marks.find(({ kind }) => kind === 'spike_wave_3hz')!
    const commented = applied(first, setComment(first, mark.id, 'moved', context()))
    const second = applied(
      commented,
      decideCase(commented, { case: differing!, readers }, { take: 1 }, 'No spikes.', context()),
    )
    expect(second.marks.map(({ kind }) => kind)).toEqual(['hypnic_jerk', 'uncertain'])
    expect(second.decisions).toHaveLength(2)
    expect(checkInvariants(second)).toEqual([])
  })

  it('is undone step by step', () => {
    const edit = decideCase(begun, { case: missed!, readers }, { take: 0 }, 'Why.', context())
    const document = applied(begun, edit)
    const back = undo(document, record(EMPTY_HISTORY, edit))
    expect({ ...back?.document, changed: begun.changed }).toEqual(begun)
  })

  it('is written and read again', () => {
    const document = applied(
      begun,
      decideCase(begun, { case: missed!, readers }, { take: 0 }, 'Why.', context()),
    )
    expect(parseSet(serializeSet(document))).toEqual(document)
    expect(agreed).toBeDefined()
  })

  it('with a decision that is none is refused with its field', () => {
    const document = JSON.parse(serializeSet(begun))
    document.decisions[0].readers = []
    expect(() => parseSet(JSON.stringify(document))).toThrow(/decision .*readers are missing/)
    document.decisions[0].readers = [{ reviewer: 'A', changed: 'yesterday', marks: [] }]
    expect(() => parseSet(JSON.stringify(document))).toThrow(
      /decisions\[0\]\.readers\[0\]\.changed should be/,
    )
  })
})
