import { beforeEach, describe, expect, it } from 'vitest'
import { fillPage, goBack, goForward } from '../../../renderer/store/goingBack.ts'
import { goToPlace } from '../../../renderer/store/goingTo.ts'
import { addMarkOver, selectMark } from '../../../renderer/store/marking.ts'
import { restoreMarkView } from '../../../renderer/store/markView.ts'
import { patchPane } from '../../../renderer/store/state.ts'
import {
  changeView,
  goToEnd,
  goToStart,
  keepInView,
  reveal,
  settleWidth,
  step,
  turnPages,
} from '../../../renderer/store/viewing.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow, paneNow } from '../../support/reviewWindow.ts'

const start = () => paneNow().pageStart
const timebase = () => paneNow().view.timebase
const place = (time: number) => ({ time, as: 'elapsed', gap: null }) as const

beforeEach(() => {
  openEmptySet()
})

describe('the way back', () => {
  it('leads to where a jump began, and forward again to where the reader had gone on to', () => {
    step(3)
    goToPlace(place(300))
    turnPages(2)
    expect(start()).toBe(319)
    goBack()
    expect(start()).toBe(3)
    goForward()
    expect(start()).toBe(319)
    goBack()
    expect(start()).toBe(3)
  })

  it('is left by start and end, marks and notes, and not by pages, steps and what follows the cursor', () => {
    turnPages(1)
    step(1)
    keepInView({ start: 400, end: 401 })
    expect(paneNow().back).toEqual([])
    goToEnd()
    addMarkOver({ start: 595, end: 596 }, 'hypnic_jerk')
    const mark = paneNow().selectedMark
    goToStart()
    selectMark(mark, { show: true })
    expect(start()).toBe(590)
    reveal({ start: 200, end: 201 })
    expect(paneNow().back.map((each) => each.start)).toEqual([399, 590, 0, 590])
    for (const expected of [590, 0, 590, 399]) {
      goBack()
      expect(start()).toBe(expected)
    }
  })

  it('is not left where a jump leads nowhere else', () => {
    goToStart()
    reveal({ start: 2, end: 3 })
    expect(paneNow().back).toEqual([])
    goBack()
    expect(noticesNow().at(-1)?.text).toMatch(/^No place to go back to/)
    goForward()
    expect(noticesNow().at(-1)?.text).toMatch(/^No place to go forward to/)
  })

  it('passes over places at which the reader is already', () => {
    goToEnd()
    goToStart()
    turnPages(59)
    expect(start()).toBe(590)
    // The last place left is the end, where turning pages has led as well.
    goBack()
    expect(start()).toBe(0)
  })

  it('forward ends with a new jump', () => {
    goToEnd()
    goBack()
    reveal({ start: 100, end: 101 })
    goForward()
    expect(start()).toBe(99)
  })

  it('takes the timebase along', () => {
    goToPlace(place(100))
    patchPane({ selection: { start: 101, end: 103.5 } })
    fillPage()
    expect([start(), timebase()]).toEqual([101, 2.5])
    goBack()
    expect([start(), timebase()]).toEqual([99, 10])
    goForward()
    expect([start(), timebase()]).toEqual([101, 2.5])
  })

  it('takes a held paper speed along', () => {
    settleWidth(300, 'first')
    changeView({ paperSpeed: 30 })
    patchPane({ selection: { start: 1, end: 3 } })
    fillPage()
    expect(paneNow().view).not.toHaveProperty('paperSpeed')
    goBack()
    expect(paneNow().view).toMatchObject({ paperSpeed: 30, timebase: 10 })
  })

  it('is one step back from the view of a mark', () => {
    addMarkOver({ start: 5, end: 6 }, 'hypnic_jerk')
    changeView({ timebase: 20 })
    turnPages(5)
    restoreMarkView()
    expect([start(), timebase()]).toEqual([4, 10])
    goBack()
    expect([start(), timebase()]).toEqual([100, 20])
  })

  it('remembers fifty places', () => {
    for (let time = 1; time <= 60; time += 1) reveal({ start: time * 10, end: time * 10 }, true)
    expect(paneNow().back).toHaveLength(50)
  })
})

describe('a selection over the whole page', () => {
  it('is the selection, else the picked mark', () => {
    addMarkOver({ start: 12, end: 16 }, 'spike_wave_3hz')
    fillPage()
    expect([start(), timebase()]).toEqual([12, 4])
  })

  it('keeps half a second around what is shorter', () => {
    patchPane({ selection: { start: 30, end: 30.1 } })
    fillPage()
    expect([start(), timebase()]).toEqual([29.8, 0.5])
  })

  it('says what to do where nothing is picked', () => {
    fillPage()
    expect(noticesNow().at(-1)?.text).toMatch(/^Drag over the page first/)
    expect(timebase()).toBe(10)
  })
})
