/** The wave at the vertex after a jerk: how large, how long, what follows it, and where on the head it is largest. */

import { applyChain, designChain } from '../../signal/filter.ts'
import { findPeaks } from '../../signal/peaks.ts'
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { stretchAround } from '../common/cutLine.ts'
import { evidenceEntry, type Line, type LineFacts, measured, refused } from '../common/entry.ts'
import { sayVoltage } from '../common/sayVoltage.ts'
import { jerkMoment, MUSCLES, NO_BURST } from './muscles.ts'

export type VertexWave = {
  readonly channel: string
  /** Of its negative peak, after the onset. */
  readonly at: Seconds
  /** Below the level before, so positive. */
  readonly negative: number
  /** Of the negative part, from a fifth of its height to a fifth of it. */
  readonly width: Seconds
  /** Above the level before, of what follows; null where nothing of 0.3 times its size does. */
  readonly positive: number | null
  /** Of both parts. */
  readonly duration: Seconds
  /** Against the largest negative wave of a second, the median of the seconds before. */
  readonly ratio: number
  /** Where on the head it is largest, at its peak. */
  readonly largest: string
}

const WINDOW: readonly [Seconds, Seconds] = [0.05, 1.5]
const LEVEL: readonly [Seconds, Seconds] = [-1, -0.05]
const SLOWEST: Hertz = 0.5
const FASTEST: Hertz = 20
const EDGE = 0.2
const FOLLOWS = 0.3
const FOLLOW_WITHIN: Seconds = 0.7
const LONGEST: Seconds = 1.5
const BEFORE: Seconds = 20
const FEWEST_SECONDS = 8
export const STANDS_OUT = 2
const LOWEST_RATE: Hertz = 64
/** Along the midline from the vertex. */
const VERTEX = ['Cz', 'FCz', 'CPz', 'Fz']

/** The vertex wave after an onset, and where on the head it is largest. `lines`: 0.5 Hz and faster. */
export function findVertexWave(lines: readonly Line[], onset: Seconds): VertexWave | string {
  const vertex = VERTEX.flatMap((name) => lines.find(({ site }) => site?.name === name) ?? [])[0]
  if (vertex === undefined) return 'No electrode near the vertex was recorded.'
  if (VERTEX.includes(vertex.reference ?? ''))
    return 'Recorded against the vertex itself: a vertex wave cannot be told from its field.'
  if (vertex.sampleRate < LOWEST_RATE)
    return `The EEG has ${vertex.sampleRate} samples a second; a vertex wave needs ${LOWEST_RATE}.`
  const own = cutSmooth(vertex, onset)
  if (own === null)
    return `A gap, a flat lead, or less than ${FEWEST_SECONDS} s before: nothing to compare with.`
  const { values, start } = own
  const { sampleRate, channel } = vertex
  const index = (time: Seconds) => Math.round((time - start) * sampleRate)
  const level = medianOf(values.subarray(index(onset + LEVEL[0]), index(onset + LEVEL[1])))
  const upright = values.map((value) => level - value)
  const peaks = findPeaks(upright, { prominence: 0, distance: 1 })
  const inWindow = peaks.filter(
    ({ index: at }) => at >= index(onset + WINDOW[0]) && at <= index(onset + WINDOW[1]),
  )
  const usual = usualPeak(peaks, upright, index(onset + LEVEL[1]), sampleRate)
  if (usual === null) return `A flat lead, or less than ${FEWEST_SECONDS} s before: nothing to compare with.`
  const peak = inWindow.reduce<number | null>(
    (best, { index: at }) => (best === null || upright[at]! > upright[best]! ? at : best),
    null,
  )
  if (peak === null || !(upright[peak]! > 0)) return 'No negative wave follows.'
  const negative = upright[peak]!
  const from = walk(upright, peak, -1, EDGE * negative, LONGEST * sampleRate)
  const to = walk(upright, peak, 1, EDGE * negative, LONGEST * sampleRate)
  const after = upright.subarray(to, Math.min(upright.length, to + Math.round(FOLLOW_WITHIN * sampleRate)))
  let lowest = 0
  after.forEach((value, k) => {
    if (value < (after[lowest] ?? 0)) lowest = k
  })
  const positive = -(after[lowest] ?? 0)
  const follows = positive >= FOLLOWS * negative
  const end = follows
    ? walk(
        upright.map((value) => -value),
        to + lowest,
        1,
        EDGE * positive,
        LONGEST * sampleRate,
      )
    : to
  return {
    channel,
    at: start + peak / sampleRate - onset,
    negative,
    width: (to - from) / sampleRate,
    positive: follows ? positive : null,
    duration: (end - from) / sampleRate,
    ratio: negative / usual,
    largest: largestAt(lines, onset, start + peak / sampleRate) ?? channel,
  }
}

type Smooth = { readonly start: Seconds; readonly values: Float64Array }

function cutSmooth({ pieces, sampleRate }: Line, onset: Seconds): Smooth | null {
  const stretch = stretchAround(
    { pieces, sampleRate },
    { start: onset + LEVEL[0], end: onset + WINDOW[1] + LONGEST },
  )
  if (stretch === null) return null
  const first = Math.max(0, Math.round((onset - BEFORE - stretch.start) * sampleRate))
  const last = Math.min(
    stretch.values.length,
    Math.round((onset + WINDOW[1] + 2 * LONGEST - stretch.start) * sampleRate),
  )
  const values = stretch.values.slice(first, last)
  const chain = designChain({ lowFrequency: null, highFrequency: FASTEST, notch: null }, sampleRate)
  return {
    start: stretch.start + first / sampleRate,
    values: applyChain(chain, values, { atStart: true, atEnd: true }),
  }
}

function usualPeak(
  peaks: readonly { readonly index: number; readonly prominence: number }[],
  upright: Float64Array,
  before: number,
  sampleRate: Hertz,
): number | null {
  const largest: number[] = []
  const level = medianOf(upright.subarray(0, before))
  for (let to = before; to - sampleRate >= -1; to -= sampleRate) {
    const sizes = peaks
      .filter(({ index }) => index < to && index >= to - sampleRate)
      .map(({ index }) => upright[index]! - level)
    if (sizes.length > 0) largest.push(Math.max(...sizes))
  }
  const usual = largest.length < FEWEST_SECONDS ? 0 : medianOf(largest)
  return usual > 0 ? usual : null
}

/** Outward from `peak`, to the first sample below `level`. */
function walk(values: Float64Array, peak: number, step: 1 | -1, level: number, most: number): number {
  let i = peak
  while (i + step >= 0 && i + step < values.length && Math.abs(i - peak) < most && values[i]! >= level)
    i += step
  return i
}

/** The electrode with the largest negative deflection from its own level before. */
function largestAt(electrodes: readonly Line[], onset: Seconds, time: Seconds): string | null {
  let best: { readonly channel: string; readonly size: number } | null = null
  for (const line of electrodes) {
    const smooth = cutSmooth(line, onset)
    if (smooth === null) continue
    const index = (at: Seconds) => Math.round((at - smooth.start) * line.sampleRate)
    const level = medianOf(smooth.values.subarray(index(onset + LEVEL[0]), index(onset + LEVEL[1])))
    const size = level - (smooth.values[index(time)] ?? level)
    if (best === null || size > best.size) best = { channel: line.channel, size }
  }
  return best?.channel ?? null
}

export const waveAfter = evidenceEntry({
  id: 'wave-after',
  side: 'jerk',
  label: 'Vertex wave or K-complex after',
  criteria: [
    {
      text: 'Vertex wave: sharp, negative, greatest at the vertex, in sleep or after a stimulus; rarely above 250 µV.',
      sources: ['hed-score-2025'],
    },
    {
      text: 'K-complex: mostly a high negative slow wave and a smaller positive one after it, over 0.5 s in all, greatest at the frontal vertex.',
      sources: ['hed-score-2025'],
    },
  ],
  algorithm:
    'The highest negative wave at Cz (FCz, CPz, Fz where there is none) from 50 ms to 1.5 s after the first muscle burst begins, 0.5 to 20 Hz, from the level of the second before. It stands out at twice the highest of a second, the median of the 20 s before; of quiet moments of two resting recordings 1 in 100 had such a wave by chance. Edges at a fifth of its height; a positive wave counts from 0.3 times its size.',
  error: 'peak ±25 ms, size ±20 µV or 20 %, length ±60 ms, with the positive wave ±150 ms',
  needs: {
    muscles: MUSCLES,
    eeg: {
      kind: 'eeg',
      band: { lowFrequency: SLOWEST, highFrequency: 35, notch: null },
      before: 30,
      after: 20,
      choose: onHead,
    },
  },
  measure: ({ span, lines: { muscles, eeg } }) => {
    const { onset, end, isBurst, isOfJerk } = jerkMoment(muscles, span)
    if (!isOfJerk) return null
    const found = findVertexWave(eeg, onset)
    if (typeof found === 'string') return refused(found)
    const { channel, at, negative, width, positive, duration, ratio, largest } = found
    const value = (id: string, label: string, number: number, unit: string, decimals: number) => ({
      id,
      label,
      value: number,
      unit,
      decimals,
      channel,
    })
    const unit = eeg.find((line) => line.channel === channel)?.unit ?? ''
    const stands = ratio >= STANDS_OUT
    const ms = (time: Seconds) => `${Math.round(1000 * time)} ms`
    const shape =
      positive === null ? ms(width) : `then +${sayVoltage(positive, unit)}, ${ms(duration)} in all`
    const notes = [
      ...(isBurst ? [] : [NO_BURST]),
      ...(stands && onset + at < end
        ? ['The muscles are still active at its peak: a movement of the leads looks alike']
        : []),
    ]
    return measured({
      text: stands
        ? `${channel} −${sayVoltage(negative, unit)}, ${shape}, ${ms(at)} after; largest at ${largest}`
        : `None stands out (highest ${ratio.toFixed(1)} times the usual, ${channel})`,
      values: [
        value('peak', 'negative peak after the onset', 1000 * at, 'ms', 0),
        ...(unit === 'uV' ? [value('negative', 'negative', negative, 'µV', 0)] : []),
        value('width', 'length of the negative part', 1000 * width, 'ms', 0),
        ...(positive === null || unit !== 'uV'
          ? []
          : [value('positive', 'positive after it', positive, 'µV', 0)]),
        value('length', 'length in all', 1000 * duration, 'ms', 0),
        value('times-usual', 'times the usual highest wave', ratio, '', 1),
      ],
      where: { span: { start: onset - 1, end: onset + 2.5 }, channel, moments: [onset, onset + at] },
      ...(notes.length > 0 && { note: `${notes.join('. ')}.` }),
    })
  },
})

/** One function, so that the same lines are read once. */
function onHead(lines: readonly LineFacts[]): readonly LineFacts[] {
  return lines.filter(({ site }) => site !== null && !site.ear)
}
