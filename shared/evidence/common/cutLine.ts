/** Parts of a line. */
import type { Seconds, Span } from '../../units.ts'
import type { Line } from './entry.ts'

/** A hair, in samples: times are sums of binary fractions. */
const HAIR = 1e-6

export type Cut = {
  /** Of the first value. */
  readonly start: Seconds
  readonly values: Float64Array
}

/** The values of [span.start, span.end) as they lie in memory; null where a gap or an end of the recording is in it. */
export function cutLine({ pieces, sampleRate }: Pick<Line, 'pieces' | 'sampleRate'>, span: Span): Cut | null {
  for (const { start, values } of pieces) {
    const from = Math.ceil((span.start - start) * sampleRate - HAIR)
    const to = Math.ceil((span.end - start) * sampleRate - HAIR)
    if (from < 0 || to > values.length || to <= from) continue
    return { start: start + from / sampleRate, values: values.subarray(from, to) }
  }
  return null
}

/** The stretch without a gap that holds all of the span, as far as it was read; null where a gap is in the span. */
export function stretchAround(
  { pieces, sampleRate }: Pick<Line, 'pieces' | 'sampleRate'>,
  span: Span,
): Cut | null {
  return (
    pieces.find(
      ({ start, values }) =>
        start - HAIR <= span.start + 1 / sampleRate &&
        start + values.length / sampleRate >= span.end - 1 / sampleRate,
    ) ?? null
  )
}
