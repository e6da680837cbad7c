import { beforeEach, describe, expect, it } from 'vitest'
import { beginWindow } from '../../../renderer/store/host.ts'
import { hasSignalIn } from '../../../renderer/store/shownIn.ts'
import { getState, patchPane, patchRecording } from '../../../renderer/store/state.ts'
import {
  changeView,
  clampPageStart,
  goTo,
  goToEnd,
  goToStart,
  lengthToReview,
  lessSensitive,
  longerTimebase,
  moreSensitive,
  moveCursor,
  moveCursorBySample,
  reveal,
  settleWidth,
  shorterTimebase,
  step,
  turnPages,
  wantedSpan,
} from '../../../renderer/store/viewing.ts'
import { makeHost, openedRecording } from '../../support/fakeHost.ts'
import { noticesNow, paneNow, showOpened } from '../../support/reviewWindow.ts'

const start = () => paneNow().pageStart

beforeEach(() => {
  beginWindow(makeHost({}).host, async () => null)
  showOpened(openedRecording())
})

describe('the page', () => {
  it('turns by its own length, steps by a second, and stays on the recording', () => {
    turnPages(1)
    expect(start()).toBe(10)
    step(1)
    turnPages(-1)
    expect(start()).toBe(1)
    turnPages(-1)
    expect(start()).toBe(0)
    goToEnd()
    expect(start()).toBe(590)
    step(1)
    expect(start()).toBe(590)
    goToStart()
    expect(start()).toBe(0)
  })

  it('comes back to where it was after hundreds of small steps', () => {
    for (let count = 0; count < 300; count += 1) step(0.1)
    expect(start()).toBe(30)
    for (let count = 0; count < 300; count += 1) step(-0.1)
    expect(start()).toBe(0)
  })

  it('of a recording shorter than it begins with the recording', () => {
    expect(clampPageStart(openedRecording('short', 4), 10, 3)).toBe(0)
    expect(clampPageStart(openedRecording('short', 4), 10, -3)).toBe(0)
  })

  it('goes from the first to the last annotation of a file that holds nothing else', () => {
    const notes = [
      { onset: 30600, duration: 120, text: 'Sleep stage 1', channel: null },
      { onset: 0, duration: null, text: 'Sleep stage W', channel: null },
    ]
    showOpened(openedRecording('notes', 0))
    expect(lengthToReview(getState())).toBe(0)
    patchRecording({ notes })
    expect(lengthToReview(getState())).toBe(30720)
    expect(hasSignalIn(getState())).toBe(false)
    goTo(30600)
    expect(start()).toBe(30600)
    goToEnd()
    expect(start()).toBe(30710)
    goToStart()
    expect(start()).toBe(0)
  })

  it('moves for a span out of view, and not for one in view', () => {
    reveal({ start: 3, end: 9 })
    expect(start()).toBe(0)
    reveal({ start: 8, end: 12 })
    expect(wantedSpan(getState())).toEqual({ start: 7, end: 17 })
    reveal({ start: 300, end: 305 })
    expect(wantedSpan(getState()).start).toBeLessThanOrEqual(300)
    expect(wantedSpan(getState()).end).toBeGreaterThanOrEqual(305)
  })
})

describe('the view', () => {
  it('changes in the steps that a reader is offered and stops at the last', () => {
    moreSensitive()
    expect(paneNow().view.sensitivity).toBe(5)
    lessSensitive()
    lessSensitive()
    expect(paneNow().view.sensitivity).toBe(10)
    for (let count = 0; count < 30; count += 1) lessSensitive()
    expect(paneNow().view.sensitivity).toBe(1000)
    for (let count = 0; count < 30; count += 1) moreSensitive()
    expect(paneNow().view.sensitivity).toBe(1)
  })

  it('keeps the cursor where it is on the screen when the timebase changes', () => {
    goTo(100)
    patchPane({ cursor: 105 })
    shorterTimebase()
    expect(wantedSpan(getState())).toEqual({ start: 102.5, end: 107.5 })
    longerTimebase()
    expect(wantedSpan(getState())).toEqual({ start: 100, end: 110 })
    // A cursor left behind on another page holds nothing.
    patchPane({ cursor: 500 })
    longerTimebase()
    expect(wantedSpan(getState())).toEqual({ start: 100, end: 115 })
  })

  it('does not go beyond the end with a longer page', () => {
    goToEnd()
    for (let count = 0; count < 4; count += 1) longerTimebase()
    expect(wantedSpan(getState())).toEqual({ start: 540, end: 600 })
    for (let count = 0; count < 9; count += 1) longerTimebase()
    expect(wantedSpan(getState())).toEqual({ start: 0, end: 600 })
  })

  it('of a paper speed follows the width of the window, and the steps of the timebase leave it', () => {
    settleWidth(300, paneNow().id)
    expect(paneNow().view.timebase).toBe(10)
    goTo(100)
    changeView({ paperSpeed: 30 })
    settleWidth(240, paneNow().id)
    expect(wantedSpan(getState())).toEqual({ start: 100, end: 108 })
    turnPages(1)
    expect(start()).toBe(108)
    longerTimebase()
    expect(paneNow().view).toMatchObject({ timebase: 10 })
    expect(paneNow().view.paperSpeed).toBeUndefined()
  })

  it('refuses a montage that the electrodes do not allow, in a sentence', () => {
    const { recording } = openedRecording()
    const header = { ...recording.header, signals: recording.header.signals.slice(0, 1) }
    showOpened({ ...openedRecording(), recording: { ...recording, header } })
    patchPane({ view: { ...paneNow().view, montage: 'recorded' } })
    changeView({ montage: 'longitudinal' })
    expect(paneNow().view.montage).toBe('recorded')
    expect(noticesNow().at(-1)).toMatchObject({ tone: 'problem', text: expect.stringMatching(/\.$/) })
  })
})

describe('the cursor', () => {
  it('starts in the middle of the page and takes the page along', () => {
    goTo(100)
    moveCursor(0.1)
    expect(paneNow().cursor).toBe(105.1)
    for (let count = 0; count < 60; count += 1) moveCursor(0.1)
    expect(paneNow().cursor).toBe(111.1)
    expect(wantedSpan(getState()).start).toBeGreaterThan(100)
    expect(wantedSpan(getState()).end).toBeGreaterThan(111.1)
  })

  it('goes from sample to sample, and to the first of what follows', () => {
    patchPane({ cursor: 2 })
    moveCursorBySample(1)
    expect(paneNow().cursor).toBeCloseTo(2 + 1 / 256, 6)
    for (let count = 0; count < 256; count += 1) moveCursorBySample(1)
    for (let count = 0; count < 257; count += 1) moveCursorBySample(-1)
    expect(paneNow().cursor).toBe(2)
  })

  it('left behind on another page is taken up on this one', () => {
    patchPane({ cursor: 2 })
    goTo(300)
    moveCursor(-0.1)
    expect(paneNow().cursor).toBe(304.9)
    expect(start()).toBe(300)
  })

  it('stays on the recording', () => {
    moveCursor(-100)
    expect(paneNow().cursor).toBe(0)
    goToEnd()
    patchPane({ cursor: 600 })
    moveCursor(1)
    expect(paneNow().cursor).toBe(600)
  })
})
