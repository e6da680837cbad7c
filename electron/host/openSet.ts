/** One open set as the host holds it, and what it says of itself. What is done with it: `sets.ts` and `setClosing.ts`. */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { Marked } from '../../shared/annotation/history.ts'
import type { JournalLine, SetPlace } from '../../shared/annotation/journalEntry.ts'
import type { OpenedSet, RecoveryChoice } from '../../shared/contract/model.ts'
import { displayText } from '../../shared/shownText.ts'
import type { FileVersion } from './atomicFile.ts'
import type { KeptJournal } from './keptJournal.ts'
import { isKeyOf } from './setNames.ts'
import { signedOf } from './setRecord.ts'
import type { SetRecording } from './setStart.ts'
import { shownName } from './shownName.ts'
import type { TakenEntries } from './takenEntries.ts'

/** Said where something is asked of a set that has two versions, one of which the reader has yet to choose. */
export const UNCHOSEN =
  'Choose first between what was saved and what was recovered; or overwrite, and what was saved is kept beside it.'

export type OpenSet = {
  /** Another one where a window begins anew with the set: what it did before is not part of it. */
  id: string
  readonly recording: SetRecording
  readonly reviewer: string
  readonly readOnly: boolean
  /** null where the set is for reading. */
  readonly journal: KeptJournal | null
  /** Whether `marked` holds what the file does not. */
  unsaved: boolean
  /** The reader has yet to choose between what was saved and what was recovered. */
  choice: RecoveryChoice | null
  /** What the choice compares with what was recovered, as it lay on disk. */
  compared: FileVersion | null
  /** Damaged journals of this set that the reader has not dealt with. */
  damaged: readonly string[]
  path: string
  /** What was read or saved last; null: nothing, undefined: it is to be read. */
  saved: AnnotationDocument | null | undefined
  /** What lay on disk when it was read or saved last; null: nothing. */
  version: FileVersion | null
  marked: Marked
  taken: TakenEntries
  /** Steps go one after the other. */
  turn: Promise<unknown>
}

export function describe(set: OpenSet): OpenedSet {
  return {
    setId: set.id,
    fileName: shownName(set.path),
    readOnly: set.readOnly,
    isKey: isKeyOf(set.recording.path, set.path),
    ...set.marked,
    recovered: null,
    choice: set.choice,
    journalProblem: null,
    damaged: null,
    notice: null,
    unsaved: set.unsaved,
    signed: signedOf(set.marked.document),
  }
}

/** The line that a journal of the set begins with. */
export function lineOf({ marked, path: file, version, unsaved }: OpenSet): JournalLine {
  // Of the last step, not of this writing: it tells whether a set was saved after it.
  return { op: 'open', at: marked.document.changed, ...marked, set: placeOf(file, version), unsaved }
}

/** Does the work once all that was asked for before is done, and whether that failed or not. */
export function inTurn<Result>(set: OpenSet, work: () => Promise<Result>): Promise<Result> {
  const result = set.turn.then(work)
  set.turn = result.catch(() => {})
  return result
}

function placeOf(file: string, version: FileVersion | null): SetPlace | null {
  return version === null ? null : { path: file, hash: version.hash }
}

export function joinNotices(notices: readonly (string | null)[]): string | null {
  // The journal may say the same when it is looked at, opened and written.
  const told = [...new Set(notices.filter((notice) => notice !== null))]
  // Names of files are in them, and a name can hold what turns a line round.
  return told.length === 0 ? null : displayText(told.join(' '))
}
