/** Where the file's own notes stand over a stretch of time, and which of their texts have room. Pure. */
import type { FileAnnotation } from '../../shared/edf/model.ts'
import type { Span } from '../../shared/units.ts'

/** Inter at 11 px. */
const LETTER = 6

export type PlacedNote = { readonly x: number; readonly text: string | null }

/** Notes as ticks; a text where it meets no other. */
export function placeNotes(
  notes: readonly FileAnnotation[],
  span: Span,
  width: number,
): readonly PlacedNote[] {
  const whole = span.end - span.start
  if (whole <= 0 || width <= 0) return []
  const sorted = notes
    .filter((note) => note.onset >= span.start && note.onset <= span.end)
    .map((note) => ({ x: ((note.onset - span.start) / whole) * width, text: note.text }))
    .sort((a, b) => a.x - b.x)
  let free = 0
  const placed: PlacedNote[] = []
  for (const [index, { x, text }] of sorted.entries()) {
    const next = sorted[index + 1]?.x ?? width
    const wanted = text.length > 22 ? `${text.slice(0, 21)}…` : text
    const end = x + 5 + wanted.length * LETTER
    const fits = x >= free && end <= Math.max(next - 4, 0) && end <= width && text !== ''
    if (fits) free = end + 8
    // A thousand notes on one pixel are one tick.
    if (fits || placed.at(-1) === undefined || x - (placed.at(-1)?.x ?? 0) >= 1)
      placed.push({ x, text: fits ? wanted : null })
  }
  return placed
}
