/**
 * Slow eye movements over the two minutes before. What an amplifier of first order leaves of a place, v, still tells how
 * fast the eyes move: v' + 2 pi f v, f being its low-frequency filter; so what it brings back after a quick movement is
 * no movement. A slow one is a stretch of one direction that takes half a second and more, fastest in its middle, and
 * goes opposite ways in both eyes' leads.
 */

import { readPrefilter } from '../../edf/header/prefilter.ts'
import { applyChain, designChain } from '../../signal/filter.ts'
import { medianOf } from '../../signal/statistics.ts'
import { NO_FILTERS } from '../../signal/viewSettings.ts'
import type { Hertz, Seconds, Span } from '../../units.ts'
import { absent } from '../common/absent.ts'
import type { Cut } from '../common/cutLine.ts'
import { type Channel, evidenceEntry, type Line, measured, refused } from '../common/entry.ts'

export type SlowEyes = {
  readonly movements: readonly Span[]
  /** How much of the two minutes could be read. */
  readonly seconds: Seconds
  /** Of both eyes' leads together, from turn to turn; null for no movement. */
  readonly size: number | null
  /** Whether both eyes were looked at. */
  readonly isConjugate: boolean
}

export const BEFORE: Seconds = 120
const SHORTEST_READ: Seconds = 20
const LOWEST_RATE: Hertz = 20
const FASTEST: Hertz = 3
const DURATIONS: readonly [Seconds, Seconds] = [0.5, 4]
/** Of both leads together: how far, in uV, and how fast, in uV a second. Of one lead half as much. */
const LEAST = 40
const LEAST_SPEED = 20
/** A dip of the speed within one movement. */
const BRIDGE: Seconds = 0.1
/** Of its time: when half of the way is done. A sine: 0.5; what comes back after a quick movement: 0.25. */
const HALF_WAY: readonly [number, number] = [0.34, 0.66]
/** Of the way: what each lead has, at least. */
const EACH = 0.2

/**
 * `left` and `right` unfiltered, of one rate; one eye alone where the other was not recorded. `lowFrequency` is the
 * amplifier's filter, 0 where it is not known.
 */
export function findSlowEyes(
  left: Line,
  right: Line | null,
  end: Seconds,
  lowFrequency: Hertz = 0,
): SlowEyes | string {
  const { sampleRate } = left
  if (sampleRate < LOWEST_RATE)
    return `The EOG has ${sampleRate} samples a second; slow eye movements need ${LOWEST_RATE}.`
  const other = right !== null && right.sampleRate === sampleRate ? right : null
  const movements: Span[] = []
  const sizes: number[] = []
  let seconds = 0
  let isFlat = true
  for (const { start, values } of cutPieces(left, end)) {
    const opposite = other === null ? null : valuesAt(other, start, values.length)
    if (other !== null && opposite === null) continue
    seconds += values.length / sampleRate
    isFlat &&= values.every((value) => Math.abs(value - values[0]!) < 0.5)
    const own = speedOf(values, sampleRate, lowFrequency)
    const against = opposite === null ? null : speedOf(opposite, sampleRate, lowFrequency)
    for (const { from, to, way } of slowRuns(own, against, sampleRate)) {
      movements.push({ start: start + from / sampleRate, end: start + to / sampleRate })
      sizes.push(way)
    }
  }
  if (seconds === 0) return `Less than ${SHORTEST_READ} s of EOG before it without a gap.`
  if (isFlat) return 'The EOG is flat.'
  return {
    movements,
    seconds,
    size: sizes.length === 0 ? null : medianOf(sizes),
    isConjugate: other !== null,
  }
}

function cutPieces({ pieces, sampleRate }: Line, end: Seconds): readonly Cut[] {
  return pieces.flatMap((piece) => {
    const from = Math.max(0, Math.ceil((end - BEFORE - piece.start) * sampleRate - 1e-6))
    const to = Math.min(piece.values.length, Math.ceil((end - piece.start) * sampleRate - 1e-6))
    if (to - from < SHORTEST_READ * sampleRate) return []
    return [{ start: piece.start + from / sampleRate, values: piece.values.slice(from, to) }]
  })
}

function valuesAt({ pieces, sampleRate }: Line, start: Seconds, length: number): Float64Array | null {
  for (const piece of pieces) {
    const from = Math.round((start - piece.start) * sampleRate)
    if (from >= 0 && from + length <= piece.values.length) return piece.values.slice(from, from + length)
  }
  return null
}

/** uV a second of the place that a lead had before the amplifier. */
function speedOf(values: Float64Array, sampleRate: Hertz, lowFrequency: Hertz): Float64Array {
  const chain = designChain({ lowFrequency: null, highFrequency: FASTEST, notch: null }, sampleRate)
  const smooth = applyChain(chain, values, { atStart: true, atEnd: true })
  const level = medianOf(smooth)
  const last = smooth.length - 1
  return smooth.map((value, i) => {
    const slope = ((smooth[Math.min(last, i + 1)]! - smooth[Math.max(0, i - 1)]!) * sampleRate) / 2
    return slope + 2 * Math.PI * lowFrequency * (value - level)
  })
}

type Run = { readonly from: number; readonly to: number; readonly way: number }

function slowRuns(own: Float64Array, against: Float64Array | null, sampleRate: Hertz): readonly Run[] {
  const isPair = against !== null
  const both = against === null ? own : own.map((speed, i) => speed - against[i]!)
  const least = isPair ? LEAST : LEAST / 2
  return runsOf(both, isPair ? LEAST_SPEED : LEAST_SPEED / 2, BRIDGE * sampleRate).flatMap(([from, to]) => {
    const way = sumOf(both, from, to) / sampleRate
    const seconds = (to - from) / sampleRate
    if (Math.abs(way) < least || seconds < DURATIONS[0] || seconds > DURATIONS[1]) return []
    let half = from
    for (let done = 0; half < to && Math.abs(done) < Math.abs(way) / 2; half++)
      done += both[half]! / sampleRate
    const share = (half - from) / (to - from)
    if (share < HALF_WAY[0] || share > HALF_WAY[1]) return []
    if (against !== null) {
      const first = sumOf(own, from, to) / sampleRate / way
      const second = -sumOf(against, from, to) / sampleRate / way
      if (first < EACH || second < EACH) return []
    }
    return [{ from, to, way: Math.abs(way) }]
  })
}

/** Stretches of one direction, faster than `least` but for dips. */
function runsOf(speed: Float64Array, least: number, bridge: number): readonly (readonly [number, number])[] {
  const runs: { from: number; last: number; sign: number }[] = []
  for (let i = 0; i < speed.length; i++) {
    if (Math.abs(speed[i]!) < least) continue
    const sign = Math.sign(speed[i]!)
    const run = runs.at(-1)
    if (run !== undefined && run.sign === sign && i - run.last <= bridge) run.last = i
    else runs.push({ from: i, last: i, sign })
  }
  return runs.map(({ from, last }) => [from, last + 1] as const)
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]!
  return sum
}

/** Of the amplifier's low-frequency filter: the one that the eyes of a sleep recording have. */
export const HIGHEST_CUT: Hertz = 0.3

/** The highest low-frequency filter of the leads, 0 where the header is silent. */
function lowestOf(channels: readonly Channel[], pair: readonly (Line | null)[]): Hertz {
  const cuts = channels
    .filter(({ kind, channel }) => kind === 'eog' && pair.some((line) => line?.channel === channel))
    .map(({ prefilter }) => readPrefilter(prefilter).highPass ?? 0)
  return Math.max(0, ...cuts)
}

const LEFT = /\b(?:loc|e1|eog\W*(?:l|left)|l(?:eft)?\W*eog|left)\b|\bleog/i
const RIGHT = /\b(?:roc|e2|eog\W*(?:r|right)|r(?:ight)?\W*eog|right)\b|\breog/i

/** The leads of both eyes; the first one alone where two cannot be told apart. */
export function eyesOf(lines: readonly Line[]): readonly [Line, Line | null] | null {
  const left = lines.find(({ channel }) => LEFT.test(channel))
  const right = lines.find((line) => line !== left && RIGHT.test(line.channel))
  if (left !== undefined && right !== undefined) return [left, right]
  const horizontal = lines.find(({ channel }) => /horiz|heog|eog\W*h\b/i.test(channel)) ?? lines[0]
  return horizontal === undefined ? null : [horizontal, null]
}

export const slowEyes = evidenceEntry({
  id: 'slow-eye-movements',
  side: 'state',
  label: 'Slow eye movements before',
  criteria: [
    {
      text: 'Slow eye movements, opposite in the leads of both eyes, are prominent as stage 1 begins and often come before it (20 women).',
      sources: ['hiroshige-1987'],
    },
    {
      text: 'They mark the onset of sleep, and come in quiet wakefulness before it, in stages 1 and 2 and in REM sleep.',
      sources: ['magosso-2007'],
    },
  ],
  algorithm:
    "Speed of the eyes from the EOG up to 3 Hz, left less right, with what the amplifier's low-frequency filter took away put back: stretches of one direction of 0.5 to 4 s and at least 40 µV (20 µV of one lead), half-way in their middle third, both eyes opposite, over the 2 minutes before; each way counts as one. The half second is the usual rule for the first deflection; the other limits are ours.",
  error: '±2 movements, or ±15 %',
  needs: { eyes: { kind: 'eog', band: NO_FILTERS, before: BEFORE, after: 0 } },
  measure: ({ span, channels, lines: { eyes } }) => {
    const pair = eyesOf(eyes)
    if (pair === null) return absent(channels, 'eog')
    if (pair[0].unit !== 'uV')
      return refused(
        'The EOG has no unit in the file: slow eye movements are told by their size, among others.',
      )
    const cut = lowestOf(channels, pair)
    if (cut > HIGHEST_CUT)
      return refused(
        `The EOG was recorded from ${cut} Hz, by its header: what is slow is lost, and quick movements look slow.`,
      )
    const found = findSlowEyes(...pair, span.start, cut)
    if (typeof found === 'string') return refused(found)
    const { movements, seconds, size, isConjugate } = found
    const moving = movements.reduce((sum, { start, end }) => sum + end - start, 0)
    const { channel, unit } = pair[0]
    const last = movements.at(-1)
    const notes = [
      ...(seconds < BEFORE - 1 ? [`Only ${Math.round(seconds)} s of the two minutes could be read`] : []),
      ...(isConjugate ? [] : ['One EOG lead: that both eyes move together cannot be told']),
    ]
    return measured({
      text:
        movements.length === 0
          ? 'None'
          : `${movements.length} in ${Math.round(seconds)} s, ${Math.round((100 * moving) / seconds)} % of the time`,
      values: [
        { id: 'movements', label: 'movements', value: movements.length, unit: '', decimals: 0, channel },
        {
          id: 'share',
          label: 'of the time',
          value: (100 * moving) / seconds,
          unit: '%',
          decimals: 0,
          channel,
        },
        ...(size === null || unit !== 'uV'
          ? []
          : [
              {
                id: 'size',
                label: isConjugate ? 'size, left less right' : 'size',
                value: size,
                unit: 'µV',
                decimals: 0,
                channel,
              },
            ]),
      ],
      where: {
        span:
          last === undefined
            ? { start: span.start - 20, end: span.start }
            : { start: last.end - 15, end: last.end + 5 },
        channel,
        ...(last !== undefined && { moments: [last.start, last.end] }),
      },
      ...(notes.length > 0 && { note: `${notes.join('. ')}.` }),
    })
  },
})
