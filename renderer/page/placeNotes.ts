/** Where the file's own notes stand over a stretch of time, and which of their texts have room. Pure. */
import type { FileAnnotation } from '../../shared/edf/header/model.ts'
import type { Span } from '../../shared/units.ts'

/** Inter at 11 px. */
const LETTER = 6
/** Between a note's line and its text, and between a text and what comes next. */
const STANDOFF = 5
const BETWEEN = 4

/** The text begins right of its line, or ends left of it where the page ends. */
export type PlacedNote = { readonly x: number; readonly text: string | null; readonly side: 'right' | 'left' }

/** Notes as ticks; a text where it meets no other, and never cut by the edge. */
export function placeNotes(
  notes: readonly FileAnnotation[],
  span: Span,
  width: number,
): readonly PlacedNote[] {
  const whole = span.end - span.start
  if (whole <= 0 || width <= 0) return []
  const sorted = notesIn(notes, span).map((note) => ({
    x: ((note.onset - span.start) / whole) * width,
    text: note.text,
  }))
  let free = 0
  const placed: PlacedNote[] = []
  for (const [index, { x, text }] of sorted.entries()) {
    const next = sorted[index + 1]?.x
    const wanted = text.length > 22 ? `${text.slice(0, 21)}…` : text
    const length = STANDOFF + wanted.length * LETTER
    const toRight = x >= free && x + length <= (next === undefined ? width : next - BETWEEN)
    // Only where the page ends: a text is looked for behind its line.
    const toLeft = next === undefined && x - length >= Math.max(free, (sorted[index - 1]?.x ?? 0) + BETWEEN)
    const side = toRight ? 'right' : toLeft ? 'left' : null
    const fits = side !== null && text !== ''
    if (fits) free = (side === 'right' ? x + length : x) + 2 * BETWEEN
    // A thousand notes on one pixel are one tick.
    if (fits || placed.at(-1) === undefined || x - (placed.at(-1)?.x ?? 0) >= 1)
      placed.push({ x, text: fits ? wanted : null, side: side ?? 'right' })
  }
  return placed
}

const inOrder = new WeakMap<readonly FileAnnotation[], readonly FileAnnotation[]>()

/** In order of time. Sorted once a list: a file has up to a note a second, and a page is turned in a few milliseconds. */
function notesIn(notes: readonly FileAnnotation[], span: Span): readonly FileAnnotation[] {
  let sorted = inOrder.get(notes)
  if (sorted === undefined) {
    sorted = notes.toSorted((a, b) => a.onset - b.onset)
    inOrder.set(notes, sorted)
  }
  const first = firstWhere(sorted, (note) => note.onset >= span.start)
  return sorted.slice(
    first,
    firstWhere(sorted, (note) => note.onset > span.end),
  )
}

/** Index of the first note that is so, where all after it are so too. */
function firstWhere(notes: readonly FileAnnotation[], isSo: (note: FileAnnotation) => boolean): number {
  let low = 0
  let high = notes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(notes[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
