/** Clips in memory: made, read again, and recordings of all shapes to make them of. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { bytesSource } from '../../shared/bytes.ts'
import { checkClip } from '../../shared/clips/checkClip.ts'
import { clipChunks } from '../../shared/clips/clipChunks.ts'
import type { ClipRequest } from '../../shared/clips/model.ts'
import { planClip } from '../../shared/clips/planClip.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { annotationSignal, BDF_VERSION, edfBytes, type SignalBytes } from './edfBytes.ts'

export const sha256 = () => {
  const hash = createHash('sha256')
  return { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') }
}

export const WHOLE: ClipRequest = { span: 'whole', signals: null, notes: true, keep: [] }

/** What is known of a recording in memory. */
export async function sourceOf(
  bytes: Uint8Array,
  document: AnnotationDocument | null = null,
  name = 'night.edf',
) {
  const source = bytesSource(bytes)
  const opened = await openRecording(source)
  const { recording, annotations } = await scanRecording(source, opened, { samples: false })
  const raw = bytes.subarray(0, opened.header.headerBytes)
  return { source, recording, annotations, raw, name, document }
}

/** Planned, written and looked at again, as the host does it. */
export async function makeClip(
  bytes: Uint8Array,
  request: Partial<ClipRequest> = {},
  document: AnnotationDocument | null = null,
  name?: string,
) {
  const known = await sourceOf(bytes, document, name)
  const plan = planClip(known, { ...WHOLE, ...request })
  const chunks: Uint8Array[] = []
  for await (const chunk of clipChunks(known.source, plan)) chunks.push(chunk)
  const clip = new Uint8Array(Buffer.concat(chunks))
  const checks = await checkClip(known.source, known.recording, plan, bytesSource(clip), { digest: sha256 })
  return { plan, clip, checks, known }
}

/** A recording of any shape, each sample telling its channel and number, so that none can take another's place. */
export type Made = {
  readonly bytes: Uint8Array
  readonly size: 2 | 3
  readonly duration: number
  readonly counts: readonly number[]
  /** When each record starts. */
  readonly onsets: readonly number[]
  readonly valueAt: (channel: number, sample: number) => number
}

export const SECRET = {
  patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harriet',
  recording: 'Startdate 17-SEP-2016 PSG-1234/2016 Vandertech Nihonkohden_JE921',
  startDate: '17.09.16',
  startTime: '22.15.37',
} as const

const shape = fc.record({
  size: fc.constantFrom(2 as const, 3 as const),
  duration: fc.constantFrom('1', '0.5', '2', '0.25', '0.1', '30', '0.75', '0.333', '1.024'),
  counts: fc.array(fc.constantFrom(1, 2, 3, 4, 5, 10, 25, 32, 50, 64, 100, 128), {
    minLength: 1,
    maxLength: 5,
  }),
  records: fc.integer({ min: 1, max: 12 }),
  /** Ticks of 100 ns between records where there is a gap. */
  gaps: fc.array(fc.constantFrom(0, 0, 0, 12_345_678, 600_000_000, 3_000_001), { maxLength: 11 }),
  first: fc.constantFrom(0, 0, 2_500_000, 1_234_567),
  plus: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
})

export const anyRecording: fc.Arbitrary<Made> = shape.map(
  ({ size, duration, counts, records, gaps, first, plus, seed }) => {
    const inTicks = Math.round(Number(duration) * 1e7)
    const hasTimes = plus || gaps.some((gap) => gap > 0) || first > 0
    const onsets: number[] = []
    let at = hasTimes ? first : 0
    for (let record = 0; record < records; record++) {
      onsets.push(at)
      at += inTicks + (hasTimes ? (gaps[record] ?? 0) : 0)
    }
    const isBroken = onsets.some((onset, k) => k > 0 && onset - (onsets[k - 1] ?? 0) !== inTicks)
    const span = size === 2 ? 65_536 : 16_777_216
    const valueAt = (channel: number, sample: number) =>
      ((sample * 7919 + channel * 104_729 + seed * 31) % span) - span / 2
    const family = size === 2 ? 'EDF' : 'BDF'
    const signals = counts.map(
      (count, channel): SignalBytes => ({
        ...{
          label: ['EEG Fp1', 'EMG Chin', 'ECG', 'EEG O2', 'Resp'][channel] ?? '',
          samplesPerRecord: String(count),
        },
        ...{ digitalMin: String(-span / 2), digitalMax: String(span / 2 - 1) },
        record: (record) => Array.from({ length: count }, (_, k) => valueAt(channel, record * count + k)),
      }),
    )
    const tal = (record: number) => `+${onsets[record]! / 1e7}||_`
    const bytes = edfBytes({
      ...SECRET,
      ...(size === 3 ? { version: BDF_VERSION } : {}),
      reserved: hasTimes ? `${family}+${isBroken ? 'D' : 'C'}` : size === 3 ? '24BIT' : '',
      recordDuration: duration,
      recordCount: records,
      signals: hasTimes ? [...signals, annotationSignal(tal, { bytesPerSample: size, bytes: 60 })] : signals,
    })
    return {
      bytes,
      size,
      duration: Number(duration),
      counts,
      onsets: onsets.map((ticks) => ticks / 1e7),
      valueAt,
    }
  },
)
