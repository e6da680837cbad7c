/**
 * Bursts of one muscle: where its size over 20 ms stands above the resting tone of the minute around, how long, and
 * whether it is one of a row. Published parts of it: a threshold over an adaptive resting tone (Moore 2014,
 * doi:10.1371/journal.pone.0114565), series of four and more movements at 0.3 to 4 Hz for rhythmic ones.
 */

import { quantileOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { filterBoth, highPass } from '../common/passBand.ts'

export type Burst = {
  readonly onset: Seconds
  /** Until it stays low: what is a movement is told by it. */
  readonly duration: Seconds
  /** Of its loudest moment, uV root mean square over 20 ms. */
  readonly size: number
  /** That against the resting tone. */
  readonly ratio: number
  /** How long the muscle is active about it, short silences included. */
  readonly activity: Seconds
  /** Bursts of like size around: in a row, as of chewing, tremor or a heart; or many, of somebody who moves. */
  readonly company: 'none' | 'row' | 'many'
}

type Bare = Omit<Burst, 'activity' | 'company'>

/** A step of a cable is slower than a muscle. */
const HIGH_PASS: Hertz = 20
/** Of the size of the muscle, a value each. */
const STEPS_A_SECOND = 200
/** Of these: over fewer, resting tone at 100 samples a second rises fourfold by chance. */
const SMOOTHED = 4
/** The lower part of what lies around: bursts themselves must not raise it. */
const RESTING = 0.4
const AROUND: Seconds = 30

const RISES = 4
/** However quiet the muscle is, uV root mean square. */
const LEAST = 5
/** Of the resting tone, and of the burst's own loudest moment: below both it is over. */
const OVER = 2
const OWN_SHARE = 0.12
/** A muscle falls silent for moments within one burst. */
const BRIDGE: Seconds = 0.1

const FEWEST_IN_ROW = 4
const ROW_INTERVALS = [0.2, 3.3] as const
/** Of two intervals in a row, the longer against the shorter. */
const EVEN = 2
/** As far as a block's margin. */
const ROW_REACH: Seconds = 8
/** So many so near are somebody who moves. */
const RESTLESS = 3
const RESTLESS_REACH: Seconds = 4
/** Until the next burst of like size: a movement flickers, and is one. */
const FLICKER: Seconds = 0.35
/** Of activity: whatever is longer is no jerk. */
const LONG_ENOUGH: Seconds = 3
/** A neighbour this much smaller belongs to something else. */
const ALIKE = 0.35

/** All bursts of an uninterrupted stretch, in order. Values in uV. */
export function findBursts(values: Float64Array, start: Seconds, sampleRate: Hertz): readonly Burst[] {
  const { sizes, rate } = sizesOf(values, sampleRate)
  if (sizes.length < rate) return []
  const rest = restingTone(sizes, rate)
  const restAt = (i: number) => rest[Math.min(rest.length - 1, Math.floor(i / rate))]!
  const bridge = Math.round(BRIDGE * rate)
  const bursts: Bare[] = []
  let i = 0
  let free = 0
  while (i < sizes.length) {
    const tone = restAt(i)
    if (!(sizes[i]! > Math.max(LEAST, RISES * tone))) {
      i += 1
      continue
    }
    const [peak, quiet] = peakFrom(sizes, i, OVER * tone, bridge)
    const level = Math.max(OVER * tone, OWN_SHARE * sizes[peak]!)
    const first = edge(sizes, level, peak, -1, bridge, free)
    const last = edge(sizes, level, peak, 1, bridge, 0)
    bursts.push({
      onset: start + first / rate,
      duration: (last - first + 1) / rate,
      size: sizes[peak]!,
      ratio: sizes[peak]! / Math.max(tone, LEAST / RISES / 2),
    })
    i = Math.max(quiet, last + 1)
    free = i
  }
  return bursts.map((burst, k) => ({
    ...burst,
    activity: activityOf(bursts, k),
    company: isInRow(bursts, k) ? 'row' : isRestless(bursts, k) ? 'many' : 'none',
  }))
}

/** Root of the mean square over 20 ms, 200 times a second or as often as there are samples. */
function sizesOf(
  values: Float64Array,
  sampleRate: Hertz,
): { readonly sizes: Float64Array; readonly rate: Hertz } {
  const filtered = filterBoth([highPass(Math.min(HIGH_PASS, sampleRate / 5), sampleRate)], values)
  const step = Math.max(1, Math.round(sampleRate / STEPS_A_SECOND))
  const rate = sampleRate / step
  const count = Math.floor(filtered.length / step)
  const powers = new Float64Array(count)
  for (let i = 0, k = 0; i < count; i++) {
    let sum = 0
    for (let end = k + step; k < end; k++) sum += filtered[k]! * filtered[k]!
    powers[i] = sum / step
  }
  const width = Math.max(SMOOTHED, Math.round((SMOOTHED * rate) / STEPS_A_SECOND))
  const sizes = new Float64Array(count)
  let sum = 0
  const before = width >> 1
  for (let i = -before; i < count; i++) {
    const next = i + before
    if (next < count) sum += powers[next]!
    if (next - width >= 0) sum -= powers[next - width]!
    if (i >= 0) sizes[i] = Math.sqrt(Math.max(0, sum / width))
  }
  return { sizes, rate }
}

/** A value a second: the lower part of the sizes within half a minute. */
function restingTone(sizes: Float64Array, rate: Hertz): Float64Array {
  const seconds = Math.max(1, Math.floor(sizes.length / rate))
  const each = Float64Array.from({ length: seconds }, (_, s) =>
    quantileOf(sizes.subarray(Math.floor(s * rate), Math.floor((s + 1) * rate)), 0.5),
  )
  return each.map((_, s) => quantileOf(each.subarray(Math.max(0, s - AROUND), s + AROUND + 1), RESTING))
}

/** The loudest moment before it stays below `level`, and where that begins. */
function peakFrom(
  sizes: Float64Array,
  from: number,
  level: number,
  bridge: number,
): readonly [number, number] {
  let peak = from
  let last = from
  let i = from
  for (; i < sizes.length && i - last <= bridge; i++) {
    if (sizes[i]! > level) last = i
    if (sizes[i]! > sizes[peak]!) peak = i
  }
  return [peak, last + 1]
}

function edge(
  sizes: Float64Array,
  level: number,
  peak: number,
  step: 1 | -1,
  bridge: number,
  least: number,
): number {
  let last = peak
  for (let i = peak; i >= least && i < sizes.length && Math.abs(i - last) <= bridge; i += step) {
    if (sizes[i]! > level) last = i
  }
  return last
}

/** The others before or after one, the nearest first, as far as `reach` and at least 0.35 times as large. */
function* neighbours(bursts: readonly Bare[], k: number, step: 1 | -1, reach: Seconds): Generator<Bare> {
  const own = bursts[k]!
  for (let i = k + step; bursts[i] !== undefined; i += step) {
    const next = bursts[i]!
    if (Math.abs(next.onset - own.onset) > reach) return
    if (next.size >= ALIKE * own.size) yield next
  }
}

function activityOf(bursts: readonly Bare[], k: number): Seconds {
  const own = bursts[k]!
  let start = own.onset
  let end = own.onset + own.duration
  for (const { onset, duration } of neighbours(bursts, k, 1, LONG_ENOUGH)) {
    if (onset - end > FLICKER) break
    end = onset + duration
  }
  for (const { onset, duration } of neighbours(bursts, k, -1, LONG_ENOUGH)) {
    if (start - (onset + duration) > FLICKER) break
    start = onset
  }
  return end - start
}

function isRestless(bursts: readonly Bare[], k: number): boolean {
  const before = [...neighbours(bursts, k, -1, RESTLESS_REACH)].length
  return before + [...neighbours(bursts, k, 1, RESTLESS_REACH)].length >= RESTLESS
}

/** One of four and more of like size, at even intervals of 0.3 to 4 a second: chewing, tremor, a heart. */
function isInRow(bursts: readonly Bare[], k: number): boolean {
  const own = bursts[k]!
  const intervalsOf = (step: 1 | -1): readonly number[] => {
    const intervals: number[] = []
    let last = own
    for (const next of neighbours(bursts, k, step, ROW_REACH)) {
      const interval = Math.abs(next.onset - last.onset)
      if (interval > ROW_INTERVALS[1]) break
      if (interval < ROW_INTERVALS[0] || ALIKE * next.size > own.size) continue
      intervals.push(interval)
      last = next
    }
    return intervals
  }
  const before = intervalsOf(-1)
  const all = [...before.toReversed(), ...intervalsOf(1)]
  // Those that join this burst on either side, as long as they are even.
  let first = before.length
  let end = before.length
  while (first > 0 && isEven(all[first - 1], all[first])) first -= 1
  while (end < all.length && isEven(all[end - 1], all[end])) end += 1
  return end - first + 1 >= FEWEST_IN_ROW
}

function isEven(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined || Math.max(a, b) <= EVEN * Math.min(a, b)
}
