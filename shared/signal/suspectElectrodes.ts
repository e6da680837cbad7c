/**
 * Electrodes that look as if they had come off, on a stretch of the recording as it was recorded: flat, at the limit of
 * the amplifier, or ten times as large as their neighbours. It is offered to the reader and never acted on: a seizure
 * may be as large, and a flat trace be true. Pure; `findSuspects` is given samples and reads nothing.
 */
import type { Header, SignalHeader, SignalSamples } from '../edf/header/model.ts'
import { parseElectrode, type Site, siteOf } from '../montage/electrodes.ts'
import { microvoltsPer } from '../montage/recordedLines.ts'
import type { Microvolts, Seconds } from '../units.ts'

export type Suspicion = {
  /** By header index. */
  readonly signal: number
  readonly reason: 'flat' | 'railed' | 'large'
  /** The end of a sentence that begins with its name: `is flat`. */
  readonly says: string
}

/** Peak to peak over a stretch, below which nothing of a head is recorded: a tenth of the quietest EEG. */
const FLAT: Microvolts = 0.5
/** Share of samples at the limit of the range. */
const RAILED_SHARE = 0.1
const TIMES_LARGER = 10
/** Neighbours asked: those next to it on the head. */
const NEIGHBOURS = 4
const FEWEST_NEIGHBOURS = 2
/** Long enough for a slow wave, short enough that one blink is one stretch among many. */
const STRETCH: Seconds = 1

type Measured = {
  readonly signal: SignalHeader
  readonly site: Site | null
  /** uV, the median of the stretches. */
  readonly peakToPeak: Microvolts
  readonly railed: number
}

/** The suspects among the EEG voltages of `samples`, in the header's order; at most one reason each. */
export function findSuspects(header: Header, samples: readonly SignalSamples[]): readonly Suspicion[] {
  const measured = samples.flatMap((each): Measured[] => {
    const signal = header.signals[each.signal]
    const factor = signal === undefined ? null : microvoltsPer(signal.unit)
    if (signal?.kind !== 'eeg' || signal.scaling !== 'calibrated' || factor === null) return []
    const { peakToPeak, railed, count } = measure(signal, each, factor)
    const electrode = parseElectrode(signal.label)
    const site = electrode === null ? null : siteOf(electrode.electrode)
    return count === 0 ? [] : [{ signal, site, peakToPeak, railed }]
  })
  return measured.flatMap((each): Suspicion[] => {
    const { signal, peakToPeak, railed } = each
    if (railed >= RAILED_SHARE) {
      const says = `is at the limit of its range for ${Math.round(railed * 100)} % of the time`
      return [{ signal: signal.index, reason: 'railed', says }]
    }
    const others = neighboursOf(each, measured)
    const usual = medianOf(others.map((other) => other.peakToPeak))
    if (others.length < FEWEST_NEIGHBOURS || usual === null || usual < FLAT) return []
    if (peakToPeak < FLAT) return [{ signal: signal.index, reason: 'flat', says: 'is flat' }]
    const times = peakToPeak / usual
    if (times < TIMES_LARGER) return []
    return [
      {
        signal: signal.index,
        reason: 'large',
        says: `is ${Math.round(times)} times as large as its neighbours`,
      },
    ]
  })
}

function measure(signal: SignalHeader, { pieces, sampleRate }: SignalSamples, factor: number) {
  const low = Math.min(signal.physicalMin, signal.physicalMax)
  const high = Math.max(signal.physicalMin, signal.physicalMax)
  const halfStep = (high - low) / Math.abs(signal.digitalMax - signal.digitalMin) / 2
  const length = Math.max(2, Math.round(STRETCH * sampleRate))
  const heights: number[] = []
  let railed = 0
  let count = 0
  for (const { values } of pieces) {
    for (let from = 0; from < values.length; from += length) {
      let min = Number.POSITIVE_INFINITY
      let max = Number.NEGATIVE_INFINITY
      const to = Math.min(values.length, from + length)
      for (let i = from; i < to; i++) {
        const value = values[i]!
        if (value < min) min = value
        if (value > max) max = value
        if (value >= high - halfStep || value <= low + halfStep) railed += 1
      }
      count += to - from
      heights.push((max - min) * factor)
    }
  }
  return { peakToPeak: medianOf(heights) ?? 0, railed: count === 0 ? 0 : railed / count, count }
}

/** The nearest on the head; all others where the place of one is not known. */
function neighboursOf(own: Measured, all: readonly Measured[]): readonly Measured[] {
  const others = all.filter((other) => other !== own)
  const { site } = own
  if (site === null) return others
  return others
    .flatMap((other) => (other.site === null ? [] : [{ other, distance: distanceOf(site, other.site) }]))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS)
    .map(({ other }) => other)
}

/** In steps of the 10-10 system: rows from front to back, and from the midline to the side. */
function distanceOf(a: Site, b: Site): number {
  return Math.hypot(a.row - b.row, sideways(a) - sideways(b))
}

function sideways({ side, lateral }: Site): number {
  return side === 'left' ? -lateral : lateral
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? null
}
