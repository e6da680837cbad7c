/**
 * Where the EEG beats 2.4 to 4.6 times a second, in all of it: the cheap first look, at some 32 samples a second. It
 * takes slowing for as good as spike-and-wave; `measureRun` tells them apart.
 */

import { quantileOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import type { Block } from '../common/blocks.ts'
import { decimate, filterBoth, highPass, lowPass } from '../common/passBand.ts'
import { commonWave } from './component.ts'
import type { EegLines } from './eegLines.ts'

export const SLOWEST: Hertz = 2.3
export const FASTEST: Hertz = 4.8
/** Between two looks. */
export const HOP: Seconds = 0.25
const WINDOW: Seconds = 1.5
/** Enough for a band up to 5.5 Hz. */
const SLOW_RATE: Hertz = 32
const BAND = [1.8, 5.5] as const

/** Times the usual size of this band in the same minutes. */
const LOUDER = 1.7
/** Of the middle channel, root of the mean square. */
const LEAST_MICROVOLTS = 6
const LEAST_EXPLAINED = 0.55
const LEAST_STRENGTH = 0.45
/** Channels that follow the common wave; and how closely. */
const SPREAD = 0.5
const FOLLOWS = 0.5

export type Frame = { readonly time: Seconds; readonly isRhythmic: boolean }

/** What is usual, over the minutes before. */
export type Usual = { readonly levels: number[] }
const REMEMBERED = 12
/** Some milliseconds of work. */
const LOOKS_AT_ONCE = 100

/** The looks whose middle lies in the block's core and whose window lies within a stretch; in order. */
export async function rhythmicFrames(
  block: Block,
  { sampleRate, lines }: EegLines,
  usual: Usual,
  giveWay: () => Promise<void>,
): Promise<readonly Frame[]> {
  const factor = Math.max(1, Math.round(sampleRate / SLOW_RATE))
  const rate = sampleRate / factor
  const sections = [highPass(BAND[0], rate), lowPass(BAND[1], rate)]
  const window = Math.round(WINDOW * rate)
  const [first] = lines
  const stretches: { readonly start: Seconds; readonly channels: readonly Float64Array[] }[] = []
  for (const [p, { start, values }] of (first === undefined ? [] : block.piecesOf(first.signal)).entries()) {
    const channels: Float64Array[] = []
    for (const { signal, factor: gain } of lines) {
      const own = block.piecesOf(signal)[p]?.values
      if (own?.length === values.length) channels.push(filterBoth(sections, decimate(own, factor, gain)))
      await giveWay()
    }
    stretches.push({ start, channels })
  }
  const looks = stretches.flatMap(({ start, channels }) =>
    startsIn(block, start, (channels[0]?.length ?? 0) / rate).map((time) => {
      const from = Math.round((time - WINDOW / 2 - start) * rate)
      return { time, channels, from: Math.max(0, Math.min(from, (channels[0]?.length ?? 0) - window)) }
    }),
  )
  const levels = looks.map(({ channels, from }) =>
    quantileOf(
      channels.map((c) => sizeOf(c, from, window)),
      0.5,
    ),
  )
  const level = settle(usual, levels)
  let guess: Float64Array | undefined
  const frames: Frame[] = []
  for (const [k, { time, channels, from }] of looks.entries()) {
    if (k % LOOKS_AT_ONCE === 0) await giveWay()
    const size = levels[k]!
    if (!(size > LEAST_MICROVOLTS && size > LOUDER * level)) {
      frames.push({ time, isRhythmic: false })
      continue
    }
    const common = commonWave(channels, from, window, guess?.length === channels.length ? guess : undefined)
    guess = common.weights
    const following = common.correlations.filter((r) => Math.abs(r) >= FOLLOWS).length / channels.length
    const isRhythmic =
      common.explained >= LEAST_EXPLAINED &&
      following >= SPREAD &&
      strengthOf(common.wave, rate) >= LEAST_STRENGTH
    frames.push({ time, isRhythmic })
  }
  return frames
}

/** Middles of windows, on one grid for the whole recording. */
function startsIn({ core }: Block, start: Seconds, length: Seconds): readonly Seconds[] {
  const first = Math.ceil(Math.max(core.start, start + WINDOW / 2) / HOP - 1e-9)
  const times: Seconds[] = []
  for (let k = first; k * HOP < core.end && k * HOP + WINDOW / 2 <= start + length + 1e-6; k++)
    times.push(k * HOP)
  return times
}

function sizeOf(values: Float64Array, from: number, length: number): number {
  let squares = 0
  for (let i = from; i < from + length; i++) squares += values[i]! * values[i]!
  return Math.sqrt(squares / length)
}

/** The lower third is background, also where half of a block is a discharge. */
function settle(usual: Usual, levels: readonly number[]): number {
  const own = levels.length > 0 ? quantileOf(levels, 1 / 3) : Number.POSITIVE_INFINITY
  const known = usual.levels.length > 0 ? quantileOf(usual.levels, 0.5) : own
  if (levels.length > 0) usual.levels.push(own)
  if (usual.levels.length > REMEMBERED) usual.levels.shift()
  return Math.min(own, known)
}

/** The highest correlation of the wave with itself a period later, of periods in the band. */
function strengthOf(wave: Float64Array, rate: Hertz): number {
  const shortest = Math.floor(rate / FASTEST)
  const longest = Math.min(Math.ceil(rate / SLOWEST), wave.length - 4)
  let best = 0
  for (let lag = shortest; lag <= longest; lag++) {
    let product = 0
    let early = 0
    let late = 0
    for (let i = lag; i < wave.length; i++) {
      const a = wave[i - lag]!
      const b = wave[i]!
      product += a * b
      early += a * a
      late += b * b
    }
    best = Math.max(best, product / Math.sqrt(early * late || 1))
  }
  return best
}
