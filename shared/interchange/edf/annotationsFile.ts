/** An EDF+ file of annotations alone: no signal, as few records as hold them, their times those of the recording. */

import { headerField } from '../../edf/writer.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../units.ts'
import type { WriteJob } from '../common/format.ts'
import { lengthOf } from '../common/recordingFacts.ts'
import { originOf } from '../common/shape.ts'
import { identificationFields } from './identification.ts'
import { encodeEvents, keepTime, shareOut } from './tals.ts'

/** "Data records should not exceed 61440 bytes" (EDF, 1992); room for the time is left. */
const RECORD_BYTES = 61_000
const HEADER_BYTES = 512

/**
 * The file's bytes. Its first record starts when the recording's does, sub-second and all, so that readers which count
 * from the first sample agree. Throws ReviewError `bad-input` where EDF+ has no way to write it.
 */
export function writeAnnotationsFile(job: WriteJob): Uint8Array {
  const lists = encodeEvents(job)
  const total = lists.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const records = Math.max(1, Math.ceil(total / RECORD_BYTES))
  const { bytes, counts } = shareOut(lists, records)
  const origin = originOf(job)
  // Whole seconds: together the records last as long as the recording, or a little longer.
  const duration = Math.max(1, Math.ceil(lengthOf(job.recording) / TICKS_PER_SECOND / records))
  const starts = Array.from({ length: records }, (_, record) =>
    keepTime((origin + record * duration * TICKS_PER_SECOND) as Ticks),
  )
  const room =
    2 * Math.ceil((bytes + starts.reduce((most, { byteLength }) => Math.max(most, byteLength), 0)) / 2)
  const file = new Uint8Array(HEADER_BYTES + records * room)
  file.set(new TextEncoder().encode(headerOf(job, { records, duration, room })), 0)
  let next = 0
  for (const [record, start] of starts.entries()) {
    let at = HEADER_BYTES + record * room
    file.set(start, at)
    at += start.byteLength
    for (let count = counts[record] ?? 0; count > 0; count -= 1) {
      const list = lists[next] ?? new Uint8Array()
      file.set(list, at)
      at += list.byteLength
      next += 1
    }
  }
  return file
}

function headerOf(
  job: WriteJob,
  { records, duration, room }: { readonly records: number; readonly duration: number; readonly room: number },
): string {
  return [
    headerField('version', '0', 8),
    identificationFields(job),
    headerField('header bytes', String(HEADER_BYTES), 8),
    headerField('reserved', 'EDF+C', 44),
    headerField('number of records', String(records), 8),
    headerField('record duration', String(duration), 8),
    headerField('number of signals', '1', 4),
    headerField('label', 'EDF Annotations', 16),
    ''.padEnd(80 + 8),
    ...['-1', '1', '-32768', '32767'].map((value) => headerField('range', value, 8)),
    ''.padEnd(80),
    headerField('samples per record', String(room / 2), 8),
    ''.padEnd(32),
  ].join('')
}
