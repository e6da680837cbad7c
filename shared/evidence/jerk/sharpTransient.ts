/** The sharpest wave of the EEG around the onset of a muscle burst, whether or not it stands out. */

import { applyChain, designChain } from '../../signal/filter.ts'
import { MEASURE_BANDS } from '../../signal/measure.ts'
import { findPeaks } from '../../signal/peaks.ts'
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { stretchAround } from '../common/cutLine.ts'
import { evidenceEntry, type Line, measured, refused } from '../common/entry.ts'
import { sayVoltage } from '../common/sayVoltage.ts'
import { activeBursts, findMuscles, MUSCLES } from './muscles.ts'

export type SharpWave = {
  readonly channel: string
  /** Of its peak, after the onset. */
  readonly at: Seconds
  /** Signed as it was recorded, from its peak to the higher of the two levels beside it. */
  readonly size: number
  /** From base to base: twice the width at half its height. */
  readonly duration: Seconds
  /** Against the largest such wave of a second, the median of the seconds before. */
  readonly ratio: number
  /** Muscle activity in the same lead at the same moment; null where the sampling rate cannot tell. */
  readonly isInMuscle: boolean | null
  /** Of its polarity in the same lead within the window, itself among them: when the peaks come that stand out. */
  readonly peaks: readonly Seconds[]
}

/** null: nothing to compare with; 'none': nothing in the window is a wave of 20 to 200 ms. */
type Looked = SharpWave | 'none' | null

export const WINDOW: readonly [Seconds, Seconds] = [-0.1, 0.05]
/** Spikes and sharp waves of SCORE. */
const SHORTEST: Seconds = 0.02
const LONGEST: Seconds = 0.2
/** A spike of 20 ms has three samples. */
export const LOWEST_RATE: Hertz = 150
/** What is faster is muscle rather than brain. */
const FASTEST: Hertz = 35
const MUSCLE_RATE: Hertz = 200
const MUSCLE_REACH: Seconds = 0.03
const MUSCLE_TIMES = 3
/** Of the wave: a sharp spike itself leaves less above 35 Hz. */
const MUSCLE_SHARE = 0.15
/** Its feet are looked for so far from its peak. */
const FEET: Seconds = 0.1
const BEFORE: Seconds = 20
const FEWEST_SECONDS = 8
/** Of its size, from the level of the second before: what lies between two spikes is no wave of the other way. */
const OFF_LEVEL = 0.4
export const STANDS_OUT = 2

/** All leads one after the other; an entry gives way between two. */
export function findSharpWave(lines: readonly Line[], onset: Seconds): SharpWave | 'none' | string {
  return problemWith(lines) ?? chooseSharpWave(lines.map((line) => sharpestOf(line, onset)))
}

function problemWith(lines: readonly Line[]): string | null {
  const [first] = lines
  if (first === undefined) return 'There is no EEG here.'
  if (lines.some(({ sampleRate }) => sampleRate >= LOWEST_RATE)) return null
  return `A spike of 20 ms needs ${LOWEST_RATE} samples a second; the EEG has ${first.sampleRate}.`
}

/** The largest wave that stands out without muscle, else what stands out most. */
function chooseSharpWave(looked: readonly Looked[]): SharpWave | 'none' | string {
  if (looked.every((each) => each === null))
    return `A gap, a flat lead, or less than ${FEWEST_SECONDS} s before: nothing to compare with.`
  const found = looked.flatMap((each) => (each === null || each === 'none' ? [] : [each]))
  const outstanding = found.filter(({ ratio, isInMuscle }) => ratio >= STANDS_OUT && isInMuscle !== true)
  return largest(outstanding, ({ size }) => Math.abs(size)) ?? largest(found, ({ ratio }) => ratio) ?? 'none'
}

function largest<Value>(some: readonly Value[], of: (value: Value) => number): Value | null {
  return some.reduce<Value | null>((most, each) => (most === null || of(each) > of(most) ? each : most), null)
}

function sharpestOf({ channel, pieces, sampleRate }: Line, onset: Seconds): Looked {
  if (sampleRate < LOWEST_RATE) return null
  const span = { start: onset + WINDOW[0] - FEET, end: onset + WINDOW[1] + FEET }
  const stretch = stretchAround({ pieces, sampleRate }, span)
  if (stretch === null) return null
  const first = Math.max(0, Math.round((onset + WINDOW[0] - BEFORE - stretch.start) * sampleRate))
  const end = Math.min(
    stretch.values.length,
    Math.round((onset + WINDOW[1] + 2 * FEET - stretch.start) * sampleRate),
  )
  const values = stretch.values.slice(first, end)
  const start = stretch.start + first / sampleRate
  const smooth = applyChain(
    designChain({ lowFrequency: null, highFrequency: FASTEST, notch: null }, sampleRate),
    values,
    { atStart: true, atEnd: true },
  )
  const waves = wavesOf(smooth, sampleRate)
  const from = (onset + WINDOW[0] - start) * sampleRate
  const to = (onset + WINDOW[1] - start) * sampleRate
  const usual = usualWave(waves, from, sampleRate)
  if (usual === null) return null
  const level = medianOf(smooth.subarray(Math.max(0, Math.round(from - sampleRate)), Math.round(from)))
  const within = waves.filter(
    ({ index, size }) => index >= from && index <= to && (smooth[index]! - level) / size >= OFF_LEVEL,
  )
  const best = largest(within, ({ size }) => Math.abs(size))
  if (best === null) return 'none'
  const { size, duration } = best
  const timeOf = (wave: Wave) => start + wave.index / sampleRate - onset
  const alike = within.filter(
    (wave) => Math.sign(wave.size) === Math.sign(size) && Math.abs(wave.size) >= STANDS_OUT * usual,
  )
  return {
    channel,
    at: timeOf(best),
    size,
    duration,
    ratio: Math.abs(size) / usual,
    isInMuscle: isInMuscle(values, smooth, sampleRate, best, from),
    peaks: alike.map(timeOf).sort((a, b) => a - b),
  }
}

type Wave = { readonly index: number; readonly size: number; readonly duration: Seconds }

/** All waves of either polarity that last 20 to 200 ms. */
function wavesOf(smooth: Float64Array, sampleRate: Hertz): readonly Wave[] {
  return [1, -1].flatMap((sign) => {
    const upright = sign === 1 ? smooth : smooth.map((value) => -value)
    return findPeaks(upright, { prominence: 0, distance: 1 }).flatMap(({ index }): readonly Wave[] => {
      const reach = Math.round(FEET * sampleRate)
      const top = upright[index]!
      const base = Math.max(lowestBeside(upright, index, -1, reach), lowestBeside(upright, index, 1, reach))
      const half = (top + base) / 2
      const width = crossing(upright, index, 1, half, reach) - crossing(upright, index, -1, half, reach)
      const duration = (2 * width) / sampleRate
      return duration >= SHORTEST && duration <= LONGEST
        ? [{ index, size: sign * (top - base), duration }]
        : []
    })
  })
}

/** The lowest value on one side before it rises above the peak. */
function lowestBeside(values: Float64Array, peak: number, step: 1 | -1, reach: number): number {
  let least = values[peak]!
  for (
    let k = 1, i = peak + step;
    k <= reach && i >= 0 && i < values.length && values[i]! <= values[peak]!;
    k++, i += step
  )
    least = Math.min(least, values[i]!)
  return least
}

/** Between samples: where it falls below `level`. */
function crossing(values: Float64Array, peak: number, step: 1 | -1, level: number, reach: number): number {
  for (let k = 1, i = peak + step; k <= reach && i >= 0 && i < values.length; k++, i += step) {
    if (values[i]! > level) continue
    const above = values[i - step]!
    return i - step * ((level - values[i]!) / (above - values[i]! || 1))
  }
  return peak + step * reach
}

function usualWave(waves: readonly Wave[], before: number, sampleRate: Hertz): number | null {
  const largest: number[] = []
  for (let to = before; to - sampleRate >= -1; to -= sampleRate) {
    const sizes = waves
      .filter(({ index }) => index < to && index >= to - sampleRate)
      .map(({ size }) => Math.abs(size))
    if (sizes.length > 0) largest.push(Math.max(...sizes))
  }
  const usual = largest.length < FEWEST_SECONDS ? 0 : medianOf(largest)
  return usual > 0 ? usual : null
}

/** Whether what the smoothing took away is far larger around the wave than before. */
function isInMuscle(
  values: Float64Array,
  smooth: Float64Array,
  sampleRate: Hertz,
  { index, size }: Wave,
  before: number,
): boolean | null {
  if (sampleRate < MUSCLE_RATE) return null
  const reach = Math.max(1, Math.round(MUSCLE_REACH * sampleRate))
  const sizeAt = (middle: number) => {
    let sum = 0
    for (let i = Math.max(0, middle - reach); i <= Math.min(values.length - 1, middle + reach); i++)
      sum += (values[i]! - smooth[i]!) ** 2
    return Math.sqrt(sum / (2 * reach + 1))
  }
  const usual: number[] = []
  for (let middle = reach; middle + reach < before; middle += 2 * reach) usual.push(sizeAt(middle))
  const fast = sizeAt(index)
  return fast >= MUSCLE_TIMES * medianOf(usual) && fast >= MUSCLE_SHARE * Math.abs(size)
}

export const sharpTransient = evidenceEntry({
  id: 'sharp-transient',
  side: 'jerk',
  label: 'Sharp wave at the onset',
  criteria: [
    {
      text: 'In cortical myoclonus a negative EEG transient precedes each jerk at a fixed interval; its positive peak lies about 20 ms before the burst.',
      sources: ['hallett-1979', 'barrett-1992'],
    },
    {
      text: 'A spike lasts 20 to under 70 ms, a sharp wave 70 to 200 ms, and either stands out of the background.',
      sources: ['hed-score-2025'],
    },
    {
      text: 'A clean scalp EEG does not exclude it: averaging over many jerks may show what one does not.',
      sources: ['shibasaki-2000', 'barrett-1992'],
    },
  ],
  algorithm:
    'From 100 ms before to 50 ms after the first muscle burst begins (a window of ours), in each EEG lead as recorded, 1 to 35 Hz: the largest wave of 20 to 200 ms, against the largest such wave of a second, the median of the 20 s before. Twice that stands out. Muscle: what is faster than 35 Hz is three times its size before, and 0.15 of the wave. Of quiet moments of two resting recordings 2 in 100 had such a wave by chance.',
  error: 'peak ±10 ms, size ±25 %, length ±20 ms',
  needs: {
    muscles: MUSCLES,
    eeg: { kind: 'eeg', band: MEASURE_BANDS.eeg, before: 30, after: 20 },
  },
  measure: async ({ span, lines: { muscles, eeg }, giveWay }) => {
    const [first] = activeBursts(findMuscles(muscles, span))
    if (first === undefined) return null
    const problem = problemWith(eeg)
    if (problem !== null) return refused(problem)
    const looked: Looked[] = []
    for (const line of eeg) {
      looked.push(sharpestOf(line, first.onset))
      await giveWay()
    }
    const found = chooseSharpWave(looked)
    const where = { start: first.onset - 0.4, end: first.onset + 0.4 }
    if (found === 'none')
      return measured({
        text: 'None',
        values: [],
        where: { span: where, channel: null, moments: [first.onset] },
      })
    if (typeof found === 'string') return refused(found)
    const { channel, at, size, duration, ratio, isInMuscle, peaks } = found
    const unit = eeg.find((line) => line.channel === channel)?.unit ?? ''
    const stands = ratio >= STANDS_OUT
    const said = `${channel} ${sayVoltage(Math.abs(size), unit)}, ${Math.round(1000 * duration)} ms, ${sayTime(at)}${peaks.length > 1 ? `; one of ${peaks.length}, the first ${sayTime(peaks[0]!)}` : ''}`
    const value = (id: string, label: string, number: number, unit: string, decimals: number) => ({
      id,
      label,
      value: number,
      unit,
      decimals,
      channel,
    })
    return measured({
      text: stands ? said : `None stands out (largest ${ratio.toFixed(1)} times the usual, ${channel})`,
      values: [
        value('peak', 'peak after the onset', 1000 * at, 'ms', 0),
        ...(unit === 'uV' ? [value('size', 'size', size, 'µV', 0)] : []),
        value('length', 'length', 1000 * duration, 'ms', 0),
        value('times-usual', 'times the usual largest wave', ratio, '', 1),
      ],
      where: {
        span: where,
        channel,
        moments: [first.onset, ...(stands ? peaks : [at]).map((peak) => first.onset + peak)],
      },
      ...(stands &&
        isInMuscle === true && {
          note: 'Muscle activity in the same lead at the same moment: it may be the muscle.',
        }),
      ...(stands &&
        isInMuscle === null && { note: 'The sampling rate does not tell muscle from brain here.' }),
    })
  },
})

export function sayTime(after: Seconds): string {
  const ms = Math.round(1000 * Math.abs(after))
  return ms === 0 ? 'at the onset' : `${ms} ms ${after < 0 ? 'before' : 'after'}`
}
