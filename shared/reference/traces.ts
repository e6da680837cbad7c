/**
 * A stretch of the samples around each event, small enough to stand in the reference: both with the same rows, the
 * same seconds and the same scales, so that they can be compared by eye. `traces.json` is written by `npm run samples`.
 */
import * as v from 'valibot'
import { EVENTS, type EventCode } from './schema.ts'
import stored from './traces.json' with { type: 'json' }

/** What is drawn of an event: these derivations, so many seconds of them. */
export const TRACE_ROWS = ['F4-C4', 'P4-O2', 'EMG Neck', 'EMG LAT'] as const
export const TRACE_SECONDS = 5
/** Points a second and row: means of neighbouring samples of the EEG, lowest and highest in turn of the EMG. */
export const TRACE_RATE = 128

const traceSchema = v.strictObject({
  /** samples/<sample>.edf, from so many seconds on. */
  sample: v.string(),
  from: v.number(),
  /** uV in whole numbers, parted by blanks, in the order of TRACE_ROWS. */
  rows: v.pipe(v.array(v.string()), v.length(TRACE_ROWS.length)),
})

export type EventTrace = {
  readonly sample: string
  /** Seconds after the beginning of the sample. */
  readonly from: number
  readonly rows: readonly { readonly label: string; readonly microvolts: readonly number[] }[]
}

/** @throws v.ValiError where the file is not as `npm run samples` writes it. */
export function readTraces(content: unknown): Readonly<Record<EventCode, EventTrace>> {
  const read = v.parse(v.strictObject(v.entriesFromList(EVENTS, traceSchema)), content)
  const unpack = ({ rows, ...where }: v.InferOutput<typeof traceSchema>): EventTrace => ({
    ...where,
    rows: rows.map((row, index) => ({
      label: TRACE_ROWS[index]!,
      microvolts: row.split(' ').map(Number),
    })),
  })
  return { hypnic_jerk: unpack(read.hypnic_jerk), typical_absence: unpack(read.typical_absence) }
}

export const TRACES = readTraces(stored)
