/**
 * Real recordings against golden values that an independent reader computed (numpy, from the specifications,
 * compared with EDFlib, MNE and BioSig). A new pair of files in that folder is a new test.
 */
import { describe, expect, test } from 'vitest'
import { openFile } from '../../../electron/host/fileSource.ts'
import { normaliseUnit } from '../../../shared/edf/header/fields.ts'
import {
  openRecording,
  readDigital,
  readSamples,
  readSpan,
  scanRecording,
} from '../../../shared/edf/recording.ts'
import { TICKS_PER_SECOND } from '../../../shared/units.ts'
import { captureCommand } from '../../support/captureCommand.ts'
import { type GoldenSignal, type RealRecording, realRecordings } from '../../support/recordings.ts'

const recordings = realRecordings()

describe.each(recordings)('$name', ({ path, golden }: RealRecording) => {
  test('info tells the header, the counts, the gaps and the digest of every signal', async () => {
    const { code, out } = await captureCommand('info', path, '--json', '--digest')
    expect(code).toBe(0)
    const info = JSON.parse(out)
    expect(info).toMatchObject({
      format: golden.format,
      start: golden.startDateTime,
      firstRecordOnset: golden.firstRecordOnset,
      recordDuration: golden.recordDuration,
      records: golden.nRecords,
      annotationCount: golden.annotations.total,
    })
    expect(info.duration).toBeCloseTo(golden.recordedSeconds, 9)
    expect(info.span).toBeCloseTo(golden.spanSeconds, 9)
    expect(info.gaps).toEqual(gapsBetween(golden))
    expect(info.signals).toHaveLength(golden.signals.length)
    for (const [index, signal] of golden.signals.entries()) {
      expect(info.signals[index]).toMatchObject({
        index,
        label: signal.label,
        unit: normaliseUnit(signal.physicalDimension),
        sampleRate: signal.sampleRate,
        samplesPerRecord: signal.samplesPerRecord,
        samples: signal.nSamples,
        physicalMin: signal.physicalMin,
        physicalMax: signal.physicalMax,
        digitalMin: signal.digitalMin,
        digitalMax: signal.digitalMax,
        transducer: signal.transducer,
        prefilter: signal.prefilter,
      })
      expect(info.signals[index].kind === 'annotations').toBe(signal.isAnnotation)
      if (signal.digital !== undefined) expect(info.signals[index].sha256).toBe(signal.digital.sha256)
    }
    for (const identification of [golden.patient, golden.recording]) {
      if (identification.length > 8) expect(out).not.toContain(identification)
    }
  })

  test('annotations come in file order with the onset as written', async () => {
    const { code, out } = await captureCommand('annotations', path, '--json')
    expect(code).toBe(0)
    const annotations: { onset: number; duration: number | null; text: string; channel: string | null }[] =
      JSON.parse(out)
    expect(annotations).toHaveLength(golden.annotations.total)
    const whole = annotations.map(({ onset, duration, text, channel }) => ({
      onset,
      duration,
      text: channel === null ? text : `${text}@@${channel}`,
    }))
    const expected = golden.annotations.first.map(({ onset, duration, text }) => ({ onset, duration, text }))
    expect(whole.slice(0, expected.length)).toEqual(expected)
  })

  test('physical samples agree to a thousand-millionth of the range', async () => {
    const source = await openFile(path)
    try {
      const recording = await openRecording(source)
      for (const signal of golden.signals) {
        if (signal.physical === undefined || signal.physical === null) continue
        const values = await readSamples(source, recording, signal.index, 0, signal.nSamples)
        expectClose(signal, values)
        const scaling = recording.header.signals[signal.index]?.scaling
        expect(scaling).toBe('calibrated')
        const digital = await readDigital(source, recording, signal.index, 0, signal.nSamples)
        expect(digital.reduce((sum, value) => sum + value, 0)).toBe(signal.digital?.sum)
      }
    } finally {
      await source.close()
    }
  })

  test('samples prints the middle of the first signal', async () => {
    const signal = golden.signals.find(({ physical }) => physical !== undefined && physical !== null)
    if (signal === undefined || signal.physical === undefined || signal.physical === null) return
    const { middle, middleIndex } = signal.physical
    const args = [
      '--signal',
      `${signal.index}`,
      '--from',
      `${middleIndex}`,
      '--count',
      `${middle.length}`,
      '--json',
    ]
    const { code, out } = await captureCommand('samples', path, ...args)
    expect(code).toBe(0)
    const answer = JSON.parse(out)
    expect(answer).toMatchObject({
      unit: normaliseUnit(signal.physicalDimension),
      sampleRate: signal.sampleRate,
    })
    expect(answer.values).toHaveLength(middle.length)
    for (const [k, value] of middle.entries()) {
      expect(Math.abs(answer.values[k] - value)).toBeLessThanOrEqual(tolerance(signal))
    }
  })

  test('a span has the same samples as the file, in pieces between the gaps', async () => {
    const source = await openFile(path)
    try {
      const recording = await openRecording(source, { timeline: 'quick' })
      const { recording: scanned } = await scanRecording(source, recording)
      expect(scanned.timeline.segments).toEqual(
        golden.segments.map(({ firstRecord, nRecords, onset }) => ({
          firstRecord,
          records: nRecords,
          onset: Math.round(onset * TICKS_PER_SECOND),
        })),
      )
      expect(recording.timeline.segments).toEqual(scanned.timeline.segments)
      const indexes = golden.signals.map((signal) => signal.index)
      const spans = await readSpan(source, recording, indexes, { start: -1, end: 1e6 })
      for (const { signal, pieces, sampleRate } of spans) {
        const own = golden.signals[signal]
        if (own === undefined || own.isAnnotation || own.sampleRate === null) {
          expect(pieces).toEqual([])
          continue
        }
        expect(sampleRate).toBe(own.sampleRate)
        expect(pieces).toHaveLength(golden.segments.length)
        for (const [k, piece] of pieces.entries()) {
          expect(piece.start).toBe(golden.segments[k]?.onset)
          const file = await readSamples(source, recording, signal, piece.firstSample, piece.values.length)
          expect(piece.values).toEqual(file)
        }
        expect(pieces.reduce((sum, piece) => sum + piece.values.length, 0)).toBe(own.nSamples)
      }
    } finally {
      await source.close()
    }
  })
})

test('the folder of real recordings was walked, or said to be absent', () => {
  for (const { golden } of recordings) expect(golden.signals.length).toBeGreaterThan(0)
})

function gapsBetween(golden: RealRecording['golden']): readonly { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = []
  for (const [k, segment] of golden.segments.entries()) {
    const next = golden.segments[k + 1]
    if (next === undefined) break
    gaps.push({ start: segment.onset + segment.nRecords * golden.recordDuration, end: next.onset })
  }
  return gaps
}

function tolerance(signal: GoldenSignal): number {
  return 1e-9 * Math.abs(signal.physicalMax - signal.physicalMin)
}

function expectClose(signal: GoldenSignal, values: Float64Array): void {
  const { physical } = signal
  if (physical === undefined || physical === null) return
  const most = tolerance(signal)
  const places = [
    [0, physical.first],
    [physical.middleIndex, physical.middle],
    [values.length - physical.last.length, physical.last],
  ] as const
  for (const [at, expected] of places) {
    for (const [k, value] of expected.entries()) {
      expect(Math.abs((values[at + k] ?? Number.NaN) - value)).toBeLessThanOrEqual(most)
    }
  }
  const extremes = values.reduce(
    (m, value) => [Math.min(m[0] ?? value, value), Math.max(m[1] ?? value, value)],
    [values[0] ?? 0, values[0] ?? 0],
  )
  expect(Math.abs((extremes[0] ?? 0) - physical.min)).toBeLessThanOrEqual(most)
  expect(Math.abs((extremes[1] ?? 0) - physical.max)).toBeLessThanOrEqual(most)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(Math.abs(mean - physical.mean)).toBeLessThanOrEqual(most)
}
