import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { bytesSource } from '../../../../shared/bytes.ts'
import { openRecording } from '../../../../shared/edf/recording.ts'
import { fingerprint, recordsTaken } from '../../../../shared/edf/samples/fingerprint.ts'
import { fixture, plusFile, rampSignal } from '../../../fixtures/edf/fixtures.ts'
import { annotationSignal, edfBytes, type FileBytes } from '../../../support/edfBytes.ts'
import { openBytes, openFileBytes } from '../../../support/recordings.ts'

async function fingerprintOf(file: FileBytes, records?: number): Promise<string> {
  const { source, recording } = await openFileBytes(file)
  return fingerprint(source, recording, records)
}

const sha256 = (...parts: readonly (Uint8Array | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

test('is what its description says, worked out by other means', async () => {
  const { source, recording } = await openBytes(fixture('two annotation signals around a signal'))
  const records = [0, 1, 2].map((record) => {
    const samples = rampSignal(8).record?.(record) as readonly number[]
    return sha256(Uint8Array.from(samples.flatMap((value) => [value & 0xff, (value >> 8) & 0xff])))
  })
  const expected = sha256(sha256('hs1|2|8'), ...records).toString('hex')
  expect(await fingerprint(source, recording)).toBe(`hs1:${expected}`)
})

test('outlives a new header and new annotations', async () => {
  const before = await fingerprintOf(plusFile())
  const after = await fingerprintOf(
    plusFile({
      patient: 'X X X X',
      recording: 'Startdate X X X X',
      startDate: '01.01.85',
      signals: [
        annotationSignal((record) => `+${record}||_+${record}|other|_`, { bytes: 200 }),
        rampSignal(8, { label: 'renamed', physicalMin: '-1', physicalMax: '1' }),
      ],
    }),
  )
  expect(after).toBe(before)
})

test('of annotations alone is told by them, worked out by other means', async () => {
  const file = (text: string): FileBytes => ({
    reserved: 'EDF+C',
    recordDuration: '0',
    recordCount: 1,
    signals: [annotationSignal(() => `+0||_+5|${text}|_`, { bytes: 60 })],
  })
  const block = new Uint8Array(60)
  block.set(new TextEncoder().encode('+0\x14\x14\0+5\x14jerk\x14\0'))
  const expected = sha256(sha256('hs1|2|30'), sha256(block)).toString('hex')
  expect(await fingerprintOf(file('jerk'))).toBe(`hs1:${expected}`)
  expect(await fingerprintOf(file('wave'))).not.toBe(`hs1:${expected}`)
})

test('differs by a single sample, a sample count, an order', async () => {
  const before = await fingerprintOf({ signals: [rampSignal(8), rampSignal(4)] })
  const bytes = edfBytes({ signals: [rampSignal(8), rampSignal(4)] })
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  const { recording } = await openBytes(bytes)
  expect(await fingerprint(bytesSource(bytes), recording)).not.toBe(before)
  expect(await fingerprintOf({ signals: [rampSignal(4), rampSignal(8)] })).not.toBe(before)
  expect(await fingerprintOf({ signals: [rampSignal(8), rampSignal(4)], recordCount: 4 })).not.toBe(before)
})

test('recognises a recording that has grown by its earlier number of records', async () => {
  for (const records of [3, 64, 65, 500]) {
    const before = await fingerprintOf({ recordCount: records })
    expect(await fingerprintOf({ recordCount: records + 200 })).not.toBe(before)
    expect(await fingerprintOf({ recordCount: records + 200 }, records)).toBe(before)
  }
})

test('takes at most 64 records, the first 16 and the last among them', () => {
  expect(recordsTaken(0)).toEqual([])
  expect(recordsTaken(64)).toHaveLength(64)
  for (const records of [65, 100, 86_400, 700_000_000]) {
    const taken = recordsTaken(records)
    expect(taken.length).toBeLessThanOrEqual(64)
    expect(taken.slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, index) => index))
    expect(taken.at(-1)).toBe(records - 1)
    expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b))
  }
})

test('reads of a record as long as a night only the beginning of each signal', async () => {
  const bytes = edfBytes({
    recordCount: 2,
    recordDuration: '3600',
    signals: [rampSignal(400_000), rampSignal(400_000)],
  })
  let read = 0
  const source = {
    byteLength: bytes.length,
    slice: async (start: number, end: number) => {
      read += end - start
      return bytes.subarray(start, end)
    },
  }
  const { recording } = await openBytes(bytes)
  const one = await fingerprint(source, recording)
  expect(read).toBe(2 * 2 * 4096 * 2)
  expect(one).toMatch(/^hs1:[0-9a-f]{64}$/)
})

test('reads a few records at once, and is the same as from one after the other', async () => {
  const bytes = edfBytes(plusFile({ recordCount: 300 }))
  const { source: plain, recording } = await openBytes(bytes)
  let underWay = 0
  let most = 0
  const source = {
    byteLength: bytes.length,
    slice: async (start: number, end: number) => {
      underWay += 1
      most = Math.max(most, underWay)
      // The later a record lies, the sooner it is there.
      for (let turn = 0; turn < 20 - (start % 16); turn++) await Promise.resolve()
      underWay -= 1
      return plain.slice(start, end)
    },
  }
  expect(await fingerprint(source, recording)).toBe(await fingerprint(plain, recording))
  expect([most > 1, most <= 8]).toEqual([true, true])
})

/** What each signal has in that record. */
const wideSignal = (record: number) =>
  Uint8Array.from({ length: 8192 }, (_, index) => (record + index * 31) % 251)

/** Four records of as many signals of 4096 samples, made as they are read; and how much is read at once. */
async function wideRecording(signals: number) {
  const header = edfBytes({
    ...{ recordCount: 0, records: '4' },
    signals: Array.from({ length: signals }, (_, index) => ({
      label: `EEG ${index}`,
      samplesPerRecord: '4096',
    })),
  })
  let underWay = 0
  const asked = { atOnce: 0, longest: 0 }
  const source = {
    byteLength: header.length + 4 * signals * 8192,
    slice: async (start: number, end: number) => {
      if (end <= header.length) return header.subarray(start, end)
      underWay += 1
      asked.atOnce = Math.max(asked.atOnce, underWay)
      asked.longest = Math.max(asked.longest, end - start)
      await Promise.resolve()
      underWay -= 1
      return Buffer.alloc(end - start, wideSignal(Math.floor((start - header.length) / (signals * 8192))))
    },
  }
  const recording = await openRecording(source, { timeline: 'quick' })
  Object.assign(asked, { atOnce: 0, longest: 0 })
  return { source, recording, asked }
}

test('holds fewer records at once, the larger they are', async () => {
  for (const [signals, atOnce] of [
    [500, 4],
    [1000, 2],
    [2100, 1],
  ] as const) {
    const { source, recording, asked } = await wideRecording(signals)
    await fingerprint(source, recording)
    expect([signals, asked.atOnce, asked.longest]).toEqual([signals, atOnce, 1024 * 1024])
  }
})

test('feeds a record that is too large for memory in parts, and is the same', async () => {
  const signals = 2100
  const { source, recording, asked } = await wideRecording(signals)
  let longest = 0
  const digest = () => {
    const hash = createHash('sha256')
    return {
      update: (bytes: Uint8Array) => {
        longest = Math.max(longest, bytes.length)
        hash.update(bytes)
      },
      hex: () => hash.digest('hex'),
    }
  }
  const records = [0, 1, 2, 3].map((record) => {
    const signal = wideSignal(record)
    return sha256(...Array.from({ length: signals }, () => signal))
  })
  const layout = sha256(`hs1|2|${Array.from({ length: signals }, () => 4096).join(',')}`)
  const expected = `hs1:${sha256(layout, ...records).toString('hex')}`
  expect(await fingerprint(source, recording, 4, digest)).toBe(expected)
  expect([asked.atOnce, longest]).toEqual([1, 1024 * 1024])
  expect(await fingerprint(source, recording)).toBe(expected)
})
