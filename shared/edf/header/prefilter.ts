/**
 * What the prefiltering field of a signal says of its filters. EDF+ has `HP:0.1Hz LP:75Hz N:50Hz`; programs write much
 * else: `HP: DC; LP: 410 Hz`, `0.1-70 Hz`, `BP 10-100Hz`, `LFF 1 Hz HFF 70 Hz`, `TC:0.3s`, `HP:16Hz Rectification`.
 */
import type { Hertz } from '../../units.ts'

export type Prefilter = {
  /** Low-frequency filter; 0 for DC; null where nothing is said. */
  readonly highPass: Hertz | null
  readonly lowPass: Hertz | null
  readonly notch: Hertz | null
  /** Rectified or averaged by the amplifier: an envelope, whatever its filters. */
  readonly isRectified: boolean
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`
const UNIT = String.raw`\s*(hz|khz|s|sec|ms)?\b`

export function readPrefilter(text: string): Prefilter {
  const plain = text.toLowerCase().replace(/[[\]();]/g, ' ')
  const range = new RegExp(
    String.raw`(?:^|\bbp\W*|\bband ?pass\W*|\s)${NUMBER}\s*(?:hz)?\s*(?:-|–|to|\.\.+)\s*${NUMBER}\s*hz`,
  ).exec(plain)
  const high = frequencyAfter(plain, String.raw`(?:hp|hpf|high ?pass|lff|lf|low ?freq\w*|low ?cut)`)
  const low = frequencyAfter(plain, String.raw`(?:lp|lpf|low ?pass|hff|hf|high ?freq\w*|high ?cut)`)
  const constant = new RegExp(String.raw`\b(?:tc|time ?constant)\W*${NUMBER}${UNIT}`).exec(plain)
  const fromConstant = constant === null ? null : frequencyOf(constant[1]!, constant[2] ?? 's')
  const isDirect = /\b(?:hp|hpf|high ?pass|lff)\W*dc\b|^\s*dc\b/.test(plain)
  return {
    highPass: high ?? fromConstant ?? (isDirect ? 0 : (numberOf(range?.[1]) ?? null)),
    lowPass: low ?? numberOf(range?.[2]) ?? null,
    notch: frequencyAfter(plain, '(?:n|notch)'),
    isRectified: /rectif|envelope|\brms\b|integrat/.test(plain),
  }
}

function frequencyAfter(text: string, name: string): Hertz | null {
  const found = new RegExp(String.raw`\b${name}\s*[:=]?\s*${NUMBER}${UNIT}`).exec(text)
  return found === null ? null : frequencyOf(found[1]!, found[2] ?? 'hz')
}

/** A time is a time constant: 1 / (2 pi t). */
function frequencyOf(written: string, unit: string): Hertz | null {
  const value = numberOf(written)
  if (value === null) return null
  if (unit === 'khz') return 1000 * value
  if (unit === 'hz') return value
  const seconds = unit === 'ms' ? value / 1000 : value
  return seconds > 0 ? 1 / (2 * Math.PI * seconds) : null
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}
