/** The events of a set as time-stamped annotation lists, and how they share out over records. EDF+ 2.2.2 to 2.2.4. */
import { annotationList } from '../../edf/writer.ts'
import { secondsFromTicks, type Ticks } from '../../units.ts'
import { listEvents } from '../common/events.ts'
import type { WriteJob } from '../common/format.ts'
import { formatSeconds } from '../common/seconds.ts'

const encoder = new TextEncoder()

/** Each event as one list, `@@label` behind the text of one that is bound to a channel. */
export function encodeEvents({ document, recording }: WriteJob): readonly Uint8Array[] {
  return listEvents(document, recording).map(({ onset, duration, text, channel }) => {
    const words = channel === null ? text : `${text}@@${channel}`
    const annotation = { onset: secondsFromTicks(onset), duration: secondsFromTicks(duration), text: words }
    return encoder.encode(annotationList(annotation, onset))
  })
}

/** The list that says when a record starts. */
export function keepTime(onset: Ticks): Uint8Array {
  return encoder.encode(`${onset < 0 ? '-' : '+'}${formatSeconds(Math.abs(onset))}\x14\x14\0`)
}

export type Sharing = {
  /** Bytes every record needs for them. */
  readonly bytes: number
  /** For each record that has some, first to last: how many of the lists. */
  readonly counts: readonly number[]
}

/** Shares the lists out in order, so that all records have room for the same few bytes; none crosses a record. */
export function shareOut(lists: readonly Uint8Array[], records: number): Sharing {
  // As arguments of one call, those of a long recording would be more than an engine takes.
  const longest = lists.reduce((most, { byteLength }) => Math.max(most, byteLength), 0)
  const total = lists.reduce((sum, { byteLength }) => sum + byteLength, 0)
  // A record filled in order leaves less than one list of room.
  const bytes = lists.length <= records ? longest : longest + Math.ceil(total / records)
  const counts: number[] = []
  let used = 0
  for (const { byteLength } of lists) {
    if (counts.length === 0 || used + byteLength > bytes) {
      counts.push(0)
      used = 0
    }
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1
    used += byteLength
  }
  return { bytes, counts }
}
