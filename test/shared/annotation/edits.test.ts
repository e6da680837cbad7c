import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../shared/annotation/applyEdit.ts'
import type { Edit, Mark } from '../../../shared/annotation/document.ts'
import {
  addMark,
  deleteMarks,
  type ImportedMark,
  importMarks,
  moveMark,
  nameOf,
  relabelMark,
  resizeMark,
  setChannels,
  setComment,
  setConfidence,
  setEvidence,
  setMeasured,
} from '../../../shared/annotation/edits.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { type Ticks, ticks } from '../../../shared/units.ts'
import { applied, blankDocument, makeContext, seconds, VIEW, withMarks } from '../../support/annotations.ts'

function markAfter(document: ReturnType<typeof withMarks>, edit: Edit | null, id = 'id-0001'): Mark {
  const after = applied(document, edit)
  expect(checkInvariants(after)).toEqual([])
  return after.marks.find((mark) => mark.id === id)!
}

const at = (start: number, end: number) => ({ onset: seconds(start), duration: seconds(end - start) })

describe('marking', () => {
  it('makes a mark with who, when and the view it was made in', () => {
    const context = { author: 'JS', now: '2026-01-31T09:00:00.000Z', newId: () => 'm1' }
    const edit = addMark(
      blankDocument(),
      { kind: 'hypnic_jerk', ...at(10, 10.25), channels: ['EMG Chin'], evidence: ['emg', 'eeg'], view: VIEW },
      context,
    )!
    expect(edit).toMatchObject({ label: 'mark hypnic jerk', author: 'JS', at: context.now })
    expect(applyEdit(blankDocument(), edit).marks).toEqual([
      {
        id: 'm1',
        kind: 'hypnic_jerk',
        subtype: null,
        onset: 100_000_000,
        duration: 2_500_000,
        channels: ['EMG Chin'],
        confidence: null,
        evidence: ['eeg', 'emg'],
        comment: '',
        view: VIEW,
        author: 'JS',
        created: context.now,
        changed: context.now,
      },
    ])
  })

  it('gives a mark an id of its own where the context gives none', () => {
    const context = { author: 'JS', now: '2026-01-31T09:00:00.000Z' }
    const mark = { kind: 'uncertain', ...at(1, 2), view: null } as const
    const first = addMark(blankDocument(), mark, context)!
    const second = addMark(blankDocument(), mark, context)!
    expect(first.changes[0]!.id).toMatch(/^[0-9a-f]{16}$/)
    expect(second.changes[0]!.id).not.toBe(first.changes[0]!.id)
  })

  it.each([
    ['drawn from right to left', at(12, 10), at(10, 12)],
    ['of no length', at(10, 10), at(10, 10.001)],
    ['shorter than a millisecond', at(10, 10.0004), at(10, 10.001)],
    ['reaching back before the recording', at(-2, 3), at(0, 3)],
    ['wholly before the recording', at(-3, -2), at(0, 0.001)],
  ])('keeps a mark %s sound', (_, drawn, expected) => {
    const document = blankDocument()
    const edit = addMark(document, { kind: 'uncertain', ...drawn, view: VIEW }, makeContext()())
    expect(markAfter(document, edit)).toMatchObject(expected)
  })

  it.each([
    ['hypnic_jerk', null, 'hypnic jerk'],
    ['spike_wave_3hz', null, '3 Hz spike-and-wave'],
    ['mimic', null, 'mimic'],
    ['mimic', 'firda', 'FIRDA'],
    ['mimic', 'emg_artifact', 'EMG artifact'],
    ['mimic', 'vertex_waves', 'vertex-wave train'],
    ['uncertain', null, 'uncertain'],
  ] as const)('names %s %s "%s" inside a sentence', (kind, subtype, name) => {
    expect(nameOf(kind, subtype)).toBe(name)
  })

  it('refuses a mimic that does not exist and drops one that does not belong', () => {
    const mark = { ...at(1, 2), view: VIEW }
    expect(() =>
      addMark(blankDocument(), { kind: 'mimic', subtype: 'sneeze', ...mark }, makeContext()()),
    ).toThrowError(new ReviewError('bad-input', 'There is no mimic "sneeze".'))
    const document = blankDocument()
    const jerk = addMark(document, { kind: 'hypnic_jerk', subtype: 'firda', ...mark }, makeContext()())
    expect(markAfter(document, jerk).subtype).toBeNull()
  })
})

describe('moving', () => {
  const document = withMarks([[10, 12]])

  it('keeps the duration, and stops at the start of the recording', () => {
    expect(
      markAfter(document, moveMark(document, 'id-0001', { onset: seconds(11) }, makeContext()())),
    ).toMatchObject(at(11, 13))
    expect(
      markAfter(document, moveMark(document, 'id-0001', { onset: seconds(-5) }, makeContext()())),
    ).toMatchObject(at(0, 2))
  })

  it('remembers when the mark was changed, and carries its gesture', () => {
    const context = { author: 'AB', now: '2026-02-01T09:00:00.000Z' }
    const edit = moveMark(document, 'id-0001', { onset: seconds(11) }, context, 'drag-1')!
    expect(edit).toMatchObject({ label: 'move mark', gesture: 'drag-1', author: 'AB' })
    expect(markAfter(document, edit)).toMatchObject({ changed: context.now, author: 'JS' })
  })

  it('is no edit where the mark is there already, or is gone', () => {
    expect(moveMark(document, 'id-0001', { onset: seconds(10) }, makeContext()())).toBeNull()
    expect(moveMark(document, 'gone', { onset: seconds(11) }, makeContext()())).toBeNull()
  })
})

describe('moving an edge', () => {
  const document = withMarks([[10, 12]])

  it.each([
    ['start', 9, at(9, 12)],
    ['start', 11, at(11, 12)],
    ['end', 15, at(10, 15)],
    ['end', 11, at(10, 11)],
    ['start', 14, at(12, 14)],
    ['end', 7, at(7, 10)],
    ['start', 12, at(11.999, 12)],
    ['end', 10, at(10, 10.001)],
    ['start', 12.0004, at(12, 12.001)],
    ['end', 9.9996, at(9.999, 10)],
    ['start', -1, at(0, 12)],
    ['end', -1, at(0, 10)],
  ] as const)('%s to %s s', (edge, to, expected) => {
    const edit = resizeMark(document, 'id-0001', { edge, at: seconds(to) }, makeContext()())
    expect(edit?.label).toBe('move edge')
    expect(markAfter(document, edit)).toMatchObject(expected)
  })

  it('holds the other edge through a drag that crosses it and comes back', () => {
    const context = makeContext()
    const from = { start: seconds(10), end: seconds(12) }
    let dragged = document
    for (const [to, expected] of [
      [13, at(12, 13)],
      [14, at(12, 14)],
      [11.5, at(11.5, 12)],
    ] as const) {
      const edit = resizeMark(
        dragged,
        'id-0001',
        { edge: 'start', at: seconds(to), from },
        context(),
        'drag-1',
      )
      dragged = applied(dragged, edit)
      expect(dragged.marks[0]).toMatchObject(expected)
    }
  })

  it('leaves the smallest mark at the very start of the recording', () => {
    const early = withMarks([[0, 1]])
    expect(
      markAfter(early, resizeMark(early, 'id-0001', { edge: 'end', at: 0 as Ticks }, makeContext()())),
    ).toMatchObject(at(0, 0.001))
  })
})

describe('changing what a mark says', () => {
  const document = withMarks([[10, 12]])
  const context = makeContext()

  it('relabels, under the name of the new kind', () => {
    const edit = relabelMark(document, 'id-0001', { kind: 'spike_wave_3hz' }, context())!
    expect(edit.label).toBe('relabel as 3 Hz spike-and-wave')
    const mimic = relabelMark(document, 'id-0001', { kind: 'mimic', subtype: 'oirda' }, context())!
    expect(mimic.label).toBe('relabel as OIRDA')
    expect(markAfter(document, mimic)).toMatchObject({ kind: 'mimic', subtype: 'oirda' })
  })

  it('forgets the mimic when a mark becomes something else', () => {
    const mimic = applied(
      document,
      relabelMark(document, 'id-0001', { kind: 'mimic', subtype: 'oirda' }, context()),
    )
    const edit = relabelMark(mimic, 'id-0001', { kind: 'spike_wave_3hz', subtype: 'oirda' }, context())
    expect(markAfter(mimic, edit)).toMatchObject({ kind: 'spike_wave_3hz', subtype: null })
  })

  it('keeps comments of several lines as plain text', () => {
    const comment = 'arm jerk\r\nseen\ton video\u0000 \u202Ereversed\u202C \uD800.'
    const edit = setComment(document, 'id-0001', comment, context())!
    expect(edit.label).toBe('comment')
    expect(markAfter(document, edit).comment).toBe('arm jerk\nseen on video reversed \uFFFD.')
    expect(
      markAfter(document, setComment(document, 'id-0001', 'é'.repeat(20_000), context())).comment,
    ).toHaveLength(10_000)
  })

  it('sets confidence, channels and evidence in one form', () => {
    expect(markAfter(document, setConfidence(document, 'id-0001', 'probable', context())).confidence).toBe(
      'probable',
    )
    expect(
      markAfter(document, setChannels(document, 'id-0001', [' EMG Chin', 'EMG Chin', ''], context()))
        .channels,
    ).toEqual(['EMG Chin'])
    expect(
      markAfter(document, setEvidence(document, 'id-0001', ['video', 'eeg', 'video'], context())).evidence,
    ).toEqual(['eeg', 'video'])
  })

  it('pins measured values, each entry once, and takes the field away with the last', () => {
    const pin = (entry: string) => ({
      ...{ entry, label: entry, text: '1', values: [] },
      ...{ onset: document.marks[0]!.onset, duration: document.marks[0]!.duration },
    })
    const edit = setMeasured(document, 'id-0001', [pin('rate'), pin('spikes'), pin('rate')], context())!
    expect(edit.label).toBe('pin a measured value')
    const pinned = applied(document, edit)
    expect(pinned.marks[0]!.measured?.map(({ entry }) => entry)).toEqual(['rate', 'spikes'])
    const less = setMeasured(pinned, 'id-0001', [], context())!
    expect(less.label).toBe('unpin a measured value')
    expect(markAfter(pinned, less)).not.toHaveProperty('measured')
    expect(setMeasured(pinned, 'id-0001', pinned.marks[0]!.measured!, context())).toBeNull()
    expect(setMeasured(document, 'id-none', [pin('rate')], context())).toBeNull()
  })

  it('is no edit where nothing would be different', () => {
    expect(relabelMark(document, 'id-0001', { kind: 'hypnic_jerk' }, context())).toBeNull()
    expect(setComment(document, 'id-0001', '', context())).toBeNull()
    expect(setConfidence(document, 'id-0001', null, context())).toBeNull()
    expect(setChannels(document, 'id-0001', [''], context())).toBeNull()
    expect(setEvidence(document, 'id-0001', [], context())).toBeNull()
  })
})

describe('deleting', () => {
  const document = withMarks([
    [10, 12],
    [20, 21],
    [30, 31],
  ])

  it('takes away the marks that are there', () => {
    expect(
      applied(document, deleteMarks(document, ['id-0002'], makeContext()())).marks.map((mark) => mark.id),
    ).toEqual(['id-0001', 'id-0003'])
    const edit = deleteMarks(document, ['id-0001', 'gone', 'id-0003', 'id-0001'], makeContext()())!
    expect(edit.label).toBe('delete 2 marks')
    expect(applyEdit(document, edit).marks.map((mark) => mark.id)).toEqual(['id-0002'])
    expect(deleteMarks(document, ['gone'], makeContext()())).toBeNull()
  })
})

describe('importing', () => {
  const imported = (start: number, end: number): ImportedMark => ({
    kind: 'hypnic_jerk',
    subtype: null,
    ...at(start, end),
    channels: [],
    confidence: null,
    evidence: [],
    comment: '',
    view: null,
  })

  it('adds marks in order as one step, moments included', () => {
    const document = withMarks([[10, 12]])
    const edit = importMarks(document, [imported(20, 21), imported(5, 5)], makeContext('AB')())!
    expect(edit.label).toBe('import 2 marks')
    expect(applyEdit(document, edit).marks.map((mark) => mark.onset / 1e7)).toEqual([5, 10, 20])
  })

  it('adds nothing when done twice', () => {
    const document = withMarks([[10, 12]])
    const marks = [imported(20, 21), imported(20, 21), imported(10, 12)]
    const once = applied(document, importMarks(document, marks, makeContext()()))
    expect(once.marks).toHaveLength(2)
    expect(importMarks(once, marks, makeContext()())).toBeNull()
  })

  it('keeps who made a mark and its id, unless the id is taken', () => {
    const document = withMarks([[10, 12]])
    const made = { author: 'XY', created: '2020-01-01T00:00:00.000Z', changed: '2020-01-02T00:00:00.000Z' }
    const edit = importMarks(
      document,
      [
        { ...imported(20, 21), ...made, id: 'theirs' },
        { ...imported(30, 31), id: 'id-0001' },
      ],
      makeContext('AB')(),
    )
    const { marks } = applied(document, edit)
    expect(marks[1]).toMatchObject({ id: 'theirs', ...made })
    expect(marks[2]).toMatchObject({ id: 'id-0002', author: 'AB' })
  })

  it('refuses what is no mark, and says why', () => {
    const bad = { ...imported(1, 2), id: 'x', duration: ticks(-5) }
    expect(() => importMarks(blankDocument(), [bad], makeContext()())).toThrowError(
      new ReviewError('bad-input', 'A mark cannot be imported: x: duration is below 0.'),
    )
  })
})
