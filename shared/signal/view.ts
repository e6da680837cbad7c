/**
 * A page of EEG: `planView` says which signals must be read over which span, `computePage` makes the traces
 * of what was read. Both are pure; reading lies between them.
 */
import type {
  Header,
  Recording,
  Segment,
  SignalHeader,
  SignalSamples,
  StatusChannel,
} from '../edf/header/model.ts'
import type { Derivation } from '../montage/derivation.ts'
import { planMontage } from '../montage/planMontage.ts'
import { factorOf } from '../montage/recordedLines.ts'
import {
  intersectSpans,
  mergeSpans,
  type Seconds,
  type Span,
  secondsFromTicks,
  spansOverlap,
} from '../units.ts'
import {
  deriveStretches,
  pieceAt,
  type Recipe,
  type SegmentAxis,
  type SharedSum,
  sampleFrom,
  segmentAxis,
  splitTerms,
  timeOfSample,
} from './derive.ts'
import { type Allocate, columnBounds, columnsOf, columnsPiece, isReduced, samplesPiece } from './envelope.ts'
import { type FilteredLine, isHeld, isMeanRemoved, noteFilters, planFilters } from './lineFilters.ts'
import type { Page, Trace, TracePiece } from './model.ts'
import { canSaturate, findSaturation, type TimedPiece } from './saturation.ts'
import { isVoltage } from './sensitivity.ts'
import { readStatus } from './statusOfPage.ts'
import { badOf, montageOfView, settingsKey, type ViewSettings } from './viewSettings.ts'

export type ViewPlan = {
  readonly header: Header
  /** The lines of the page, top to bottom; also those with a problem, which have no samples. */
  readonly derivations: readonly Derivation[]
  /** Signals to read, by header index, ascending. */
  readonly signals: readonly number[]
  /** The page with what its filters need on either side. */
  readonly readSpan: Span
  /**
   * Signals whose value before the page may hold on it, and the span that has it. They are read once more, since
   * one reading a minute must not cost two minutes of all. null where there are none.
   */
  readonly held: { readonly signals: readonly number[]; readonly span: Span } | null
  /** What the reader should be told, in sentences: electrodes left out, a filter that is off on a channel. */
  readonly notes: readonly string[]
  readonly recipes: readonly Recipe[]
  /** How each derivation is drawn, in the same order. */
  readonly lines: readonly { readonly isHeld: boolean; readonly isMeanRemoved: boolean }[]
  /** Runs of records that touch `readSpan`. */
  readonly segments: readonly Segment[]
  /** The Status channel of a BioSemi recording: where it was paused, and where its reference was lost. */
  readonly status: StatusChannel | null
}

/** Samples handed over beyond both edges of a page, so that lines run on to the edge. */
const NEIGHBOURS = 1

/** A neighbour farther away than this is not read for: one sample a minute must not cost two minutes of all. */
const FARTHEST_NEIGHBOUR: Seconds = 5

/** A signal counts as part of a derivation's clipping from this weight on; in an average the rest do not. */
const CLIPPING_WEIGHT = 0.5

/** What must be read for the page `span`; where the montage cannot be derived nothing is. */
export function planView(recording: Recording, settings: ViewSettings, span: Span): ViewPlan {
  const { header, timeline } = recording
  const { derivations, notes, recipes, lines, held, margin, signals } = linesOf(header, settings)
  const status = recording.status?.hasSystemBits === true ? recording.status : null
  const statusRate = status === null ? null : (header.signals[status.signal]?.sampleRate ?? null)
  // One sample more: a new epoch is told by the sample before it.
  const before = margin.before + (statusRate === null ? 0 : 1 / statusRate)
  const readSpan = { start: span.start - before, end: span.end + margin.after }
  return {
    header,
    derivations,
    signals:
      status === null || signals.includes(status.signal)
        ? signals
        : [...signals, status.signal].sort((a, b) => a - b),
    readSpan,
    held:
      held === null
        ? null
        : { signals: held.signals, span: { start: span.start - held.longest, end: span.end } },
    notes,
    recipes,
    lines,
    segments: timeline.segments.filter((segment) => {
      const start = secondsFromTicks(segment.onset)
      return spansOverlap(readSpan, { start, end: start + segment.records * header.recordDuration })
    }),
    status,
  }
}

/** What every page of one view has in common. */
type Lines = Pick<ViewPlan, 'derivations' | 'notes' | 'recipes' | 'lines' | 'signals'> & {
  /** Signals whose value before a page may hold on it, and for how long one may. */
  readonly held: { readonly signals: readonly number[]; readonly longest: Seconds } | null
  /** What the filters need on either side, and a neighbour. */
  readonly margin: { readonly before: Seconds; readonly after: Seconds }
}

/** The lines of the last few views: a page is turned far more often than its montage or a filter is changed. */
const plannedLines = new WeakMap<Header, Map<string, Lines>>()
const MOST_PLANNED = 8

function linesOf(header: Header, settings: ViewSettings): Lines {
  const planned = plannedLines.get(header) ?? new Map<string, Lines>()
  plannedLines.set(header, planned)
  const key = settingsKey(settings)
  const known = planned.get(key)
  if (known !== undefined) return known
  if (planned.size >= MOST_PLANNED) planned.clear()
  const lines = planLines(header, settings)
  planned.set(key, lines)
  return lines
}

function planLines(header: Header, settings: ViewSettings): Lines {
  const { derivations, notes } = planMontage(header, montageOfView(settings), badOf(settings))
  const sums = new Map<string, SharedSum>()
  const lines = planFilters(header, derivations, settings)
  const recipes = lines.map(
    ({ index, sampleRate, samplesPerRecord, chain, derivation }): Recipe => ({
      index,
      sampleRate,
      samplesPerRecord,
      chain,
      ...splitTerms(derivation.terms, sums),
    }),
  )
  const margin = { before: 0, after: 0 }
  for (const { chain, sampleRate } of lines) {
    const neighbour = Math.min(FARTHEST_NEIGHBOUR, (NEIGHBOURS + 1) / sampleRate)
    margin.before = Math.max(margin.before, chain.margin / sampleRate, neighbour)
    margin.after = Math.max(margin.after, chain.marginAfter / sampleRate, neighbour)
  }
  const signals = recipes.flatMap(
    (recipe) => derivations[recipe.index]?.terms.map((term) => term.signal) ?? [],
  )
  return {
    derivations,
    notes: [...notes, ...noteFilters(lines)],
    recipes,
    lines: derivations.map((derivation) => ({
      isHeld: isHeld(derivation),
      isMeanRemoved: isMeanRemoved(derivation, settings),
    })),
    signals: [...new Set(signals)].sort((a, b) => a - b),
    held: planHeld(lines),
    margin,
  }
}

/**
 * The page of `request.span` in `request.columns` columns of pixels. `samples` are those of `plan.signals` over
 * `plan.readSpan`, then those of `plan.held`. A piece in 'samples' form also has the sample before and after the
 * page where the segment goes on, so that its line reaches the edge. Saturation is of the page itself.
 */
export function computePage(
  plan: ViewPlan,
  samples: readonly SignalSamples[],
  request: { readonly span: Span; readonly columns: number },
): Page {
  const { span, columns } = request
  const pieces: TracePiece[][] = plan.derivations.map(() => [])
  const means = plan.derivations.map(() => ({ sum: 0, count: 0 }))
  const bounds = new Map<SegmentAxis, Float64Array>()
  const allocate = inOneBlock(valuesOf(plan.recipes, span, columns))
  const { segments, cmsLost } = readStatus(plan, samples)
  deriveStretches(
    plan.recipes,
    segments,
    samples,
    span,
    NEIGHBOURS,
    ({ recipe, axis, firstSample, values }) => {
      let piece: TracePiece | null
      if (isReduced(recipe.sampleRate, span, columns)) {
        const { first, end } = columnsOf(spanOf(axis), span, columns)
        const known = bounds.get(axis) ?? columnBounds(axis.onset, axis.sampleRate, span, columns, first, end)
        bounds.set(axis, known)
        piece = columnsPiece(values, firstSample - axis.firstSample, known, first, allocate)
      } else if (plan.lines[recipe.index]?.isHeld) piece = stepsPiece(axis, firstSample, values, span)
      else {
        const start = timeOfSample(axis, firstSample)
        piece = samplesPiece(values, start, recipe.sampleRate, 'samples', allocate)
      }
      if (piece !== null) pieces[recipe.index]?.push(piece)
      if (plan.lines[recipe.index]?.isMeanRemoved) {
        const from = Math.max(0, sampleFrom(axis, span.start) - firstSample)
        const to = Math.min(values.length, sampleFrom(axis, span.end) - firstSample)
        const mean = means[recipe.index]!
        mean.sum += sumOf(values, from, to)
        mean.count += Math.max(0, to - from)
      }
    },
  )
  const saturated = saturationOfSignals(plan, samples, span)
  const traces = plan.derivations.map((derivation, index): Trace => {
    const { sum, count } = means[index]!
    const trace = {
      id: derivation.id,
      pieces: pieces[index] ?? [],
      saturated: mergeSpans([
        ...clippingSignals(plan.header, derivation).flatMap((signal) => saturated.get(signal) ?? []),
        ...(isVoltage(derivation) ? cmsLost.flatMap((lost) => intersectSpans(lost, span) ?? []) : []),
      ]),
    }
    return count > 0 && Number.isFinite(sum) ? { ...trace, baseline: sum / count } : trace
  })
  return { span, columns, traces }
}

/** How many values a page without gaps has. */
function valuesOf(recipes: readonly Recipe[], span: Span, columns: number): number {
  return recipes.reduce((sum, { sampleRate }) => {
    const samples = Math.ceil((span.end - span.start) * sampleRate) + 2 * NEIGHBOURS
    return sum + (isReduced(sampleRate, span, columns) ? 4 * columns : samples)
  }, 0)
}

/** Memory for all pieces of a page at once, which is made and handed to another thread faster than a block a piece. */
function inOneBlock(most: number): Allocate {
  const block = new Float32Array(most)
  let used = 0
  return (length) => {
    if (used + length > most) return new Float32Array(length)
    used += length
    return block.subarray(used - length, used)
  }
}

/** Four sums side by side: one addition waits for the one before it. */
function sumOf(values: Float64Array, from: number, to: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let i = from
  for (; i + 3 < to; i += 4) {
    a += values[i]!
    b += values[i + 1]!
    c += values[i + 2]!
    d += values[i + 3]!
  }
  for (; i < to; i++) a += values[i]!
  return a + b + (c + d)
}

function spanOf(axis: SegmentAxis): Span {
  return { start: axis.onset, end: timeOfSample(axis, axis.endSample) }
}

/** The values that hold somewhere on the page, and no neighbour: what is not seen must not scale what is. */
function stepsPiece(
  axis: SegmentAxis,
  firstSample: number,
  values: Float64Array,
  span: Span,
): TracePiece | null {
  const next = sampleFrom(axis, span.start)
  const isOnStart = timeOfSample(axis, next) <= span.start + 1e-9
  const from = Math.max(0, (isOnStart ? next : next - 1) - firstSample)
  const to = Math.min(values.length, sampleFrom(axis, span.end) - firstSample)
  if (to <= from) return null
  const start = timeOfSample(axis, firstSample + from)
  return samplesPiece(values.subarray(from, to), start, axis.sampleRate, 'steps')
}

function planHeld(lines: readonly FilteredLine[]): Lines['held'] {
  const held = lines.filter(({ derivation }) => isHeld(derivation))
  if (held.length === 0) return null
  const longest = Math.max(...held.map(({ sampleRate }) => 1 / sampleRate))
  const signals = held.flatMap(({ derivation }) => derivation.terms.map(({ signal }) => signal))
  return { signals: [...new Set(signals)], longest }
}

/** What the reader should be told of a view, in sentences: electrodes left out, a filter that is off on a line. */
export function noteView(header: Header, settings: ViewSettings): readonly string[] {
  const { derivations, notes } = planMontage(header, montageOfView(settings), badOf(settings))
  return [...notes, ...noteFilters(planFilters(header, derivations, settings))]
}

/** One uninterrupted stretch of a derivation, every sample of it inside the span asked for. */
type DerivedPiece = { readonly start: Seconds; readonly values: Float64Array }

export type DerivedSignal = {
  readonly derivation: Derivation
  /** In time order; empty where it cannot be drawn or has no samples. */
  readonly pieces: readonly DerivedPiece[]
}

/** Montage and filters in full precision, in the derivation's unit: for measuring and for figures. */
export function computeValues(
  plan: ViewPlan,
  samples: readonly SignalSamples[],
  span: Span,
): readonly DerivedSignal[] {
  const pieces: DerivedPiece[][] = plan.derivations.map(() => [])
  const { segments } = readStatus(plan, samples)
  deriveStretches(plan.recipes, segments, samples, span, 0, ({ recipe, axis, firstSample, values }) => {
    pieces[recipe.index]?.push({ start: timeOfSample(axis, firstSample), values: values.slice() })
  })
  return plan.derivations.map((derivation, index) => ({ derivation, pieces: pieces[index] ?? [] }))
}

/** Signals whose clipping shows in a derivation. */
function clippingSignals(header: Header, { terms }: Derivation): readonly number[] {
  return terms
    .filter(({ signal, weight }) => {
      const own = header.signals[signal]
      const factor = (own === undefined ? null : factorOf(own)) ?? 1
      return Math.abs(weight) / factor >= CLIPPING_WEIGHT
    })
    .map(({ signal }) => signal)
}

function saturationOfSignals(
  plan: ViewPlan,
  samples: readonly SignalSamples[],
  span: Span,
): ReadonlyMap<number, readonly Span[]> {
  const bySignal = new Map(samples.map((each) => [each.signal, each.pieces]))
  const found = new Map<number, readonly Span[]>()
  for (const { signal, sampleRate } of samples) {
    const header = plan.header.signals[signal]
    if (header === undefined || !canSaturate(header)) continue
    const spans = findSaturation(header, piecesInSpan(plan.segments, header, bySignal, span), sampleRate)
    const onPage = spans.flatMap((each) => intersectSpans(each, span) ?? [])
    if (onPage.length > 0) found.set(signal, onPage)
  }
  return found
}

function piecesInSpan(
  segments: readonly Segment[],
  header: SignalHeader,
  bySignal: ReadonlyMap<number, SignalSamples['pieces']>,
  span: Span,
): readonly TimedPiece[] {
  return segments.flatMap((segment) => {
    const axis = segmentAxis(segment, header.samplesPerRecord, header.sampleRate ?? 1)
    const piece = pieceAt(bySignal, header.index, axis)
    if (piece === undefined) return []
    // With a neighbour on each side, so that two samples at the limit are seen across the edge of a page.
    const from = Math.max(piece.firstSample, sampleFrom(axis, span.start) - NEIGHBOURS)
    const to = Math.min(piece.firstSample + piece.values.length, sampleFrom(axis, span.end) + NEIGHBOURS)
    if (to <= from) return []
    const values = piece.values.subarray(from - piece.firstSample, to - piece.firstSample)
    return [{ values, start: timeOfSample(axis, from) }]
  })
}
