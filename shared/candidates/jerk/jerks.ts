/**
 * Hypnic jerks, by the muscles: single short bursts, of several muscles at once. No published detector exists, so the
 * rules are our own, made of published numbers and some that are handed on: a burst lasts 75 to 250 ms, what is 0.5 s and longer is a leg
 * movement (AASM, WASM), four and more at 0.3 to 4 Hz are tremor, ALMA or chewing, four and more of the legs 5 to 90 s
 * apart are periodic, and below 50 ms a cortex fires them.
 */
import { ReviewError } from '../../failure.ts'
import { medianOf, share } from '../../signal/statistics.ts'
import { type Seconds, toMicroseconds } from '../../units.ts'
import type { Block } from '../common/blocks.ts'
import type { Candidate } from '../common/candidate.ts'
import type { Detector, Search, SearchOptions } from '../common/detector.ts'
import { type Burst, findBursts } from './bursts.ts'
import { type EmgLine, findEmgLines } from './emgLines.ts'

/** As measured: smoothing adds some 20 ms. */
const SHORTEST: Seconds = 0.07
const LONGEST: Seconds = 0.62
/** Of legs alone: what lasts longer is more likely a leg movement. */
const LONGEST_OF_LEGS: Seconds = 0.48
/** From the first muscle to the last. */
const TOGETHER: Seconds = 0.25
const STRONG = 6
/** Of one muscle alone. */
const STRONG_ALONE = 8
const LONGEST_ALONE: Seconds = 0.4
/** Others so near, in its muscle or, of a leg, in either, are chewing, restless or alternating feet. */
const COMPANY_REACH: Seconds = 5
const COMPANY = 2
/** However much smaller than its own, above rest. */
const COMPANY_SHARE = 0.2
/** What follows so soon is an after-discharge of the same jerk. */
const AFTER: Seconds = 0.4

/**
 * Of the legs alone: so many at even intervals are tremor, alternating activation or periodic movements, whichever
 * leg they come from.
 */
const SERIES = 4
const SERIES_INTERVALS = [0.25, 90] as const
const EVEN = 2

type Active = Burst & { readonly line: EmgLine }

type Jerk = {
  readonly onset: Seconds
  readonly end: Seconds
  readonly bursts: readonly Active[]
}

export const jerks: Detector = {
  kind: 'hypnic_jerk',
  problemWith: (header) => {
    const lines = findEmgLines(header)
    return typeof lines === 'string' ? lines : null
  },
  begin: beginSearch,
}

function beginSearch({ recording, giveWay }: SearchOptions): Search {
  const lines = findEmgLines(recording.header)
  if (typeof lines === 'string') throw new ReviewError('unsupported', lines)
  const found: Jerk[] = []
  return {
    signals: lines.map(({ signal }) => signal),
    take: async (block) => {
      const active: Active[] = []
      for (const line of lines) {
        active.push(...burstsOf(block, line))
        await giveWay()
      }
      const { core } = block
      found.push(...jerksIn(active).filter(({ onset }) => onset >= core.start && onset < core.end))
    },
    finish: async () => {
      const legs = found.filter(({ bursts }) => bursts.every(({ line }) => line.isLeg))
      return found.filter((jerk) => !isPeriodic(jerk, legs)).map((jerk) => describe(jerk, lines))
    },
  }
}

function burstsOf(block: Block, line: EmgLine): readonly Active[] {
  return block
    .piecesOf(line.signal)
    .flatMap(({ start, values }) =>
      findBursts(
        values.map((value) => line.factor * value),
        start,
        line.sampleRate,
      ),
    )
    .map((burst) => ({ ...burst, line }))
}

/** What begins together, where it is short, of enough strength and no part of a row. */
export function jerksIn(active: readonly Active[]): readonly Jerk[] {
  const sorted = active.toSorted((a, b) => a.onset - b.onset)
  const jerks: Jerk[] = []
  for (let k = 0; k < sorted.length; ) {
    const first = sorted[k]!
    const group: Active[] = []
    for (; k < sorted.length && sorted[k]!.onset - first.onset <= TOGETHER; k++) group.push(sorted[k]!)
    const jerk = jerkOf(group)
    const last = jerks.at(-1)
    if (jerk === null || (last !== undefined && jerk.onset - last.end < AFTER)) continue
    if (isOfBoth(jerk) || !hasCompany(jerk, sorted)) jerks.push(jerk)
  }
  return jerks
}

function jerkOf(group: readonly Active[]): Jerk | null {
  const single = group.filter(({ company }) => company === 'none')
  const isOfOne = new Set(single.map(({ line }) => line.signal)).size === 1
  const isOfLegs = single.every(({ line }) => line.isLeg)
  const longest = isOfOne ? LONGEST_ALONE : isOfLegs ? LONGEST_OF_LEGS : LONGEST
  const short = single.filter(({ activity }) => activity <= longest)
  const muscles = new Set(short.map(({ line }) => line.signal)).size
  const others = new Set(single.filter(({ activity }) => activity > longest).map(({ line }) => line.signal))
    .size
  if (muscles === 0 || others >= muscles) return null
  if (medianOf(short.map(({ duration }) => duration)) < SHORTEST) return null
  const strength = Math.max(...short.map(({ ratio }) => ratio))
  if (strength < (muscles === 1 ? STRONG_ALONE : STRONG)) return null
  const onset = Math.min(...short.map((burst) => burst.onset))
  const end = Math.max(...short.map((burst) => burst.onset + burst.duration))
  return { onset, end, bursts: short }
}

/** Whether legs and the rest of the body take part: neither in chewing nor in foot movements do both. */
function isOfBoth({ bursts }: Jerk): boolean {
  return bursts.some(({ line }) => line.isLeg) && bursts.some(({ line }) => !line.isLeg)
}

function hasCompany({ onset, end, bursts }: Jerk, all: readonly Active[]): boolean {
  return bursts.some(({ line, ratio }) => {
    const others = all.filter(
      (other) =>
        (other.line.signal === line.signal || (other.line.isLeg && line.isLeg)) &&
        other.ratio >= COMPANY_SHARE * ratio &&
        (other.onset > end + AFTER || other.onset + other.duration < onset - AFTER) &&
        Math.abs(other.onset - onset) < COMPANY_REACH,
    )
    return others.length >= COMPANY
  })
}

function isPeriodic(jerk: Jerk, legs: readonly Jerk[]): boolean {
  const own = legs.indexOf(jerk)
  if (own < 0) return false
  const interval = (k: number) => legs[k + 1]!.onset - legs[k]!.onset
  for (let first = Math.max(0, own - SERIES + 1); first <= own && first + SERIES <= legs.length; first++) {
    const intervals = Array.from({ length: SERIES - 1 }, (_, k) => interval(first + k))
    const shortest = Math.min(...intervals)
    const longest = Math.max(...intervals)
    if (shortest >= SERIES_INTERVALS[0] && longest <= SERIES_INTERVALS[1] && longest <= EVEN * shortest)
      return true
  }
  return false
}

function describe({ onset, end, bursts }: Jerk, lines: readonly EmgLine[]): Candidate {
  const muscles = new Map<number, Active>()
  for (const burst of bursts) {
    const known = muscles.get(burst.line.signal)
    if (known === undefined || burst.size > known.size) muscles.set(burst.line.signal, burst)
  }
  const each = [...muscles.values()]
  const strength = Math.max(...each.map(({ ratio }) => ratio))
  const length = medianOf(each.map(({ duration }) => duration))
  const parts = [
    each.length === 1 ? (lines.length === 1 ? 0.7 : 0.4) : share(each.length, 0, 3),
    share(strength, 2, 15),
    Math.min(share(length, 0.03, 0.09), 1.2 - share(length, 0.25, 0.8)),
    each.every(({ line }) => line.isLeg) ? 0.6 : 1,
  ]
  const score =
    parts.reduce((product, part) => product * Math.min(1, Math.max(part, 0.01)), 1) ** (1 / parts.length)
  const said = each.map(
    ({ line, duration, ratio }) =>
      `${line.label} ${Math.round(1000 * duration)} ms, ${Math.round(ratio)} times its resting tone`,
  )
  return {
    kind: 'hypnic_jerk',
    onset: toMicroseconds(onset),
    duration: toMicroseconds(end - onset),
    score: Math.round(100 * score) / 100,
    reason: `${each.length === 1 ? 'A single short burst of one muscle' : `Short bursts of ${each.length} muscles together`}, none like it around: ${said.join('; ')}.`,
    channels: each.map(({ line }) => line.label),
  }
}
