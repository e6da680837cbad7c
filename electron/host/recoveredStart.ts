/**
 * What a set is when a crash has left steps of it: those, or a set that was saved after them, or both, between
 * which only the reader can choose. Nothing is written here. For the reader: `startRecovered`.
 */
import { compareSets, type SetDifference } from '../../shared/annotation/compareSets.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { RecoveryChoice } from '../../shared/contract/model.ts'
import { matchSet } from './annotationFiles.ts'
import type { FileVersion } from './atomicFile.ts'
import type { Recovery } from './journalRecovery.ts'
import { loadSet } from './setReader.ts'
import { exists, readOwn, type SetRecording, type Start, unsavedPlace, withIdentity } from './setStart.ts'
import { shownName } from './shownName.ts'

/** As many differences as a person may look through; how many more there are is told. */
const MOST_DIFFERENCES = 200

export type RecoveredStart = Start & {
  /** Neither holds all of the other. */
  readonly choice: RecoveryChoice | null
  /** What lay on disk when the two were compared. */
  readonly compared: FileVersion | null
}

/** What a set begins with that no crash has left anything of. */
export const NO_CHOICE = { choice: null, compared: null } as const

type Saved = { readonly document: AnnotationDocument; readonly version: FileVersion }

/** `own`: where the reviewer's set of this recording lies, or would. */
export async function startRecovered(
  recording: SetRecording,
  reviewer: string,
  own: string,
  left: Recovery,
): Promise<RecoveredStart> {
  const { place, saved, differences } = await findSaved(recording, reviewer, own, left)
  const marked = { document: withIdentity(left.document, recording.identity), history: left.history }
  const start = {
    path: place,
    version: left.set === null ? null : { hash: left.set.hash, modified: 0 },
    marked,
    recovered: { edits: left.unsaved, lastChange: left.lastChange ?? '' },
    notices: left.problem === null ? [] : [left.problem],
    ...NO_CHOICE,
  }
  if (saved === null) {
    // Steps that were never saved go beside a file that cannot be used.
    const target = left.set === null ? await unsavedPlace(recording, reviewer, own) : place
    return { ...start, path: target }
  }
  const { version } = saved
  if (differences === 'none') return { ...start, version }
  const isNewer = (one: SetDifference['newer']) => differences.some(({ newer }) => newer === one)
  if (!isNewer('recovered') && !isNewer('unknown')) {
    return { ...(await readOwn(recording, reviewer, place)), ...NO_CHOICE }
  }
  if (!isNewer('saved') && !isNewer('unknown')) return { ...start, version }
  return { ...start, choice: choiceOf(shownName(place), saved, left, differences), compared: version }
}

type Found = {
  readonly place: string
  readonly saved: Saved | null
  /** 'none': the journal began with this very file, or saved it. */
  readonly differences: 'none' | readonly SetDifference[]
}

/**
 * Where the steps were last saved, and what lies there now. The reviewer's own place instead where that holds what the
 * journal does not, since the last save may not have reached it, or where the other is gone: file or folder were renamed.
 */
async function findSaved(
  recording: SetRecording,
  reviewer: string,
  own: string,
  left: Recovery,
): Promise<Found> {
  const known = hashesOf(left)
  const { lines, lastChange, document: recovered } = left
  const look = async (place: string): Promise<Found> => {
    const saved = await loadSaved(recording, reviewer, place)
    if (saved === null || known.has(saved.version.hash)) return { place, saved, differences: 'none' }
    const differences = compareSets({ saved: saved.document, recovered, lines, lastChange })
    return { place, saved, differences }
  }
  const last = left.set?.path ?? own
  const there = await look(last)
  if (last === own) return there
  const here = await look(own)
  if (here.saved === null) return there
  const holdsMore = here.differences !== 'none' && here.differences.some(({ newer }) => newer !== 'recovered')
  return holdsMore || !(await exists(last)) ? here : there
}

async function loadSaved(recording: SetRecording, reviewer: string, file: string): Promise<Saved | null> {
  const loaded = await loadSet(file).catch(() => null)
  if (loaded === null || loaded.document.reviewer !== reviewer) return null
  const match = await matchSet(loaded.document, recording.identity, recording.fingerprintOfFirst)
  return match === 'same' || match === 'grown' ? loaded : null
}

function hashesOf(left: Recovery): ReadonlySet<string> {
  return new Set(left.lines.flatMap((line) => ('set' in line && line.set !== null ? [line.set.hash] : [])))
}

function choiceOf(
  fileName: string,
  saved: Saved,
  left: Recovery,
  differences: readonly SetDifference[],
): RecoveryChoice {
  const countsOf = ({ marks, reviewed }: AnnotationDocument) => ({
    marks: marks.length,
    reviewed: reviewed.length,
  })
  return {
    fileName,
    saved: { ...countsOf(saved.document), changed: saved.document.changed },
    recovered: { ...countsOf(left.document), changed: left.lastChange ?? left.document.changed },
    differences: differences.slice(0, MOST_DIFFERENCES).map(({ saved: before, recovered, newer }) => {
      const shown = recovered ?? before
      return {
        what: shown?.type === 'mark' ? shown.kind : (shown?.type ?? 'reviewed'),
        onset: shown?.onset ?? 0,
        duration: shown?.duration ?? 0,
        inSaved: before !== null,
        inRecovered: recovered !== null,
        newer,
      }
    }),
    more: Math.max(0, differences.length - MOST_DIFFERENCES),
  }
}
