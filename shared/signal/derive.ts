/**
 * From samples as recorded to filtered derivations. `deriveStretches` does one page: for every derivation and
 * every uninterrupted stretch it adds up the terms, filters and hands over the part asked for. It filters
 * derivations, not electrodes, and adds up a common average once.
 */

import type { SamplePiece, Segment, SignalSamples } from '../edf/header/model.ts'
import { sampleAtRecord } from '../edf/time/breaks.ts'
import type { Derivation } from '../montage/derivation.ts'
import { type Hertz, type SampleIndex, type Seconds, type Span, secondsFromTicks } from '../units.ts'
import { firstSampleFrom } from './envelope.ts'
import { type Chain, filterPair, roomFor } from './filter.ts'

type Term = Derivation['terms'][number]

/** A derivation that can be computed: its sums are split so that a shared average is added up once. */
export type Recipe = {
  /** Position among the derivations of the plan. */
  readonly index: number
  readonly sampleRate: Hertz
  readonly samplesPerRecord: number
  readonly chain: Chain
  readonly own: readonly Term[]
  readonly shared: SharedSum | null
}

/** The sum of many signals with one weight. */
export type SharedSum = { readonly signals: readonly number[]; readonly weight: number }

/** An uninterrupted run of samples of one rate: where it begins on the time axis and in the file. */
export type SegmentAxis = {
  readonly onset: Seconds
  readonly firstSample: SampleIndex
  readonly endSample: SampleIndex
  readonly sampleRate: Hertz
}

/** Filtered values handed over; `values` is scratch memory, to be copied before the next one comes. */
export type Stretch = {
  readonly recipe: Recipe
  readonly axis: SegmentAxis
  readonly firstSample: SampleIndex
  readonly values: Float64Array
}

export function segmentAxis(segment: Segment, samplesPerRecord: number, sampleRate: Hertz): SegmentAxis {
  const firstSample = sampleAtRecord(segment.firstRecord, samplesPerRecord)
  // Behind a break within a record, a signal of another rate has its first sample a little later.
  const late = firstSample - segment.firstRecord * samplesPerRecord
  return {
    onset: secondsFromTicks(segment.onset) + (late > 1e-6 ? late / sampleRate : 0),
    firstSample,
    endSample: sampleAtRecord(segment.firstRecord + segment.records, samplesPerRecord),
    sampleRate,
  }
}

/** Time of a sample on the recording's axis, the same whichever page asks. */
export function timeOfSample(axis: SegmentAxis, sample: SampleIndex): Seconds {
  return axis.onset + (sample - axis.firstSample) / axis.sampleRate
}

/** File-order index of the first sample of the segment at or after `time`, not limited to the segment. */
export function sampleFrom(axis: SegmentAxis, time: Seconds): SampleIndex {
  return axis.firstSample + firstSampleFrom(time, axis.onset, axis.sampleRate)
}

/**
 * Splits a weighted sum with many equal weights into its own terms and a shared sum: Fp1 - mean of 19 is 1 Fp1
 * and a sum that the other 18 need as well. `sharedSums` keeps equal sums one object.
 */
export function splitTerms(
  terms: readonly Term[],
  sharedSums: Map<string, SharedSum>,
): { readonly own: readonly Term[]; readonly shared: SharedSum | null } {
  if (terms.length <= 3) return { own: terms, shared: null }
  const sorted = terms.map((term) => term.weight).sort((a, b) => a - b)
  const weight = sorted[sorted.length >> 1]!
  const signals = terms.map((term) => term.signal)
  const key = `${weight} ${signals.join()}`
  const shared = sharedSums.get(key) ?? { signals, weight }
  sharedSums.set(key, shared)
  const own = terms
    .filter((term) => term.weight !== weight)
    .map((term) => ({ signal: term.signal, weight: term.weight - weight }))
  return { own, shared }
}

type Job = {
  readonly recipe: Recipe
  readonly axis: SegmentAxis
  /** Samples computed, margins included. */
  readonly from: SampleIndex
  readonly to: SampleIndex
  /** Samples handed over. */
  readonly keepFrom: SampleIndex
  readonly keepTo: SampleIndex
}

/**
 * Computes every recipe over `span` and calls `take` for each stretch, in order of time within a recipe.
 * `neighbours` samples before and after the span are handed over too where the segment has them.
 */
export function deriveStretches(
  recipes: readonly Recipe[],
  segments: readonly Segment[],
  samples: readonly SignalSamples[],
  span: Span,
  neighbours: number,
  take: (stretch: Stretch) => void,
): void {
  const bySignal = new Map(samples.map((each) => [each.signal, each.pieces]))
  const axes = new Map<string, SegmentAxis>()
  const sums = planSums(recipes)
  const waiting = new Map<Chain, Job>()
  const run = (job: Job, other: Job | null) => {
    const asRecorded = recordedPiece(job, bySignal)
    if (asRecorded !== null) {
      handRecorded(asRecorded, job, take)
      if (other !== null) run(other, null)
      return
    }
    if (other !== null && recordedPiece(other, bySignal) !== null) {
      run(other, null)
      return run(job, null)
    }
    const a = scratch(0, job)
    const b = other === null ? a : scratch(1, other)
    fill(a, job, bySignal, sums)
    if (other !== null) fill(b, other, bySignal, sums)
    const { chain } = job.recipe
    const ends = { atStart: job.from === job.axis.firstSample, atEnd: job.to === job.axis.endSample }
    filterPair(chain, a, b, roomOf(job), job.to - job.from, ends, job.keepFrom - job.from)
    handOver(a, job, take)
    if (other !== null) handOver(b, other, take)
  }
  for (const segment of segments) {
    for (const recipe of recipes) {
      const job = planJob(recipe, axisOf(axes, segment, recipe), bySignal, span, neighbours)
      if (job === null) continue
      const partner = waiting.get(recipe.chain)
      if (partner === undefined) waiting.set(recipe.chain, job)
      else if (isParallel(partner, job)) {
        run(partner, job)
        waiting.delete(recipe.chain)
      } else {
        run(partner, null)
        waiting.set(recipe.chain, job)
      }
    }
    for (const job of waiting.values()) run(job, null)
    waiting.clear()
    sums.known.clear()
  }
}

/** A sum of one derivation alone is not kept: in a Laplacian each has its own, which would be as much as the page. */
function planSums(recipes: readonly Recipe[]): Sums {
  const seen = new Set<SharedSum>()
  const kept = new Set<SharedSum>()
  for (const { shared } of recipes) {
    if (shared === null) continue
    if (seen.has(shared)) kept.add(shared)
    seen.add(shared)
  }
  return { kept, known: new Map() }
}

function axisOf(axes: Map<string, SegmentAxis>, segment: Segment, recipe: Recipe): SegmentAxis {
  const key = `${segment.firstRecord} ${recipe.samplesPerRecord}`
  const axis = axes.get(key) ?? segmentAxis(segment, recipe.samplesPerRecord, recipe.sampleRate)
  axes.set(key, axis)
  return axis
}

function isParallel(a: Job, b: Job): boolean {
  return a.axis === b.axis && a.from === b.from && a.to === b.to && a.keepFrom === b.keepFrom
}

type Pieces = ReadonlyMap<number, readonly SamplePiece[]>
type Sums = {
  /** Those that more than one derivation needs. */
  readonly kept: ReadonlySet<SharedSum>
  /** Of these, on the segment at hand. */
  readonly known: Map<SharedSum, { readonly from: SampleIndex; readonly values: Float64Array }>
}

/** Which samples of one segment a recipe needs and has; null where it has none inside the span. */
function planJob(
  recipe: Recipe,
  axis: SegmentAxis,
  bySignal: Pieces,
  span: Span,
  neighbours: number,
): Job | null {
  if (axis.onset >= span.end || timeOfSample(axis, axis.endSample) <= span.start) return null
  const first = sampleFrom(axis, span.start)
  const end = sampleFrom(axis, span.end)
  const signals = recipe.shared?.signals ?? recipe.own.map((term) => term.signal)
  let from = axis.firstSample
  let to = axis.endSample
  for (const signal of signals) {
    const piece = pieceAt(bySignal, signal, axis)
    if (piece === undefined) return null
    from = Math.max(from, piece.firstSample)
    to = Math.min(to, piece.firstSample + piece.values.length)
  }
  const keepFrom = Math.max(from, first - neighbours)
  const keepTo = Math.min(to, end + neighbours)
  if (keepTo <= keepFrom) return null
  const { margin, marginAfter } = recipe.chain
  return {
    recipe,
    axis,
    from: Math.max(from, keepFrom - margin),
    to: Math.min(to, keepTo + marginAfter),
    keepFrom,
    keepTo,
  }
}

/** The piece of a signal on the segment, found by bisection: a page may hold thousands of short segments. */
export function pieceAt(bySignal: Pieces, signal: number, axis: SegmentAxis): SamplePiece | undefined {
  const pieces = bySignal.get(signal)
  if (pieces === undefined) return undefined
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    const { firstSample, values } = pieces[middle]!
    if (firstSample + values.length > axis.firstSample) high = middle
    else low = middle + 1
  }
  const piece = pieces[low]
  return piece !== undefined && piece.firstSample < axis.endSample ? piece : undefined
}

/** Places left free on both sides of a job's values. */
function roomOf(job: Job): number {
  return roomFor(job.recipe.chain, job.to - job.from)
}

const buffers: Float64Array[] = []

/** Memory that grows to the largest page and is used again: a page is computed without allocating it. */
function scratch(which: number, job: Job): Float64Array {
  const length = job.to - job.from + 2 * roomOf(job)
  const known = buffers[which]
  if (known !== undefined && known.length >= length) return known
  const grown = new Float64Array(length)
  buffers[which] = grown
  return grown
}

/** The piece that a derivation is, where nothing is added, scaled or filtered: then nothing is copied either. */
function recordedPiece({ recipe, axis }: Job, bySignal: Pieces): SamplePiece | null {
  const [only, second] = recipe.own
  const isOne = only?.weight === 1 && second === undefined && recipe.shared === null
  if (!isOne || recipe.chain.sections.length > 0) return null
  return pieceAt(bySignal, only.signal, axis) ?? null
}

function handRecorded(piece: SamplePiece, job: Job, take: (stretch: Stretch) => void): void {
  const { recipe, axis, keepFrom, keepTo } = job
  const values = piece.values.subarray(keepFrom - piece.firstSample, keepTo - piece.firstSample)
  take({ recipe, axis, firstSample: keepFrom, values })
}

function fill(out: Float64Array, job: Job, bySignal: Pieces, sums: Sums): void {
  const { recipe, from, to, axis } = job
  const room = roomOf(job)
  const length = to - from
  const [first, second, ...others] = recipe.own
  const values = (term: Term | undefined) =>
    term === undefined ? undefined : pieceAt(bySignal, term.signal, axis)
  const a = values(first)
  const b = values(second)
  if (first !== undefined && second !== undefined && a !== undefined && b !== undefined) {
    addTwo(
      out,
      room,
      length,
      a.values,
      from - a.firstSample,
      first.weight,
      b.values,
      from - b.firstSample,
      second.weight,
    )
  } else if (first !== undefined && a !== undefined) {
    scale(out, room, length, a.values, from - a.firstSample, first.weight)
  } else out.fill(0, room, room + length)
  for (const term of others) {
    const piece = values(term)
    if (piece !== undefined) add(out, room, length, piece.values, from - piece.firstSample, term.weight)
  }
  if (recipe.shared === null) return
  const { shared } = recipe
  const sum = sums.known.get(shared)
  const known = sum?.from === from && sum.values.length === length ? sum.values : null
  const total = known ?? (sums.kept.has(shared) ? new Float64Array(length) : scratch(2, job))
  if (known === null) sumSignals(total, shared, from, length, bySignal, axis)
  if (sums.kept.has(shared)) sums.known.set(shared, { from, values: total })
  add(out, room, length, total, 0, 1)
}

function sumSignals(
  sum: Float64Array,
  { signals, weight }: SharedSum,
  from: SampleIndex,
  length: number,
  bySignal: Pieces,
  axis: SegmentAxis,
): void {
  sum.fill(0, 0, length)
  for (const signal of signals) {
    const piece = pieceAt(bySignal, signal, axis)
    if (piece !== undefined) add(sum, 0, length, piece.values, from - piece.firstSample, weight)
  }
}

/** out = weight · a, for `length` samples from `at` and from `i` on. */
function scale(
  out: Float64Array,
  at: number,
  length: number,
  a: Float64Array,
  i: number,
  weight: number,
): void {
  if (weight === 1) out.set(a.subarray(i, i + length), at)
  else for (let k = 0; k < length; k++) out[at + k] = weight * a[i + k]!
}

/** out = out + weight · a, likewise. */
function add(
  out: Float64Array,
  at: number,
  length: number,
  a: Float64Array,
  i: number,
  weight: number,
): void {
  for (let k = 0; k < length; k++) out[at + k] = out[at + k]! + weight * a[i + k]!
}

/** out = v · a + w · b, likewise. */
function addTwo(
  out: Float64Array,
  at: number,
  length: number,
  a: Float64Array,
  i: number,
  v: number,
  b: Float64Array,
  j: number,
  w: number,
): void {
  for (let k = 0; k < length; k++) out[at + k] = v * a[i + k]! + w * b[j + k]!
}

function handOver(buffer: Float64Array, job: Job, take: (stretch: Stretch) => void): void {
  const { recipe, axis, from, keepFrom, keepTo } = job
  const at = roomOf(job) + keepFrom - from
  take({ recipe, axis, firstSample: keepFrom, values: buffer.subarray(at, at + keepTo - keepFrom) })
}
