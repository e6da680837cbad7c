/** What several formats have in common. */
import { codesOf, KINDS } from '../../annotation/kinds.ts'
import { ReviewError } from '../../failure.ts'
import type { Ticks } from '../../units.ts'
import type { WriteJob } from './format.ts'

export const ALL_KINDS = codesOf(KINDS)

/** Where a format that counts from the first sample has its 0, on the axis of marks. */
export function originOf({ recording }: Pick<WriteJob, 'recording'>): Ticks {
  if (recording.firstSample !== null) return recording.firstSample
  throw new ReviewError(
    'bad-input',
    'This format counts times from the first sample, which the set does not know: name the recording too.',
  )
}

/** A day that no recording of a patient has: what stands for the date where dates do not go along. */
export const NEUTRAL_START = '1985-01-01T00:00:00'

/** The moment `ticks` after a start, as `YYYY-MM-DDTHH:MM:SS` and the ticks left over. */
export function momentAfter(start: string, ticks: number): { readonly time: string; readonly rest: number } {
  const seconds = Math.floor(ticks / 10_000_000)
  const time = new Date(Date.parse(`${start}Z`) + 1000 * seconds).toISOString().slice(0, 19)
  return { time, rest: ticks - seconds * 10_000_000 }
}

/** Ticks from a start to a moment `YYYY-MM-DDTHH:MM:SS[.fffffff]`; null for what is none. */
export function ticksBetween(start: string, moment: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?$/.exec(moment.trim())
  if (match === null) return null
  const [, day, clock, fraction = ''] = match
  const at = Date.parse(`${day}T${clock}Z`)
  // A date that is none (31 February) would roll over into the next month.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return null
  const seconds = (at - Date.parse(`${start}Z`)) / 1000
  const rest = Math.round(Number(`0.${fraction.padEnd(1, '0')}`) * 10_000_000)
  return seconds * 10_000_000 + rest
}
