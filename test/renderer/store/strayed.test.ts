import { beforeEach, describe, expect, it } from 'vitest'
import { toggleLanes } from '../../../renderer/store/lanes.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { listSets } from '../../../renderer/store/opening.ts'
import { lanesOf } from '../../../renderer/store/selectors.ts'
import { getState } from '../../../renderer/store/state.ts'
import type { SetSummary } from '../../../shared/contract/model.ts'
import { withMarks } from '../../support/annotations.ts'
import { type Asked, openedSet, PLAIN_SET } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow, setNow } from '../../support/reviewWindow.ts'

const STRAYED: SetSummary = {
  ...{ ref: 'old', name: 'recording.JS.hypnospike.json', reviewer: 'R-01', marks: 1, changed: null },
  ...PLAIN_SET,
  strayedIn: 'ward',
}

let asked: Asked

beforeEach(() => {
  asked = openEmptySet({
    takeStrayedSet: async () => null,
    closeSet: async () => null,
    openSet: async ({ ref }) =>
      openedSet({ setId: ref ?? 'taken', readOnly: ref !== null, document: withMarks([[1, 2]]) }),
    listSets: async () => [STRAYED],
  })
})

const offers = () => noticesNow().filter(({ action }) => action?.do === 'takeStrayed')

describe('a set that was made under another name of the recording', () => {
  it('is offered once, and opened when it is taken', async () => {
    listSets('recording', [STRAYED])
    listSets('recording', [STRAYED])
    expect(offers()).toHaveLength(1)
    expect(offers()[0]?.text).toContain('recording.JS.hypnospike.json in ward')
    expect(asked.takeStrayedSet).toEqual([])
    takeAction(offers()[0]!.action!)
    await expect.poll(() => setNow().setId).toBe('taken')
    expect(asked.takeStrayedSet).toEqual([{ recordingId: 'recording', ref: 'old' }])
    expect(setNow().document.marks).toHaveLength(1)
  })

  it('is not offered to a reader who has marked here already, but can be looked at', async () => {
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    listSets('recording', [STRAYED])
    expect(offers()).toEqual([])
    // Though its file has the name of one’s own.
    await toggleLanes()
    expect(lanesOf(getState().sets)).toHaveLength(1)
  })

  it('is not offered where it is another reader’s, or a key', () => {
    listSets('recording', [
      { ...STRAYED, reviewer: 'R-02' },
      { ...STRAYED, isKey: true },
    ])
    expect(offers()).toEqual([])
  })
})
