/** From the first call to an open recording with its set, and back to an empty window. */
import type { Connection } from '../../shared/contract/contract.ts'
import type {
  HostEvent,
  OpenedRecording,
  OpenedSet,
  OpenRef,
  SetSummary,
} from '../../shared/contract/model.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import type { CodePage } from '../../shared/edf/header/codePages.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { defaultMontage } from '../../shared/montage/planMontage.ts'
import { DEFAULT_VIEW, type View } from '../../shared/signal/viewSettings.ts'
import { getHost } from './host.ts'
import { followJob } from './jobs.ts'
import { journalFailed, journalRecovered } from './journalNews.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import { flushJournal, save, startOutbox } from './saving.ts'
import {
  activePane,
  activeSet,
  activityOf,
  hasUnsaved,
  openedOf,
  openRecordingOf,
  recordingIdOf,
  unkeptOf,
} from './selectors.ts'
import {
  closed,
  getState,
  NO_SETS,
  newRecording,
  newSet,
  oneSet,
  openedWith,
  patchPane,
  patchRecording,
  patchShell,
  patchUi,
  setState,
} from './state.ts'
import { clampPageStart } from './viewing.ts'

let latestOpening = 0

/** Names this window to the host, which serves one at a time. */
export const WINDOW = crypto.randomUUID()

/** First call of a window. `onCommand` hears the shell's menu. Returns what ends the subscription. */
export async function start(
  connection: Connection,
  onCommand: (command: string) => void,
): Promise<() => void> {
  const unsubscribe = connection.subscribe((event) => handleEvent(event, onCommand))
  try {
    const { shell, settings, open } = await getHost().startup({ window: WINDOW })
    patchShell({ facts: shell, settings })
    // With something to open the window is never empty: nothing is drawn or asked for that goes at once.
    if (open === null) setState(closed(null))
    else await openRecording(open)
  } catch (thrown) {
    setState(closed(messageOf(thrown)))
  }
  return unsubscribe
}

function handleEvent(event: HostEvent, onCommand: (command: string) => void): void {
  const opened = openedOf(getState())
  switch (event.type) {
    case 'command':
      return onCommand(event.command)
    case 'open':
      return requestOpen(event.open)
    case 'taken-over':
      if (event.by === WINDOW) return
      // What is not kept is not put away: it is for the reader to bring it over.
      if (unkeptOf(getState()) > 0) patchShell({ hostLink: { state: 'asking', setLost: true } })
      else giveWay()
      return
    case 'open-failed':
      return notify('problem', event.message)
    case 'close-requested':
      return whenSaved(() => void getHost().closeWindow({}).catch(reportFailure))
    case 'journal-failed':
      return journalFailed(event.setId, event.message)
    case 'journal-recovered':
      return journalRecovered(event.setId)
    case 'scan':
      if (event.recordingId !== opened?.recordingId) return
      patchRecording({ scan: event.done ? null : event.progress })
      if (event.done) void loadNotes(event.recordingId)
      return
    case 'activity':
      if (event.recordingId === opened?.recordingId) patchRecording({ activity: event.activity })
      return
    case 'job':
      return followJob(event.jobId, event.done)
    case 'sets':
      return showSets(event.recordingId, event.sets)
    case 'timeline':
      if (event.recordingId !== opened?.recordingId) return
      return adoptTimeline(opened, event.recording)
    case 'recording-changed':
      if (event.recordingId !== opened?.recordingId) return
      return patchRecording({ changedOnDisk: { change: event.change, message: event.message } })
  }
}

function adoptTimeline(opened: OpenedRecording, recording: OpenedRecording['recording']): void {
  const next = { ...opened, recording }
  const { pageStart, view } = activePane(getState())
  patchRecording({ opened: next })
  patchPane({ pageStart: clampPageStart(next, view.timebase, pageStart) })
}

/** Another window has taken the host over: what was open here is put away. */
export function giveWay(): void {
  setState(closed(null))
  patchShell({ takenOver: true })
  patchUi({ dialog: null })
}

/** A list may come before its recording is shown. */
function showSets(recordingId: string, sets: readonly SetSummary[]): void {
  if (recordingIdOf(getState()) === recordingId) patchRecording({ sets })
  else patchShell({ earlySets: { recordingId, sets } })
}

async function loadNotes(recordingId: string): Promise<void> {
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

/** Opens, after asking about unsaved work where there is any. */
export function requestOpen(choice: OpenRef): void {
  patchUi({ dialog: null })
  whenSaved(() => void openRecording(choice))
}

/**
 * Opens at once; `requestOpen` asks about unsaved work first. What is open stays until the other one is: a
 * file that is refused takes nothing away. Returns whether it is open now.
 */
export async function openRecording(choice: OpenRef): Promise<boolean> {
  latestOpening += 1
  const own = latestOpening
  const hasOther = openedOf(getState()) !== null
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
  if (own !== latestOpening) {
    // The reader has asked for another one meanwhile.
    await getHost().closeRecording({ recordingId: opened.recordingId })
    return false
  }
  await leave()
  try {
    await show(opened, choice, null)
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

/** New records of a growing file, or the file that now stands in its place; unsaved marks are asked for first. */
export function reload(): void {
  whenSaved(() => void reopen())
}

async function reopen(): Promise<void> {
  const state = getState()
  const recording = openRecordingOf(state)
  const set = activeSet(state)
  if (recording === null) return
  const { source } = recording
  const { recordingId } = recording.opened
  const { pageStart, view } = activePane(state)
  try {
    if (set !== null) await flushJournal()
    const opened = await getHost().reopenRecording({ recordingId })
    if (set !== null) await getHost().closeSet({ setId: set.setId })
    await show(opened, source, { pageStart, view })
    notify('good', 'Read again from disk.')
  } catch (thrown) {
    reportFailure(thrown)
  }
}

async function show(
  opened: OpenedRecording,
  source: OpenRef | null,
  keep: { readonly pageStart: number; readonly view: View } | null,
): Promise<void> {
  const { header, timeline } = opened.recording
  const view = keep?.view ?? { ...DEFAULT_VIEW, montage: defaultMontage(header) }
  const { earlySets } = getState().shell
  const sets = earlySets?.recordingId === opened.recordingId ? earlySets.sets : opened.sets
  const pageStart = clampPageStart(opened, view.timebase, keep?.pageStart ?? timeline.span.start)
  setState(openedWith(newRecording(opened, source, sets), { view, pageStart }))
  // The reading of a short file may have ended before this window knew its id.
  const early = await getHost().scanned({ recordingId: opened.recordingId })
  // What an event has told meanwhile is newer than this answer.
  if (openedOf(getState()) === opened && hasNews(opened.recording, early.recording)) {
    adoptTimeline(opened, early.recording)
  }
  if (early.activity !== null && activityOf(getState()) === null) patchRecording({ activity: early.activity })
  if (early.complete) patchRecording({ notes: early.annotations, scan: null })
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

export async function openOwnSet(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  const { reviewer } = getState().shell.settings
  try {
    const opened = await getHost().openSet({ recordingId, reviewer, ref: null })
    showSet(opened, null)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export function requestSet(ref: OpenRef): void {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  const { reviewer } = getState().shell.settings
  patchUi({ dialog: null })
  whenSaved(async () => {
    try {
      await leaveSet()
      showSet(await getHost().openSet({ recordingId, reviewer, ref: ref.ref }), ref.ref)
    } catch (thrown) {
      reportFailure(thrown)
      await openOwnSet()
    }
  })
}

/** Sets may have been saved since the recording was opened, here or by others. */
export async function refreshSets(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  try {
    const sets = await getHost().listSets({ recordingId })
    if (recordingIdOf(getState()) === recordingId) patchRecording({ sets })
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** From a key or another reviewer's set back to one's own. */
export async function returnToOwnSet(): Promise<void> {
  patchUi({ dialog: null })
  await leaveSet()
  await openOwnSet()
}

export async function chooseSet(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  if (getState().shell.facts.kind === 'browser') return patchUi({ dialog: 'sets' })
  try {
    const chosen = await getHost().chooseSet({ recordingId })
    if (chosen !== null) requestSet(chosen)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export function showSet(opened: OpenedSet, ref: string | null): void {
  setState({ sets: oneSet(newSet(opened, ref)) })
  startOutbox(opened.setId)
  patchPane({ selectedMark: null, selection: null, armed: null })
  if (opened.choice !== null) patchUi({ dialog: 'recovery' })
  // What stays true stands above the page.
  const standing = [opened.journalProblem, opened.damaged]
  if (opened.notice !== null && !standing.includes(opened.notice)) notify('info', opened.notice)
}

/** The reader does not want what was recovered, or what was done since the last save. */
export async function discardUnsaved(): Promise<void> {
  const set = activeSet(getState())
  if (set === null) return
  try {
    await flushJournal()
    showSet(await getHost().discardSet({ setId: set.setId }), set.ref)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** Runs `then` at once, or after the reader has said what happens to unsaved marks. */
export function whenSaved(then: () => void): void {
  if (!hasUnsaved(getState())) return then()
  patchUi({ dialog: 'unsaved', afterUnsaved: then })
}

export async function answerUnsaved(answer: 'save' | 'discard' | 'cancel'): Promise<void> {
  const then = getState().ui.afterUnsaved
  patchUi({ dialog: null, afterUnsaved: null })
  if (answer === 'cancel' || then === null) return
  if (answer === 'save' && !(await save())) return
  if (answer === 'discard') await discardUnsaved()
  then()
}

export function closeRecording(): void {
  whenSaved(async () => {
    await leave()
    setState(closed(null))
  })
}

async function leave(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  await leaveSet()
  if (recordingId !== null)
    await getHost()
      .closeRecording({ recordingId })
      .catch(() => {})
}

async function leaveSet(): Promise<void> {
  const set = activeSet(getState())
  if (set === null) return
  await flushJournal().catch(() => {})
  await getHost()
    .closeSet({ setId: set.setId })
    .catch(() => {})
  setState({ sets: NO_SETS })
}

export async function chooseRecording(): Promise<void> {
  if (getState().shell.facts.kind === 'browser') return patchUi({ dialog: 'open' })
  try {
    const chosen = await getHost().chooseRecording({})
    if (chosen !== null) requestOpen(chosen)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export function changeSettings(change: Partial<Settings>): void {
  const settings = { ...getState().shell.settings, ...change }
  patchShell({ settings })
  getHost().saveSettings(settings).catch(reportFailure)
}

/** Another reviewer's own set is opened; what the last one left is saved or asked for first. */
export function changeReviewer(reviewer: string): void {
  patchUi({ dialog: null })
  const { settings } = getState().shell
  const set = activeSet(getState())
  // A set for reading is a key or another's; one's own that another window had may be free by now.
  if (reviewer === settings.reviewer && set?.readOnly === false) return
  whenSaved(async () => {
    await leaveSet()
    if (reviewer !== settings.reviewer) changeSettings({ reviewer })
    await openOwnSet()
  })
}
