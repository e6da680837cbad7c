/** The set that is marked in: opened, changed for another, given up. Unsaved marks are asked for before (leaving.ts). */
import { CONSENSUS_REVIEWER } from '../../shared/agreement/consensus.ts'
import { sizeOfSet } from '../../shared/annotation/setSize.ts'
import type { OpenedSet, OpenRef } from '../../shared/contract/model.ts'
import { NO_SETS, newSet } from './beginnings.ts'
import { readGuestsAgain } from './guests.ts'
import { getHost } from './host.ts'
import { readAgain, showOwn } from './lanes.ts'
import { notify, reportFailure } from './notices.ts'
import { lookOnDisk } from './onDisk.ts'
import { dropOutboxes, flushJournal, takeUpSet } from './outbox.ts'
import { canTakeStrayed, isOwnOpen, ownSet, recordingIdOf, setsBeside } from './selectors.ts'
import type { OpenSetState, SetId, SetsState } from './setsState.ts'
import { takeCode } from './settings.ts'
import { getState, patchPane, patchRecording, patchSet, patchUi, setState } from './state.ts'

/** The first page is on the screen by then. */
const COUNTED_AFTER_MS = 500

export async function openOwnSet(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  const { reviewer } = getState().shell.settings
  try {
    const opened = await getHost().openSet({ recordingId, reviewer, ref: null })
    showSet(opened, null)
    offerStrayed()
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** A set beside the recording, or another that the reader has found. */
export async function openSet(ref: OpenRef): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  const { reviewer } = getState().shell.settings
  try {
    await leaveOwnSet()
    showSet(await getHost().openSet({ recordingId, reviewer, ref: ref.ref }), ref.ref)
  } catch (thrown) {
    reportFailure(thrown)
    await openOwnSet()
  }
}

/** The consensus set of the recording, in the place of one's own, which stays on disk and in its journal. */
export async function openConsensusSet(): Promise<boolean> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return false
  try {
    await leaveOwnSet()
    showSet(await getHost().openSet({ recordingId, reviewer: CONSENSUS_REVIEWER, ref: null }), null)
    return true
  } catch (thrown) {
    reportFailure(thrown)
    await openOwnSet()
    return false
  }
}

/** The own set of another reviewer, who is remembered. */
export async function openSetOf(reviewer: string): Promise<void> {
  // What one reader may see of the others' sets, another may not, nor be told of them.
  patchRecording({ sets: null })
  await (await leaveSets()).inHost
  await takeCode(reviewer)
  await Promise.all([openOwnSet(), refreshSets(), readGuestsAgain()])
}

/** The code of the settings is this reader's own: what was kept until they said so is theirs. */
export async function sayWhoReads(): Promise<void> {
  patchUi({ dialog: null })
  await takeCode(getState().shell.settings.reviewer)
  if (ownSet(getState()) === null) await openOwnSet()
  await Promise.all([refreshSets(), readGuestsAgain()])
}

/** Sets may have been saved since the recording was opened, here or by others. */
export async function refreshSets(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  // Names of sets beside a case of a quiz would tell.
  if (recordingId === null || getState().quiz !== null) return
  const { reviewer } = getState().shell.settings
  try {
    const sets = await getHost().listSets({ recordingId })
    const isAnswered = getState().shell.settings.reviewer === reviewer
    // Asked for another reader, it may tell what this one is not to know.
    if (recordingIdOf(getState()) !== recordingId || !isAnswered) return
    patchRecording({ sets })
    await Promise.all([readAgain(), lookOnDisk()])
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** Others may have saved while this window was not looked at; returns what ends it. */
export function refreshOnFocus(): () => void {
  const look = () => {
    // One that is gone is told of above the page.
    if (getState().shell.hostLink.state === 'there') void refreshSets()
  }
  window.addEventListener('focus', look)
  return () => window.removeEventListener('focus', look)
}

/** Says once that a set of this reader's was found by the samples, for the reader to take or to leave. */
export function offerStrayed(): void {
  const state = getState()
  const set = setsBeside(state)?.find((each) => canTakeStrayed(state, each))
  if (set === undefined || state.ui.notices.some(({ action }) => action?.do === 'takeStrayed')) return
  const text = `A set of yours was made on the samples of this recording under another name: ${set.name} in ${set.strayedIn}.`
  notify('info', text, { do: 'takeStrayed', set: { ref: set.ref, name: set.name } })
}

/** One's own set under another name is copied beside the recording, and opened. */
export async function takeStrayed(set: OpenRef): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  try {
    await getHost().takeStrayedSet({ recordingId, ref: set.ref })
    await leaveOwnSet()
    await openOwnSet()
    notify(
      'good',
      `Your marks in ${set.name} are in a set of this recording now; ${set.name} stays as it is.`,
    )
    await refreshSets()
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** From a key or another reviewer's set back to one's own. */
export async function returnToOwnSet(): Promise<void> {
  patchUi({ dialog: null })
  if (isOwnOpen(getState())) return showOwn()
  await leaveOwnSet()
  await openOwnSet()
}

export function showSet(opened: OpenedSet, ref: string | null): void {
  takeUpSet(newSet(opened, ref))
  // Its first change would wait for it: of ten thousand marks half of what a hand feels.
  setTimeout(() => sizeOfSet(opened.document), COUNTED_AFTER_MS)
  patchPane({ selectedMark: null, selection: null, armed: null })
  if (opened.choice !== null) patchUi({ dialog: 'recovery' })
  // What stays true stands above the page.
  const standing = [opened.journalProblem, opened.damaged]
  if (opened.notice !== null && !standing.includes(opened.notice)) notify('info', opened.notice)
}

/** The reader does not want what was recovered, or what was done since the last save. */
export async function discardUnsaved(): Promise<void> {
  const set = ownSet(getState())
  if (set === null) return
  await settle(set, async () => showSet(await getHost().discardSet({ setId: set.setId }), set.ref))
}

/** All that was marked in it is with the host before it is asked for another form of the set, and nothing is marked until it comes. */
export async function settle(set: OpenSetState, ask: () => Promise<void>): Promise<void> {
  patchSet(set.setId, { isSettling: true })
  try {
    await flushJournal()
    await ask()
  } catch (thrown) {
    reportFailure(thrown)
  } finally {
    patchSet(set.setId, { isSettling: false })
  }
}

/** The reader's own goes; what was read of others stays. */
async function leaveOwnSet(): Promise<void> {
  const set = ownSet(getState())
  if (set === null) return
  patchSet(set.setId, { isSettling: true })
  await flushJournal().catch(() => {})
  await closeInHost(set.setId)
  setState(({ sets }) => ({ sets: without(sets, set.setId) }))
  dropOutboxes()
}

/**
 * All of them go with their recording, once what waits is in the journal. `inHost`: the host has closed them too, and only
 * then may one of them be opened again.
 */
export async function leaveSets(): Promise<{ readonly inHost: Promise<unknown> }> {
  await flushJournal().catch(() => {})
  const open = Object.keys(getState().sets.byId)
  setState({ sets: NO_SETS })
  dropOutboxes()
  return { inHost: Promise.all(open.map(closeInHost)) }
}

async function closeInHost(setId: SetId): Promise<void> {
  await getHost()
    .closeSet({ setId })
    .catch(() => {})
}

function without({ byId, active }: SetsState, setId: SetId): SetsState {
  const { [setId]: _, ...others } = byId
  return { byId: others, active: active === setId ? null : active }
}
