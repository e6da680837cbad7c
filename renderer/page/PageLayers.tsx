/** What lies over the page in time, besides the marks: gaps, notes, what was reviewed, selection, cursor. */
import { useMemo } from 'react'
import { interruptions } from '../../shared/edf/time/breaks.ts'
import { formatClock, formatDuration } from '../../shared/text/clock.ts'
import { intersectSpans, type Span, secondsFromTicks } from '../../shared/units.ts'
import { clockStartIn, documentIn, notesIn, timelineIn } from '../store/shownIn.ts'
import { useReview } from '../store/state.ts'
import beside from './beside.module.css'
import { AXIS, NOTE_ROW, type PlotLayout, timeToX } from './layout.ts'
import styles from './page.module.css'
import { placeNotes } from './placeNotes.ts'
import { useInPane, usePane } from './usePane.ts'

const NOTHING_REVIEWED: readonly [] = []
/** Of the chip with the selection's length. */
const HALF_CHIP = 28
const CHIP_HEIGHT = 15

type LayerProps = { readonly layout: PlotLayout; readonly span: Span }

/** Where nothing was recorded: told apart from silence. */
export function Gaps({ layout, span }: LayerProps) {
  const timeline = useInPane(timelineIn)
  const whole = useInPane((state, { guest }) =>
    state.quiz === null || guest !== null ? 'recording' : 'case',
  )
  // A file of annotations alone has no recording to be outside of.
  if (timeline === null || timeline.span.end <= timeline.span.start) return null
  const inside = interruptions(timeline).flatMap((gap) => {
    if (gap.end === gap.start)
      return gap.start > span.start && gap.start < span.end ? [{ ...gap, text: 'paused' }] : []
    const part = intersectSpans(gap, span)
    return part === null ? [] : [{ ...part, text: `gap ${formatDuration(gap.end - gap.start)}` }]
  })
  return (
    <>
      {[...inside, ...outsideOf(timeline.span, span, whole)].map((gap) => (
        <GapBox key={`${gap.start} ${gap.text}`} gap={gap} layout={layout} span={span} />
      ))}
    </>
  )
}

/** What lies around a case is no part of it: on a page that is longer it is covered until the case is answered. */
export function AroundCase({ layout, span }: LayerProps) {
  const whole = useInPane((state, pane) =>
    state.quiz?.at.phase === 'asked' ? (timelineIn(state, pane)?.span ?? null) : null,
  )
  if (whole === null) return null
  return outsideOf(whole, span, 'case').map((gap) => (
    <GapBox key={gap.text} gap={gap} layout={layout} span={span} />
  ))
}

type Gap = Span & { readonly text: string }

/** The parts of the page before and after all there is. */
function outsideOf(all: Span, page: Span, called: string): readonly Gap[] {
  return [
    { start: page.start, end: Math.min(page.end, all.start), text: `before the ${called}` },
    { start: Math.max(page.start, all.end), end: page.end, text: `after the ${called}` },
  ].filter((gap) => gap.end - gap.start > 1e-6)
}

function GapBox({ gap, layout, span }: LayerProps & { readonly gap: Gap }) {
  const left = timeToX(layout, span, gap.start)
  const width = timeToX(layout, span, gap.end) - left
  return (
    <div
      className={`page-gap ${styles.gap}`}
      style={{
        left: layout.plot.left + left,
        top: layout.plot.top,
        width: Math.max(2, width),
        height: layout.plot.height,
      }}
    >
      {(width > 40 || gap.end === gap.start) && <span>{gap.text}</span>}
    </div>
  )
}

/** The file's own annotations where they fall: thin over the page, their texts below it, where no signal is. */
export function NoteLines({ layout, span }: LayerProps) {
  const notes = useInPane(notesIn)
  const placed = useMemo(() => placeNotes(notes, span, layout.plot.width), [notes, span, layout.plot.width])
  const { left, top, width, height } = layout.plot
  return (
    <div className={styles.notes} style={{ left, top, width, height: height + AXIS }}>
      {placed.map((note) => (
        <span key={note.x}>
          <span className={styles.noteLine} style={{ left: note.x, height }} />
          <span
            className={styles.noteText}
            data-side={note.side}
            style={{
              top: height + NOTE_ROW,
              ...(note.side === 'right' ? { left: note.x } : { right: width - note.x }),
            }}
          >
            {note.text}
          </span>
        </span>
      ))}
    </div>
  )
}

/** A line at the head of what has been read. */
export function ReviewedLine({ layout, span }: LayerProps) {
  const reviewed = useInPane((state, pane) => documentIn(state, pane)?.reviewed ?? NOTHING_REVIEWED)
  const { left, top, width } = layout.plot
  return (
    <>
      {reviewed.map((range) => {
        const start = secondsFromTicks(range.onset)
        const from = Math.max(0, timeToX(layout, span, start))
        const to = Math.min(width, timeToX(layout, span, start + secondsFromTicks(range.duration)))
        if (to <= from) return null
        return (
          <div
            key={range.onset}
            className={styles.reviewed}
            title="Reviewed"
            style={{ left: left + from, top: top + layout.plot.height, width: to - from }}
          />
        )
      })}
    </>
  )
}

export function SelectionBand({ layout, span }: LayerProps) {
  const selection = usePane((pane) => pane.selection)
  const visible = selection === null ? null : visiblePart(selection, layout, span)
  if (visible === null) return null
  return (
    <div
      className={styles.selection}
      style={{
        left: layout.plot.left + visible.left,
        top: layout.plot.top,
        width: Math.max(1, visible.right - visible.left),
        height: layout.plot.height,
      }}
    />
  )
}

/** Above the page, where no signal is, and over the marks' own signs. */
export function SelectionLength({ layout, span }: LayerProps) {
  const selection = usePane((pane) => pane.selection)
  const visible = selection === null ? null : visiblePart(selection, layout, span)
  if (selection === null || visible === null) return null
  const middle = (visible.left + visible.right) / 2
  return (
    <span
      className={styles.selectionLength}
      style={{
        left: layout.plot.left + Math.min(Math.max(middle, HALF_CHIP), layout.plot.width - HALF_CHIP),
        top: layout.plot.top - CHIP_HEIGHT,
      }}
    >
      {formatDuration(selection.end - selection.start)}
    </span>
  )
}

function visiblePart(part: Span, layout: PlotLayout, span: Span) {
  const left = Math.max(0, timeToX(layout, span, part.start))
  const right = Math.min(layout.plot.width, timeToX(layout, span, part.end))
  return right < 0 || left > layout.plot.width ? null : { left, right }
}

export function Cursor({ layout, span }: LayerProps) {
  const cursor = usePane((pane) => pane.cursor)
  if (cursor === null || cursor < span.start || cursor > span.end) return null
  return (
    <div
      className={styles.cursor}
      style={{
        left: layout.plot.left + timeToX(layout, span, cursor),
        top: layout.plot.top - 4,
        height: layout.plot.height + 4,
      }}
    />
  )
}

/** Where pages side by side are aligned: the same place on each, named at its foot. */
export function AlignedAt({ layout, span }: LayerProps) {
  const aligned = usePane((pane) => pane.aligned)
  const time = aligned === null ? null : secondsFromTicks(aligned)
  if (time === null || time < span.start || time > span.end) return null
  const { left, top, height } = layout.plot
  return (
    <div className={beside.alignedAt} style={{ left: left + timeToX(layout, span, time), top, height }}>
      <span>aligned</span>
    </div>
  )
}

/** The clock where the page begins, under its first line: all that changes of the axis when a page is turned. */
export function PageClock({ layout, span }: LayerProps) {
  const start = useInPane(clockStartIn)
  // A clock tells one case of a night from another.
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  const { left, top, height } = layout.plot
  if (isQuiz) return null
  return (
    <span
      className={`page-clock ${styles.clock}`}
      data-long={!Number.isInteger(span.start)}
      style={{ left, top: top + height }}
    >
      {formatClock(start, span.start, Number.isInteger(span.start) ? 0 : 1)}
    </span>
  )
}
