/** Reading by range: records of any size, several runs at once, and what is refused. */
import { describe, expect, test } from 'vitest'
import type { ByteSource } from '../../../shared/bytes.ts'
import {
  openRecording,
  readDigital,
  readSamples,
  readSpan,
  scanRecording,
} from '../../../shared/edf/recording.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { discontinuousFile, plusFile, rampSignal } from '../../fixtures/edf/fixtures.ts'
import { annotationSignal, BDF_VERSION, edfBytes } from '../../support/edfBytes.ts'
import { openBytes, refusalOf } from '../../support/recordings.ts'

function counting(bytes: Uint8Array): ByteSource & { reads: number; bytes: number } {
  const source = {
    byteLength: bytes.length,
    reads: 0,
    bytes: 0,
    slice: async (start: number, end: number) => {
      source.reads++
      source.bytes += end - start
      return bytes.subarray(start, end)
    },
  }
  return source
}

describe('a page', () => {
  test('of neighbouring records is one read', async () => {
    const source = counting(edfBytes({ recordCount: 100, signals: [rampSignal(100), rampSignal(50)] }))
    const recording = await openRecording(source)
    source.reads = 0
    await readSpan(source, recording, [0, 1], { start: 12.3, end: 22.3 })
    expect(source.reads).toBe(1)
    expect(source.bytes).toBeLessThan(11 * 300 + 2000)
  })

  test('over a gap is one read too, where the records lie together in the file', async () => {
    const source = counting(edfBytes(discontinuousFile([0, 1, 2, 10, 11, 12])))
    const recording = await openRecording(source)
    source.reads = 0
    const [samples] = await readSpan(source, recording, [0], { start: 0, end: 20 })
    expect(samples?.pieces).toHaveLength(2)
    expect(source.reads).toBe(1)
  })

  test.each([2, 3] as const)(
    'of a record as long as an hour reads only what it shows (%i bytes a sample)',
    async (bytesPerSample) => {
      const signals = [rampSignal(90_000), rampSignal(180_000), rampSignal(90_000)]
      const bytes = edfBytes({
        ...(bytesPerSample === 3 ? { version: BDF_VERSION, reserved: '24BIT' } : {}),
        recordCount: 3,
        recordDuration: '3600',
        signals,
      })
      const source = counting(bytes)
      const recording = await openRecording(source)
      source.bytes = 0
      const span = { start: 3595, end: 3605 }
      const [first, second] = await readSpan(source, recording, [2, 1], span)
      expect(source.bytes).toBeLessThan(20_000)
      expect(first?.pieces.map((piece) => piece.values.length)).toEqual([250])
      expect(second?.pieces[0]?.values).toEqual(await readSamples(source, recording, 1, 3595 * 50, 500))
      expect(first?.pieces[0]?.values).toEqual(await readSamples(source, recording, 2, 3595 * 25, 250))
      const ramp = signals[1]?.record?.(0).slice(3595 * 50) as number[]
      expect([...(await readDigital(source, recording, 1, 3595 * 50, 250))]).toEqual(ramp)
    },
  )

  test('of more than edfdecoder is asked for has the same samples', async () => {
    const { source, recording } = await openBytes(
      edfBytes({ recordCount: 60, signals: [rampSignal(40_000)] }),
    )
    const [whole] = await readSpan(source, recording, [0], { start: 0, end: 60 })
    const [page] = await readSpan(source, recording, [0], { start: 30, end: 31 })
    expect(whole?.pieces[0]?.values.subarray(1_200_000, 1_240_000)).toEqual(page?.pieces[0]?.values)
  })

  test('outside the recording is empty', async () => {
    const { source, recording } = await openBytes(edfBytes())
    for (const span of [
      { start: -10, end: 0 },
      { start: 3, end: 9 },
      { start: 2, end: 1 },
      { start: 1.26, end: 1.4 },
    ]) {
      expect((await readSpan(source, recording, [0], span))[0]?.pieces).toEqual([])
    }
  })

  test('with the same signal asked for twice answers twice', async () => {
    const { source, recording } = await openBytes(edfBytes())
    const [a, b] = await readSpan(source, recording, [0, 0], { start: 0, end: 1 })
    expect(a).toEqual(b)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('from %d is refused', async (start) => {
    const { source, recording } = await openBytes(edfBytes())
    expect((await refusalOf(readSpan(source, recording, [0], { start, end: 10 }))).code).toBe('bad-input')
  })

  test('of a signal that is not there is refused', async () => {
    const { source, recording } = await openBytes(edfBytes())
    expect((await refusalOf(readSpan(source, recording, [1], { start: 0, end: 1 }))).code).toBe('bad-input')
    expect((await refusalOf(readSamples(source, recording, -1, 0, 1))).code).toBe('bad-input')
  })
})

describe('a recording of 12 GB', () => {
  // Records that exist only when they are asked for: 64 signals at 256 Hz, a gap of a minute after every 1000 records.
  const recordBytes = 64 * 512 + 60
  const records = 365_000
  const signals = Array.from({ length: 64 }, (_, k) => rampSignal(256, { label: `EEG ${k}` }))
  const header = edfBytes({
    reserved: 'EDF+D',
    records: String(records),
    recordCount: 0,
    signals: [...signals, annotationSignal(() => '', { bytes: 60 })],
  })
  const asked = { reads: 0, bytes: 0 }
  const source: ByteSource = {
    byteLength: header.length + records * recordBytes,
    slice: async (start, end) => {
      asked.reads++
      asked.bytes += end - start
      const bytes = new Uint8Array(end - start)
      if (start < header.length) bytes.set(header.subarray(start, end))
      const first = Math.max(0, Math.floor((start - header.length) / recordBytes))
      for (let record = first; header.length + record * recordBytes < end; record++) {
        const tal = new TextEncoder().encode(`+${record + 60 * Math.floor(record / 1000)}\x14\x14\0`)
        const at = header.length + (record + 1) * recordBytes - 60 - start
        for (const [k, byte] of tal.entries()) if (at + k >= 0 && at + k < bytes.length) bytes[at + k] = byte
      }
      return bytes
    },
  }

  test('opens to any page without being read, its 364 gaps found', async () => {
    const recording = await openRecording(source, { timeline: 'quick' })
    expect(recording.timeline.gaps).toHaveLength(364)
    expect(recording.timeline.gaps[100]).toEqual({ start: 101_000 + 6000, end: 101_000 + 6060 })
    const page = await readSpan(
      source,
      recording,
      signals.map((_, k) => k),
      { start: 213_055, end: 213_065 },
    )
    // The page lies over the end of a gap: record 201000 starts at 213060 s.
    expect(page).toHaveLength(64)
    expect(page[63]?.pieces.map(({ start, values }) => [start, values.length])).toEqual([[213_060, 5 * 256]])
    expect(source.byteLength).toBeGreaterThan(11e9)
    expect(asked.bytes).toBeLessThan(6e6)
  })
})

describe('samples by position', () => {
  test('end where the signal ends', async () => {
    const { source, recording } = await openBytes(edfBytes())
    expect([...(await readDigital(source, recording, 0, 10, 100))]).toEqual([22, 23])
    expect(await readDigital(source, recording, 0, 100, 5)).toHaveLength(0)
  })

  test.each([
    [-1, 4],
    [0.5, 4],
    [0, -1],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('from %d, %d of them: refused', async (from, count) => {
    const { source, recording } = await openBytes(edfBytes())
    expect((await refusalOf(readSamples(source, recording, 0, from, count))).code).toBe('bad-input')
  })
})

describe('a source that fails', () => {
  const failing = (bytes: Uint8Array, after: number): ByteSource => ({
    byteLength: bytes.length,
    slice: async (start, end) => {
      if (end > after) throw new ReviewError('changed-on-disk', 'it became shorter')
      return bytes.subarray(start, end)
    },
  })

  test('fails the page, and the scan, with its own reason and nothing left unhandled', async () => {
    const bytes = edfBytes({ recordCount: 300, signals: [rampSignal(20_000)] })
    const source = failing(bytes, 6_000_000)
    const recording = await openRecording(source)
    expect((await refusalOf(readSpan(source, recording, [0], { start: 0, end: 300 }))).code).toBe(
      'changed-on-disk',
    )
    expect((await refusalOf(readDigital(source, recording, 0, 0, 6_000_000))).code).toBe('changed-on-disk')
    expect((await refusalOf(scanRecording(source, recording, { samples: true }))).code).toBe(
      'changed-on-disk',
    )
    expect(await readSpan(source, recording, [0], { start: 0, end: 10 })).toHaveLength(1)
  })
})

describe('a scan', () => {
  test('tells how far it is, to the end', async () => {
    const bytes = edfBytes(
      plusFile({ recordCount: 400, signals: [rampSignal(10_000), annotationSignal((r) => `+${r}||_`)] }),
    )
    const { source, recording } = await openBytes(bytes)
    const done: number[] = []
    await scanRecording(source, recording, { onProgress: (share) => done.push(share) })
    expect(done.length).toBeGreaterThan(1)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done.at(-1)).toBe(1)
  })

  test('stops when it is told to', async () => {
    const bytes = edfBytes(
      plusFile({ recordCount: 400, signals: [rampSignal(10_000), annotationSignal((r) => `+${r}||_`)] }),
    )
    const { source, recording } = await openBytes(bytes)
    const abort = new AbortController()
    const scanning = scanRecording(source, recording, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    expect((await refusalOf(scanning)).code).toBe('cancelled')
  })

  test('reads ahead into memory of its own, and never into what is in use', async () => {
    const tals = (record: number) => `+${record}||_+${record}.5|note ${record}|_`
    const bytes = edfBytes(
      plusFile({
        recordCount: 700,
        signals: [rampSignal(10_000, { digitalMax: '1000' }), annotationSignal(tals)],
      }),
    )
    const source: ByteSource = {
      byteLength: bytes.length,
      slice: async (start, end) => bytes.subarray(start, end),
      // Writes at once, as a fast drive does while the block before is still being looked at.
      readInto: async (start, target) => target.set(bytes.subarray(start, start + target.length)),
    }
    const recording = await openRecording(source, { timeline: 'quick' })
    const scanned = await scanRecording(source, recording)
    expect(scanned.annotations.map(({ text }) => text)).toEqual(
      Array.from({ length: 700 }, (_, k) => `note ${k}`),
    )
    const plain = await scanRecording({ byteLength: bytes.length, slice: source.slice }, recording)
    expect(scanned).toEqual(plain)
  })

  test.each([false, true])(
    'of large records reads the annotation bytes, not what lies between (samples: %s)',
    async (samples) => {
      const tals = (record: number) => `+${record}||_+${record}.5|note ${record}|_`
      const bytes = edfBytes(
        plusFile({ recordCount: 12, signals: [rampSignal(400_000), annotationSignal(tals)] }),
      )
      const source = counting(bytes)
      const recording = await openRecording(source)
      source.bytes = 0
      const { annotations } = await scanRecording(source, recording, { samples })
      expect(annotations.map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, k) => `note ${k}`))
      if (samples) expect(source.bytes).toBeGreaterThan(9_000_000)
      else expect(source.bytes).toBeLessThan(10_000)
    },
  )

  test('of a whole night in one record never holds it, and digests the same', async () => {
    const night = plusFile({
      recordCount: 1,
      signals: [
        rampSignal(3_000_000),
        rampSignal(2_000_001, { label: 'EEG Fp2', digitalMax: '100' }),
        annotationSignal(() => '+0||_+5|x|_'),
      ],
    })
    const source = counting(edfBytes(night))
    let longest = 0
    const watched: ByteSource = {
      byteLength: source.byteLength,
      slice: (start, end) => {
        longest = Math.max(longest, end - start)
        return source.slice(start, end)
      },
    }
    const recording = await openRecording(watched)
    const digest = () => {
      let sum = 0
      let count = 0
      return {
        update: (bytes: Uint8Array) => {
          for (const value of new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)) sum += value
          count += bytes.length / 4
        },
        hex: () => `${count}:${sum}`,
      }
    }
    const scanned = await scanRecording(watched, recording, { digest })
    expect(longest).toBeLessThanOrEqual(4 * 1024 * 1024)
    const all = await readDigital(watched, recording, 1, 0, 2_000_001)
    expect(scanned.digests?.[1]).toBe(`2000001:${all.reduce((sum, value) => sum + value, 0)}`)
    expect(scanned.recording.warnings.map(({ code, signal }) => [code, signal])).toEqual([
      ['digital-range', 1],
    ])
    expect(scanned.annotations).toHaveLength(1)
  })
})
