import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSamples, readSpan } from '../../../../shared/edf/recording.ts'
import { discontinuousFile, plusFile, rampSignal } from '../../../fixtures/edf/fixtures.ts'
import { annotationSignal, edfBytes } from '../../../support/edfBytes.ts'
import { cases } from '../../../support/properties.ts'
import {
  codesOf,
  openBytes,
  openFileBytes,
  scanBytes,
  scanFileBytes,
  warningOf,
} from '../../../support/recordings.ts'

describe('a discontinuous recording', () => {
  test('past midnight and past the end of a month goes on in seconds', async () => {
    const { recording } = await openFileBytes(
      discontinuousFile([0, 86_400, 2_678_400], {
        startDate: '31.01.26',
        startTime: '23.59.59',
        recording: 'Startdate X X X X',
      }),
    )
    expect(recording.header.start).toBe('2026-01-31T23:59:59')
    expect(recording.timeline.gaps).toEqual([
      { start: 1, end: 86_400 },
      { start: 86_401, end: 2_678_400 },
    ])
  })

  test('keeps a gap of a single sample', async () => {
    const { recording } = await openFileBytes(discontinuousFile([0, '1.125', '2.125']))
    expect(recording.timeline.gaps).toEqual([{ start: 1, end: 1.125 }])
  })

  test('sees no gap where onsets are only rounded, however many records', async () => {
    const onsets = Array.from({ length: 300 }, (_, k) => ((k * 1) / 16).toFixed(3))
    const { recording } = await openFileBytes(
      discontinuousFile(onsets, {
        recordDuration: '0.0625',
        signals: [rampSignal(16), annotationSignal((k) => `+${onsets[k]}||_`)],
      }),
    )
    expect(recording.timeline.segments).toHaveLength(1)
  })

  test.each([
    ['rounded', (seconds: number) => seconds.toFixed(2)],
    ['cut off', (seconds: number) => (Math.floor(seconds * 100) / 100).toFixed(2)],
  ])('loses no sample where onsets are %s to hundredths, and keeps the gap of a record', async (_, write) => {
    // 30 records that touch, then one missing, then 5 more.
    const onsets = Array.from({ length: 35 }, (__, k) => write((k < 30 ? k : k + 1) * 0.333333))
    const { recording, source } = await openFileBytes(
      discontinuousFile(onsets, {
        recordDuration: '0.333333',
        signals: [rampSignal(100), annotationSignal((k) => `+${onsets[k]}||_`)],
      }),
    )
    expect(recording.timeline.segments.map(({ records }) => records)).toEqual([30, 5])
    expect(recording.timeline.gaps).toHaveLength(1)
    const [samples] = await readSpan(source, recording, [0], { start: 0, end: 20 })
    expect(samples?.pieces.map(({ values }) => values.length)).toEqual([3000, 500])
  })

  test('keeps a gap as small as the last decimal where the duration needs no rounding', async () => {
    const { recording } = await openFileBytes(discontinuousFile(['0.00', '1.01', '2.01']))
    expect(recording.timeline.gaps).toEqual([{ start: 1, end: 1.01 }])
  })

  test('takes the time of a record from behind an event, with a warning', async () => {
    const file = discontinuousFile([0, 200], {
      signals: [rampSignal(8), annotationSignal((k) => (k === 0 ? '+0||_' : '+200|Start|_+200||_'))],
    })
    const { recording } = await openFileBytes(file)
    expect(recording.timeline.gaps).toEqual([{ start: 1, end: 200 }])
    expect(codesOf((await scanFileBytes(file)).recording)).toEqual(['tal-time-order'])
  })

  test('by a drifting clock gets a gap once it is more than rounding', async () => {
    // Each record half a millisecond late; 1 ms is the most that is called rounding.
    const { recording } = await openFileBytes(
      discontinuousFile([0, '1.0005', '2.001', '3.0015'], {
        signals: [rampSignal(10), annotationSignal((k) => `+${k * 1.0005}||_`)],
      }),
    )
    expect(recording.timeline.segments.map(({ records }) => records)).toEqual([3, 1])
  })

  test.each(['0.9999', '1.0001'])(
    'whose runs meet within rounding, at %s s, has neither gap nor overlap there',
    async (onset) => {
      const { recording, source } = await openFileBytes(discontinuousFile([0, 5, onset]))
      expect(recording.timeline.gaps).toMatchObject([{ start: expect.closeTo(Number(onset) + 1, 7), end: 5 }])
      expect(codesOf(recording)).toEqual(['record-time-backwards'])
      const [samples] = await readSpan(source, recording, [0], { start: 0, end: 20 })
      expect(samples?.pieces.map(({ firstSample, values }) => [firstSample, values.length])).toEqual([
        [0, 8],
        [16, 8],
        [8, 8],
      ])
    },
  )

  test('with every record at the same time shows the first and names the others', async () => {
    const { recording, source } = await openFileBytes(discontinuousFile([5, 5, 5]))
    const [samples] = await readSpan(source, recording, [0], { start: 0, end: 20 })
    expect(samples?.pieces.map(({ firstSample, values }) => [firstSample, values.length])).toEqual([[0, 8]])
    expect(warningOf(recording, 'record-overlap')?.message).toContain('1 more')
  })
})

describe('quick opening', () => {
  const long = (count: number, onset: (record: number) => number) =>
    edfBytes(
      discontinuousFile([], {
        recordCount: count,
        signals: [rampSignal(2), annotationSignal((record) => `+${onset(record)}||_`, { bytes: 24 })],
      }),
    )

  test('finds the same gaps by halving as by reading every record', async () => {
    const gaps = new Set([1, 17, 18, 2500, 4999])
    let lost = 0
    const shifts = Array.from({ length: 5000 }, (_, record) => (lost += gaps.has(record) ? 60 : 0))
    const bytes = long(5000, (record) => record + (shifts[record] ?? 0))
    const quick = await openBytes(bytes, 'quick')
    const complete = await openBytes(bytes, 'complete')
    expect(quick.recording.timeline.confirmed).toBe(false)
    expect(quick.recording.timeline.segments).toEqual(complete.recording.timeline.segments)
    expect(quick.recording.timeline.gaps).toHaveLength(gaps.size)
    const scanned = await scanBytes(bytes)
    expect(scanned.recording.timeline).toEqual({ ...complete.recording.timeline, confirmed: true })
  })

  test('reads every record of a small file at once', async () => {
    const { recording } = await openBytes(
      long(100, (record) => record * 2),
      'quick',
    )
    expect(recording.timeline.confirmed).toBe(true)
    expect(recording.timeline.gaps).toHaveLength(99)
  })

  test('of a long file with a gap after every record reads them all', async () => {
    const { recording } = await openBytes(
      long(21_000, (record) => record * 2),
      'quick',
    )
    expect(recording.timeline.confirmed).toBe(true)
    expect(recording.timeline.gaps).toHaveLength(20_999)
  })

  test('takes a long EDF+C at its word until it is scanned', async () => {
    const bytes = edfBytes(
      plusFile({
        recordCount: 5000,
        signals: [
          rampSignal(2),
          annotationSignal((record) => `+${record + 0.5 + (record > 3000 ? 7 : 0)}||_`, { bytes: 24 }),
        ],
      }),
    )
    const { recording } = await openBytes(bytes, 'quick')
    expect(recording.timeline).toMatchObject({
      confirmed: false,
      firstRecordOnset: 0.5,
      span: { start: 0.5, end: 5000.5 },
    })
    expect(recording.warnings).toEqual([])
    const scanned = await scanBytes(bytes)
    expect(warningOf(scanned.recording, 'record-time-jump')?.message).toContain('record 3001 at 3008.5 s')
  })

  test('of a plain file has nothing to confirm', async () => {
    const { recording } = await openBytes(edfBytes({ recordCount: 5000 }), 'quick')
    expect(recording.timeline.confirmed).toBe(true)
  })
})

describe('reading by time', () => {
  const onsets = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(0, 0, 0, 1, 2, -2)), {
      minLength: 1,
      maxLength: 12,
    })
    .map((steps) => steps.map(([, jump], k) => k + jump * (k % 3)))

  test('neighbouring pages hand out each visible sample once, in the order of time', async () => {
    await fc.assert(
      fc.asyncProperty(
        onsets,
        fc.array(fc.double({ min: -1, max: 16, noNaN: true }), { maxLength: 6 }),
        fc.constantFrom(1, 3, 8, 100),
        async (starts, cuts, n) => {
          const { source, recording } = await openFileBytes(
            discontinuousFile(starts, {
              signals: [rampSignal(n), annotationSignal((k) => `+${starts[k]}||_`)],
            }),
          )
          const edges = [-5, ...cuts.toSorted((a, b) => a - b), 40]
          const [whole] = await readSpan(source, recording, [0], { start: -5, end: 40 })
          const parts: number[] = []
          for (const [k, start] of edges.slice(0, -1).entries()) {
            const span = { start, end: edges[k + 1] as number }
            const [page] = await readSpan(source, recording, [0], span)
            for (const piece of page?.pieces ?? []) {
              expect(piece.start).toBeGreaterThanOrEqual(span.start - 1e-7)
              expect(piece.start + (piece.values.length - 1) / n).toBeLessThan(span.end)
              const file = await readSamples(source, recording, 0, piece.firstSample, piece.values.length)
              expect(piece.values).toEqual(file)
              for (let i = 0; i < piece.values.length; i++) parts.push(piece.firstSample + i)
            }
          }
          const all = (whole?.pieces ?? []).flatMap((piece) =>
            Array.from(piece.values, (_, i) => piece.firstSample + i),
          )
          expect(parts).toEqual(all)
          expect(new Set(all).size).toBe(all.length)
          let last = Number.NEGATIVE_INFINITY
          for (const piece of whole?.pieces ?? []) {
            expect(piece.start).toBeGreaterThan(last)
            last = piece.start + (piece.values.length - 1) / n
          }
        },
      ),
      cases(60),
    )
  })
})
