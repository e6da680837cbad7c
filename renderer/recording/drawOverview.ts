/** The overview strip's picture: ten thousand marks are a picture, not ten thousand elements. */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { KINDS, kindOf, type MarkKind } from '../../shared/annotation/kinds.ts'
import type { Activity } from '../../shared/contract/model.ts'
import type { Timeline } from '../../shared/edf/header/model.ts'
import { formatClock, secondsOfDay } from '../../shared/text/clock.ts'
import { assertNever, type Seconds, type Span, secondsFromTicks } from '../../shared/units.ts'
import type { PlacedNote } from '../page/placeNotes.ts'
import { STRIP_HEIGHT } from './OverviewRoom.tsx'

const MARKS = { top: 2, height: 14 }
const REVIEWED = { top: 20, height: 8 }
const NOTES = { top: 32, height: 12 }
/** Sets of others stand below the notes, a row each. */
const LANES = { top: 48, height: 8, row: 11 }
/** Between two lines of a gap. */
const HATCH = 5
/** From the foot of the strip. */
const CLOCK_BASELINE = 4
/** More rows than that would take the page's room; all of them are lanes under the page. */
const MOST_LANES = 6
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200]

/** A mark is drawn by so much beyond its own ends at most. */
const WIDEST_SIGN = 6

type Row = { readonly top: number; readonly height: number }

export type OverviewColours = {
  readonly kinds: ReadonlyMap<MarkKind, string>
  readonly reviewed: string
  readonly line: string
  readonly ink: string
  readonly gap: string
  readonly activity: string
}

export function overviewColours(): OverviewColours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    kinds: new Map(KINDS.map(({ code, colour }) => [code, read(`--${colour}`)])),
    reviewed: read('--reviewed'),
    line: read('--line'),
    ink: read('--ink-2'),
    gap: read('--grid-1s'),
    activity: read('--activity'),
  }
}

/** How high the strip is, and where the row of each lane begins. */
export function overviewRows(lanes: number): { readonly height: number; readonly tops: readonly number[] } {
  const shown = Math.min(lanes, MOST_LANES)
  return {
    height: STRIP_HEIGHT + (shown === 0 ? 0 : shown * LANES.row + 2),
    tops: Array.from({ length: shown }, (_, index) => LANES.top + index * LANES.row),
  }
}

type Options = {
  readonly width: number
  readonly ratio: number
  /** Of the whole strip: the recording's or the part that is shown. */
  readonly span: Span
  readonly gaps: Timeline['gaps']
  readonly start: string | null
  readonly document: AnnotationDocument | null
  /** Of the lanes, in their order. */
  readonly others: readonly AnnotationDocument[]
  readonly activity: Activity | null
  /** That of the whole recording, which says what is usual on it. */
  readonly ofWhole: Activity | null
  readonly notes: readonly PlacedNote[]
  readonly colours: OverviewColours
}

export function drawOverview(context: CanvasRenderingContext2D, options: Options): void {
  const { width, ratio, span, gaps, start, document, others, activity, ofWhole, notes, colours } = options
  const { height, tops } = overviewRows(others.length)
  const scale = span.end > span.start ? width / (span.end - span.start) : 0
  const toX = (time: Seconds) => (time - span.start) * scale
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  if (activity !== null) {
    drawActivity(context, {
      activity,
      usual: usualHeight(activity, ofWhole),
      span,
      toX,
      colour: colours.activity,
    })
  }
  context.fillStyle = colours.line
  context.fillRect(0, REVIEWED.top, width, REVIEWED.height)
  if (document !== null) {
    context.fillStyle = colours.reviewed
    for (const range of document.reviewed) {
      const x = toX(secondsFromTicks(range.onset))
      context.fillRect(
        x,
        REVIEWED.top,
        Math.max(1, secondsFromTicks(range.duration) * scale),
        REVIEWED.height,
      )
    }
  }
  for (const gap of gaps) {
    const x = toX(gap.start)
    drawGap(context, { x, end: x + Math.max(1.5, (gap.end - gap.start) * scale), width, colour: colours.gap })
  }
  const drawMarks = (marks: AnnotationDocument['marks'], row: Row) => {
    const drawn = new Map<MarkKind, { readonly x: number; readonly end: number }>()
    for (const { kind, onset, duration } of marks) {
      const x = toX(secondsFromTicks(onset))
      const markWidth = Math.max(2, secondsFromTicks(duration) * scale)
      if (x + markWidth < -WIDEST_SIGN || x > width + WIDEST_SIGN) continue
      const last = drawn.get(kind)
      // Thousands in a strip lie upon each other: what is drawn already is not drawn once more.
      if (last !== undefined && x < last.x + 1 / ratio && x + markWidth <= last.end + 1 / ratio) continue
      drawn.set(kind, { x, end: x + markWidth })
      context.fillStyle = colours.kinds.get(kind) ?? colours.ink
      drawMark(context, kind, x, markWidth, row)
    }
  }
  drawMarks(document?.marks ?? [], MARKS)
  for (const [index, top] of tops.entries()) {
    context.fillStyle = colours.line
    context.fillRect(0, top + LANES.height + 1, width, 1)
    drawMarks(others[index]?.marks ?? [], { top, height: LANES.height })
  }
  context.fillStyle = colours.ink
  context.font = '11px "Inter Variable", Inter, sans-serif'
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  for (const note of notes) {
    context.fillRect(note.x, NOTES.top, 1, NOTES.height)
    if (note.text === null) continue
    context.textAlign = note.side === 'right' ? 'left' : 'right'
    context.fillText(note.text, note.x + (note.side === 'right' ? 4 : -3), NOTES.top + 10)
  }
  context.textAlign = 'left'
  drawClock(context, { span, start, width, toX, baseline: height - CLOCK_BASELINE })
}

/** Bins that are shorter have lower peaks; a part where nothing happens is not to fill the row with its noise. */
const LEAST_OF_WHOLE = 0.25

/** The middle of what was recorded; of a part no less than a share of the whole recording's. null: nothing was. */
function usualHeight(activity: Activity, ofWhole: Activity | null): number | null {
  const own = medianHeight(activity)
  const whole = ofWhole === null || ofWhole === activity ? null : medianHeight(ofWhole)
  return own === null || whole === null ? own : Math.max(own, whole * LEAST_OF_WHOLE)
}

function medianHeight({ eeg }: Activity): number | null {
  const seen = eeg.filter((value) => value > 0).sort((a, b) => a - b)
  return seen[Math.floor(seen.length / 2)] ?? null
}

type ActivityOptions = {
  readonly activity: Activity
  readonly usual: number | null
  readonly span: Span
  readonly toX: (time: Seconds) => number
  readonly colour: string
}

/**
 * The EEG's largest deflection in each bin, behind the marks. What is usual fills a quarter of the row,
 * so that a run of high waves stands out and one artifact does not flatten the rest.
 */
function drawActivity(
  context: CanvasRenderingContext2D,
  { activity, usual, span, toX, colour }: ActivityOptions,
): void {
  if (usual === null) return
  const { start, binLength, eeg } = activity
  const bottom = MARKS.top + MARKS.height + 1
  context.fillStyle = colour
  const first = Math.max(0, Math.floor((span.start - start) / binLength))
  const end = Math.min(eeg.length, Math.ceil((span.end - start) / binLength))
  for (let bin = first; bin < end; bin += 1) {
    const x = toX(start + bin * binLength)
    const width = Math.max(1, toX(start + (bin + 1) * binLength) - x)
    const height = Math.min(1, (eeg[bin] ?? 0) / (4 * usual)) * (MARKS.height + 1)
    context.fillRect(x, bottom - height, width, height)
  }
}

/** Kinds differ in shape too, as their patterns do: diagonal a flag, vertical a block, horizontal low, dots open. */
function drawMark(
  context: CanvasRenderingContext2D,
  kind: MarkKind,
  x: number,
  width: number,
  { top, height }: Row,
): void {
  const { pattern } = kindOf(kind)
  switch (pattern) {
    case 'diagonal':
      context.fillRect(x, top, 2, height)
      context.beginPath()
      context.moveTo(x - 4, top)
      context.lineTo(x + 6, top)
      context.lineTo(x + 1, top + height * 0.43)
      context.fill()
      return
    case 'vertical':
      context.fillRect(x, top, width, height)
      return
    case 'horizontal':
      context.fillRect(x, top + height / 2, Math.max(4, width), height / 2)
      return
    case 'dots':
      context.fillRect(x, top, Math.max(5, width), 2)
      context.fillRect(x, top + height - 2, Math.max(5, width), 2)
      context.fillRect(x, top, 2, height)
      return
    default:
      assertNever(pattern)
  }
}

/** Hatched. Only what is on the strip is drawn: of a closer look a gap may be a hundred strips long. */
function drawGap(
  context: CanvasRenderingContext2D,
  {
    x,
    end,
    width,
    colour,
  }: { readonly x: number; readonly end: number; readonly width: number; readonly colour: string },
): void {
  const left = Math.max(0, x)
  const right = Math.min(width, end)
  if (right <= left) return
  context.save()
  context.beginPath()
  context.rect(left, 0, right - left, NOTES.top)
  context.clip()
  context.strokeStyle = colour
  context.lineWidth = 1
  context.beginPath()
  // The lines stand where they do from the gap's start on, so that they move with it.
  const first = x - NOTES.top + Math.max(0, Math.floor((left - x) / HATCH)) * HATCH
  for (let at = first; at < right; at += HATCH) {
    context.moveTo(at, NOTES.top)
    context.lineTo(at + NOTES.top, 0)
  }
  context.stroke()
  context.restore()
}

function drawClock(
  context: CanvasRenderingContext2D,
  options: Pick<Options, 'span' | 'start' | 'width'> & {
    readonly toX: (time: Seconds) => number
    readonly baseline: number
  },
): void {
  const { span, start, width, toX, baseline } = options
  const whole = span.end - span.start
  if (whole <= 0) return
  const step = CLOCK_STEPS.find((candidate) => (candidate / whole) * width >= 90) ?? 86_400
  const ofDay = start === null ? 0 : secondsOfDay(start)
  const first = Math.ceil((span.start + ofDay) / step) * step - ofDay
  let free = 0
  for (let time = first; time <= span.end; time += step) {
    const x = toX(time)
    const text = formatClock(start, time)
    const shown = step >= 60 ? text.replace(/:00(?= |$)/, '') : text
    const wanted = context.measureText(shown).width
    const left = Math.min(Math.max(x - wanted / 2, 0), width - wanted)
    // At the ends a text is moved inward, and must not run into its neighbour.
    if (left < free) continue
    context.fillText(shown, left, baseline)
    free = left + wanted + 8
  }
}
