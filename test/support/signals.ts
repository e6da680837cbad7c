/** Recordings in memory for the signal tests: a header from labels, samples from functions of time. */
import type {
  Header,
  Recording,
  SamplePiece,
  Segment,
  SignalHeader,
  SignalSamples,
} from '../../shared/edf/header/model.ts'
import { type Span, secondsFromTicks, ticksFromSeconds } from '../../shared/units.ts'

export type MadeSignal = Partial<SignalHeader> & { readonly label: string }

/** Calibrated 16-bit signals of 1 s records, EEG in uV at 256 Hz unless said otherwise. */
export function makeHeader(made: readonly (string | MadeSignal)[], records = 60): Header {
  const signals = made.map((each, index): SignalHeader => {
    const fields = typeof each === 'string' ? { label: each } : each
    const sampleRate = fields.sampleRate === undefined ? 256 : fields.sampleRate
    const samplesPerRecord = fields.samplesPerRecord ?? sampleRate ?? 1
    return {
      kind: 'eeg',
      transducer: '',
      unit: 'uV',
      prefilter: '',
      physicalMin: -3276.8,
      physicalMax: 3276.7,
      digitalMin: -32768,
      digitalMax: 32767,
      scaling: 'calibrated',
      problem: null,
      ...fields,
      index,
      sampleRate,
      samplesPerRecord,
      samples: samplesPerRecord * records,
    }
  })
  return {
    format: 'EDF+C',
    bytesPerSample: 2,
    patient: '',
    recording: '',
    start: null,
    headerBytes: 256 * (signals.length + 1),
    recordBytes: 2 * signals.reduce((sum, signal) => sum + signal.samplesPerRecord, 0),
    recordDuration: 1,
    records,
    claimedRecords: records,
    trailingBytes: 0,
    signals,
  }
}

/** A recording without gaps, or with the segments given as spans of whole seconds. */
export function makeRecording(header: Header, spans?: readonly Span[]): Recording {
  const runs = spans ?? [{ start: 0, end: header.records }]
  let firstRecord = 0
  const segments = runs.map(({ start, end }): Segment => {
    const segment = { firstRecord, records: Math.round(end - start), onset: ticksFromSeconds(start) }
    firstRecord += segment.records
    return segment
  })
  const start = runs[0]?.start ?? 0
  return {
    header,
    timeline: {
      firstRecordOnset: start,
      segments,
      gaps: [],
      duration: firstRecord,
      span: { start, end: runs.at(-1)?.end ?? start },
      confirmed: true,
    },
    warnings: [],
  }
}

/** What a reader returns for some signals of a span: whole samples, gaps between pieces. */
export function readMade(
  { header, timeline }: Recording,
  signals: readonly number[],
  span: Span,
  valueAt: (signal: number, time: number) => number,
): readonly SignalSamples[] {
  return signals.map((signal) => {
    const { samplesPerRecord, sampleRate } = header.signals[signal]!
    const rate = sampleRate ?? 1
    const pieces = timeline.segments.flatMap((segment): SamplePiece[] => {
      const onset = secondsFromTicks(segment.onset)
      const count = segment.records * samplesPerRecord
      const from = Math.min(count, Math.max(0, Math.ceil((span.start - onset) * rate - 1e-6)))
      const to = Math.min(count, Math.max(0, Math.ceil((span.end - onset) * rate - 1e-6)))
      if (to <= from) return []
      return [
        {
          start: onset + from / rate,
          firstSample: segment.firstRecord * samplesPerRecord + from,
          values: Float64Array.from({ length: to - from }, (_, i) =>
            valueAt(signal, onset + (from + i) / rate),
          ),
        },
      ]
    })
    return { signal, sampleRate: rate, pieces }
  })
}

/** Repeatable noise in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4_294_967_296
  }
}
