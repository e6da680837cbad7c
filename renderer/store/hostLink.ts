/**
 * A window that outlives its host: it finds out, keeps what is marked meanwhile, and hands it over when a host is
 * back at the same address. For the reader: `followHost` watches, `goOn` takes the set up again.
 */
import { planHandover } from '../../shared/annotation/handover.ts'
import { ReviewError } from '../../shared/failure.ts'
import { NOTHING_WAITS, newSet } from './beginnings.ts'
import { editContext } from './editing.ts'
import { openGuestsAgain } from './guests.ts'
import { getHost } from './host.ts'
import { messageOf, notify } from './notices.ts'
import { giveWay } from './opening.ts'
import { openOwnSet } from './openingSets.ts'
import { flushJournal, owing, ownChanges, takeUpSet } from './outbox.ts'
import { leaveQuiz } from './quiz.ts'
import { openRecordingOf, ownSet, unkeptOf } from './selectors.ts'
import type { OpenSetState } from './setsState.ts'
import { closeBeside } from './sideBySide.ts'
import { getState, patchRecording, patchShell, useReview } from './state.ts'

/** How a call failed: nobody answered, or what answered does not know this window. */
export type HostLoss = 'gone' | 'shut-out'

/** A restart takes a second or two; a host that stays away is asked for less often. */
const ASK_SOON_MS = 500
const ASK_LATER_MS = 3000
const SOON = 40

export function hostLost(loss: HostLoss): void {
  const { state } = getState().shell.hostLink
  if (state === 'shut-out') return
  if (loss === 'shut-out') patchShell({ hostLink: { state: 'shut-out' } })
  else if (state === 'there') patchShell({ hostLink: { state: 'asking', setLost: false } })
}

/**
 * Asks for the host while it is lost, until the returned function is called. `listenAgain` opens the stream of
 * events anew.
 */
export function followHost(listenAgain: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  let asking: Promise<void> | null = null
  const ask = async () => {
    clearTimeout(timer)
    // Two answers could take up the set twice.
    if (asking !== null) return asking
    asking = findHost(listenAgain).finally(() => {
      asking = null
    })
    await asking
    const { state } = getState().shell.hostLink
    asked = state === 'gone' ? asked + 1 : 0
    if (state === 'gone' || state === 'back' || state === 'asking')
      timer = setTimeout(ask, asked > SOON ? ASK_LATER_MS : ASK_SOON_MS)
  }
  const unsubscribe = useReview.subscribe(({ shell: { hostLink } }, before) => {
    if (hostLink === before.shell.hostLink || hostLink.state !== 'asking') return
    if (hostLink.setLost) patchShell({ isJoined: false })
    void ask()
  })
  // The reader goes on in this window, and so does the host with it; another window may have been meant.
  const act = ({ target }: Event) => {
    // The banner's own button is still to be pressed.
    if (target instanceof Element && target.closest('.banner') !== null) return
    if (getState().shell.hostLink.state === 'back') void goOn()
  }
  for (const type of ['keydown', 'pointerdown'] as const)
    window.addEventListener(type, act, { capture: true })
  return () => {
    clearTimeout(timer)
    unsubscribe()
    for (const type of ['keydown', 'pointerdown'] as const)
      window.removeEventListener(type, act, { capture: true })
  }
}

async function findHost(listenAgain: () => void): Promise<void> {
  if (getState().shell.hostLink.state === 'returning') return
  let served: string | null
  try {
    served = (await getHost().presence({})).window
  } catch {
    const { state } = getState().shell.hostLink
    if (state !== 'shut-out' && state !== 'gone') patchShell({ hostLink: { state: 'gone' } })
    return
  }
  // The reader has not waited for the answer.
  const { state } = getState().shell.hostLink
  if (state === 'returning' || state === 'there') return
  const { window: own } = getState().tools
  if (served === own && getState().shell.isJoined) {
    patchShell({ hostLink: { state: 'there' } })
    listenAgain()
    // Why not was said; what waits goes with the next change.
    return flushJournal().catch(() => {})
  }
  patchShell({ isJoined: false })
  const unkept = unkeptOf(getState())
  if (served !== null && served !== own) {
    if (unkept > 0) patchShell({ hostLink: { state: 'elsewhere' } })
    else {
      giveWay()
      patchShell({ hostLink: { state: 'there' } })
    }
    return
  }
  if (state !== 'back') listenAgain()
  if (unkept > 0) await goOn()
  else if (state !== 'back') patchShell({ hostLink: { state: 'back' } })
}

/** Takes this window's recording and set up again in the host that is there now, whoever used it meanwhile. */
export async function goOn(): Promise<void> {
  if (getState().shell.hostLink.state === 'returning') return
  patchShell({ hostLink: { state: 'returning' } })
  try {
    await getHost().startup({ window: getState().tools.window })
    if (getState().quiz === null) await openAgain()
    else await leaveLostQuiz()
    patchShell({ isJoined: true, hostLink: { state: 'there' } })
    // Why not was said, or the host is being asked for again.
    await flushJournal().catch(() => {})
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'host-gone') {
      if (getState().shell.hostLink.state !== 'shut-out')
        patchShell({ hostLink: { state: 'asking', setLost: true } })
    } else patchShell({ hostLink: { state: 'refused', message: messageOf(thrown) } })
  }
}

/** The program that asked its questions has gone; each answer was kept as it was given. */
async function leaveLostQuiz(): Promise<void> {
  // A new host knows a file only by having listed it.
  await getHost().listRecordings({})
  await leaveQuiz()
  notify('info', 'Hypnospike’s program was started anew, so that the quiz has ended: its answers are kept.')
}

async function openAgain(): Promise<void> {
  const recording = openRecordingOf(getState())
  const set = ownSet(getState())
  if (recording === null || recording.source === null) return
  const before = recording.opened
  // A new host knows a file only by having listed it.
  await getHost().listRecordings({})
  const opened = await getHost().openRecording({ ref: recording.source.ref })
  if (opened.fingerprint !== before.fingerprint) {
    const message = `${before.name} has changed meanwhile, so that its marks are not handed over unseen.`
    throw new ReviewError('changed-on-disk', message)
  }
  const { recordingId } = opened
  // What is shown stays: the same file, read again.
  patchRecording({ opened: { ...opened, recording: before.recording } })
  if (!(await openGuestsAgain())) {
    closeBeside()
    notify('problem', 'The recording beside this one has changed or gone meanwhile: its page was closed.')
  }
  if (set === null) return openOwnSet()
  const { reviewer } = set.document
  const found = await getHost().openSet({ recordingId, reviewer, ref: set.ref })
  const own = ownSet(getState())
  if (own === null || own.setId !== set.setId) return
  if (own.readOnly || found.readOnly) {
    if (!own.readOnly) throw new ReviewError('read-only', found.notice ?? 'The set is open for reading only.')
    return takeUpSet({ ...own, setId: found.setId, outbox: NOTHING_WAITS })
  }
  const { marked, owes, doubled } = planHandover(found, own, ownChanges(own), editContext())
  const joined: OpenSetState = { ...newSet(found, set.ref), ...marked, recovered: null }
  if (owes) takeUpSet({ ...joined, savedStep: undefined, outbox: owing(own) }, ownChanges(own).forms)
  else takeUpSet(joined)
  sayBack(owes, doubled)
}

function sayBack(owes: boolean, doubled: number): void {
  if (doubled > 0) {
    const text =
      doubled === 1
        ? 'A mark was changed here and in another window: both are kept, one beside the other.'
        : `${doubled} marks were changed here and in another window: both of each are kept.`
    notify('problem', text)
  } else if (owes)
    notify('good', 'Hypnospike’s program is back, and what was marked meanwhile is in its journal.')
}
