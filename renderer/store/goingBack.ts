/** To where the reader was before a jump, and forward again; and what is picked over the whole width, from which one comes back so. */
import { SCALES } from '../../shared/signal/viewSettings.ts'
import { spanLength, toMicroseconds } from '../../shared/units.ts'
import { spanOfMark } from './editing.ts'
import { notify } from './notices.ts'
import type { PagePlace } from './panesState.ts'
import { isSamePlace, jump, placeOf } from './places.ts'
import { activePane } from './selectors.ts'
import { pickedMarkIn } from './shownIn.ts'
import { getState, patchPane } from './state.ts'
import { changeView, goTo } from './viewing.ts'

/** A jerk of a tenth of a second keeps what is around it. */
const SHORTEST_PAGE = 0.5
const LONGEST_PAGE = SCALES.timebase.steps.at(-1) ?? SHORTEST_PAGE

export function goBack(): void {
  travel('back', 'forward', 'No place to go back to: go to, a mark, a note or the overview leave one behind.')
}

export function goForward(): void {
  travel('forward', 'back', 'No place to go forward to: this is the last one.')
}

function travel(from: 'back' | 'forward', to: 'back' | 'forward', otherwise: string): void {
  const pane = activePane(getState())
  const now = placeOf(pane)
  const at = pane[from].findLastIndex((place) => !isSamePlace(place, now))
  const place = pane[from][at]
  if (place === undefined) return notify('info', otherwise)
  take(place, now)
  patchPane({ [from]: pane[from].slice(0, at), [to]: [...pane[to], now] })
}

function take({ start, timebase, paperSpeed }: PagePlace, now: PagePlace): void {
  if (paperSpeed !== now.paperSpeed || (paperSpeed === undefined && timebase !== now.timebase)) {
    changeView(paperSpeed === undefined ? { timebase } : { paperSpeed })
  }
  goTo(start)
}

/** The selection, else the picked mark, from edge to edge of the page. */
export function fillPage(): void {
  const state = getState()
  const mark = pickedMarkIn(state)
  const span = activePane(state).selection ?? (mark === null ? null : spanOfMark(mark))
  if (span === null)
    return notify('info', 'Drag over the page first, or choose a mark: that is shown over its whole width.')
  const length = spanLength(span)
  if (length > LONGEST_PAGE) {
    notify('info', `A page holds ${LONGEST_PAGE / 60} minutes at most: this is where the selection begins.`)
  }
  const timebase = toMicroseconds(Math.min(Math.max(length, SHORTEST_PAGE), LONGEST_PAGE))
  jump(() => {
    changeView({ timebase })
    goTo(length < timebase ? span.start + (length - timebase) / 2 : span.start)
  })
}
