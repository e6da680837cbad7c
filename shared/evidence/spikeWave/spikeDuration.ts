import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import type { Run } from './run.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'
import { spikeSign } from './spikeSign.ts'
import { countSpikes } from './spikesPerComplex.ts'

/** A spike of 20 ms has four samples then. */
const LOWEST_RATE: Hertz = 200
const MOST_SPIKES = 2
/** Of the mean spike's picture. */
const GRID: Hertz = 1000
const REACH: Seconds = 0.12
/** How far the tip may lie from where the spike was aligned. */
const TIP: Seconds = 0.015
/** Of its height above the line from foot to foot: between these a flank is a straight line. */
const LOW = 0.25
const HIGH = 0.75
/** From the tip to the foot, in widths to half of the height; a straight flank has two. */
const STRAIGHT = 2.5

export const spikeDuration = evidenceEntry({
  id: 'spike-duration',
  side: 'spikeWave',
  label: 'Duration of the spike',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    if (run.sampleRate < LOWEST_RATE)
      return refused(`${run.sampleRate} samples a second are too few: it needs ${LOWEST_RATE}.`)
    if (!run.hasSpikes) return refused('No spike comes with every complex.')
    if (medianOf(countSpikes(run)) > MOST_SPIKES)
      return refused('Three and more spikes follow one another: none has a base of its own.')
    const base = baseOf(meanSpike(run))
    if (base === null) return refused('The mean spike has no two flanks of its own.')
    return measured({
      text: `${(1000 * base).toFixed(0)} ms`,
      values: [{ id: 'base', label: 'at its base', value: 1000 * base, unit: 'ms', decimals: 0 }],
      where: { ...showOn(run), moments: run.times },
    })
  },
  criteria: [
    { text: 'A spike lasts 20 to under 70 ms, a sharp wave 70 to 200 ms.', sources: ['hed-score-2025'] },
  ],
  algorithm:
    'The mean of the spikes, aligned, in what all EEG channels have in common: from where the straight lines through a quarter and three quarters of either flank meet the line between its feet.',
  error: '±5 ms',
})

type MeanSpike = { readonly values: Float64Array; readonly middle: number }

/** Upright, on a grid of a millisecond. */
function meanSpike(run: Run): MeanSpike {
  const { sampleRate, start, times } = run
  const wave = run.aligned
  const middle = Math.round(REACH * GRID)
  const values = new Float64Array(2 * middle + 1)
  for (const time of times) {
    for (let i = 0; i < values.length; i++) {
      values[i] = values[i]! + cubicAt(wave, (time - start + (i - middle) / GRID) * sampleRate) / times.length
    }
  }
  const sign = spikeSign(run)
  return { values: values.map((value) => sign * value), middle }
}

/** null where one side falls to no foot. */
function baseOf({ values, middle }: MeanSpike): Seconds | null {
  const near = Math.round(TIP * GRID)
  let tip = middle - near
  for (let i = middle - near; i <= middle + near; i++) if (values[i]! > values[tip]!) tip = i
  const left = footOf(values, tip, -1)
  const right = footOf(values, tip, 1)
  if (left === null || right === null) return null
  const above = (i: number) =>
    values[i]! - (values[left]! + ((values[right]! - values[left]!) * (i - left)) / (right - left))
  const height = above(tip)
  if (!(height > 0)) return null
  const begin = groundOf(above, height, tip, left, -1)
  const end = groundOf(above, height, tip, right, 1)
  return begin === null || end === null ? null : (end - begin) / GRID
}

/**
 * The lowest point before the curve rises again, no farther than a straight flank would reach from where it has half of its
 * height: what follows is the background.
 */
function footOf(values: Float64Array, tip: number, step: 1 | -1): number | null {
  let valley = tip
  while (values[valley + step]! <= values[valley]!) valley += step
  if (valley === tip || valley + step < 0 || valley + step >= values.length) return null
  const half = (values[tip]! + values[valley]!) / 2
  let middle = tip
  while (values[middle]! > half) middle += step
  const farthest = tip + step * Math.round(STRAIGHT * Math.abs(middle - tip))
  return step === 1 ? Math.min(valley, farthest) : Math.max(valley, farthest)
}

/** Where the flank, drawn on as a straight line, reaches the ground. */
function groundOf(
  above: (i: number) => number,
  height: number,
  tip: number,
  foot: number,
  step: 1 | -1,
): number | null {
  const crossing = (level: number) => {
    for (let i = tip; i !== foot; i += step) {
      const [here, next] = [above(i), above(i + step)]
      if (here >= level && next < level) return i + (step * (here - level)) / (here - next)
    }
    return null
  }
  const high = crossing(HIGH * height)
  const low = crossing(LOW * height)
  return high === null || low === null ? null : low + ((low - high) * LOW) / (HIGH - LOW)
}

/** Through four neighbours (Catmull and Rom): a straight line would cut the tip of a spike off. */
function cubicAt(values: Float64Array, at: number): number {
  const i = Math.floor(at)
  const t = at - i
  const [a, b, c, d] = [values[i - 1] ?? 0, values[i] ?? 0, values[i + 1] ?? 0, values[i + 2] ?? 0]
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
}
