/** What a window shows, read by the names that a test speaks of; and a window with something open in it. */

import { newRecording, newReview, openedWith } from '../../renderer/store/beginnings.ts'
import type { Pane } from '../../renderer/store/panesState.ts'
import type { OpenRecording, ReviewState } from '../../renderer/store/reviewState.ts'
import { activePane, activeSet, openRecordingOf } from '../../renderer/store/selectors.ts'
import type { OpenSetState } from '../../renderer/store/setsState.ts'
import { getState, setState } from '../../renderer/store/state.ts'
import type { OpenedRecording } from '../../shared/contract/model.ts'
import { DEFAULT_VIEW } from '../../shared/signal/viewSettings.ts'

/** The page begins with the recording, in the view that most recordings open in. */
export function reviewOf(opened: OpenedRecording): ReviewState {
  const view = { montage: 'longitudinal', ...DEFAULT_VIEW } as const
  const source = { ref: opened.recordingId, name: opened.name }
  return {
    ...newReview(getState().tools),
    ...openedWith(newRecording(opened, source, opened.sets), { view, pageStart: 0 }),
  }
}

/** A window in which this is open, and nothing has been done yet; its host stays. */
export function showOpened(opened: OpenedRecording): void {
  setState(reviewOf(opened), true)
}

export function paneNow(): Pane {
  return activePane(getState())
}

export function setNow(): OpenSetState {
  const set = activeSet(getState())
  if (set === null) throw new Error('no set is open')
  return set
}

export function recordingNow(): OpenRecording {
  const recording = openRecordingOf(getState())
  if (recording === null) throw new Error('no recording is open')
  return recording
}

export function noticesNow() {
  return getState().ui.notices
}
