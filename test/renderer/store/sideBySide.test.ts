import { beforeEach, describe, expect, it } from 'vitest'
import { activatePane } from '../../../renderer/store/activePage.ts'
import { FIRST_PANE, SECOND_PANE } from '../../../renderer/store/beginnings.ts'
import { setGain, setOverlap } from '../../../renderer/store/channels.ts'
import { start } from '../../../renderer/store/events.ts'
import { openGuestsAgain } from '../../../renderer/store/guests.ts'
import { requestOpen } from '../../../renderer/store/leaving.ts'
import {
  addMarkOver,
  cancel,
  goToMark,
  label,
  selectMark,
  undoStep,
} from '../../../renderer/store/marking.ts'
import type { Pane } from '../../../renderer/store/panesState.ts'
import { rememberViews } from '../../../renderer/store/remembering.ts'
import { isOpen, isSplit, openRecordingOf } from '../../../renderer/store/selectors.ts'
import {
  closeBeside,
  goToOtherPage,
  showBeside,
  shownBeside,
  splitPage,
  toggleAligned,
  toggleSideBySide,
  toggleTogether,
} from '../../../renderer/store/sideBySide.ts'
import { getState, patchPane } from '../../../renderer/store/state.ts'
import { isPanelShown, toggleSidePanel } from '../../../renderer/store/ui.ts'
import {
  changeView,
  goTo,
  longerTimebase,
  placeCursor,
  reveal,
  settleWidth,
  turnPages,
} from '../../../renderer/store/viewing.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import type { HostEvent, OpenedRecording } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { Derivation } from '../../../shared/montage/derivation.ts'
import { withMarks } from '../../support/annotations.ts'
import { type Asked, deferred, openedRecording, openedSet, PLAIN_SET } from '../../support/fakeHost.ts'
import { lastNotice, marks, openEmptySet, select } from '../../support/openSetInStore.ts'
import { paneNow } from '../../support/reviewWindow.ts'

const KEY = {
  ...PLAIN_SET,
  ref: 'key',
  name: 'other.key.json',
  reviewer: 'key',
  marks: 2,
  changed: null,
  isKey: true,
}
const OTHER = { ref: 'other', name: 'other.edf' }

let asked: Asked
let opening: ReturnType<typeof deferred<void>>
let reopened: Partial<OpenedRecording>

function hostNow(): Host {
  const { host } = getState().tools
  if (host === null) throw new Error('the window has not begun')
  return host
}

function pane(id: string): Pane {
  const found = getState().panes.byId[id]
  if (found === undefined) throw new Error(`there is no pane ${id}`)
  return found
}
const first = () => pane(FIRST_PANE)
const second = () => pane(SECOND_PANE)

const answers: Partial<Host> = {
  startup: async () => {
    const { facts, settings } = getState().shell
    return { shell: facts, settings, montages: [], open: { ref: 'recording', name: 'recording.edf' } }
  },
  openRecording: async ({ ref }) => {
    await opening.promise
    return { ...openedRecording(ref, 100), sets: [KEY], ...reopened }
  },
  closeRecording: async () => null,
  scanned: async ({ recordingId }) => ({
    complete: true,
    annotations: [{ onset: 5, duration: null, text: 'Eyes closed', channel: null }],
    recording: openedRecording(recordingId, 100).recording,
    activity: null,
  }),
  openSet: async () =>
    openedSet({
      setId: 'of key',
      document: withMarks([
        [40, 43],
        [60, 61],
      ]),
    }),
  closeSet: async () => null,
  saveSettings: async () => null,
}

beforeEach(() => {
  reopened = {}
  opening = deferred<void>()
  opening.resolve()
  asked = openEmptySet(answers)
})

describe('two pages side by side', () => {
  it('begin as the page and the next one, with the keys on the second', () => {
    goTo(20)
    toggleSideBySide()
    expect([first().pageStart, second().pageStart]).toEqual([20, 30])
    expect(paneNow().id).toBe(SECOND_PANE)
    toggleSideBySide()
    expect(isSplit(getState())).toBe(false)
    expect(paneNow()).toMatchObject({ id: FIRST_PANE, pageStart: 20 })
  })

  it('begin aligned at the picked mark, else at the selection', () => {
    addMarkOver({ start: 100, end: 103 }, 'spike_wave_3hz')
    splitPage()
    for (const each of [first(), second()]) expect(each).toMatchObject({ pageStart: 97.5, aligned: 100e7 })
    closeBeside()
    expect(first().aligned).toBeNull()
    selectMark(null)
    select(50, 51)
    splitPage()
    for (const each of [first(), second()]) expect(each.pageStart).toBe(47.5)
  })

  it('have one montage, one set of filters and scales, whichever is changed', () => {
    splitPage()
    changeView({ montage: 'average', highFrequency: 30, sensitivity: 20, timebase: 30 })
    goToOtherPage()
    changeView({ lowFrequency: 1, kinds: {} })
    longerTimebase()
    expect(first().view).toEqual(second().view)
    expect(first().view).toMatchObject({
      montage: 'average',
      lowFrequency: 1,
      highFrequency: 30,
      timebase: 60,
    })
  })

  it('have one look of their channels', () => {
    splitPage()
    const line = { id: 'Fp1-F7', label: 'Fp1-F7' } as Derivation
    setGain(line, 50)
    setOverlap('none')
    expect(second().looks).toBe(first().looks)
    expect(first().looks).toMatchObject({ overlap: 'none', lines: { 'Fp1-F7': { sensitivity: 50 } } })
  })

  it('turn alone, and together with the offset between them kept to the tick', () => {
    splitPage()
    placeCursor(12.3456789)
    patchPane({ pageStart: 12.3456789 }, FIRST_PANE)
    turnPages(1)
    expect([first().pageStart, second().pageStart]).toEqual([12.3456789, 20])
    toggleTogether()
    turnPages(1)
    expect([first().pageStart, second().pageStart]).toEqual([22.3456789, 30])
    goTo(590)
    // Beyond the end of the recording: nothing is there, and the way back is the same.
    turnPages(-1)
    expect([first().pageStart, second().pageStart]).toEqual([572.3456789, 580])
    goToOtherPage()
    goTo(12.345679)
    expect(second().pageStart - first().pageStart).toBeCloseTo(580 - 572.3456789, 6)
  })

  it('give the panel’s room to the pages until it is asked for, and back when they go', () => {
    splitPage({ foldsPanel: true })
    expect(isPanelShown(getState())).toBe(false)
    toggleSidePanel()
    expect(isPanelShown(getState())).toBe(true)
    closeBeside()
    splitPage({ foldsPanel: true })
    closeBeside()
    expect(isPanelShown(getState())).toBe(true)
    expect(getState().shell.settings.panelOpen).toBe(true)
  })

  it('end with Escape once nothing is held', () => {
    splitPage()
    select(12, 13)
    cancel()
    expect(isSplit(getState())).toBe(true)
    cancel()
    expect(isSplit(getState())).toBe(false)
  })

  it('take marks on either, and show them on both', () => {
    splitPage()
    select(12, 13)
    label('hypnic_jerk')
    goToOtherPage()
    select(2, 3)
    label('mimic')
    expect(marks()).toEqual([
      ['mimic', 2, 3],
      ['hypnic_jerk', 12, 13],
    ])
    expect(first().selectedMark).not.toBe(second().selectedMark)
  })

  it('take a label along that waits for its drag', () => {
    splitPage()
    label('hypnic_jerk')
    activatePane(FIRST_PANE)
    expect([first().armed, second().armed]).toEqual(['hypnic_jerk', null])
  })

  it('say what there is to do where there is only one', () => {
    goToOtherPage()
    expect(lastNotice()).toMatch(/There is one page/)
    toggleTogether()
    expect(getState().panes.together).toBe(false)
  })
})

describe('aligning', () => {
  it('puts a mark or the cursor a quarter from the left, lets go again, and says where there is neither', () => {
    toggleAligned()
    expect(lastNotice()).toMatch(/Choose a mark on this page/)
    goTo(30)
    placeCursor(31.2345678)
    toggleAligned()
    expect(paneNow()).toMatchObject({ aligned: 312_345_678, pageStart: 28.7345678 })
    toggleAligned()
    expect(paneNow()).toMatchObject({ aligned: null, pageStart: 28.7345678 })
  })

  it('holds as the page’s length changes, by a step and by a paper speed, and goes before the recording', () => {
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    splitPage()
    expect(second().pageStart).toBe(-1.5)
    longerTimebase()
    for (const each of [first(), second()]) expect(each.pageStart).toBe(1 - each.view.timebase / 4)
    changeView({ paperSpeed: 30 })
    for (const id of [FIRST_PANE, SECOND_PANE]) settleWidth(180, id)
    for (const each of [first(), second()])
      expect(each).toMatchObject({ pageStart: -0.5, view: { timebase: 6 } })
    changeView({ highFrequency: 30 })
    expect(second().pageStart).toBe(-0.5)
  })

  it('goes on from mark to mark', () => {
    addMarkOver({ start: 100, end: 103 }, 'spike_wave_3hz')
    addMarkOver({ start: 200, end: 203 }, 'spike_wave_3hz')
    goToMark('previous', false)
    splitPage()
    goToMark('next', false)
    expect(first().pageStart).toBe(97.5)
    expect(second().pageStart).toBe(197.5)
  })
})

describe('another recording beside', () => {
  it('is aligned at its first mark of the picked kind, read in the same view', async () => {
    changeView({ montage: 'average', sensitivity: 20, bad: [3] })
    await showBeside(OTHER)
    expect(second()).toMatchObject({
      guest: { opened: { recordingId: 'other' }, notes: [{ text: 'Eyes closed' }] },
      pageStart: 37.5,
      aligned: 40e7,
    })
    const { bad, ...view } = first().view
    expect(second().view).toEqual(view)
    expect(bad).toEqual([3])
    expect(asked.openRecording).toEqual([{ ref: 'other', beside: true }])
    // Its set is read, and not held.
    expect(asked.closeSet).toEqual([{ setId: 'of key' }])
  })

  it('is offered but for the one that the second page shows', async () => {
    expect(shownBeside(getState())).toBe(openRecordingOf(getState())?.source?.ref ?? null)
    await showBeside(OTHER)
    expect(shownBeside(getState())).toBe('other')
  })

  it('is gone through on its own axis, from mark to mark', async () => {
    await showBeside(OTHER)
    goToMark('next', false)
    expect(second().pageStart).toBe(57.5)
    goToMark('next', false)
    expect(lastNotice()).toBe('No mark after this one.')
    goTo(1000)
    expect(second().pageStart).toBe(90)
    expect(first().pageStart).toBe(0)
  })

  it('takes no marks, and its bad electrodes are its own', async () => {
    await showBeside(OTHER)
    select(50, 51)
    label('hypnic_jerk')
    expect(lastNotice()).toMatch(/other\.edf is there to be read/)
    expect(marks()).toEqual([])
    changeView({ bad: [1] })
    expect(second().view.bad).toBeUndefined()
    expect(first().view.bad).toEqual([1])
  })

  it('leaves the keys to the first page for what is done to the window’s own marks', async () => {
    addMarkOver({ start: 100, end: 103 }, 'spike_wave_3hz')
    const own = paneNow().selectedMark
    await showBeside(OTHER)
    selectMark(own, { show: true })
    expect(paneNow().id).toBe(FIRST_PANE)
    activatePane(SECOND_PANE)
    undoStep()
    expect(paneNow().id).toBe(FIRST_PANE)
    expect(marks()).toEqual([])
  })

  it('is no place for what is led to in the window’s own', async () => {
    await showBeside(OTHER)
    reveal({ start: 300, end: 301 })
    expect(paneNow()).toMatchObject({ id: FIRST_PANE, pageStart: 299 })
    expect(second().pageStart).toBe(37.5)
  })

  it('is closed with its page, with the window’s recording, and for the next one', async () => {
    const closed = () => asked.closeRecording.map(({ recordingId }) => recordingId)
    await showBeside(OTHER)
    closeBeside()
    expect(closed()).toEqual(['other'])
    await showBeside({ ref: 'third', name: 'third.edf' })
    await showBeside(OTHER)
    expect(closed()).toEqual(['other', 'third'])
    await showBeside({ ref: 'recording', name: 'recording.edf' })
    expect(second().guest).toBeNull()
    expect(closed()).toEqual(['other', 'third', 'other'])
    await showBeside(OTHER)
    requestOpen({ ref: 'next', name: 'next.edf' })
    await expect.poll(() => first().guest === null && isSplit(getState())).toBe(false)
    expect(closed().filter((id) => id === 'other')).toHaveLength(3)
  })

  it('that comes when its page is closed is closed at once', async () => {
    opening = deferred<void>()
    const shown = showBeside(OTHER)
    expect(getState().panes.coming).toEqual(OTHER)
    closeBeside()
    opening.resolve()
    await shown
    expect(isSplit(getState())).toBe(false)
    expect(asked.closeRecording).toEqual([{ recordingId: 'other' }])
  })

  it('that cannot be opened leaves the page as it is, and says why', async () => {
    splitPage()
    opening = deferred<void>()
    const shown = showBeside(OTHER)
    opening.reject(new ReviewError('not-edf', 'It is no EDF file.'))
    await shown
    expect(lastNotice()).toBe('It is no EDF file.')
    expect(second().guest).toBeNull()
    expect(getState().panes.coming).toBeNull()
  })

  it('hears of its own scan, and changes nothing of the window’s recording', async () => {
    const listeners: ((event: HostEvent) => void)[] = []
    const subscribe = (listener: (event: HostEvent) => void) => {
      listeners.push(listener)
      return () => {}
    }
    await start({ host: hostNow(), subscribe }, () => {})
    expect(isOpen(getState())).toBe(true)
    await showBeside(OTHER)
    const activity = { start: 0, binLength: 1, eeg: [1, 2] }
    for (const listener of listeners) listener({ type: 'activity', recordingId: 'other', activity })
    expect(second().guest?.activity).toEqual(activity)
    const before = getState().recording
    for (const listener of listeners)
      listener({ type: 'scan', recordingId: 'other', progress: 1, done: true })
    expect(getState().recording).toBe(before)
  })

  it('is not remembered in the place of the window’s own view', async () => {
    const stop = rememberViews()
    await showBeside(OTHER)
    activatePane(FIRST_PANE)
    activatePane(SECOND_PANE)
    expect(asked.rememberView).toEqual([])
    stop()
  })

  it('is read again by a host that has started anew, where it is the same file', async () => {
    await showBeside(OTHER)
    const before = second().guest?.opened.recording
    reopened = { recordingId: 'other again' }
    expect(await openGuestsAgain()).toBe(true)
    expect(second().guest?.opened.recordingId).toBe('other again')
    expect(second().guest?.opened.recording).toBe(before)
    reopened = { recordingId: 'replaced', fingerprint: 'b'.repeat(64) }
    expect(await openGuestsAgain()).toBe(false)
    expect(asked.closeRecording).toEqual([{ recordingId: 'replaced' }])
  })
})
