import { beforeEach, describe, expect, it } from 'vitest'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { restoreMarkView } from '../../../renderer/store/markView.ts'
import { patchPane, patchSet } from '../../../renderer/store/state.ts'
import { changeView, goTo } from '../../../renderer/store/viewing.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'
import { paneNow, setNow } from '../../support/reviewWindow.ts'

beforeEach(() => {
  openEmptySet()
})

/** The mark as another version would have kept it. */
function changeKept(view: (typeof mark)['view'] | null): void {
  const { document, setId } = setNow()
  patchSet(setId, { document: { ...document, marks: [{ ...document.marks[0]!, view }] } })
}
const mark = {
  view: { montage: 'x', lowFrequency: 1, highFrequency: 70, notch: null, sensitivity: 7, timebase: 10 },
}

describe('the view of a mark', () => {
  it('is restored with montage, filters and scales, and the mark in view', () => {
    changeView({ montage: 'average', highFrequency: 30, sensitivity: 20, timebase: 30 })
    addMarkOver({ start: 12, end: 14 }, 'spike_wave_3hz')
    changeView({ montage: 'longitudinal', highFrequency: 70, sensitivity: 7, timebase: 10 })
    goTo(300)
    restoreMarkView()
    expect(paneNow().view).toMatchObject({
      montage: 'average',
      highFrequency: 30,
      sensitivity: 20,
      timebase: 30,
    })
    expect(paneNow().pageStart).toBeLessThanOrEqual(12)
  })

  it('takes the seconds of the page where the mark was made at a paper speed', () => {
    patchPane({ millimetres: 300 })
    changeView({ paperSpeed: 15 })
    addMarkOver({ start: 2, end: 4 }, 'mimic')
    changeView({ timebase: 5 })
    restoreMarkView()
    expect(paneNow().view.timebase).toBe(20)
    expect(paneNow().view.paperSpeed).toBeUndefined()
  })

  it('leaves bad electrodes as they are said of the recording now', () => {
    addMarkOver({ start: 2, end: 4 }, 'mimic')
    changeView({ bad: [3] })
    restoreMarkView()
    expect(paneNow().view.bad).toEqual([3])
  })

  it('that is not known is said in a sentence, and nothing changes', () => {
    restoreMarkView()
    expect(lastNotice()).toMatch(/^Choose a mark first/)
    addMarkOver({ start: 2, end: 4 }, 'mimic')
    const before = paneNow().view
    changeKept(null)
    restoreMarkView()
    expect(lastNotice()).toBe('This mark does not say in which view it was made.')
    changeKept(mark.view)
    restoreMarkView()
    expect(lastNotice()).toBe('The mark was made in the montage “x”, which is not known here.')
    expect(paneNow().view).toEqual(before)
  })
})
