/** Times as a reader of EEG says them: clock time at the patient, elapsed time, seconds with a true minus sign. */
import type { Seconds } from '../units.ts'

/**
 * `22:31:40.0` for a time after the header's start, with `decimals` places; days beyond the first are told
 * apart as `+1 d`. null start (no valid date and time in the header): elapsed time, so that none is invented.
 */
export function formatClock(start: string | null, time: Seconds, decimals = 0): string {
  if (start === null) return formatElapsed(time, decimals)
  const unit = 10 ** decimals
  // Whole units, so that 59.96 s becomes the next minute and never "60.0".
  const total = Math.round(time * unit) + secondsOfDay(start) * unit
  const day = Math.floor(total / (86_400 * unit))
  const text = formatUnits(total - day * 86_400 * unit, unit, decimals, 2)
  return day === 0 ? text : `${text} ${day > 0 ? '+' : '−'}${Math.abs(day)} d`
}

/** The clock time of a header's start (`YYYY-MM-DDTHH:MM:SS`), in seconds after midnight. */
export function secondsOfDay(start: string): Seconds {
  const [hours = 0, minutes = 0, seconds = 0] = start.slice(11).split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

/**
 * `0:09:40`, counted from the header's start. Whole seconds are those that have gone by, as on a watch;
 * decimals are rounded.
 */
export function formatElapsed(time: Seconds, decimals = 0): string {
  const unit = 10 ** decimals
  const size = Math.abs(time)
  // A tick of grace: a second that was added up from parts has gone by.
  const total = decimals === 0 ? Math.floor(size + 1e-7) : Math.round(size * unit)
  const sign = time < 0 && total > 0 ? '−' : ''
  return sign + formatUnits(total, unit, decimals, 1)
}

function formatUnits(total: number, unit: number, decimals: number, hourDigits: number): string {
  const whole = Math.floor(total / unit)
  const hours = String(Math.floor(whole / 3600)).padStart(hourDigits, '0')
  const minutes = String(Math.floor(whole / 60) % 60).padStart(2, '0')
  const seconds = String(whole % 60).padStart(2, '0')
  const fraction = decimals === 0 ? '' : `.${String(total % unit).padStart(decimals, '0')}`
  return `${hours}:${minutes}:${seconds}${fraction}`
}

/** `5.42 s`, below a second `0.210 s`, above a minute `1:05.0`. */
export function formatDuration(seconds: Seconds): string {
  // As rounded, so that 59.999 s is a minute and never "60.00 s".
  if (Math.round(seconds * 1000) < 1000) return `${seconds.toFixed(3)} s`
  if (Math.round(seconds * 100) < 6000) return `${seconds.toFixed(2)} s`
  const total = Math.round(seconds * 10)
  return `${Math.floor(total / 600)}:${String(Math.floor(total / 10) % 60).padStart(2, '0')}.${total % 10}`
}
