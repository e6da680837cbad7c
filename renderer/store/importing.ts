/** Marks from files of other programs, and from the recording's own annotations, as one step of undo. */

import { ReviewError } from '../../shared/failure.ts'
import type { Found } from '../../shared/interchange/common/format.ts'
import { importEdit, planImport } from '../../shared/interchange/common/planImport.ts'
import { factsOfRecording, type RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import type { Target } from '../../shared/interchange/common/vocabulary.ts'
import { eventsOfFile } from '../../shared/interchange/edf/read.ts'
import { displayName } from '../../shared/shownText.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { canEdit, dispatch, editContext } from './editing.ts'
import { readForeignEvents } from './foreignEvents.ts'
import { notify } from './notices.ts'
import { type ReadOptions, readInThread } from './readInThread.ts'
import { activeSet, headerOf, notesOf, openedOf } from './selectors.ts'
import { getState } from './state.ts'

export type FoundEvents = {
  readonly from: string
  readonly found: readonly Found[]
  /** A sentence on what was left out before anybody chose, else null. */
  readonly notice: string | null
}

function facts(): RecordingFacts {
  const opened = openedOf(getState())
  if (opened === null) throw new ReviewError('not-found', 'No recording is open.')
  return factsOfRecording(opened.recording, opened.name)
}

/** Rejects with one sentence where the file is none that is known, or is of another recording; `cancelled` when told to stop. */
export async function readForeignFile(file: File, options: ReadOptions = {}): Promise<FoundEvents> {
  const recording = facts()
  // Where there are no threads, as in tests, it is read here.
  const { format, found } =
    typeof Worker === 'undefined'
      ? await readForeignEvents(file, recording, options.onProgress ?? (() => {}))
      : await readInThread(file, recording, options)
  return { from: `${displayName(file.name)}, ${format}`, found, notice: null }
}

/** The recording's own annotations; those outside of it are no marks. */
export function readOwnAnnotations(): FoundEvents {
  const recording = facts()
  const all = eventsOfFile(notesOf(getState()), { start: headerOf(getState())?.start ?? null }, { recording })
  const found = all.filter(({ onset, duration }) => onset >= 0 && onset + duration <= recording.end)
  const outside = all.length - found.length
  return {
    from: recording.name,
    found,
    notice: outside === 0 ? null : `${outside} of them lie outside the recording and are left out.`,
  }
}

/** Adds what the reader has chosen, as one step; false where nothing was added. */
export function addImported({ from, found }: FoundEvents, chosen: ReadonlyMap<string, Target>): boolean {
  const set = activeSet(getState())
  if (set === null || !canEdit()) return false
  const plan = planImport(found, facts(), chosen)
  const edit = dispatch(importEdit(set.document, plan, editContext()))
  if (edit === null) {
    notify('info', `All of ${from} is in this set already.`)
    return false
  }
  const added = edit.changes.filter(({ after }) => after?.type === 'mark').length
  const first = edit.changes
    .flatMap(({ after }) => (after?.type === 'mark' ? [after.onset] : []))
    .sort((a, b) => a - b)[0]
  const text = `${added === 1 ? '1 mark' : `${added} marks`} from ${from}`
  if (first === undefined) notify('good', text, { do: 'undo' })
  else notify('good', `${text}, the first at ${Math.round(secondsFromTicks(first))} s`, { do: 'undo' })
  return true
}
