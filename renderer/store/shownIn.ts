/** What is read of the recording that a pane shows, the active one where none is given: the window's own, or a guest. */
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import type { Activity, OpenedRecording } from '../../shared/contract/model.ts'
import type { FileAnnotation, Header, Recording } from '../../shared/edf/header/model.ts'
import type { Pane } from './panesState.ts'
import type { ReviewState } from './reviewState.ts'
import { activePane, activityOf, documentOf, notesOf, openedOf } from './selectors.ts'

export function openedIn(state: ReviewState, { guest }: Pane = activePane(state)): OpenedRecording | null {
  return guest?.opened ?? openedOf(state)
}

export function recordingIdIn(state: ReviewState, pane?: Pane): string | null {
  return openedIn(state, pane)?.recordingId ?? null
}

export function headerIn(state: ReviewState, pane?: Pane): Header | null {
  return openedIn(state, pane)?.recording.header ?? null
}

export function timelineIn(state: ReviewState, pane?: Pane): Recording['timeline'] | null {
  return openedIn(state, pane)?.recording.timeline ?? null
}

/** Whether there is a signal to be drawn: a file may hold annotations alone, or no data record. */
export function hasSignalIn(state: ReviewState, pane?: Pane): boolean {
  const header = headerIn(state, pane)
  if (header === null || header.records === 0) return false
  return header.signals.some(({ kind, sampleRate }) => kind !== 'annotations' && sampleRate !== null)
}

/** The clock at second 0 of its axis; null where the header says none. */
export function clockStartIn(state: ReviewState, pane?: Pane): Header['start'] {
  return headerIn(state, pane)?.start ?? null
}

/** The file's own annotations. */
export function notesIn(state: ReviewState, { guest }: Pane = activePane(state)): readonly FileAnnotation[] {
  return guest?.notes ?? notesOf(state)
}

export function activityIn(state: ReviewState, { guest }: Pane = activePane(state)): Activity | null {
  return guest === null ? activityOf(state) : guest.activity
}

/** The marks that are drawn: of a guest those that it came with. */
export function documentIn(
  state: ReviewState,
  { guest }: Pane = activePane(state),
): AnnotationDocument | null {
  return guest === null ? documentOf(state) : guest.document
}

/** The mark that is picked, in whichever recording; to be changed only where `selectedMarkOf` has it too. */
export function pickedMarkIn(state: ReviewState, pane: Pane = activePane(state)): Mark | null {
  const { selectedMark } = pane
  if (selectedMark === null) return null
  return documentIn(state, pane)?.marks.find(({ id }) => id === selectedMark) ?? null
}

/** The name of the recording that is only read here; null: it is the window's own. */
export function guestName(state: ReviewState, { guest }: Pane = activePane(state)): string | null {
  return guest?.opened.name ?? null
}
