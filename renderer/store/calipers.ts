/** Calipers: two points on a line, moved by keys and by the mouse, and read by the host. */
import { neighbourSample } from '../../shared/edf/time/neighbourSample.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { type CaliperPoint, type CaliperReading, LONGEST_CALIPER } from '../../shared/signal/caliper.ts'
import { sayForComment } from '../../shared/signal/sayCaliper.ts'
import { filtersOfKind, formatFilters, type View } from '../../shared/signal/viewSettings.ts'
import { type Seconds, toMicroseconds } from '../../shared/units.ts'
import { askCaliper } from './asking.ts'
import { linesOnPage } from './linesOnPage.ts'
import { changeComment } from './marking.ts'
import { messageOf, notify } from './notices.ts'
import type { Caliper, Pane, PaneId } from './panesState.ts'
import { activePane, paneOf, selectedMarkOf } from './selectors.ts'
import { openedIn, recordingIdIn } from './shownIn.ts'
import { getState, patchPane } from './state.ts'
import { cursorInView, keepInView, moveCursor, moveCursorBySample, wantedSpan } from './viewing.ts'

const TOO_FAR = 'The points are more than 5 minutes apart: bring them nearer to read between them.'
const NO_LINE = 'That channel is not on this page: Alt with ↑ or ↓ chooses another.'
const NO_PEAK = 'No peak stands out between the points: nothing to snap to.'

/** K: puts the caliper on the selection, else from the cursor on, else in the middle of the page; again takes it away. */
export function toggleCaliper(): void {
  const state = getState()
  const pane = activePane(state)
  if (pane.caliper !== null) return closeCaliper()
  const line = pane.hover?.trace ?? firstLine(pane)
  if (line === null) return notify('info', 'There is no channel on this page to measure.')
  const page = wantedSpan(state)
  const length = page.end - page.start
  const cursor = cursorInView(state)
  const at = cursor ?? page.start + 0.45 * length
  const [from, to] =
    pane.selection === null ? [at, at + 0.1 * length] : [pane.selection.start, pane.selection.end]
  place({ line, from, to, part: 'to' })
}

export function closeCaliper(): void {
  patchPane({ caliper: null })
}

/** Those that can be measured, as they stand on the page. */
function linesOf(pane: Pane): readonly Derivation[] {
  const { lines } = linesOnPage(getState(), pane)
  return lines.map(({ line }) => line).filter(({ problem }) => problem === null)
}

/** Its first EEG, else its first line of all. */
function firstLine(pane: Pane): string | null {
  const lines = linesOf(pane).slice(pane.firstLane)
  return (lines.find(({ kind }) => kind === 'eeg') ?? lines[0])?.id ?? null
}

/** Moves what is chosen of the caliper; where there is none, the cursor. */
export function stepCursor(by: Seconds): void {
  const { caliper } = activePane(getState())
  if (caliper === null) return moveCursor(by)
  const { from, to, part } = caliper
  moveTo({
    ...caliper,
    from: part === 'to' ? from : from + by,
    to: part === 'from' ? to : to + by,
  })
}

/** The same by one sample: of the caliper's line, or of the EEG. */
export function stepBySample(direction: 1 | -1): void {
  const state = getState()
  const { caliper, shown } = activePane(state)
  const opened = openedIn(state)
  if (caliper === null || opened === null) return moveCursorBySample(direction)
  const rate = shown?.derivations.find(({ id }) => id === caliper.line)?.sampleRate ?? null
  const { recording } = opened
  const perRecord = rate === null ? undefined : Math.round(rate * recording.header.recordDuration)
  const moved = (time: Seconds) => neighbourSample(recording, time, direction, perRecord) ?? time
  const { from, to, part } = caliper
  moveTo({ ...caliper, from: part === 'to' ? from : moved(from), to: part === 'from' ? to : moved(to) })
}

/** Which point keys move: the second, the first, both. */
export function cycleCaliperPart(): void {
  const { caliper } = activePane(getState())
  const order = { to: 'from', from: 'both', both: 'to' } as const
  if (caliper !== null) patchPane({ caliper: { ...caliper, part: order[caliper.part] } })
}

/** To the line above (-1) or below. */
export function moveCaliperLine(direction: 1 | -1): void {
  const pane = activePane(getState())
  const { caliper } = pane
  const lines = linesOf(pane)
  if (caliper === null || lines.length === 0) return
  const at = lines.findIndex(({ id }) => id === caliper.line)
  const next = lines[Math.min(Math.max(at + direction, 0), lines.length - 1)]!
  place({ ...caliper, line: next.id })
}

/** Both points to the peaks nearest to them, never to the same one. */
export function snapCaliper(): void {
  const { caliper } = activePane(getState())
  if (caliper === null) return
  const reading = readingOf(caliper)
  const from = nearest(reading?.peaks ?? [], caliper.from)
  const to = nearest(
    (reading?.peaks ?? []).filter((peak) => peak !== from),
    caliper.to,
  )
  if (from === null || to === null) return notify('info', NO_PEAK)
  place({ ...caliper, from: from.time, to: to.time })
}

function nearest(peaks: readonly CaliperPoint[], time: Seconds): CaliperPoint | null {
  return peaks.reduce<CaliperPoint | null>(
    (best, peak) => (best === null || Math.abs(peak.time - time) < Math.abs(best.time - time) ? peak : best),
    null,
  )
}

/** What it reads goes to the end of the selected mark's comment. */
export function caliperToComment(): void {
  const state = getState()
  const { caliper, view, shown } = activePane(state)
  if (caliper === null) return
  const reading = readingOf(caliper)
  if (reading === null) return
  const mark = selectedMarkOf(state)
  if (mark === null) {
    return notify('info', 'Choose the mark whose comment it is for: click it, or . and , go through them.')
  }
  const kind = shown?.derivations.find(({ id }) => id === caliper.line)?.kind ?? 'eeg'
  const text = sayForComment(reading, sayFilters(view, kind))
  changeComment(mark.id, mark.comment === '' ? text : `${mark.comment}\n${text}`)
}

/** The filters that a line of this kind is read in: `0.5–70 Hz`, and which way where they are not zero-phase. */
export function sayFilters(view: View, kind: Parameters<typeof filtersOfKind>[1]): string {
  const causal = view.direction === 'causal' ? ', causal' : ''
  return `${formatFilters(filtersOfKind(view, kind))}${causal}`
}

/** What was read, where it has come. */
export function readingOf({ reading }: Caliper): CaliperReading | null {
  return reading === 'asked' || 'problem' in reading ? null : reading
}

/** The mouse: a point, or both at once, and the line. */
export function dragCaliper(change: Partial<Pick<Caliper, 'line' | 'from' | 'to' | 'part'>>): void {
  const { caliper } = activePane(getState())
  if (caliper !== null) place({ ...caliper, ...change })
}

/** Keeps the moved point in view. */
function moveTo(next: Omit<Caliper, 'reading'>): void {
  place(next)
  const { caliper } = activePane(getState())
  if (caliper === null) return
  const at = caliper.part === 'from' ? caliper.from : caliper.to
  keepInView({ start: at, end: at })
}

/** On the recording, to the microsecond; then it is read. */
function place({ line, from, to, part }: Omit<Caliper, 'reading'>): void {
  const opened = openedIn(getState())
  if (opened === null) return
  const { span } = opened.recording.timeline
  const clamp = (time: Seconds) => Math.min(Math.max(toMicroseconds(time), span.start), span.end)
  patchPane({ caliper: { line, from: clamp(from), to: clamp(to), part, reading: 'asked' } })
  readCaliper(getState().panes.active)
}

/** Asks the host; also when the montage, the filters or the recording have changed below it. Only the latest counts. */
export function readCaliper(id: PaneId): void {
  const pane = paneOf(getState(), id)
  const recordingId = pane === null ? null : recordingIdIn(getState(), pane)
  if (pane === null || pane.caliper === null || recordingId === null) return
  const { line, from, to } = pane.caliper
  const answer = (reading: Caliper['reading']) => {
    const now = paneOf(getState(), id)
    const isStill = now?.caliper?.line === line && now.caliper.from === from && now.caliper.to === to
    if (isStill && now.view === pane.view) patchPane({ caliper: { ...now.caliper, reading } }, id)
  }
  if (Math.abs(to - from) > LONGEST_CALIPER) return answer({ problem: TOO_FAR })
  void askCaliper(recordingId, { line, from, to }, pane.view).then(
    (reading) => answer(reading ?? { problem: NO_LINE }),
    (thrown: unknown) => answer({ problem: messageOf(thrown) }),
  )
}
