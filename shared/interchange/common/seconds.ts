/** Seconds as other programs write them, to and from whole ticks of 100 ns: never by way of a fraction of two. */
import { TICKS_PER_SECOND, type Ticks } from '../../units.ts'

const DIGITS = 7

/** Seconds in plain decimals, exact to 100 ns; `decimals` gives the fewest digits behind the point. */
export function formatSeconds(ticks: number, decimals = 0): string {
  const size = Math.abs(ticks)
  const whole = Math.floor(size / TICKS_PER_SECOND)
  const rest = String(size - whole * TICKS_PER_SECOND).padStart(DIGITS, '0')
  const needed = rest.replace(/0+$/, '').padEnd(decimals, '0')
  return `${ticks < 0 ? '-' : ''}${whole}${needed === '' ? '' : `.${needed}`}`
}

/** Rounded to so many digits, all of them written. */
export function formatRounded(ticks: number, decimals: number): string {
  const step = 10 ** (DIGITS - decimals)
  return formatSeconds(Math.round(ticks / step) * step, decimals)
}

/**
 * To the nearest tick; null for what is no decimal number with a point, or is more than ticks can count. An exponent
 * is read, since tables of other programs write one for small numbers.
 */
export function parseSeconds(text: string): Ticks | null {
  const match = /^([+-]?)(\d{1,12})(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text.trim())
  if (match === null) return null
  const [, sign, whole = '0', fraction = '', exponent] = match
  const shift = Number(exponent ?? 0)
  const digits = `${whole}${fraction}`
  // Digits before the point once the number counts ticks.
  const point = whole.length + shift + DIGITS
  const kept = digits.slice(0, Math.max(0, point)).padEnd(Math.max(0, point), '0')
  const next = point < 0 ? '0' : (digits[point] ?? '0')
  const size = Number(kept === '' ? '0' : kept) + (next >= '5' ? 1 : 0)
  if (!Number.isSafeInteger(size)) return null
  return (sign === '-' ? -size || 0 : size) as Ticks
}
