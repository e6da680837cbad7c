/** Displayed pages go through edfdecoder, scans and BDF through the plain kernel: both are equal on every sample. */
import { describe, expect, test } from 'vitest'
import { openFile } from '../../../../electron/host/fileSource.ts'
import { type ByteSource, bytesSource } from '../../../../shared/bytes.ts'
import {
  openRecording,
  type ReadOptions,
  readDigital,
  readSamples,
  readSpan,
} from '../../../../shared/edf/recording.ts'
import { createMiniature, decodeMiniature } from '../../../../shared/edf/samples/decoder.ts'
import {
  decodeDigital,
  decodePhysical,
  scaleDigital,
  scaleOf,
} from '../../../../shared/edf/samples/kernel.ts'
import { FIXTURES, rampSignal } from '../../../fixtures/edf/fixtures.ts'
import { edfBytes } from '../../../support/edfBytes.ts'
import { realRecordings } from '../../../support/recordings.ts'

async function expectEqualDecoding(source: ByteSource): Promise<number> {
  const recording = await openRecording(source)
  const { header } = recording
  if (header.bytesPerSample !== 2) return 0
  let compared = 0
  for (const signal of header.signals) {
    if (signal.samples === 0) continue
    const digital = await readDigital(source, recording, signal.index, 0, signal.samples)
    const physical = await readSamples(source, recording, signal.index, 0, signal.samples)
    const miniature = createMiniature([signal.samples])
    for (let i = 0; i < digital.length; i++)
      new DataView(miniature.data.buffer, miniature.data.byteOffset).setInt16(
        2 * i,
        digital[i] as number,
        true,
      )
    const [decoded] = decodeMiniature(miniature, 1)
    if (decoded === undefined) throw new Error('nothing decoded')
    expect(Int32Array.from(decoded)).toEqual(digital)
    const scaled = new Float64Array(signal.samples)
    scaleDigital(decoded, 0, scaleOf(signal), scaled, 0, scaled.length)
    expect(scaled).toEqual(physical)
    compared += signal.samples
  }
  return compared
}

test.each(FIXTURES)('$name', async ({ bytes }) => {
  await expectEqualDecoding(bytesSource(bytes))
})

describe.each(realRecordings())('$name', ({ path }) => {
  test('every sample of every signal', async () => {
    const source = await openFile(path)
    try {
      await expectEqualDecoding(source)
    } finally {
      await source.close()
    }
  })
})

test('every 16-bit value', async () => {
  const bytes = edfBytes({
    recordCount: 1,
    signals: [rampSignal(65_536, { record: () => Array.from({ length: 65_536 }, (_, k) => k - 32_768) })],
  })
  expect(await expectEqualDecoding(bytesSource(bytes))).toBe(65_536)
})

test('every 24-bit edge, at an odd place in memory', () => {
  const bytes = Uint8Array.from([
    9, 0, 0, 0x80, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0x56, 0x34, 0x12,
  ])
  const digital = new Int32Array(5)
  decodeDigital(bytes.subarray(1), 0, 3, digital, 0, 5)
  expect([...digital]).toEqual([-8_388_608, 8_388_607, -1, 0, 0x123456])
  const physical = new Float64Array(5)
  decodePhysical(bytes, 1, 3, { digitalMin: -1, gain: 2, physicalMin: 10 }, physical, 0, 5)
  expect([...physical]).toEqual([...digital].map((value) => (value + 1) * 2 + 10))
})

test.each(FIXTURES)(
  '$name: a span is the same through edfdecoder, the loop and memory used before',
  async ({ bytes }) => {
    const source = bytesSource(bytes)
    const recording = await openRecording(source)
    const { signals } = recording.header
    const all = signals.filter(({ kind }) => kind !== 'annotations').map(({ index }) => index)
    const { start, end } = recording.timeline.span
    for (const span of [
      { start, end },
      { start: start + (end - start) / 3, end: end - (end - start) / 7 },
    ]) {
      const through = (options: ReadOptions) => readSpan(source, recording, all, span, options)
      const expected = await through({ decoder: 'edfdecoder' })
      expect(await through({ decoder: 'loop' })).toEqual(expected)
      const allocate = (values: number) => new Float64Array(values + 10).fill(Number.NaN)
      expect(await through({ allocate })).toEqual(expected)
    }
  },
)
