/** Candidates: searched for in the background, gone through one by one, and never marks before the reader says so. */
import type { Mark } from '../../shared/annotation/document.ts'
import { addMark } from '../../shared/annotation/edits.ts'
import { clipText, MAX_NAME } from '../../shared/annotation/plainText.ts'
import type { Candidate } from '../../shared/candidates/common/candidate.ts'
import { badOf } from '../../shared/signal/viewSettings.ts'
import { type Span, type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { toOwnPage } from './activePage.ts'
import { NO_CANDIDATES } from './beginnings.ts'
import { canEdit, dispatch, editContext } from './editing.ts'
import { runJob } from './jobs.ts'
import { messageOf, notify } from './notices.ts'
import type { CandidatesState, ReviewState } from './reviewState.ts'
import {
  activePane,
  activeSet,
  openRecordingOf,
  ownPane,
  ownSet,
  recordingIdOf,
  setsBeside,
} from './selectors.ts'
import { getState, patchPane, patchRecording, patchShell } from './state.ts'
import { showPanel } from './ui.ts'
import { isInView, reveal } from './viewing.ts'

const NONE: readonly Candidate[] = []
const WHILE_BLIND =
  'A blind review is under way: candidates can be looked for once you have signed off your set.'

/** Whether this reader reviews blind and has not signed off: then nothing is searched for, nor shown. */
export function isReviewingBlind(state: ReviewState): boolean {
  const own = ownSet(state)
  const isOwnBlind = own?.document.blind === true && own.signed === null
  return isOwnBlind || (setsBeside(state) ?? []).some(({ isSealed }) => isSealed)
}

/**
 * Whether this reader knows what a search proposes of the recording: by this window, also before the recording was closed
 * and opened again, or by a mark that was made of a candidate.
 */
export function hasSeenProposals(state: ReviewState): boolean {
  const fingerprint = openRecordingOf(state)?.opened.fingerprint
  if (fingerprint !== undefined && state.shell.proposedOf.includes(fingerprint)) return true
  const marks = ownSet(state)?.document.marks ?? []
  return marks.some(({ parameters }) => parameters?.candidate !== undefined)
}

function rememberProposals(): void {
  const { proposedOf } = getState().shell
  const fingerprint = openRecordingOf(getState())?.opened.fingerprint
  if (fingerprint === undefined || proposedOf.includes(fingerprint)) return
  patchShell({ proposedOf: [...proposedOf, fingerprint] })
}

/** What is to be seen of candidates now: null where they are put away, or hidden. */
export function shownCandidates(state: ReviewState): CandidatesState | null {
  const candidates = openRecordingOf(state)?.candidates ?? null
  return candidates?.isShown === true && !isReviewingBlind(state) ? candidates : null
}

/** Those that wait for the reader's word, by onset: also one whose mark was undone or deleted since. */
export function waitingOf({ work, reviewed }: CandidatesState, marks: readonly Mark[]): readonly Candidate[] {
  if (work.at !== 'found') return NONE
  const ids = new Set(marks.map(({ id }) => id))
  return work.found.candidates.filter((candidate) => {
    const became = reviewed.get(candidate)
    return became === undefined || (became !== 'dismissed' && !ids.has(became.markId))
  })
}

function waiting(): readonly Candidate[] {
  const shown = shownCandidates(getState())
  return shown === null ? NONE : waitingOf(shown, ownSet(getState())?.document.marks ?? [])
}

/** Shows what was found, looking for it first where nothing was; hides it where it is shown. */
export async function toggleCandidates(): Promise<void> {
  const state = getState()
  if (isReviewingBlind(state)) return notify('info', WHILE_BLIND)
  const recording = openRecordingOf(state)
  if (recording === null) return
  if (recording.candidates.isShown && state.ui.panel === 'marks') return hideCandidates()
  showPanel('marks')
  patch({ isShown: true })
  const { at } = recording.candidates.work
  if (at === 'nothing' || at === 'failed') await search()
}

/** Ends the search too. What was found, and what became of it, is kept. */
export function hideCandidates(): void {
  const candidates = openRecordingOf(getState())?.candidates
  if (candidates === undefined) return
  if (candidates.work.at === 'searching') cancelSearch()
  else patch({ isShown: false, chosen: null })
}

export function cancelSearch(): void {
  getState().tools.search.end?.()
  patch({ isShown: false, work: { at: 'nothing' } })
}

/** From the beginning, as where an electrode was marked bad since: what was reviewed is asked again. */
export async function searchAgain(): Promise<void> {
  patch({ ...NO_CANDIDATES, isShown: true })
  await search()
}

async function search(): Promise<void> {
  const state = getState()
  const recordingId = recordingIdOf(state)
  if (recordingId === null) return
  state.tools.search.end?.()
  const ending = new AbortController()
  state.tools.search.end = () => ending.abort()
  const tell = (work: CandidatesState['work']) => {
    if (ending.signal.aborted || recordingIdOf(getState()) !== recordingId) return
    patch({ work })
    if (work.at === 'found') rememberProposals()
  }
  tell({ at: 'searching', done: 0 })
  try {
    const found = await runJob(
      { name: 'candidates', input: { bad: badOf(ownPane(state).view) } },
      { recordingId, signal: ending.signal, onProgress: (done) => tell({ at: 'searching', done }) },
    )
    tell({ at: 'found', found })
  } catch (thrown) {
    tell({ at: 'failed', message: messageOf(thrown) })
  }
}

/** Brings it into view, with the cursor at its onset. */
export function chooseCandidate(candidate: Candidate | null): void {
  patch({ chosen: candidate })
  if (candidate === null) return
  toOwnPage()
  patchPane({ selectedMark: null, selection: null, outlined: null, cursor: candidate.onset })
  reveal(spanOf(candidate))
}

function spanOf({ onset, duration }: Candidate): Span {
  return { start: onset, end: onset + duration }
}

/** Chooses, of those that wait, the one after or before the one that is chosen; round from the last to the first. */
export function stepCandidate(direction: 'next' | 'previous'): void {
  const all = direction === 'next' ? waiting() : waiting().toReversed()
  const chosen = shownCandidates(getState())?.chosen ?? null
  const isBeyond = ({ onset }: Candidate) =>
    chosen === null || (direction === 'next' ? onset > chosen.onset : onset < chosen.onset)
  const [first] = all
  if (first !== undefined) chooseCandidate(all.find(isBeyond) ?? first)
}

/** The chosen one while a part of it is in view: what is out of sight is shown before anything is decided on it. */
function chosenInView(): Candidate | null {
  const chosen = shownCandidates(getState())?.chosen ?? null
  if (chosen === null) return null
  toOwnPage()
  if (isInView(getState(), spanOf(chosen))) return chosen
  chooseCandidate(chosen)
  notify('info', 'The candidate was not on this page; now it is.')
  return null
}

/** Y: a mark of the reader's own, which undo takes back, and then the next. */
export function acceptCandidate(): void {
  const chosen = chosenInView()
  const set = activeSet(getState())
  if (chosen === null || set === null || !canEdit()) return
  const { paperSpeed: _, own: __, ...view } = activePane(getState()).view
  const onset = ticksFromSeconds(chosen.onset)
  const edit = dispatch(
    addMark(
      set.document,
      {
        kind: chosen.kind,
        onset,
        duration: (ticksFromSeconds(chosen.onset + chosen.duration) - onset) as Ticks,
        // A generalised run is on all channels.
        channels: chosen.kind === 'hypnic_jerk' ? chosen.channels : [],
        view,
        madeFrom: 'a candidate',
        parameters: { candidate: clipText(chosen.reason, MAX_NAME), candidateScore: chosen.score },
      },
      editContext(),
    ),
  )
  const markId = edit?.changes[0]?.id
  if (markId !== undefined) settleOn(chosen, { markId })
}

/** N: no mark; not proposed again in this session. */
export function dismissCandidate(): void {
  const chosen = chosenInView()
  if (chosen !== null) settleOn(chosen, 'dismissed')
}

/** Those that were dismissed wait again. */
export function restoreDismissed(): void {
  const candidates = openRecordingOf(getState())?.candidates
  if (candidates === undefined) return
  patch({ reviewed: new Map([...candidates.reviewed].filter(([, became]) => became !== 'dismissed')) })
}

function settleOn(candidate: Candidate, became: { readonly markId: string } | 'dismissed'): void {
  const candidates = openRecordingOf(getState())?.candidates
  if (candidates === undefined) return
  patch({ reviewed: new Map([...candidates.reviewed, [candidate, became]]) })
  if (waiting().length === 0) patch({ chosen: null })
  else stepCandidate('next')
}

function patch(change: Partial<CandidatesState>): void {
  const recording = openRecordingOf(getState())
  if (recording !== null) patchRecording({ candidates: { ...recording.candidates, ...change } })
}
