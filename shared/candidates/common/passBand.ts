/**
 * Butterworth filters of second order a pass, forward and backward, for what is only searched: steeper than those of
 * the page (whose low-frequency filter is of first order), so that a slow wave of 300 µV leaves nothing among spikes.
 * Coefficients by the bilinear transform, as scipy.signal.butter(2, f, fs) has them.
 */
import { secondOrderLowPass } from '../../signal/filter.ts'
import { runSections, type Section } from '../../signal/filterKernel.ts'
import type { Hertz } from '../../units.ts'

/** At -3 dB in one pass, -6 dB in both. */
export function highPass(frequency: Hertz, sampleRate: Hertz): Section {
  const k = warp(frequency, sampleRate)
  const scale = 1 / (1 + Math.SQRT2 * k + k * k)
  return {
    b0: scale,
    b1: -2 * scale,
    b2: scale,
    a1: 2 * (k * k - 1) * scale,
    a2: (1 - Math.SQRT2 * k + k * k) * scale,
  }
}

export function lowPass(frequency: Hertz, sampleRate: Hertz): Section {
  return secondOrderLowPass(warp(frequency, sampleRate))
}

function warp(frequency: Hertz, sampleRate: Hertz): number {
  return Math.tan((Math.PI * Math.min(frequency, 0.45 * sampleRate)) / sampleRate)
}

/**
 * New values: up to three sections forward and backward, from rest at the first value. Its ends ring for a few periods
 * of the lowest frequency, so callers read a margin.
 */
export function filterBoth(sections: readonly Section[], values: Float64Array): Float64Array {
  const [offset = 0] = values
  const filtered = values.map((value) => value - offset)
  const last = filtered.length - 1
  if (last < 0) return filtered
  runSections(sections, new Float64Array(4 * sections.length), filtered, filtered, 0, last)
  runSections(sections, new Float64Array(4 * sections.length), filtered, filtered, last, 0)
  return filtered
}

/** The mean of each `factor` values, one after the other; what is left over is dropped. */
export function decimate(values: Float64Array, factor: number, gain = 1): Float64Array {
  const thinned = new Float64Array(Math.floor(values.length / factor))
  const scale = gain / factor
  for (let i = 0, k = 0; i < thinned.length; i++) {
    let sum = 0
    for (let end = k + factor; k < end; k++) sum += values[k]!
    thinned[i] = sum * scale
  }
  return thinned
}
