import { beforeEach, describe, expect, it } from 'vitest'
import { askForPlace, goToPlace, readPlace } from '../../../renderer/store/goingTo.ts'
import { beginWindow } from '../../../renderer/store/host.ts'
import { getState } from '../../../renderer/store/state.ts'
import { makeHost, openedRecording } from '../../support/fakeHost.ts'
import { noticesNow, paneNow, showOpened } from '../../support/reviewWindow.ts'

beforeEach(() => {
  beginWindow(makeHost({}).host, async () => null)
  showOpened(openedRecording())
})

/** Goes where the likeliest reading of a text leads. */
function go(text: string): void {
  const typed = readPlace(text)
  if (typed?.ok !== true) throw new Error(`${text} is no place`)
  goToPlace(typed.places[0])
}

describe('going to a place', () => {
  it('puts the cursor there and brings it into view with a tenth of a page before it', () => {
    askForPlace()
    go('0:05:00')
    expect(paneNow()).toMatchObject({ pageStart: 299, cursor: 300 })
    expect(getState().ui.asksForPlace).toBe(false)
    expect(noticesNow()).toEqual([])
    go('100 %')
    expect(paneNow()).toMatchObject({ pageStart: 590, cursor: 600 })
  })

  it('in a gap goes to where recording goes on, and says so', () => {
    const opened = openedRecording()
    const { recording } = opened
    const timeline = { ...recording.timeline, gaps: [{ start: 100, end: 160 }] }
    showOpened({ ...opened, recording: { ...recording, timeline } })
    go('2:00')
    expect(paneNow()).toMatchObject({ pageStart: 159, cursor: 160 })
    expect(noticesNow().at(-1)?.text).toBe(
      'Nothing was recorded there: this is where it goes on, 0:02:40 elapsed, after a gap of 1:00.0.',
    )
  })

  it('knows no place where nothing is open', () => {
    beginWindow(makeHost({}).host, async () => null)
    expect(readPlace('0:05:00')).toBeNull()
  })
})
