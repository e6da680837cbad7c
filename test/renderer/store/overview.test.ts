import { beforeEach, describe, expect, it } from 'vitest'
import { beginWindow } from '../../../renderer/store/host.ts'
import {
  moveOverview,
  overviewCloser,
  overviewNow,
  overviewWider,
  pullOverview,
  wholeOverview,
  zoomOverview,
} from '../../../renderer/store/overview.ts'
import { getState } from '../../../renderer/store/state.ts'
import { changeView, goTo, goToEnd, turnPages } from '../../../renderer/store/viewing.ts'
import { makeHost, openedRecording } from '../../support/fakeHost.ts'
import { paneNow, showOpened } from '../../support/reviewWindow.ts'

const shown = () => overviewNow(getState())?.shown

beforeEach(() => {
  beginWindow(makeHost({}).host, async () => null)
  // An hour.
  showOpened(openedRecording('hour', 3600))
})

describe('the overview', () => {
  it('shows the whole recording until it is zoomed', () => {
    expect(overviewNow(getState())).toEqual({
      whole: { start: 0, end: 3600 },
      shown: { start: 0, end: 3600 },
    })
  })

  it('comes closer to the page by a key, and has all of the page in it', () => {
    overviewCloser()
    expect(shown()).toEqual({ start: 0, end: 1800 })
    goTo(900)
    for (let presses = 0; presses < 10; presses += 1) overviewCloser()
    const { start, end } = shown()!
    expect(end - start).toBe(60)
    expect(start).toBeLessThanOrEqual(900)
    expect(end).toBeGreaterThanOrEqual(910)
    for (let presses = 0; presses < 10; presses += 1) overviewWider()
    expect(paneNow().overview).toBeNull()
  })

  it('keeps the time under the pointer where it is, though the page is elsewhere', () => {
    zoomOverview(0.5, 2700)
    expect(shown()).toEqual({ start: 1350, end: 3150 })
    expect(paneNow().pageStart).toBe(0)
    zoomOverview(0.5, 2700)
    expect(shown()).toEqual({ start: 2025, end: 2925 })
  })

  it('follows a page that is turned out of it, and not a filter', () => {
    zoomOverview(0.1, 0)
    expect(shown()).toEqual({ start: 0, end: 360 })
    moveOverview(1000)
    changeView({ lowFrequency: 1 })
    expect(shown()).toEqual({ start: 1000, end: 1360 })
    turnPages(1)
    expect(shown()!.start).toBeLessThanOrEqual(10)
    for (let turns = 0; turns < 40; turns += 1) {
      turnPages(1)
      expect(shown()!.start).toBeLessThanOrEqual(paneNow().pageStart)
      expect(shown()!.end).toBeGreaterThanOrEqual(paneNow().pageStart + 10)
    }
    goToEnd()
    expect(shown()).toEqual({ start: 3240, end: 3600 })
  })

  it('comes back to the page with a key, where it was moved away from it', () => {
    zoomOverview(0.1, 0)
    moveOverview(2000)
    overviewCloser()
    expect(shown()!.start).toBeLessThanOrEqual(0)
  })

  it('is pulled by an edge, and no further than it may be', () => {
    pullOverview('start', 600)
    expect(shown()).toEqual({ start: 600, end: 3600 })
    pullOverview('end', 100)
    expect(shown()).toEqual({ start: 600, end: 660 })
    pullOverview('end', 9999)
    pullOverview('start', -5)
    expect(paneNow().overview).toBeNull()
  })

  it('grows with the page, and goes with the recording', () => {
    zoomOverview(0.01, 0)
    expect(shown()).toEqual({ start: 0, end: 60 })
    changeView({ timebase: 60 })
    expect(shown()).toEqual({ start: 0, end: 180 })
    wholeOverview()
    expect(paneNow().overview).toBeNull()
    zoomOverview(0.1, 0)
    showOpened(openedRecording('other', 600))
    expect(paneNow().overview).toBeNull()
  })
})
