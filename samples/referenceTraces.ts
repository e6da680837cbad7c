/** The two events as the reference draws them, cut out of the finished samples: `shared/reference/traces.json`. */
import { bytesSource } from '../shared/bytes.ts'
import { openRecording, readSamples } from '../shared/edf/recording.ts'
import { TRACE_RATE, TRACE_ROWS, TRACE_SECONDS } from '../shared/reference/traces.ts'
import type { SampleFile } from './recording.ts'
import { highPass, RATE } from './waves.ts'

/** A jerk with the quiet before it and the vertex wave after it; a run from before its start to after its end. */
const PLACES = {
  hypnic_jerk: { sample: 'hypnic-jerks', from: 67.2 },
  typical_absence: { sample: 'spike-wave-3hz', from: 207.1 },
} as const

/** Samples to a point of the EEG; the EMG takes two points from twice as many. */
const TOGETHER = RATE / TRACE_RATE

/** The text of `traces.json` for the samples as they were made. */
export async function referenceTraces(files: readonly SampleFile[]): Promise<string> {
  const traces: Record<string, unknown> = {}
  for (const [event, { sample, from }] of Object.entries(PLACES)) {
    const bytes = files.find(({ name }) => name === `${sample}.edf`)!.bytes
    const source = bytesSource(bytes)
    const recording = await openRecording(source)
    const read = async (label: string): Promise<Float64Array> => {
      const signal = recording.header.signals.find((one) => one.label.toLowerCase() === label.toLowerCase())!
      // A second earlier, so that the high-pass filter has settled.
      const first = Math.round((from - 1) * RATE)
      return Float64Array.from(
        await readSamples(source, recording, signal.index, first, (TRACE_SECONDS + 1) * RATE),
      )
    }
    const rows: string[] = []
    for (const row of TRACE_ROWS) rows.push(await traceOf(row, read))
    traces[event] = { sample, from, rows }
  }
  return `${JSON.stringify(traces, null, 2)}\n`
}

async function traceOf(row: string, read: (label: string) => Promise<Float64Array>): Promise<string> {
  if (row.startsWith('EMG')) {
    const wave = await read(row)
    for (let pole = 0; pole < 2; pole++) highPass(wave, 10)
    const columns = columnsOf(wave, 2 * TOGETHER)
    return columns.flatMap((column) => [Math.min(...column), Math.max(...column)].map(Math.round)).join(' ')
  }
  const [first = '', second = ''] = row.split('-')
  const [a, b] = [await read(`EEG ${first}-Ref`), await read(`EEG ${second}-Ref`)]
  const wave = a.map((value, k) => value - b[k]!)
  highPass(wave, 0.5)
  return columnsOf(wave, TOGETHER)
    .map((column) => Math.round(column.reduce((sum, value) => sum + value, 0) / column.length))
    .join(' ')
}

/** Without the second that only settled the filter. */
function columnsOf(wave: Float64Array, length: number): readonly (readonly number[])[] {
  return Array.from({ length: (TRACE_SECONDS * RATE) / length }, (_, k) => [
    ...wave.subarray(RATE + k * length, RATE + (k + 1) * length),
  ])
}
