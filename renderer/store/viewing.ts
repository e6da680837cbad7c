/** Where the reader is and how the page is shown: pages, steps, scales, montage, filters. */

import type { OpenedRecording } from '../../shared/contract/model.ts'
import type { FileAnnotation } from '../../shared/edf/header/model.ts'
import { neighbourSample } from '../../shared/edf/time/neighbourSample.ts'
import { isOwnId, type OwnMontage, ownIdOf } from '../../shared/montage/ownMontages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { alignedStart, standsAligned, startMovedBy } from '../../shared/signal/aligning.ts'
import { arrangeLines } from '../../shared/signal/channelLook.ts'
import {
  changedView,
  FILTERS,
  type FilterName,
  montageOfView,
  SCALES,
  stepInList,
  type View,
} from '../../shared/signal/viewSettings.ts'
import { type Seconds, type Span, spanLength, toMicroseconds } from '../../shared/units.ts'
import { toOwnPage } from './activePage.ts'
import { notify } from './notices.ts'
import { following } from './overviewSpan.ts'
import type { Pane, PaneId, ShownPage } from './panesState.ts'
import { jump } from './places.ts'
import type { ReviewState } from './reviewState.ts'
import { activePane, headerOf, notesOf, ownPane, paneOf } from './selectors.ts'
import { notesIn, openedIn } from './shownIn.ts'
import { getState, patchPane, patchPanes } from './state.ts'

/** The page the reader wants: it may still be on its way. */
export function wantedSpan(state: ReviewState, { pageStart, view }: Pane = activePane(state)): Span {
  return { start: pageStart, end: pageStart + view.timebase }
}

/** What can be gone through: the recording, or, of a file of annotations alone, from its first to its last. */
export function spanToReview(opened: OpenedRecording, notes: readonly FileAnnotation[]): Span {
  const { span } = opened.recording.timeline
  if (span.end > span.start || notes.length === 0) return span
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const note of notes) {
    start = Math.min(start, note.onset)
    end = Math.max(end, note.onset + (note.duration ?? 0))
  }
  return { start, end }
}

/** Seconds of it of what a pane shows, the active one where none is given; 0: it has no time, or nothing is open. */
export function lengthToReview(state: ReviewState, pane: Pane = activePane(state)): Seconds {
  const opened = openedIn(state, pane)
  return opened === null ? 0 : spanLength(spanToReview(opened, notesIn(state, pane)))
}

/** Keeps the page on the recording; a recording shorter than a page begins where it begins. */
export function clampPageStart(
  opened: OpenedRecording,
  timebase: Seconds,
  start: Seconds,
  notes: readonly FileAnnotation[] = notesOf(getState()),
): Seconds {
  const span = spanToReview(opened, notes)
  const latest = Math.max(span.start, span.end - timebase)
  return toMicroseconds(Math.min(Math.max(start, span.start), latest))
}

/** Turns to a page; here and below on the active pane where none is named. */
export function goTo(start: Seconds, id: PaneId = getState().panes.active): void {
  const state = getState()
  const pane = paneOf(state, id)
  if (pane === null) return
  const pageStart = clampedIn(state, pane, pane.view.timebase, start)
  if (!state.panes.together) return patchPane(placedAt(state, pane, pane.view.timebase, pageStart), id)
  const by = pageStart - pane.pageStart
  // The other one goes along over either end of its recording: the offset between them stays.
  patchPanes((each) =>
    placedAt(state, each, each.view.timebase, each.id === id ? pageStart : startMovedBy(each.pageStart, by)),
  )
}

/** A page that begins there, and the overview with it in view. */
export function placedAt(
  state: ReviewState,
  pane: Pane,
  timebase: Seconds,
  pageStart: Seconds,
): Pick<Pane, 'pageStart' | 'overview'> {
  const opened = openedIn(state, pane)
  if (opened === null) return { pageStart, overview: pane.overview }
  const whole = spanToReview(opened, notesIn(state, pane))
  const page = { start: pageStart, end: pageStart + timebase }
  return { pageStart, overview: following(pane.overview, whole, page) }
}

/** On the recording of that pane, as near as it allows. */
function clampedIn(state: ReviewState, pane: Pane, timebase: Seconds, start: Seconds): Seconds {
  const opened = openedIn(state, pane)
  return opened === null ? pane.pageStart : clampPageStart(opened, timebase, start, notesIn(state, pane))
}

/** Every page lies on its recording, whose span has become known better; what is aligned stays in its place. */
export function settlePages(): void {
  const state = getState()
  patchPanes((pane) => {
    const { aligned, pageStart, view } = pane
    const start = standsAligned(aligned, pageStart, view.timebase)
      ? pageStart
      : clampedIn(state, pane, view.timebase, pageStart)
    return placedAt(state, pane, view.timebase, start)
  })
}

/** Another length of the page: what is aligned stays in its place, else the page begins where it began. */
function inLength(state: ReviewState, pane: Pane, timebase: Seconds): Partial<Pane> {
  const { aligned, pageStart, view } = pane
  if (timebase === view.timebase) return {}
  const isAligned = aligned !== null && standsAligned(aligned, pageStart, view.timebase)
  const start = isAligned ? alignedStart(aligned, timebase) : clampedIn(state, pane, timebase, pageStart)
  return placedAt(state, pane, timebase, start)
}

/** The page that was asked for stands on the screen. */
export function showPage(shown: ShownPage, id?: PaneId): void {
  patchPane({ shown }, id)
}

/**
 * Leads the reader to a time of the window's own recording, and leaves a way back: with a tenth of a page before it, nowhere
 * where the span is in view whole.
 */
export function reveal(span: Span, always = false): void {
  toOwnPage()
  revealHere(span, always)
}

/** The same on the active page, whosever recording that shows. */
export function revealHere(span: Span, always = false): void {
  jump(() => keepInView(span, always))
}

/** The page goes along with what the reader moves by steps: as `reveal`, but no place to come back to. */
export function keepInView(span: Span, always = false): void {
  const state = getState()
  if (!always && isWhollyIn(span, wantedSpan(state))) return
  goTo(startToShow(span, activePane(state).view.timebase))
}

export function isWhollyIn(span: Span, page: Span): boolean {
  return span.start >= page.start && span.end <= page.end
}

/** Where a page begins that is turned to for a span: a tenth of it stands before, less where else its end would not fit. */
export function startToShow({ start, end }: Span, timebase: Seconds): Seconds {
  const lead = Math.min(timebase * 0.1, Math.max(0, (timebase - (end - start)) / 2))
  return Math.floor(start - lead)
}

export function turnPages(count: number): void {
  const { pageStart, view } = activePane(getState())
  goTo(pageStart + count * view.timebase)
}

export function step(seconds: Seconds): void {
  goTo(activePane(getState()).pageStart + seconds)
}

/** As `goTo`, with a way back. */
export function jumpTo(start: Seconds): void {
  jump(() => goTo(start))
}

export function goToStart(): void {
  jumpTo(Number.NEGATIVE_INFINITY)
}

export function goToEnd(): void {
  jumpTo(Number.POSITIVE_INFINITY)
}

/**
 * Changes the view of every page: pages side by side are read in one view. Which electrodes are bad is said of a
 * recording alone.
 */
export function changeView(change: Partial<View>): void {
  const state = getState()
  const header = headerOf(state)
  const { bad: _, ...shared } = change
  const inPane = (pane: Pane) =>
    withMontage(state, changedView(pane.view, pane.guest === null ? change : shared, pane.millimetres))
  const own = inPane(ownPane(state))
  if (own === null) return notify('problem', 'That montage is not among your own any more.')
  if (header !== null && change.montage !== undefined) {
    const { problem } = planMontage(header, montageOfView(own), own.bad)
    if (problem !== null) return notify('problem', problem)
  }
  patchPanes((pane) => {
    const view = inPane(pane)
    if (view === null) return null
    const placed = inLength(state, pane, view.timebase)
    return { view, ...placed, ...(view.montage === pane.view.montage ? {} : { firstLane: 0 }) }
  })
}

/** The plot is this wide on the display: a page of a paper speed becomes as long. */
export function settleWidth(millimetres: number, id: PaneId): void {
  const pane = paneOf(getState(), id)
  if (pane === null || pane.millimetres === millimetres) return
  const view = changedView(pane.view, {}, millimetres)
  if (view.timebase === pane.view.timebase) return patchPane({ millimetres }, id)
  const { aligned, pageStart } = pane
  const isAligned = aligned !== null && standsAligned(aligned, pageStart, pane.view.timebase)
  const start = isAligned ? { pageStart: alignedStart(aligned, view.timebase) } : {}
  patchPane({ millimetres, view, ...start }, id)
}

/**
 * With what the montage is, where it is the reader's own, or came with the view (of a case, made by another reader); null
 * where there is none of that name.
 */
function withMontage({ shell }: ReviewState, { own: brought, ...view }: View): View | null {
  if (!isOwnId(view.montage)) return view
  const isIt = (each: OwnMontage) => ownIdOf(each) === view.montage
  const own = shell.montages.find(isIt) ?? (brought !== undefined && isIt(brought) ? brought : undefined)
  return own === undefined ? null : { ...view, own }
}

/** Taller waves: fewer uV a millimetre. */
export function moreSensitive(): void {
  changeView({ sensitivity: stepOf('sensitivity', -1) })
}

export function lessSensitive(): void {
  changeView({ sensitivity: stepOf('sensitivity', 1) })
}

/** Off, 50 Hz, 60 Hz, off. */
export function nextNotch(): void {
  stepFilter('notch', 1)
}

/** The EEG's filter, to its neighbour in the list; past either end on from the other. */
export function stepFilter(name: FilterName, direction: 1 | -1): void {
  const { steps } = FILTERS[name]
  const now = activePane(getState()).view[name]
  const next = stepInList(steps, now, direction)
  const around = direction === 1 ? steps[0] : steps.at(-1)
  changeView({ [name]: next === now ? (around ?? null) : next })
}

export function shorterTimebase(): void {
  changeTimebase(stepOf('timebase', -1))
}

export function longerTimebase(): void {
  changeTimebase(stepOf('timebase', 1))
}

/** The step beside the scale that holds. */
function stepOf(name: keyof typeof SCALES, direction: 1 | -1): number {
  return stepInList<number>(SCALES[name].steps, activePane(getState()).view[name], direction)
}

/** true where a part of the span is on the page; a span without a length lies where it begins. */
export function isInView(state: ReviewState, span: Span): boolean {
  const page = wantedSpan(state)
  return span.start < page.end && (span.end > page.start || span.start >= page.start)
}

/** The cursor where the reader can see it: one left behind on another page is none. */
export function cursorInView(state: ReviewState, pane: Pane = activePane(state)): Seconds | null {
  const { start, end } = wantedSpan(state, pane)
  const { cursor } = pane
  return cursor !== null && cursor >= start && cursor <= end ? cursor : null
}

/** Keeps the cursor, else the page's start, at its place on the screen. */
function changeTimebase(timebase: Seconds): void {
  const { pageStart, view, aligned } = activePane(getState())
  if (standsAligned(aligned, pageStart, view.timebase)) return changeView({ timebase })
  const anchor = cursorInView(getState()) ?? pageStart
  const share = (anchor - pageStart) / view.timebase
  changeView({ timebase })
  goTo(anchor - share * timebase)
}

/** Goes through the channels where more were recorded than fit on the page. */
export function scrollChannels(by: number): void {
  const { shown, firstLane, looks, view } = ownPane(getState())
  const count = arrangeLines(shown?.derivations ?? [], looks, view.montage).length
  const next = Math.min(Math.max(0, firstLane + by), Math.max(0, count - 1))
  patchPanes(() => ({ firstLane: next }))
}

/** The first channel that is in view, whatever was asked for: going on past the last must not have to be taken back. */
export function settleFirstLane(firstLane: number, id?: PaneId): void {
  patchPane({ firstLane }, id)
}

/** How high a row is on the screen, in mm: what fills its row is drawn by it. */
export function settleRow(rowMm: number, id?: PaneId): void {
  patchPane({ rowMm }, id)
}

/** Each channel's value at the cursor, which comes to the middle of the page where there is none. */
export function toggleValues(): void {
  const state = getState()
  const { showsValues } = activePane(state)
  patchPane(showsValues ? { showsValues: false } : { showsValues: true, cursor: cursorOrMiddle(state) })
}

export function placeCursor(time: Seconds): void {
  patchPane({ cursor: time })
}

/** Its time on the axis where there is none in view: the middle of the page. */
function cursorOrMiddle(state: ReviewState): Seconds {
  const page = wantedSpan(state)
  return cursorInView(state) ?? (page.start + page.end) / 2
}

export function moveCursor(by: Seconds): void {
  putCursor(cursorOrMiddle(getState()) + by)
}

/** To the next sample, or the one before, of the EEG signal that has most of them; across a gap. */
export function moveCursorBySample(direction: 1 | -1): void {
  const opened = openedIn(getState())
  if (opened === null) return
  const from = cursorOrMiddle(getState())
  putCursor(neighbourSample(opened.recording, from, direction) ?? from)
}

/** On the recording, and the page goes along. */
function putCursor(time: Seconds): void {
  const state = getState()
  const opened = openedIn(state)
  if (opened === null) return
  const { span } = opened.recording.timeline
  const { timebase } = activePane(state).view
  const page = wantedSpan(state)
  const cursor = Math.min(Math.max(toMicroseconds(time), span.start), span.end)
  patchPane({ cursor })
  if (cursor < page.start) goTo(cursor - timebase * 0.25)
  else if (cursor > page.end) goTo(cursor - timebase * 0.75)
}
