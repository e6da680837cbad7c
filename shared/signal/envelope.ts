/**
 * Reduces samples to what one column of pixels can show. A stride would drop spikes; first, minimum, maximum
 * and last of each column lose no extreme and still join neighbouring columns where the signal runs.
 */
import type { Hertz, SampleIndex, Seconds, Span } from '../units.ts'
import type { TracePiece } from './model.ts'

/** Below this many samples a column the samples themselves are drawn. */
const SAMPLES_PER_COLUMN = 4

/** A sample this share of a sample before a boundary counts as on it: rounding, not signal. */
const SNAP = 1e-6

const LARGEST = 3.4028234663852886e38

/** Index of the first sample at or after `time`, if sample 0 lies at `origin`. May be negative. */
export function firstSampleFrom(time: Seconds, origin: Seconds, rate: Hertz): SampleIndex {
  return Math.ceil((time - origin) * rate - SNAP)
}

/** Whether a span of this many columns holds enough samples to be reduced. */
export function isReduced(rate: Hertz, span: Span, columns: number): boolean {
  return rate * (span.end - span.start) >= SAMPLES_PER_COLUMN * columns
}

/**
 * Where columns `first` to `end` of a span begin, as sample indices, and as the last entry where they end; sample
 * 0 lies at `origin`. The same moment gives the same index whichever span it bounds, so that pages side by side
 * share no sample and lose none.
 */
export function columnBounds(
  origin: Seconds,
  rate: Hertz,
  span: Span,
  columns: number,
  first = 0,
  end = columns,
): Float64Array {
  const width = (span.end - span.start) / columns
  const bounds = new Float64Array(end - first + 1)
  for (let k = first; k <= end; k++) {
    const time = k === columns ? span.end : span.start + k * width
    bounds[k - first] = firstSampleFrom(time, origin, rate)
  }
  return bounds
}

/** Columns of a span outside which no sample of `part` can lie: from the first one up to the end. */
export function columnsOf(part: Span, span: Span, columns: number): { first: number; end: number } {
  const columnAt = (time: Seconds) => {
    const column = Math.floor(((time - span.start) / (span.end - span.start)) * columns)
    return Math.min(columns, Math.max(0, column))
  }
  // One more on either side, for what rounding puts into the next.
  return { first: Math.max(0, columnAt(part.start) - 1), end: Math.min(columns, columnAt(part.end) + 2) }
}

/**
 * One piece of a trace; `values[0]` lies at `start`. Column k covers [span.start + k w, span.start + (k + 1) w)
 * with w = span / columns, and every sample inside the span belongs to exactly one column. Where there are
 * fewer than 4 samples a column the form is 'samples': all values given, also those outside the span. null
 * where there is nothing to show. No NaN comes out, whatever goes in.
 */
export function reduceToColumns(
  values: Float64Array,
  start: Seconds,
  rate: Hertz,
  span: Span,
  columns: number,
): TracePiece | null {
  if (!isReduced(rate, span, columns)) return samplesPiece(values, start, rate)
  return columnsPiece(values, 0, columnBounds(start, rate, span, columns))
}

/** Memory for the values of a piece, 0 throughout. */
export type Allocate = (length: number) => Float32Array<ArrayBuffer>

const allocateOwn: Allocate = (length) => new Float32Array(length)

/** All values as they are, to be joined by lines or, in the form of steps, held. */
export function samplesPiece(
  values: Float64Array,
  start: Seconds,
  rate: Hertz,
  form: 'samples' | 'steps' = 'samples',
  allocate = allocateOwn,
): TracePiece | null {
  if (values.length === 0) return null
  const out = allocate(values.length)
  if (!copyFinite(values, out)) {
    for (let i = 0; i < out.length; i++) out[i] = bounded(values[i]!, i === 0 ? 0 : out[i - 1]!)
  }
  return { form, start, step: 1 / rate, values: out }
}

/** Times this, what 32 bits may not hold is infinite; less is not. */
const BEYOND = 2 ** 897

/**
 * Rounds to 32 bits. false where a value may be one that these do not hold: infinity and NaN times 0 are NaN, which no
 * sum loses, and a loop without a comparison takes half the time.
 */
function copyFinite(values: Float64Array, out: Float32Array): boolean {
  let zero = 0
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!
    out[i] = value
    zero += value * BEYOND * 0
  }
  return zero === 0
}

/** The columns that hold samples; `values[0]` is sample `first` on the axis of `bounds`, which begin with column `before`. */
export function columnsPiece(
  values: Float64Array,
  first: SampleIndex,
  bounds: Float64Array,
  before = 0,
  allocate = allocateOwn,
): TracePiece | null {
  const columns = bounds.length - 1
  const firstColumn = Math.max(0, countBelow(bounds, first + 1) - 1)
  const end = Math.min(columns, countBelow(bounds, first + values.length))
  if (end <= firstColumn) return null
  const out = allocate(4 * (end - firstColumn))
  let i = Math.max(0, bounds[firstColumn]! - first)
  for (let column = firstColumn, o = 0; column < end; column++, o += 4) {
    const stop = Math.min(values.length, bounds[column + 1]! - first)
    if (stop <= i) {
      const held = o === 0 ? 0 : out[o - 1]!
      for (let k = 0; k < 4; k++) out[o + k] = held
      continue
    }
    const head = values[i]!
    let min = Number.POSITIVE_INFINITY
    let max = Number.NEGATIVE_INFINITY
    for (; i < stop; i++) {
      const value = values[i]!
      if (value < min) min = value
      if (value > max) max = value
    }
    const last = values[stop - 1]!
    // Not by calls in every column: each number handed over would be an object, a megabyte a page.
    if (min >= -LARGEST && max <= LARGEST && head <= LARGEST && last <= LARGEST) {
      out[o] = head
      out[o + 1] = min
      out[o + 2] = max
      out[o + 3] = last
    } else putBounded(out, o, head, min, max, last)
  }
  return { form: 'columns', firstColumn: before + firstColumn, values: out }
}

/** A column of which some samples are none, or more than 32 bits hold; what the one before it ends with stands for none. */
function putBounded(
  out: Float32Array,
  o: number,
  head: number,
  min: number,
  max: number,
  last: number,
): void {
  const held = o === 0 ? 0 : out[o - 1]!
  const isNumber = min <= max
  const low = isNumber ? bounded(min, held) : held
  const high = isNumber ? bounded(max, held) : held
  out[o] = bounded(head, low)
  out[o + 1] = low
  out[o + 2] = high
  out[o + 3] = bounded(last, high)
}

/** How many bounds lie below a sample. They ascend, and thousands of short pieces may share them: by bisection. */
function countBelow(bounds: Float64Array, sample: SampleIndex): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (bounds[middle]! < sample) low = middle + 1
    else high = middle
  }
  return low
}

/** Within what 32 bits hold; `instead` in place of a NaN. */
function bounded(value: number, instead: number): number {
  if (value > LARGEST) return LARGEST
  if (value < -LARGEST) return -LARGEST
  return Number.isNaN(value) ? instead : value
}
