/** What is read of the state: each thing by one name, whatever shape it has within. */
import { CONSENSUS_REVIEWER } from '../../shared/agreement/consensus.ts'
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import type { Activity, OpenedRecording, SetSummary } from '../../shared/contract/model.ts'
import type { FileAnnotation, Header, Recording } from '../../shared/edf/header/model.ts'
import type { LessonCase } from '../../shared/teaching/lesson.ts'
import { FIRST_PANE } from './beginnings.ts'
import { copyName, saysCopy, shortCopy } from './copyName.ts'
import type { Pane, PaneId } from './panesState.ts'
import type { OpenLesson, OpenRecording, ReviewState } from './reviewState.ts'
import type { OpenSetState, SetsState } from './setsState.ts'

const NO_NOTES: readonly FileAnnotation[] = []
const NO_WARNINGS: Recording['warnings'] = []

export function openRecordingOf({ recording }: ReviewState): OpenRecording | null {
  return recording.phase === 'open' ? recording : null
}

export function isOpen({ recording }: ReviewState): boolean {
  return recording.phase === 'open'
}

/** A recording is open or being opened: the room of its page is there. */
export function hasPage({ recording: { phase } }: ReviewState): boolean {
  return phase === 'open' || phase === 'opening'
}

export function openedOf(state: ReviewState): OpenedRecording | null {
  return openRecordingOf(state)?.opened ?? null
}

export function recordingIdOf(state: ReviewState): string | null {
  return openedOf(state)?.recordingId ?? null
}

export function recordingNameOf(state: ReviewState): string | null {
  return openedOf(state)?.name ?? null
}

export function headerOf(state: ReviewState): Header | null {
  return openedOf(state)?.recording.header ?? null
}

export function timelineOf(state: ReviewState): Recording['timeline'] | null {
  return openedOf(state)?.recording.timeline ?? null
}

export function warningsOf(state: ReviewState): Recording['warnings'] {
  return openedOf(state)?.recording.warnings ?? NO_WARNINGS
}

/** The clock at second 0 of the page's axis; null where the header says none. */
export function clockStartOf(state: ReviewState): Header['start'] {
  return headerOf(state)?.start ?? null
}

/** The file's own annotations. */
export function notesOf(state: ReviewState): readonly FileAnnotation[] {
  return openRecordingOf(state)?.notes ?? NO_NOTES
}

/** 0..1 while the recording is read in the background. */
export function scanOf(state: ReviewState): number | null {
  return openRecordingOf(state)?.scan ?? null
}

export function activityOf(state: ReviewState): Activity | null {
  return openRecordingOf(state)?.activity ?? null
}

export function changedOnDiskOf(state: ReviewState): OpenRecording['changedOnDisk'] {
  return openRecordingOf(state)?.changedOnDisk ?? null
}

/** The sets beside the open recording, as far as they are known. */
export function setsBeside(state: ReviewState): readonly SetSummary[] | null {
  return openRecordingOf(state)?.sets ?? null
}

export function paneOf({ panes }: ReviewState, id: PaneId): Pane | null {
  return panes.byId[id] ?? null
}

/** The pane that keys act on. */
export function activePane(state: ReviewState): Pane {
  const pane = paneOf(state, state.panes.active)
  if (pane === null) throw new Error('the active pane is none of the panes')
  return pane
}

/** The first pane: of the window's own recording, whatever stands beside it. */
export function ownPane(state: ReviewState): Pane {
  const pane = paneOf(state, FIRST_PANE)
  if (pane === null) throw new Error('the first pane is none of the panes')
  return pane
}

export function isSplit({ panes }: ReviewState): boolean {
  return Object.keys(panes.byId).length > 1
}

/** The set on the page: the reader's own, or another's that is shown alone. */
export function activeSet({ sets }: Pick<ReviewState, 'sets'>): OpenSetState | null {
  return sets.active === null ? null : (sets.byId[sets.active] ?? null)
}

/** The set that is marked in and saved, also while another's is shown alone. */
export function ownSet(state: Pick<ReviewState, 'sets'>): OpenSetState | null {
  const active = activeSet(state)
  if (active?.role === 'own') return active
  return Object.values(state.sets.byId).find(({ role }) => role === 'own') ?? null
}

/** Whether what is marked in is this reader's own: it may be a consensus set, or one that only can be read. */
export function isOwnOpen(state: ReviewState): boolean {
  const own = ownSet(state)
  return own !== null && !own.readOnly && !isDeciding(state)
}

/** Whether what is marked in is the consensus of several readers. */
export function isDeciding(state: ReviewState): boolean {
  const own = ownSet(state)
  return own !== null && !own.readOnly && own.document.reviewer === CONSENSUS_REVIEWER
}

/** Those drawn as lanes, by their names, keys last; not the one that is alone on the page. */
export function lanesOf({ byId, active }: SetsState): readonly OpenSetState[] {
  return Object.values(byId)
    .filter(({ role, setId }) => role === 'lane' && setId !== active)
    .sort((a, b) => Number(a.isKey) - Number(b.isKey) || (a.fileName < b.fileName ? -1 : 1))
}

/** What was read of a set beside the recording; null: it was not read yet. */
export function setOfRef({ byId }: SetsState, ref: string): OpenSetState | null {
  return Object.values(byId).find((set) => set.role !== 'own' && set.ref === ref) ?? null
}

/** Whether a listed set is the file of one that is open; one of the same name in another folder is not. */
export function isFileOf(listed: SetSummary, set: OpenSetState): boolean {
  return listed.strayedIn === null && listed.name === set.fileName
}

/** A sealed set under the reader's own code: it opens once they have said that the code is theirs. */
export function isOfUnknownReader({ shell }: ReviewState, set: SetSummary): boolean {
  return set.isSealed && !set.isKey && set.reviewer === shell.settings.reviewer
}

/** Nothing can be marked before the reader has said who they are. */
export function asksWhoReads(state: ReviewState): boolean {
  const sets = setsBeside(state) ?? []
  return isOpen(state) && ownSet(state) === null && sets.some((set) => isOfUnknownReader(state, set))
}

/** One's own set under another recording's name, where there is none beside this one yet. */
export function canTakeStrayed(state: ReviewState, set: SetSummary): boolean {
  const own = ownSet(state)
  const isUsable = !set.isKey && !set.isSealed && set.problem === null
  if (own === null || own.readOnly || set.strayedIn === null || !isUsable) return false
  const { marks, reviewed } = own.document
  const isBlank = marks.length + reviewed.length === 0 && own.history.done.length === 0
  return isBlank && set.reviewer === state.shell.settings.reviewer
}

type NamedSet = SetSummary | Pick<OpenSetState, 'isKey' | 'document' | 'copy'>

/** Whose marks they are. */
export function reviewerOf(set: NamedSet): string {
  if (set.isKey) return 'Key'
  return 'document' in set ? set.document.reviewer : set.reviewer
}

/** What a set is called among others: by its reviewer, and a copy of one by what its own name has besides. */
export function readerOf(set: NamedSet): string {
  const reviewer = reviewerOf(set)
  const copy = 'document' in set ? set.copy : copyOf(set)
  if (copy === null) return reviewer
  return `${reviewer} (${saysCopy(copy) ? copy : `copy ${copy}`.trimEnd()})`
}

/** The same, where there is little room. */
export function shortReaderOf(set: NamedSet): string {
  const copy = 'document' in set ? set.copy : copyOf(set)
  return copy === null ? reviewerOf(set) : `${reviewerOf(set)} ${shortCopy(copy)}`
}

/** null: the set is no copy. */
export function copyOf({ name, copyOf: original }: SetSummary): string | null {
  return original === null ? null : copyName(name, original)
}

export function documentOf(state: ReviewState): AnnotationDocument | null {
  return activeSet(state)?.document ?? null
}

export function selectedMarkOf(state: ReviewState): Mark | null {
  const { selectedMark } = activePane(state)
  if (selectedMark === null) return null
  return documentOf(state)?.marks.find((mark) => mark.id === selectedMark) ?? null
}

/** Neither for reading only nor signed off and closed, nor about to be another. */
export function isMarkable(set: OpenSetState | null): boolean {
  return set !== null && !set.readOnly && !set.isSettling && (set.signed === null || set.amending)
}

export function isUnsaved(set: OpenSetState | null): boolean {
  if (set === null || set.readOnly) return false
  if (set.savedStep === undefined) return true
  return (set.history.done.at(-1) ?? null) !== set.savedStep
}

export function hasUnsaved(state: ReviewState): boolean {
  return isUnsaved(ownSet(state))
}

/** Changes of a set that the host has not confirmed to be in its journal. */
export function changesWaiting({ outbox }: OpenSetState): number {
  return outbox.owed + outbox.waiting.length
}

/** The same of all sets that are open. */
export function unkeptOf({ sets }: ReviewState): number {
  return Object.values(sets.byId).reduce((sum, set) => sum + changesWaiting(set), 0)
}

/** Whether what was done in a lesson is not in its file yet. */
export function isLessonUnkept({ lessons: { open } }: ReviewState): boolean {
  return open !== null && open.saved !== open.lesson
}

/** Whether the window's own recording is the one that a case was cut from, or has grown from it. */
export function isCaseOpen(state: ReviewState, { recording }: Pick<LessonCase, 'recording'>): boolean {
  const now = openRecordingOf(state)
  if (now === null) return false
  if (now.opened.fingerprint === recording.fingerprint) return true
  const known = state.lessons.open?.recordings.get(recording.fingerprint) ?? null
  return known !== null && known.ref === now.source?.ref
}

/** Whether a case of it has its answer in the file alone: a lesson made of what the window has would be without it. */
export function hasSealedCase({ lesson, sealed }: Pick<OpenLesson, 'lesson' | 'sealed'>): boolean {
  return lesson.cases.some(({ id }) => sealed.has(id))
}

/** Came with the app or in a pack: read and copied, never changed. */
export function isFixed({ isShipped, pack }: Pick<OpenLesson, 'isShipped' | 'pack'>): boolean {
  return isShipped || pack !== null
}
