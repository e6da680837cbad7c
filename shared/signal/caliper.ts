/**
 * What a caliper reads between two points of one line of the page: the true samples in the page's montage and filters,
 * and, where something repeats between them, its peaks.
 */
import type { Recording, SignalSamples } from '../edf/header/model.ts'
import type { Hertz, Seconds, Span } from '../units.ts'
import { findPeaks, highestNear, largestProminence } from './peaks.ts'
import { correlate, runningMean, thin, windowStarts, withoutMean } from './rhythm.ts'
import { computeValues, planView, type ViewPlan } from './view.ts'
import type { ViewSettings } from './viewSettings.ts'

/** A sample, in the line's unit. */
export type CaliperPoint = { readonly time: Seconds; readonly value: number }

export type CaliperReading = {
  readonly label: string
  readonly unit: string
  /** The samples nearest to the two points; null where nothing was recorded. */
  readonly from: CaliperPoint | null
  readonly to: CaliperPoint | null
  /** Which way the peaks point. */
  readonly sign: 1 | -1
  /** In time order, from a little before the earlier point to a little after the later: what the points can snap to. */
  readonly peaks: readonly CaliperPoint[]
  /** Of the peaks between the points; null where there are fewer than three, or a gap. */
  readonly run: CaliperRun | null
}

export type CaliperRun = {
  readonly count: number
  /** Intervals over the time from the first peak to the last. */
  readonly mean: Hertz
  /** Of the longest and of the shortest interval. */
  readonly slowest: Hertz
  readonly fastest: Hertz
  /** The mean of the intervals within a second of the first peak, and of the last; null in a run of less than 2 s. */
  readonly firstSecond: Hertz | null
  readonly lastSecond: Hertz | null
}

export const LONGEST_CALIPER: Seconds = 300

/** A point that was put a little beside a peak snaps to it. */
const BESIDE: Seconds = 0.1
/** Of the usual prominence of a period's peak, and of the largest of all: what stands out less is noise. */
const SHARE_OF_USUAL = 0.5
const SHARE_OF_LARGEST = 0.25
/** Where nothing repeats there is no usual prominence. */
const SHARE_OF_LARGEST_ALONE = 0.5
/** EEG is read by what points up, which is negative: the other way only where the peaks are clearly more even there. */
const CLEARLY_MORE_EVEN = 0.7
/** Nearer than this share of a period there is no second peak: spike and wave are one complex. */
const SHARE_OF_PERIOD = 0.6
/** What may repeat: from slow waves to spindles and muscle tremor. */
const FASTEST: Hertz = 30
const SLOWEST: Hertz = 1
/** Correlation of one period with the next from which on something repeats, and how near to the best the period comes. */
const REPEATS = 0.5
const NEARLY_AS_WELL = 0.85
/** Looked at for a period at once, and how often in a run. */
const WINDOW: Seconds = 2
const MOST_WINDOWS = 60
const FEWEST_PEAKS = 3
const SECOND: Seconds = 1

export type CaliperPlan = {
  readonly view: ViewPlan
  readonly line: number
  readonly from: Seconds
  readonly to: Seconds
  readonly span: Span
}

/** What must be read for a caliper on a line, by its id; null where the montage has no such line, or it cannot be drawn. */
export function planCaliper(
  recording: Recording,
  settings: ViewSettings,
  { line, from, to }: { readonly line: string; readonly from: Seconds; readonly to: Seconds },
): CaliperPlan | null {
  const span = { start: Math.min(from, to) - BESIDE, end: Math.max(from, to) + BESIDE }
  const view = planView(recording, settings, span)
  const index = view.derivations.findIndex(({ id }) => id === line)
  const recipes = view.recipes.filter((recipe) => recipe.index === index)
  if (recipes.length === 0) return null
  const wanted = new Set(view.derivations[index]?.terms.map(({ signal }) => signal))
  if (view.status !== null) wanted.add(view.status.signal)
  const signals = view.signals.filter((signal) => wanted.has(signal))
  return { view: { ...view, recipes, signals, held: null }, line: index, from, to, span }
}

/** Reads the caliper on the samples of `plan.view.signals` over `plan.view.readSpan`. */
export function computeCaliper(plan: CaliperPlan, samples: readonly SignalSamples[]): CaliperReading {
  const { derivation, pieces } = computeValues(plan.view, samples, plan.span)[plan.line]!
  const { label, unit } = derivation
  const sampleRate = derivation.sampleRate ?? 1
  const from = sampleAt(pieces, sampleRate, plan.from)
  const to = sampleAt(pieces, sampleRate, plan.to)
  const nothing = { label, unit, from, to, sign: -1 as const, peaks: [], run: null }
  // Between two pieces lies a gap: nothing is counted across it.
  const piece = from === null || to === null || from.piece !== to.piece ? undefined : from.piece
  if (piece === undefined || from === null || to === null) {
    return { ...nothing, from: from?.point ?? null, to: to?.point ?? null }
  }
  const { sign, peaks } = countPeaks(piece.values, sampleRate)
  const points = peaks.map((index) => pointOf(piece, sampleRate, index))
  const [first, last] = [Math.min(from.point.time, to.point.time), Math.max(from.point.time, to.point.time)]
  const within = points.filter(({ time }) => time >= first - 1e-9 && time <= last + 1e-9)
  return {
    label,
    unit,
    from: from.point,
    to: to.point,
    sign,
    peaks: points,
    run: measureRun(within.map(({ time }) => time)),
  }
}

/** Times of peaks, ascending. */
export function measureRun(times: readonly Seconds[]): CaliperRun | null {
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined || times.length < FEWEST_PEAKS) return null
  const intervals = times.slice(1).map((time, index) => time - times[index]!)
  const isLong = last - first >= 2 * SECOND
  return {
    count: times.length,
    mean: intervals.length / (last - first),
    slowest: 1 / Math.max(...intervals),
    fastest: 1 / Math.min(...intervals),
    firstSecond: isLong ? meanRate(times.filter((time) => time <= first + SECOND)) : null,
    lastSecond: isLong ? meanRate(times.filter((time) => time >= last - SECOND)) : null,
  }
}

function meanRate(times: readonly Seconds[]): Hertz | null {
  const [first, last] = [times[0], times.at(-1)]
  return first === undefined || last === undefined || last <= first
    ? null
    : (times.length - 1) / (last - first)
}

/**
 * The peaks of a stretch, by index, and which way they point. Where something repeats, one peak a period: the wave of
 * a spike-and-wave may be as high as its spike, so slower parts than a quarter of a period are taken away to find the
 * peaks, and the way is that in which they follow each other more evenly. What is found is put on the highest sample
 * of the curve itself.
 */
export function countPeaks(
  values: Float64Array,
  sampleRate: Hertz,
): { readonly sign: 1 | -1; readonly peaks: readonly number[] } {
  const period = periodOf(values, sampleRate)
  if (period === null) return countAlone(values)
  const slow = runningMean(values, Math.max(3, Math.round((period * sampleRate) / 4)))
  const [down, up] = ([-1, 1] as const).map((sign) => {
    const quick = values.map((value, index) => sign * (value - slow[index]!))
    const upright = values.map((value) => sign * value)
    const found = peaksOfPeriod(quick, period * sampleRate)
    const reach = Math.round((period * sampleRate) / 10)
    return { sign, peaks: found.map((peak) => highestNear(upright, peak, reach)) }
  })
  return unevenness(up!.peaks) < CLEARLY_MORE_EVEN * unevenness(down!.peaks) ? up! : down!
}

/** Where nothing repeats: what stands out half as far as the largest. */
function countAlone(values: Float64Array): ReturnType<typeof countPeaks> {
  const sorted = values.slice().sort()
  const middle = sorted[sorted.length >> 1] ?? 0
  const sign = (sorted.at(-1) ?? 0) - middle > middle - (sorted[0] ?? 0) ? 1 : -1
  const upright = values.map((value) => sign * value)
  const largest = largestProminence(upright)
  if (largest <= 0) return { sign, peaks: [] }
  const peaks = findPeaks(upright, { prominence: SHARE_OF_LARGEST_ALONE * largest, distance: 1 })
  return { sign, peaks: peaks.map(({ index }) => index) }
}

function peaksOfPeriod(curve: Float64Array, period: number): readonly number[] {
  const each = findPeaks(curve, { prominence: 0, distance: Math.max(1, SHARE_OF_PERIOD * period) })
  const usual = each.map(({ prominence }) => prominence).sort((a, b) => a - b)[each.length >> 1] ?? 0
  const least = Math.max(SHARE_OF_USUAL * usual, SHARE_OF_LARGEST * largestProminence(curve))
  return each.filter(({ prominence }) => prominence >= least).map(({ index }) => index)
}

/** Spread of the intervals over their mean; without two intervals there is no evenness. */
function unevenness(peaks: readonly number[]): number {
  const intervals = peaks.slice(1).map((peak, index) => peak - peaks[index]!)
  if (intervals.length < 2) return Number.POSITIVE_INFINITY
  const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length
  const spread = intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / intervals.length
  return Math.sqrt(spread) / mean
}

/**
 * The shortest time after which the stretch repeats itself, by autocorrelation: of the windows that repeat the one in
 * the middle, since a run slows down as it goes; null where most do not.
 */
function periodOf(values: Float64Array, sampleRate: Hertz): Seconds | null {
  const thinned = thin([withoutMean(values)], sampleRate)
  const samples = thinned.channels[0]?.length ?? 0
  const length = Math.min(samples, Math.round(WINDOW * thinned.sampleRate))
  const starts = windowStarts(samples, thinned.sampleRate, length / thinned.sampleRate, MOST_WINDOWS)
  const periods = starts.flatMap((from) => {
    const window = thinned.channels.map((channel) => withoutMean(channel.subarray(from, from + length)))
    return periodOfWindow(window, thinned.sampleRate) ?? []
  })
  if (periods.length * 2 < starts.length) return null
  return periods.sort((a, b) => a - b)[periods.length >> 1] ?? null
}

function periodOfWindow(window: readonly Float64Array[], rate: Hertz): Seconds | null {
  const shortest = Math.max(2, Math.floor(rate / FASTEST))
  const longest = Math.min(Math.ceil(rate / SLOWEST), Math.floor((window[0]?.length ?? 0) * 0.6))
  const correlation = Array.from({ length: Math.max(0, longest + 2) }, (_, lag) =>
    lag < shortest - 1 ? 0 : correlate(window, lag),
  )
  const peaks: number[] = []
  for (let lag = shortest; lag <= longest; lag++) {
    const here = correlation[lag]!
    if (here >= REPEATS && here >= correlation[lag - 1]! && here > correlation[lag + 1]!) peaks.push(lag)
  }
  const best = Math.max(...peaks.map((lag) => correlation[lag]!))
  const found = peaks.find((lag) => correlation[lag]! >= NEARLY_AS_WELL * best)
  return found === undefined ? null : found / rate
}

type Piece = { readonly start: Seconds; readonly values: Float64Array }

function pointOf({ start, values }: Piece, sampleRate: Hertz, index: number): CaliperPoint {
  return { time: start + index / sampleRate, value: values[index]! }
}

/** The sample nearest to a time, no farther than one sample is from the next. */
function sampleAt(pieces: readonly Piece[], sampleRate: Hertz, time: Seconds) {
  for (const piece of pieces) {
    const place = (time - piece.start) * sampleRate
    const index = Math.min(Math.max(Math.round(place), 0), piece.values.length - 1)
    if (piece.values.length > 0 && Math.abs(place - index) <= 1) {
      return { piece, point: pointOf(piece, sampleRate, index) }
    }
  }
  return null
}
