/** What a day of opening and closing leaves in the window: its beginnings, and no picture that nobody gives back. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPageLoader } from '../../../renderer/page/pageLoader.ts'
import { closed, FIRST_PANE } from '../../../renderer/store/beginnings.ts'
import { readFiner } from '../../../renderer/store/finer.ts'
import { beginWindow } from '../../../renderer/store/host.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { leaveRecording, openRecording } from '../../../renderer/store/opening.ts'
import { zoomOverview } from '../../../renderer/store/overview.ts'
import { rememberViews } from '../../../renderer/store/remembering.ts'
import { activePane } from '../../../renderer/store/selectors.ts'
import { getState, patchRecording, useReview } from '../../../renderer/store/state.ts'
import { changeView, goToEnd, turnPages } from '../../../renderer/store/viewing.ts'
import { EMPTY_HISTORY } from '../../../shared/annotation/history.ts'
import { blankDocument } from '../../support/annotations.ts'
import { makeHost, openedRecording, openedSet } from '../../support/fakeHost.ts'
import { lookAt, makeEasel } from '../../support/pictures.ts'

const RECORDINGS = 50

/** A window on a host that opens any number of recordings; `settle` does all that waits for nothing outside. */
function begin() {
  const open = new Set<string>()
  const openSets = new Set<string>()
  let opened = 0
  const { host } = makeHost({
    openRecording: async ({ ref }) => {
      opened += 1
      const recording = openedRecording(`${ref} ${opened}`, 7200)
      open.add(recording.recordingId)
      return recording
    },
    closeRecording: async ({ recordingId }) => {
      open.delete(recordingId)
      return null
    },
    scanned: async ({ recordingId }) => ({
      ...{ complete: true, annotations: [], activity: null },
      recording: openedRecording(recordingId, 7200).recording,
    }),
    page: async ({ span, columns }) => ({ span, columns, traces: [] }),
    openSet: async () => {
      const setId = `set ${opened}`
      openSets.add(setId)
      return openedSet({ setId, document: blankDocument(), history: EMPTY_HISTORY })
    },
    closeSet: async ({ setId }) => {
      openSets.delete(setId)
      return null
    },
    journal: async () => null,
    rememberView: async () => null,
    startJob: async () => ({ jobId: 'job' }),
    jobResult: async () => ({
      name: 'activity',
      value: { start: 0, binLength: 1, eeg: Array(7200).fill(1) },
    }),
    cancelJob: async () => null,
  })
  beginWindow(host, async () => null)
  onTestFinished(rememberViews())
  const easel = makeEasel()
  const later = new Set<() => void>()
  const loader = createPageLoader({
    pane: FIRST_PANE,
    askPage: host.page,
    painter: easel.painter,
    afterFrame: (run) => {
      later.add(run)
      return () => later.delete(run)
    },
  })
  loader.setSurface(easel.surface)
  loader.setLook(lookAt([]))
  const unsubscribe = useReview.subscribe((state, before) => {
    const { shown } = activePane(state)
    if (shown !== null && shown.derivations !== activePane(before).shown?.derivations)
      loader.setLook(lookAt(shown.derivations))
  })
  onTestFinished(() => {
    unsubscribe()
    loader.close()
  })
  const settle = async () => {
    for (let round = 0; round < 4; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      for (const run of later) {
        later.delete(run)
        run()
      }
      await easel.answer()
    }
  }
  /** Made, and neither given back nor taken over by the canvas. */
  const unowned = () => easel.made.filter((picture) => !picture.closed && !easel.put.includes(picture))
  return { open, openSets, later, easel, settle, unowned }
}

describe('a window', () => {
  it(`in which ${RECORDINGS} recordings were opened and closed is as one in which nothing was`, async () => {
    const { open, openSets, later, easel, settle, unowned } = begin()
    for (let number = 0; number < RECORDINGS; number += 1) {
      await openRecording({ ref: `night ${number}`, name: `night ${number}.edf` })
      await settle()
      addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
      changeView({ sensitivity: 10 })
      patchRecording({ activity: { start: 0, binLength: 5, eeg: Array(1440).fill(1) } })
      zoomOverview(0.1, 100)
      await readFiner(new AbortController().signal)
      turnPages(1)
      await settle()
      goToEnd()
      await settle()
      // Every other one is left by opening the next.
      if (number % 2 === 1) await leaveRecording()
    }
    await settle()
    const { recording, sets, panes, comparing, tools } = getState()
    expect({ recording, sets, panes, comparing }).toEqual(closed(null))
    expect([tools.outboxes.size, tools.jobs.size]).toEqual([0, 0])
    expect([[...open], [...openSets]]).toEqual([[], []])
    expect(easel.made.length).toBeGreaterThan(RECORDINGS)
    expect(easel.put.at(-1)).toBeNull()
    expect(unowned()).toEqual([])
    expect(later.size).toBe(0)
  })
})
