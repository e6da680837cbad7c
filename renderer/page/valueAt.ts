/** The value of a trace under a time, from what is on the page. */
import type { Page } from '../../shared/signal/model.ts'
import type { Seconds } from '../../shared/units.ts'

/** A single value, or the range of a pixel column that holds many; null in a gap. */
export type ReadOut =
  | { readonly form: 'value'; readonly value: number }
  | { readonly form: 'range'; readonly min: number; readonly max: number }

/** A moment this share of a step before a value counts as on it: rounding, not time. */
const ON_THE_STEP = 1e-9

export function valueAt(page: Page, traceId: string, time: Seconds): ReadOut | null {
  const trace = page.traces.find((candidate) => candidate.id === traceId)
  if (trace === undefined) return null
  for (const piece of trace.pieces) {
    if (piece.form !== 'columns') {
      const place = (time - piece.start) / piece.step
      const index = piece.form === 'steps' ? Math.floor(place + ON_THE_STEP) : Math.round(place)
      const value = piece.values[index]
      if (value !== undefined) return { form: 'value', value }
      continue
    }
    const share = (time - page.span.start) / (page.span.end - page.span.start)
    const column = Math.floor(share * page.columns) - piece.firstColumn
    const min = piece.values[column * 4 + 1]
    const max = piece.values[column * 4 + 2]
    if (column >= 0 && min !== undefined && max !== undefined) {
      return min === max ? { form: 'value', value: min } : { form: 'range', min, max }
    }
  }
  return null
}
