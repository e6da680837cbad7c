/** The small picture beside a value: the stretch that it was measured on, negative up, and the moments that count. Pure. */
import type { EvidencePicture } from '../../shared/evidence/evidence.ts'
import { pixelsUp } from '../../shared/signal/sensitivity.ts'

/** In CSS pixels. */
export const PICTURE = { width: 96, height: 26 } as const
const EDGE = 1
/** At the foot, for the moments. */
const TICK = 4

/** SVG paths. */
export function planPicture({ columns, span, moments }: EvidencePicture): {
  readonly trace: string
  readonly moments: string
} {
  const { width, height } = PICTURE
  const known = columns.filter((column) => column !== null)
  const low = Math.min(...known.map(([least]) => least))
  const high = Math.max(...known.map(([, most]) => most))
  const middle = (low + high) / 2
  const room = height - TICK - 2 * EDGE
  const unitsPerPixel = high > low ? (high - low) / room : 1
  const y = (value: number) => round(EDGE + room / 2 - pixelsUp(value - middle, unitsPerPixel, 1))
  const x = (column: number) => round(((column + 0.5) / columns.length) * width)
  let trace = ''
  let isOn = false
  for (const [at, column] of columns.entries()) {
    if (column === null) {
      isOn = false
      continue
    }
    // First what is nearer to the column before: the line goes on without a jump back.
    trace += `${isOn ? 'L' : 'M'}${x(at)} ${y(column[0])}L${x(at)} ${y(column[1])}`
    isOn = true
  }
  const length = span.end - span.start
  const ticks = moments
    .filter((time) => time >= span.start && time <= span.end)
    .map((time) => `M${round(((time - span.start) / length) * width)} ${height}v${-TICK}`)
  return { trace, moments: ticks.join('') }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
