/** Go to: a place is asked for, and gone to. */
import { type Place, parseTypedPlace, sayPlace, type TypedPlace } from '../../shared/text/typedPlace.ts'
import { notify } from './notices.ts'
import { notesIn, openedIn } from './shownIn.ts'
import { getState, patchUi } from './state.ts'
import { placeCursor, revealHere, spanToReview } from './viewing.ts'

export function askForPlace(): void {
  patchUi({ asksForPlace: true })
}

export function leavePlace(): void {
  patchUi({ asksForPlace: false })
}

/** What a text means in the recording on the page; null where none is open. */
export function readPlace(text: string): TypedPlace | null {
  const ground = groundNow()
  return ground === null ? null : parseTypedPlace(text, ground)
}

/** The cursor goes there, and the page with it. */
export function goToPlace(place: Place): void {
  const ground = groundNow()
  if (ground === null) return
  leavePlace()
  placeCursor(place.time)
  revealHere({ start: place.time, end: place.time }, true)
  if (place.gap !== null) {
    notify('info', `Nothing was recorded there: this is where it goes on, ${sayPlace(place, ground)}.`)
  }
}

export function groundNow() {
  const state = getState()
  const opened = openedIn(state)
  return opened === null ? null : { ...opened.recording, span: spanToReview(opened, notesIn(state)) }
}
