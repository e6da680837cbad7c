/**
 * Filters for review, zero-phase or causal. `designChain` decides, `applyChain` computes.
 *
 * A zero-phase chain runs over the data forward and then backward, so nothing is shifted in time and the gain is that
 * of one pass squared. The low-frequency filter is a Butterworth of first order a pass (12 dB/octave in all,
 * close to the RC filter of an amplifier and without ringing), the high-frequency filter one of second order
 * a pass (24 dB/octave in all), the notch a resonator with Q = 30. The frequency on the label is where both
 * passes together are at -3 dB: one pass must then be at -1.5 dB, so the design frequency is moved by
 * (sqrt(2) - 1)^(1/2N), on the bilinear transform's warped axis where that relation is exact.
 *
 * Beyond the ends of a segment a filter sees the signal as it would most likely have gone on (`forecast.ts`), for
 * as long as its response lasts, and then its level: an odd or even extension would make a false wave of every
 * rhythm that the end cuts off in mid-wave. Elsewhere a stretch is computed with a margin, long enough that what
 * lies beyond it cannot matter: see `lengthsOf`.
 *
 * A causal chain runs forward only, as an amplifier does: the same Butterworths, one pass, so that slopes are half as
 * steep (6 and 12 dB/octave) and the frequency on the label is where that one pass is at -3 dB. What comes out depends
 * on nothing that comes later, and comes late. At the start of a segment it is in the steady state of the first value
 * (as scipy's `sosfilt(sos, x, zi=sosfilt_zi(sos) * x[0])`), since a forecast backward would look at what comes later.
 */
import type { Hertz, Seconds } from '../units.ts'
import { runSections, type Section } from './filterKernel.ts'
import { extendByForecast } from './forecast.ts'
import { type Direction, FILTER_NAMES, type FilterName, type FilterSettings } from './viewSettings.ts'

export type Chain = {
  readonly direction: Direction
  readonly sections: readonly Section[]
  /** Steady state of each section for a constant input of 1 to the chain: two numbers a section. */
  readonly steady: Float64Array
  /** Gain for a constant: 0 with a low-frequency filter. */
  readonly constantGain: number
  /** Samples by which the end of a segment is extended: as long as the response lasts. See `roomFor`. */
  readonly padding: number
  /** Samples from which that extension is forecast; never more than `margin`, so that every page has them. */
  readonly known: number
  /** Samples needed before a stretch that does not begin with its segment. */
  readonly margin: number
  /** The same after one that does not end with its segment; none in a causal chain. */
  readonly marginAfter: number
  readonly marginSeconds: Seconds
  /** Filters asked for that this sampling rate cannot carry: they are off here. `carryProblem` says why. */
  readonly off: readonly FilterName[]
}

/** Whether the values begin or end where their segment does. */
export type Ends = { readonly atStart: boolean; readonly atEnd: boolean }

const NOTCH_QUALITY = 30

const HIGH_PASS_ORDER = 1
const LOW_PASS_ORDER = 2

/**
 * What lies beyond a margin may change a sample by this share of the largest deviation at most, give or take
 * the small gain of the backward pass: 0.02 uV for a step of 100 mV.
 */
const MARGIN_ERROR = 1e-7

/** What is left of the response beyond the extension of an end: a thousandth of what lies there off its level. */
const PADDING_ERROR = 1e-3

/** Holds more than a period of the slowest sway that a filter on offer lets through. */
const MOST_KNOWN: Seconds = 8

/**
 * The highest frequency of a filter as a share of half the sampling rate. At this share it still dies away within
 * 2300 samples; from there on that grows beyond bounds for the sake of the last 0.4 % of the spectrum.
 */
const HIGHEST_SHARE = 0.996

/** A page must not cost reading more than a minute on either side; 0.1 Hz, the lowest on offer, takes 41 s. */
const MOST_MARGIN: Seconds = 60

/** Up to so many samples a response is followed to its end; a longer one is bounded from its poles. */
const MOST_FOLLOWED = 1 << 20

/**
 * Sections for one sampling rate, in the order low-frequency filter, high-frequency filter, notch. A filter that
 * the rate cannot carry is left out and named in `off`.
 */
export function designChain(
  settings: FilterSettings,
  sampleRate: Hertz,
  direction: Direction = 'zero-phase',
): Chain {
  const { lowFrequency, highFrequency, notch } = settings
  const key = `${lowFrequency} ${highFrequency} ${notch} ${sampleRate} ${direction}`
  const known = designed.get(key)
  if (known !== undefined) return known
  const chain = buildChain(settings, sampleRate, direction)
  if (designed.size >= 64) designed.clear()
  designed.set(key, chain)
  return chain
}

/**
 * Why a filter cannot be had at a sampling rate, as the end of a sentence; null where it can. Near half the rate
 * its shape is lost and its poles lie so near the unit circle that it rings for minutes. Far below the rate the
 * sums of its coefficients vanish in double precision: 1 + a1 + a2, which sets its gain, keeps only
 * EPSILON / (1 + a1 + a2) of its digits, and must keep as many as a margin (MARGIN_ERROR).
 */
export function carryProblem(
  name: FilterName,
  frequency: Hertz,
  sampleRate: Hertz,
  direction: Direction = 'zero-phase',
): string | null {
  const highest = name === 'notch' ? frequency * (1 + 1 / (2 * NOTCH_QUALITY)) : frequency / HIGHEST_SHARE
  if (!(highest <= sampleRate / 2 && frequency < sampleRate / 2))
    return 'the sampling rate has no room for it'
  const section = DESIGNS[name](frequency, sampleRate, direction)
  const atZero = 1 + section.a1 + section.a2
  if (!(atZero * MARGIN_ERROR >= Number.EPSILON)) return 'the sampling rate is too high to compute it exactly'
  const seconds = decayOf(section, MARGIN_ERROR) / sampleRate
  return seconds <= MOST_MARGIN ? null : `it would need more than ${MOST_MARGIN} s of signal on either side`
}

const designed = new Map<string, Chain>()

function buildChain(settings: FilterSettings, sampleRate: Hertz, direction: Direction): Chain {
  const off: FilterName[] = []
  const sections: Section[] = []
  for (const name of FILTER_NAMES) {
    const frequency = settings[name]
    if (frequency === null) continue
    if (carryProblem(name, frequency, sampleRate, direction) === null)
      sections.push(DESIGNS[name](frequency, sampleRate, direction))
    else off.push(name)
  }
  const { margin, padding } = lengthsOf(sections)
  const isCausal = direction === 'causal'
  return {
    direction,
    sections,
    steady: steadyStates(sections),
    constantGain: sections.reduce((gain, section) => gain * constantGain(section), 1),
    padding: isCausal ? 0 : padding,
    known: isCausal ? 0 : Math.min(margin, Math.ceil(MOST_KNOWN * sampleRate)),
    margin,
    marginAfter: isCausal ? 0 : margin,
    marginSeconds: margin / sampleRate,
    off,
  }
}

const DESIGNS = { lowFrequency: highPassSection, highFrequency: lowPassSection, notch: notchSection } as const

/** tan of half the design angle: the analogue frequency that the bilinear transform maps to `frequency`. */
function warped(frequency: Hertz, sampleRate: Hertz): number {
  return Math.tan((Math.PI * frequency) / sampleRate)
}

/** What a design frequency is moved by, so that all passes together are at -3 dB on the label's. */
function shiftFor(direction: Direction, order: number): number {
  return direction === 'causal' ? 1 : (Math.SQRT2 - 1) ** (1 / (2 * order))
}

function highPassSection(frequency: Hertz, sampleRate: Hertz, direction: Direction): Section {
  const k = warped(frequency, sampleRate) * shiftFor(direction, HIGH_PASS_ORDER)
  const gain = 1 / (1 + k)
  return { b0: gain, b1: -gain, b2: 0, a1: (k - 1) * gain, a2: 0 }
}

function lowPassSection(frequency: Hertz, sampleRate: Hertz, direction: Direction): Section {
  return secondOrderLowPass(warped(frequency, sampleRate) / shiftFor(direction, LOW_PASS_ORDER))
}

/** Butterworth by the bilinear transform, as scipy.signal.butter(2, f, fs) has it; `k` is tan(pi f / fs). */
export function secondOrderLowPass(k: number): Section {
  const scale = 1 / (1 + Math.SQRT2 * k + k * k)
  const gain = k * k * scale
  return {
    b0: gain,
    b1: 2 * gain,
    b2: gain,
    a1: 2 * (k * k - 1) * scale,
    a2: (1 - Math.SQRT2 * k + k * k) * scale,
  }
}

/** As scipy.signal.iirnotch: -3 dB at frequency (1 +- 1/2Q) in one pass. */
function notchSection(frequency: Hertz, sampleRate: Hertz): Section {
  const angle = (2 * Math.PI * frequency) / sampleRate
  const gain = 1 / (1 + Math.tan(angle / NOTCH_QUALITY / 2))
  const middle = -2 * gain * Math.cos(angle)
  return { b0: gain, b1: middle, b2: gain, a1: middle, a2: 2 * gain - 1 }
}

function constantGain({ b0, b1, b2, a1, a2 }: Section): number {
  return (b0 + b1 + b2) / (1 + a1 + a2)
}

/** As scipy.signal.sosfilt_zi. */
function steadyStates(sections: readonly Section[]): Float64Array {
  const states = new Float64Array(2 * sections.length)
  let input = 1
  sections.forEach((section, k) => {
    const { b1, b2, a1, a2 } = section
    const output = input * constantGain(section)
    states[2 * k + 1] = b2 * input - a2 * output
    states[2 * k] = b1 * input - a1 * output + states[2 * k + 1]!
    input = output
  })
  return states
}

/**
 * Margin and padding are taken from the impulse response of the whole chain: a sample can feel what lies more than
 * n samples away by the sum of |h| beyond n at most, so n is where that sum falls below the error allowed. The
 * response is followed until its slowest pole has decayed by 1e-12. One too long for that (rates of 20 kHz and
 * more) is bounded by the decay of its sections one after the other.
 */
function lengthsOf(sections: readonly Section[]): { readonly margin: number; readonly padding: number } {
  if (sections.length === 0) return { margin: 0, padding: 0 }
  const length = sections.reduce((sum, section) => sum + decayOf(section, 1e-12), 1)
  if (length > MOST_FOLLOWED) {
    const total = (error: number) => sections.reduce((sum, section) => sum + decayOf(section, error), 1)
    return { margin: total(MARGIN_ERROR), padding: total(PADDING_ERROR) }
  }
  const response = new Float64Array(length)
  response[0] = 1
  runSections(sections, new Float64Array(4 * sections.length), response, response, 0, length - 1)
  let tail = 0
  let n = length
  const beyond = (error: number) => {
    while (n > 0 && tail <= error) {
      n -= 1
      tail += Math.abs(response[n]!)
    }
    return n + 1
  }
  const margin = beyond(MARGIN_ERROR)
  return { margin, padding: beyond(PADDING_ERROR) }
}

/** Samples after which the slower pole has decayed to `share`. */
function decayOf(section: Section, share: number): number {
  return Math.ceil(Math.log(share) / Math.log(poleRadius(section)))
}

/** Modulus of the slower pole; never so small that its logarithm is lost. */
function poleRadius({ a1, a2 }: Section): number {
  const discriminant = a1 * a1 - 4 * a2
  const radius = discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(discriminant)) / 2
  return Math.max(radius, 1e-3)
}

/**
 * Samples of extension at the ends of a stretch, to be left free before and after it. A segment shorter than the
 * response is extended by its own length and then taken to rest at its level: hundreds of short segments on a
 * page must not cost many times their samples.
 */
export function roomFor(chain: Chain, length: number): number {
  return Math.min(chain.padding, length)
}

/**
 * Filters values of one uninterrupted stretch. Where the stretch ends with its segment the result is final;
 * elsewhere the outer `chain.margin` samples before it and `chain.marginAfter` behind are only there to be cut off by
 * the caller.
 * Returns new values of the same length.
 */
export function applyChain(chain: Chain, values: Float64Array, ends: Ends): Float64Array {
  const room = roomFor(chain, values.length)
  const buffer = new Float64Array(values.length + 2 * room)
  buffer.set(values, room)
  filterPair(chain, buffer, buffer, room, values.length, ends, 0)
  return buffer.slice(room, room + values.length)
}

/**
 * Filters two stretches of equal length in place; two at once because the processor then has something to do
 * while it waits for one of them (0.44 ms in place of 0.71 ms for a page of 32 channels). Both may be the same
 * array. `from` is where values begin, with `roomFor` places free before and after them; the values before
 * `from + keepFrom` are left half done.
 */
export function filterPair(
  chain: Chain,
  a: Float64Array,
  b: Float64Array,
  from: number,
  length: number,
  { atStart, atEnd }: Ends,
  keepFrom: number,
): void {
  if (chain.sections.length === 0 || length === 0) return
  if (chain.direction === 'causal') return filterForward(chain, a, b, from, length)
  const room = roomFor(chain, length)
  const known = Math.min(chain.known, length)
  const last = from + length - 1
  const extend = (edge: number, outward: 1 | -1): readonly [number, number] => {
    const level = extendByForecast(a, edge, outward, known, room)
    return [level, a === b ? level : extendByForecast(b, edge, outward, known, room)]
  }
  const before = atStart ? extend(from, -1) : ([a[from]!, b[from]!] as const)
  const after = atEnd ? extend(last, 1) : null
  const first = atStart ? from - room : from
  const end = atEnd ? last + room : last
  const state = new Float64Array(4 * chain.sections.length)
  settle(chain, state, ...before)
  runSections(chain.sections, state, a, b, first, end)
  const { constantGain: gain } = chain
  if (after === null) settle(chain, state, a[end]!, b[end]!)
  else settle(chain, state, gain * after[0], gain * after[1])
  runSections(chain.sections, state, a, b, end, from + keepFrom)
}

function filterForward(chain: Chain, a: Float64Array, b: Float64Array, from: number, length: number): void {
  const state = new Float64Array(4 * chain.sections.length)
  settle(chain, state, a[from]!, b[from]!)
  runSections(chain.sections, state, a, b, from, from + length - 1)
}

function settle(chain: Chain, state: Float64Array, a: number, b: number): void {
  const half = chain.steady.length
  for (let i = 0; i < half; i++) {
    state[i] = chain.steady[i]! * a
    state[half + i] = chain.steady[i]! * b
  }
}
