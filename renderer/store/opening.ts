/** From a choice to an open recording with its set, and back to an empty window. */
import type { OpenedRecording, OpenRef, SetSummary } from '../../shared/contract/model.ts'
import type { CodePage } from '../../shared/edf/header/codePages.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { closed, newRecording, openedWith } from './beginnings.ts'
import { closeGuests } from './guests.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import { leaveSets, offerStrayed, openOwnSet } from './openingSets.ts'
import { dropOutboxes, flushJournal } from './outbox.ts'
import type { Pane } from './panesState.ts'
import { keepPlace, viewToOpen } from './remembering.ts'
import { readRWave } from './rWave.ts'
import { activityOf, openedOf, openRecordingOf, ownPane, recordingIdOf } from './selectors.ts'
import { getState, patchRecording, patchShell, patchUi, setState } from './state.ts'
import { clampPageStart, settlePages } from './viewing.ts'

export function adoptTimeline(opened: OpenedRecording, recording: OpenedRecording['recording']): void {
  const next = { ...opened, recording }
  patchRecording({ opened: next })
  settlePages()
}

/** Another window has taken the host over: what was open here is put away. */
export function giveWay(): void {
  setState({ ...closed(null), quiz: null })
  dropOutboxes()
  patchShell({ takenOver: true })
  patchUi({ dialog: null })
}

/** The sets beside a recording. The list may come before the recording is shown. */
export function listSets(recordingId: string, sets: readonly SetSummary[]): void {
  if (recordingIdOf(getState()) === recordingId) {
    patchRecording({ sets })
    offerStrayed()
  } else patchShell({ earlySets: { recordingId, sets } })
}

export async function loadNotes(recordingId: string): Promise<void> {
  try {
    const { annotations } = await getHost().scanned({ recordingId })
    if (recordingIdOf(getState()) === recordingId) patchRecording({ notes: annotations })
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** Reads the file's texts in another code page, which is remembered for this recording. */
export async function readTextsIn(codePage: CodePage): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  try {
    const { recording, annotations } = await getHost().readTexts({ recordingId, codePage })
    const now = openedOf(getState())
    if (now?.recordingId !== recordingId) return
    patchRecording({ opened: { ...now, recording, codePage }, notes: annotations })
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/**
 * Opens at once: unsaved marks are asked for before (leaving.ts). What is open stays until the other one is: a
 * file that is refused takes nothing away. Returns whether it is open now.
 */
export async function openRecording(choice: OpenRef): Promise<boolean> {
  const own = getState().shell.openings + 1
  patchShell({ openings: own })
  const hasOther = openedOf(getState()) !== null
  // It may be the same one that is chosen.
  void keepPlace()
  if (!hasOther) setState({ recording: { phase: 'opening', name: choice.name } })
  let opened: OpenedRecording
  try {
    opened = await getHost().openRecording({ ref: choice.ref })
  } catch (thrown) {
    const message = `${choice.name}: ${messageOf(thrown)}`
    if (hasOther) notify('problem', message)
    else setState(closed(message))
    return false
  }
  if (own !== getState().shell.openings) {
    // The reader has asked for another one meanwhile.
    await getHost().closeRecording({ recordingId: opened.recordingId })
    return false
  }
  const { inHost: left } = await leave()
  try {
    await show(opened, choice, null, left)
    return true
  } catch (thrown) {
    setState(closed(messageOf(thrown)))
    return false
  }
}

/** The reader has been told that the file on disk has changed, and reads on in what was opened. */
export function keepReading(): void {
  patchRecording({ changedOnDisk: null })
}

/** New records of a growing file, or the file that now stands in its place; page and view stay. */
export async function reopen(): Promise<void> {
  const state = getState()
  const recording = openRecordingOf(state)
  if (recording === null) return
  const { source } = recording
  const { recordingId } = recording.opened
  const { pageStart, view, looks } = ownPane(state)
  try {
    await flushJournal()
    const opened = await getHost().reopenRecording({ recordingId })
    const { inHost: left } = await leaveSets()
    closeGuests()
    await show(opened, source, { pageStart, view, looks }, left)
    notify('good', 'Read again from disk.')
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** `left`: the sets that were open before are closed in the host. The page waits for nothing. */
async function show(
  opened: OpenedRecording,
  source: OpenRef | null,
  keep: Pick<Pane, 'pageStart' | 'view' | 'looks'> | null,
  left: Promise<unknown>,
): Promise<void> {
  const { timeline } = opened.recording
  const { view, looks } = keep ?? viewToOpen(opened)
  const { earlySets } = getState().shell
  const sets = earlySets?.recordingId === opened.recordingId ? earlySets.sets : opened.sets
  const { start } = timeline.span
  const wanted = keep?.pageStart ?? opened.remembered?.pageStart ?? start
  const pageStart = clampPageStart(opened, view.timebase, wanted)
  setState(openedWith(newRecording(opened, source, sets), { view, looks, pageStart }))
  void readRWave(opened.recordingId)
  if (keep === null && pageStart > start) notify('info', 'Opened where you left it. Home goes to its start.')
  // The reading of a short file may have ended before this window knew its id.
  const early = await getHost().scanned({ recordingId: opened.recordingId })
  // What an event has told meanwhile is newer than this answer.
  if (openedOf(getState()) === opened && hasNews(opened.recording, early.recording)) {
    adoptTimeline(opened, early.recording)
  }
  if (early.activity !== null && activityOf(getState()) === null) patchRecording({ activity: early.activity })
  if (early.complete) patchRecording({ notes: early.annotations, scan: null })
  await left
  await openOwnSet()
}

/** The same again would throw away the page that is on its way. */
function hasNews(before: Recording, now: Recording): boolean {
  return (
    before.timeline.confirmed !== now.timeline.confirmed ||
    before.warnings.length !== now.warnings.length ||
    before.timeline.segments.length !== now.timeline.segments.length
  )
}

/** What was read of the recording is put away by the host meanwhile; nobody waits for that, nor for its place to be kept. */
async function leave(): ReturnType<typeof leaveSets> {
  const recordingId = recordingIdOf(getState())
  const kept = keepPlace()
  const left = await leaveSets()
  closeGuests()
  if (recordingId !== null) {
    void Promise.all([kept, left.inHost])
      .then(() => getHost().closeRecording({ recordingId }))
      .catch(() => {})
  }
  return left
}

/** Closes what is open at once. */
export async function leaveRecording(): Promise<void> {
  await (await leave()).inHost
  setState(closed(null))
}
