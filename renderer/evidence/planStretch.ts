/** The small picture of a channel beside its values: the stretch that they were measured on. Pure. */
import type { Page, Trace, TracePiece } from '../../shared/signal/model.ts'
import { pixelsUp } from '../../shared/signal/sensitivity.ts'
import type { ChannelSpectrum } from '../../shared/signal/spectra.ts'

/** In CSS pixels. */
export const STRETCH = { width: 48, height: 20 } as const
/** Of its lines. */
const EDGE = 1

/** An SVG path a channel, by its id; none where it has nothing. Channels of one kind and unit have one scale. */
export function planStretches(
  page: Page,
  channels: readonly Pick<ChannelSpectrum, 'id' | 'kind' | 'unit'>[],
): ReadonlyMap<string, string> {
  const traces = new Map(page.traces.map((trace) => [trace.id, trace]))
  const drawn = channels.flatMap(({ id, kind, unit }) => {
    const trace = traces.get(id)
    return trace === undefined ? [] : [{ trace, scale: `${kind} ${unit}` }]
  })
  const largest = new Map<string, number>()
  for (const { trace, scale } of drawn) {
    largest.set(scale, Math.max(largest.get(scale) ?? 0, largestOf(trace)))
  }
  const paths = drawn.map(
    ({ trace, scale }) => [trace.id, pathOf(trace, page, largest.get(scale) ?? 0)] as const,
  )
  return new Map(paths.filter(([, path]) => path !== ''))
}

function largestOf({ pieces, baseline = 0 }: Trace): number {
  let largest = 0
  for (const { values } of pieces) {
    for (const value of values) largest = Math.max(largest, Math.abs(value - baseline))
  }
  return largest
}

function pathOf({ pieces, baseline = 0 }: Trace, page: Page, largest: number): string {
  const middle = STRETCH.height / 2
  // Half the height for the largest; a flat line in the middle where there is none.
  const unitsPerPixel = largest === 0 ? 1 : largest / (middle - EDGE)
  const y = (value: number) => round(middle - pixelsUp(value - baseline, unitsPerPixel, 1))
  return pieces
    .flatMap((piece) => {
      const points = pointsOf(piece, page).map(([x, value]) => `${round(x * STRETCH.width)} ${y(value)}`)
      return points.length === 0 ? [] : [`M${points.join('L')}`]
    })
    .join('')
}

/** Shares of the span, and values. */
function pointsOf(piece: TracePiece, { span, columns }: Page): readonly (readonly [number, number])[] {
  const points: [number, number][] = []
  if (piece.form === 'columns') {
    // First, least, largest and last of each column, one over the other.
    for (const [at, value] of piece.values.entries()) {
      points.push([(piece.firstColumn + Math.floor(at / 4) + 0.5) / columns, value])
    }
    return points
  }
  const length = span.end - span.start
  for (const [at, value] of piece.values.entries()) {
    const share = (piece.start + at * piece.step - span.start) / length
    // The neighbours beside the span are there for pages that join.
    if (share >= 0 && share <= 1) points.push([share, value])
  }
  return points
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
