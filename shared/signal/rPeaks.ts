/**
 * The beats of a heart, after Pan and Tompkins (1985, IEEE Trans Biomed Eng 32:230-236): what lies between 5 and 15 Hz,
 * its slope, squared, its mean over 150 ms, thresholds that follow what counted as a beat and what did not, a search
 * back where a beat is overdue, and no beat within 200 ms of the last. Ours looks at a whole stretch instead of what has
 * come so far, so its thresholds begin where the stretch's own beats are.
 */
import type { Hertz, Seconds } from '../units.ts'
import { applyChain, designChain } from './filter.ts'
import { findPeaks, highestNear } from './peaks.ts'
import { runningMean } from './rhythm.ts'
import { medianOf } from './statistics.ts'

/** A QRS of 80 ms cannot be timed with fewer samples. */
export const LOWEST_ECG_RATE: Hertz = 100
const BAND = { lowFrequency: 5, highFrequency: 15, notch: null }
const SLOPE: Seconds = 0.01
const INTEGRATED: Seconds = 0.15
const REFRACTORY: Seconds = 0.2
/** Within it of a beat, what rises less than half as steeply is a T wave. */
const T_WAVE: Seconds = 0.36
const T_WAVE_SLOPE = 0.5
/** Of the mean interval: then a beat was overlooked. */
const OVERDUE = 1.66
const REMEMBERED = 8
const ADAPTS = 0.125
const BETWEEN = 0.25
/** Holds a beat at 40 a minute. */
const LOOK: Seconds = 1.5
const SHORTEST: Seconds = 4
const FEWEST = 4
/** Of a beat, on either side of its R wave: what all beats must have in common. */
const SHAPE: Seconds = 0.1
/** Correlation of a beat with the middle one, the median of all: noise that passes for beats has 0 to 0.5. */
const ALIKE = 0.75

/** Times of the R waves of one stretch without a gap, in order; a sentence where nothing in it beats. */
export function findRPeaks(
  values: Float64Array,
  start: Seconds,
  sampleRate: Hertz,
): readonly Seconds[] | string {
  if (sampleRate < LOWEST_ECG_RATE)
    return `The ECG has ${sampleRate} samples a second; beats need ${LOWEST_ECG_RATE}.`
  if (values.length < SHORTEST * sampleRate)
    return `The ECG is too short here: beats need ${SHORTEST} s without a gap.`
  const filtered = applyChain(designChain(BAND, sampleRate), values, { atStart: true, atEnd: true })
  const energy = energyOf(filtered, sampleRate)
  // The R wave is the largest deflection of the complex, whichever way it points.
  const deflection = filtered.map(Math.abs)
  const reach = Math.round((INTEGRATED / 2) * sampleRate)
  const beats = chooseBeats(energy, filtered, sampleRate).map((index) =>
    highestNear(deflection, index, reach),
  )
  if (beats.length < FEWEST || !areAlike(filtered, beats, sampleRate))
    return 'No heart beats can be told in the ECG here.'
  return beats.map((index) => start + refine(filtered, index) / sampleRate)
}

function energyOf(filtered: Float64Array, sampleRate: Hertz): Float64Array {
  const step = Math.max(1, Math.round(SLOPE * sampleRate))
  const last = filtered.length - 1
  const squared = filtered.map((_, i) => {
    const slope = filtered[Math.min(last, i + step)]! - filtered[Math.max(0, i - step)]!
    return slope * slope
  })
  return runningMean(squared, Math.round(INTEGRATED * sampleRate))
}

/** Indices of the energy's peaks that count as beats. */
function chooseBeats(energy: Float64Array, filtered: Float64Array, sampleRate: Hertz): readonly number[] {
  const peaks = findPeaks(energy, { prominence: 0, distance: REFRACTORY * sampleRate }).map(
    ({ index }) => index,
  )
  let beat = usualBeat(energy, sampleRate)
  let noise = medianOf(energy)
  const threshold = () => noise + BETWEEN * (beat - noise)
  const found: number[] = []
  const isTWave = (index: number): boolean => {
    const last = found.at(-1)
    return (
      last !== undefined &&
      index - last < T_WAVE * sampleRate &&
      steepest(filtered, index, sampleRate) < T_WAVE_SLOPE * steepest(filtered, last, sampleRate)
    )
  }
  const take = (index: number, share: number) => {
    beat += share * (energy[index]! - beat)
    found.push(index)
  }
  for (const index of peaks) {
    const usual = meanInterval(found)
    const last = found.at(-1)
    if (last !== undefined && usual !== null && index - last > OVERDUE * usual) {
      const missed = peaks
        .filter((other) => other > last + T_WAVE * sampleRate && other < index)
        .reduce<number | null>(
          (best, other) => (best === null || energy[other]! > energy[best]! ? other : best),
          null,
        )
      if (missed !== null && energy[missed]! > threshold() / 2) take(missed, 2 * ADAPTS)
    }
    if (energy[index]! > threshold() && !isTWave(index)) take(index, ADAPTS)
    else noise += ADAPTS * (energy[index]! - noise)
  }
  return found
}

/** The median of the largest energies of stretches that hold a beat each: neither a movement nor a pause decides. */
function usualBeat(energy: Float64Array, sampleRate: Hertz): number {
  const length = Math.round(LOOK * sampleRate)
  const largest: number[] = []
  for (let from = 0; from + length <= energy.length; from += length)
    largest.push(energy.subarray(from, from + length).reduce((most, value) => Math.max(most, value), 0))
  return medianOf(largest)
}

function meanInterval(found: readonly number[]): number | null {
  const recent = found.slice(-REMEMBERED - 1)
  return recent.length < 2 ? null : (recent.at(-1)! - recent[0]!) / (recent.length - 1)
}

function steepest(filtered: Float64Array, index: number, sampleRate: Hertz): number {
  const reach = Math.round((INTEGRATED / 2) * sampleRate)
  let most = 0
  for (let i = Math.max(1, index - reach); i < Math.min(filtered.length, index + reach); i++)
    most = Math.max(most, Math.abs(filtered[i]! - filtered[i - 1]!))
  return most
}

/** Between samples: the top of the parabola through three. */
function refine(values: Float64Array, index: number): number {
  const [a, b, c] = [values[index - 1], values[index], values[index + 1]]
  if (a === undefined || b === undefined || c === undefined) return index
  const curve = a - 2 * b + c
  return curve === 0 ? index : index + Math.max(-0.5, Math.min(0.5, (a - c) / (2 * curve)))
}

function areAlike(filtered: Float64Array, beats: readonly number[], sampleRate: Hertz): boolean {
  const reach = Math.round(SHAPE * sampleRate)
  const shapes = beats
    .filter((index) => index >= reach && index + reach < filtered.length)
    .map((index) => filtered.subarray(index - reach, index + reach + 1))
  if (shapes.length < FEWEST - 1) return false
  const middle = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    medianOf(shapes.map((shape) => shape[i]!)),
  )
  return medianOf(shapes.map((shape) => correlation(shape, middle))) >= ALIKE
}

function correlation(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!
    aa += a[i]! * a[i]!
    bb += b[i]! * b[i]!
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}
