import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteSource, bytesSource } from '../../../shared/bytes.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import { type Overview, type OverviewOptions, readOverview } from '../../../shared/signal/overview.ts'
import {
  annotationSignal,
  BDF_VERSION,
  edfBytes,
  type FileBytes,
  type SignalBytes,
} from '../../support/edfBytes.ts'
import { cases } from '../../support/properties.ts'

/** Samples a second of an EEG signal here. */
const RATE = 16
/** What the filter leaves of a sudden change of 1: 1 / (1 + 2 pi f / rate), a first-order high-pass by definition. */
const KEEP = 1 / (1 + (2 * Math.PI) / RATE)

/** A signal of 0.1 uV a step whose samples are microvolts by their place in the file. */
function signal(label: string, valueAt: (sample: number) => number, perRecord = RATE): SignalBytes {
  return {
    label,
    unit: 'uV',
    physicalMin: '-3276.8',
    physicalMax: '3276.7',
    digitalMin: '-32768',
    digitalMax: '32767',
    samplesPerRecord: String(perRecord),
    record: (record) =>
      Array.from({ length: perRecord }, (_, i) => Math.round(10 * valueAt(record * perRecord + i))),
  }
}

async function overviewOf(file: FileBytes, options: OverviewOptions = {}): Promise<Overview> {
  const source = bytesSource(edfBytes(file))
  return readOverview(source, await openRecording(source), options)
}

/** As the definition says, sample by sample and in microvolts: the peak of each bin of `perBin` samples. */
function peaksByDefinition(values: readonly number[], perBin: number, keep: number): number[] {
  const peaks: number[] = []
  let high = 0
  values.forEach((value, i) => {
    high = keep * (high + value - (values[i - 1] ?? value))
    const bin = Math.floor(i / perBin)
    peaks[bin] = Math.max(peaks[bin] ?? 0, Math.abs(high))
  })
  return peaks
}

describe('the overview', () => {
  it('shows a single sample wherever it lies, at the size the filter leaves of it', async () => {
    const at = [0, 7, 15, 16, 599, 600].map((sample) => sample + 5 * RATE)
    for (const spike of at) {
      const eeg = ['EEG Fp1', 'EEG C3', 'EEG O1'].map((label) =>
        signal(label, (i) => (i === spike ? 1000 : 200)),
      )
      const overview = await overviewOf({ signals: eeg, recordCount: 60 })
      expect(overview).toMatchObject({ start: 0, binLength: 1 })
      expect(overview.eeg).toHaveLength(60)
      const bin = Math.floor(spike / RATE)
      expect(overview.eeg[bin]).toBeCloseTo(800 * KEEP, 2)
      expect(Math.max(...overview.eeg.filter((_, other) => other < bin))).toBe(0)
      expect(Math.max(...overview.eeg.filter((_, other) => other > bin + 1))).toBeLessThan(10)
    }
  })

  it('is what the definition says of every sample, in 16 and 24 bits, with any number of channels', async () => {
    const recordings = fc.record({
      channels: fc.integer({ min: 1, max: 5 }),
      records: fc.integer({ min: 1, max: 12 }),
      bytesPerSample: fc.constantFrom(2 as const, 3 as const),
      seed: fc.integer(),
    })
    await fc.assert(
      fc.asyncProperty(recordings, async ({ channels, records, bytesPerSample, seed }) => {
        const values = Array.from({ length: channels }, (_, channel) =>
          Array.from(
            { length: records * RATE },
            (_, i) => ((seed ^ (channel * 7919 + i * 104729)) % 3000) / 10,
          ),
        )
        const overview = await overviewOf({
          signals: values.map((own, channel) => signal(`EEG C${channel}`, (i) => own[i]!)),
          recordCount: records,
          bytesPerSample,
          version: bytesPerSample === 3 ? BDF_VERSION : '0',
        })
        const peaks = values.map((own) => peaksByDefinition(own, RATE, KEEP))
        for (let bin = 0; bin < records; bin++) {
          const sorted = peaks.map((own) => own[bin]!).sort((a, b) => a - b)
          expect(overview.eeg[bin]).toBeCloseTo(sorted[sorted.length >> 1]!, 2)
        }
      }),
      cases(50),
    )
  })

  it('goes on filtering over records and bins, whatever share of a record a bin is', async () => {
    const wave = (i: number) => 100 * Math.sin(i / 40) + (i % 50 === 0 ? 30 : 0)
    const values = Array.from({ length: 100 * RATE }, (_, i) => Math.round(10 * wave(i)) / 10)
    // 40 bins of 2.5 s: every other one ends within a record.
    const overview = await overviewOf(
      { signals: [signal('EEG Cz', (i) => values[i]!)], recordCount: 100 },
      { bins: 40 },
    )
    expect(overview.binLength).toBe(2.5)
    peaksByDefinition(values, 2.5 * RATE, KEEP).forEach((peak, bin) => {
      expect(overview.eeg[bin]).toBeCloseTo(peak, 2)
    })
  })

  it('brings channels of different rates and units to the same bins', async () => {
    const burst = (rate: number) => (i: number) => (Math.floor(i / rate) === 20 && i % rate === 5 ? 500 : 0)
    const millivolts = {
      ...signal('EEG C3', burst(RATE)),
      unit: 'mV',
      physicalMin: '-3.2768',
      physicalMax: '3.2767',
    }
    const overview = await overviewOf({
      signals: [
        signal('EEG Fp1', burst(RATE)),
        millivolts,
        signal('EEG O1', burst(4 * RATE), 4 * RATE),
        signal('EMG Chin', (i) => (i % 2) * 3000),
      ],
      recordCount: 30,
    })
    expect(overview.eeg[20]).toBeCloseTo(500 * KEEP, 1)
    expect(overview.eeg[19]).toBe(0)
  })

  it('shows the middle of the channels, so that one bad electrode does not fill the strip', async () => {
    const bad = signal('EEG Fp1', (i) => 3000 * Math.sin(i * 20))
    const good = ['EEG C3', 'EEG O1'].map((label) => signal(label, () => 50))
    const overview = await overviewOf({ signals: [bad, ...good], recordCount: 60 })
    expect(Math.max(...overview.eeg)).toBe(0)
  })

  it('is 0 in a gap, and begins afresh behind it', async () => {
    const overview = await overviewOf({
      reserved: 'EDF+D',
      signals: [
        signal('EEG Cz', (i) => (i < 10 * RATE ? 100 * (i % 2) : 2500)),
        annotationSignal((record) => `+${record < 10 ? record : record + 20}||_`),
      ],
      recordCount: 20,
    })
    expect(overview.eeg).toHaveLength(40)
    expect(Math.min(...overview.eeg.slice(0, 10))).toBeGreaterThan(40)
    // The step from one side of the gap to the other is no deflection of the EEG.
    expect([...overview.eeg.slice(10)]).toEqual(Array(30).fill(0))
  })

  it.each([
    ['records of 80 kB of which EEG is a small part', 40_000, 1],
    ['one record of the whole night, larger than is held', 5_000_000, 0],
  ])('finds a single sample in %s', async (_, others, records) => {
    const perRecord = records === 1 ? 640 : 1_000_000
    const zeros = (count: number) => ({
      ...signal('SaO2', () => 0, count),
      unit: '%',
      record: () => new Uint8Array(2 * count),
    })
    const spiked = (label: string) => ({
      ...signal(label, () => 0, perRecord),
      record: (record: number) => {
        const samples = new Int16Array(perRecord)
        if (record === records * 7) samples[perRecord / 2] = 5000
        return new Uint8Array(samples.buffer)
      },
    })
    const overview = await overviewOf(
      {
        recordDuration: '100',
        signals: [spiked('EEG Fp1'), zeros(others), spiked('EEG Cz')],
        recordCount: records === 1 ? 10 : 1,
      },
      { bins: records === 1 ? 1000 : 100 },
    )
    const rate = perRecord / 100
    expect(overview.eeg[700 * records + 50]).toBeCloseTo(500 / (1 + (2 * Math.PI) / rate), 2)
    expect(Math.max(...overview.eeg)).toBe(overview.eeg[700 * records + 50])
  })

  it('of a part has what the definition says of the whole recording there, and reads no more than that', async () => {
    const wave = (i: number) => 100 * Math.sin(i / 40) + (i % 50 === 0 ? 30 : 0) + (i < 800 ? 2000 : 0)
    const values = Array.from({ length: 4000 * RATE }, (_, i) => Math.round(10 * wave(i)) / 10)
    const bytes = edfBytes({ signals: [signal('EEG Cz', (i) => values[i]!)], recordCount: 4000 })
    const source = bytesSource(bytes)
    const recording = await openRecording(source)
    const peaks = peaksByDefinition(values, RATE, KEEP)
    for (const span of [
      { start: 1000, end: 1100 },
      // Soon after a step of 2 mV, of which the filter still has something.
      { start: 51, end: 90 },
      { start: 0, end: 20 },
      { start: 3990, end: 4000 },
      // What lies beyond the recording is not there.
      { start: -50, end: 10 },
      { start: 3990, end: 5000 },
    ]) {
      let read = 0
      const counted: ByteSource = {
        byteLength: bytes.length,
        slice: (start, end) => {
          read += end - start
          return source.slice(start, end)
        },
      }
      const { start, binLength, eeg } = await readOverview(counted, recording, { span })
      const own = peaks.slice(Math.max(0, span.start), span.end)
      expect({ start, binLength, bins: eeg.length }).toEqual({
        start: Math.max(0, span.start),
        binLength: 1,
        bins: own.length,
      })
      own.forEach((peak, bin) => {
        expect(eeg[bin], `${span.start} + ${bin}`).toBeCloseTo(peak, 2)
      })
      expect(read).toBeLessThanOrEqual((own.length + 6) * RATE * 2)
    }
  })

  it('of a part beyond a gap, and of one in records too large to be held, begins where the part does', async () => {
    const gapped: FileBytes = {
      reserved: 'EDF+D',
      signals: [
        signal('EEG Cz', (i) => (i === 15 * RATE + 3 ? 500 : 0)),
        annotationSignal((record) => `+${record < 10 ? record : record + 20}||_`),
      ],
      recordCount: 20,
    }
    // Record 15 lies at 35 s.
    const behind = await overviewOf(gapped, { span: { start: 34, end: 37 } })
    expect([...behind.eeg]).toEqual([0, expect.closeTo(500 * KEEP, 2), expect.any(Number)])
    const across = await overviewOf(gapped, { span: { start: 8, end: 36 } })
    expect(across.eeg).toHaveLength(28)
    expect(across.eeg[27]).toBeCloseTo(500 * KEEP, 2)
    const large = new Int16Array(5_000_000)
    large[2_500_000] = 5000
    const night = await overviewOf(
      {
        recordDuration: '100',
        signals: [
          { ...signal('EEG Cz', () => 0, 5_000_000), record: () => new Uint8Array(large.buffer) },
          { ...signal('EEG Fz', () => 0, 5_000_000), record: () => new Uint8Array(large.buffer) },
        ],
        recordCount: 1,
      },
      { span: { start: 49, end: 52 } },
    )
    expect([...night.eeg]).toEqual([0, expect.closeTo(500, 0), expect.any(Number)])
  })

  it('of a part that is not on the recording is empty', async () => {
    const file: FileBytes = { signals: [signal('EEG Cz', () => 1)], recordCount: 10 }
    expect((await overviewOf(file, { span: { start: 20, end: 30 } })).eeg).toHaveLength(0)
  })

  it('tells how far it is and what is seen by then, and ends once it is not wanted', async () => {
    const source = bytesSource(
      edfBytes({ signals: [signal('EEG Cz', (i) => 100 * (i % 2), 8192)], recordCount: 300 }),
    )
    const recording = await openRecording(source)
    const told: { readonly done: number; readonly seen: number }[] = []
    const stopping = new AbortController()
    await readOverview(source, recording, {
      onProgress: (done, soFar) => told.push({ done, seen: soFar().eeg.filter((value) => value > 0).length }),
    })
    expect(told.length).toBeGreaterThan(3)
    for (const { done, seen } of told) expect(seen).toBeCloseTo(300 * done, 5)
    const stopped = readOverview(source, recording, {
      onProgress: () => stopping.abort(),
      signal: stopping.signal,
    })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('of a recording without EEG reads nothing', async () => {
    const bytes = edfBytes({ signals: [signal('SaO2', () => 90)], recordCount: 10 })
    const recording = await openRecording(bytesSource(bytes))
    const unread: ByteSource = { byteLength: bytes.length, slice: () => Promise.reject(new Error('read')) }
    const { eeg } = await readOverview(unread, recording)
    expect([...eeg]).toEqual(Array(10).fill(0))
  })
})
