import { beforeEach, describe, expect, it } from 'vitest'
import { beginBlind, signOff } from '../../../renderer/store/closing.ts'
import { toggleLane } from '../../../renderer/store/lanes.ts'
import { addMarkOver, undoStep } from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { hasUnsaved, isMarkable, lanesOf, readerOf } from '../../../renderer/store/selectors.ts'
import { getState, patchRecording } from '../../../renderer/store/state.ts'
import type { SavedSet, SetSummary } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { withMarks } from '../../support/annotations.ts'
import { type Asked, openedSet, PLAIN_SET } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow, setNow } from '../../support/reviewWindow.ts'

const OTHER: SetSummary = {
  ...{ ref: 'MK', name: 'recording.MK.hypnospike.json', reviewer: 'MK', marks: 1, changed: null },
  ...PLAIN_SET,
}
const SIGNED: NonNullable<SavedSet['signed']> = {
  at: '2026-01-31T09:00:00.000Z',
  by: 'JS',
  hash: 'a'.repeat(64),
  marks: 1,
  blind: true,
  changedSince: 0,
  isIntact: true,
}
const SAVED = { fileName: 'recording.JS.hypnospike.json', savedAt: SIGNED.at, signed: null }

let asked: Asked
let isSealed: boolean

beforeEach(() => {
  isSealed = false
  asked = openEmptySet({
    beginBlind: async () => {
      isSealed = true
      return SAVED
    },
    signOff: async () => {
      isSealed = false
      return { ...SAVED, signed: SIGNED }
    },
    openSet: async () =>
      openedSet({ setId: 'other', readOnly: true, document: { ...withMarks([[5, 6]]), reviewer: 'MK' } }),
    closeSet: async () => null,
    listSets: async () => [{ ...OTHER, isSealed, marks: isSealed ? null : 1 }],
  })
  patchRecording({ sets: [OTHER] })
})

const lanes = () => lanesOf(getState().sets).map(readerOf)

describe('a blind review', () => {
  it('begins with a save, and what was read of others goes from the window', async () => {
    await toggleLane('MK')
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    await beginBlind()
    expect(asked.beginBlind).toEqual([{ setId: 'set' }])
    expect(asked.closeSet).toEqual([{ setId: 'other' }])
    expect(Object.keys(getState().sets.byId)).toEqual(['set'])
    expect(setNow().document.blind).toBe(true)
    expect(hasUnsaved(getState())).toBe(false)
    // It can be marked in as before.
    expect(isMarkable(setNow())).toBe(true)
  })

  it('ends with the sign-off, which closes one’s own set and shows the others', async () => {
    await beginBlind()
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    await signOff()
    expect(asked.signOff).toEqual([{ setId: 'set' }])
    expect(asked.journal).toHaveLength(1)
    expect(lanes()).toEqual(['MK'])
    expect(noticesNow().at(-1)?.text).toBe(
      'Signed off: recording.JS.hypnospike.json is closed, and the other set is open to you.',
    )
  })

  it('stays as it was where the sign-off cannot be written', async () => {
    asked = openEmptySet({
      signOff: async () => {
        throw new ReviewError('disk-full', 'The disk is full.')
      },
    })
    await signOff()
    expect(setNow().refusal?.message).toBe('The disk is full.')
    expect([setNow().signed, asked.listSets]).toEqual([null, []])
  })
})

describe('a set that is signed off', () => {
  it('is closed to marks and to undo, until its reader says that it is to be changed', async () => {
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    await signOff()
    addMarkOver({ start: 3, end: 4 }, 'hypnic_jerk')
    undoStep()
    expect(setNow().document.marks).toHaveLength(1)
    const { text, action } = noticesNow().at(-1)!
    expect(text).toMatch(/^Your set was signed off on .* and is closed\.$/)
    expect(action).toEqual({ do: 'amend', setId: 'set' })
    takeAction(action!)
    expect(noticesNow().at(-1)?.text).toMatch(/recorded in your set as changed after the sign-off/)
    addMarkOver({ start: 3, end: 4 }, 'hypnic_jerk')
    expect(setNow().document.marks).toHaveLength(2)
    // Signing it off again closes it again.
    await signOff()
    expect(isMarkable(setNow())).toBe(false)
  })
})
