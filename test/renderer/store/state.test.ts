/** What lives how long: a window, what is open in it, and what a question leaves behind. */
import { beforeEach, describe, expect, it } from 'vitest'
import { closed, newPane } from '../../../renderer/store/beginnings.ts'
import { getHost } from '../../../renderer/store/host.ts'
import { answerUnsaved, closeRecording, requestOpen } from '../../../renderer/store/leaving.ts'
import { addMarkOver, deleteSelected, label } from '../../../renderer/store/marking.ts'
import { cyclePart } from '../../../renderer/store/placing.ts'
import { openRecordingOf, unkeptOf } from '../../../renderer/store/selectors.ts'
import { getState, patchPane, patchRecording, patchSet, setState } from '../../../renderer/store/state.ts'
import { placeCursor } from '../../../renderer/store/viewing.ts'
import { deferred } from '../../support/fakeHost.ts'
import { openEmptySet, select } from '../../support/openSetInStore.ts'
import { noticesNow, paneNow, setNow } from '../../support/reviewWindow.ts'

beforeEach(() => {
  openEmptySet({ closeSet: async () => null, closeRecording: async () => null })
})

const mark = (start = 1) => addMarkOver({ start, end: start + 1 }, 'hypnic_jerk')

describe('closing the recording', () => {
  it('leaves nothing of it, of its sets and of its page', async () => {
    mark()
    cyclePart()
    select(3, 4)
    placeCursor(3)
    patchRecording({
      scan: 0.5,
      notes: [{ onset: 1, duration: null, text: 'Eyes closed', channel: null }],
      changedOnDisk: { change: 'grown', message: 'It has grown.' },
    })
    patchSet(setNow().setId, { savedStep: setNow().history.done.at(-1) })
    closeRecording()
    await expect.poll(() => openRecordingOf(getState())).toBeNull()
    const { recording, sets, panes, comparing } = getState()
    expect({ recording, sets, panes, comparing }).toEqual(closed(null))
  })
})

describe('what a window shows', () => {
  it('is plain values, also while a question waits and a notice offers something', () => {
    mark()
    deleteSelected()
    requestOpen({ ref: 'second', name: 'second.edf' })
    const { tools: _, ...shown } = getState()
    expect(shown.ui.afterUnsaved).toEqual({ to: 'open', choice: { ref: 'second', name: 'second.edf' } })
    expect(noticesNow().at(-1)?.action).toEqual({ do: 'undo' })
    // A function in it could not be copied.
    expect(structuredClone(shown)).toEqual(shown)
  })

  it('asks no more once the question is answered', async () => {
    mark()
    requestOpen({ ref: 'second', name: 'second.edf' })
    await answerUnsaved('cancel')
    expect(getState().ui).toMatchObject({ dialog: null, afterUnsaved: null })
  })

  it('on one page leaves another page alone', () => {
    const { panes } = getState()
    const second = newPane('second', paneNow())
    setState({ panes: { ...panes, byId: { ...panes.byId, second } } })
    label('hypnic_jerk')
    expect(paneNow().armed).toBe('hypnic_jerk')
    expect(getState().panes.byId.second).toBe(second)
    const first = paneNow()
    patchPane({ pageStart: 30 }, 'second')
    expect(getState().panes.byId.second?.pageStart).toBe(30)
    expect(paneNow()).toBe(first)
  })
})

describe('another window', () => {
  it('has its own name, host and numbers, and hears nothing of what the last one still sends', async () => {
    const answer = deferred<null>()
    openEmptySet({ journal: () => answer.promise })
    const first = getState().tools
    mark()
    expect(unkeptOf(getState())).toBe(1)
    openEmptySet({ journal: () => deferred<null>().promise })
    const { tools } = getState()
    expect(tools.window).not.toBe(first.window)
    expect(getHost()).not.toBe(first.host)
    mark()
    mark(3)
    answer.resolve(null)
    // All that follows from the answer has been done.
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(setNow().outbox.sent).toBe(0)
    expect(unkeptOf(getState())).toBe(2)
  })
})
