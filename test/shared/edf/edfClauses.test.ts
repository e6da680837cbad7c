/**
 * One test for each clause of EDF: Kemp et al., Electroencephalogr Clin Neurophysiol 82 (1992) 391-393,
 * https://www.edfplus.info/specs/edf.html. The files are written byte by byte.
 */
import { expect, test } from 'vitest'
import { checkRecording } from '../../../shared/edf/check.ts'
import { readDigital, readSamples } from '../../../shared/edf/recording.ts'
import { rampSignal } from '../../fixtures/edf/fixtures.ts'
import { edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { openBytes, openFileBytes } from '../../support/recordings.ts'

test('a plain file conforms and opens without a warning', async () => {
  const { source, recording } = await openFileBytes({})
  expect(recording.warnings).toEqual([])
  expect(await checkRecording(source)).toMatchObject({ verdict: 'conforming', format: 'EDF', deviations: [] })
})

test('8 ascii: version of this data format (0)', async () => {
  const { recording } = await openFileBytes({ version: '0' })
  expect(recording.header.format).toBe('EDF')
  expect(recording.header.bytesPerSample).toBe(2)
})

test('80 ascii: local patient identification, 80 ascii: local recording identification', async () => {
  const { recording } = await openFileBytes({ patient: 'a patient', recording: 'a recording' })
  expect(recording.header).toMatchObject({ patient: 'a patient', recording: 'a recording' })
})

test('8 ascii: startdate of recording (dd.mm.yy), 8 ascii: starttime of recording (hh.mm.ss)', async () => {
  const { recording } = await openFileBytes({ startDate: '31.01.26', startTime: '23.59.58' })
  expect(recording.header.start).toBe('2026-01-31T23:59:58')
})

test('midnight is 00.00.00', async () => {
  const { recording } = await openFileBytes({ startTime: '00.00.00' })
  expect(recording.header.start).toBe('2016-08-02T00:00:00')
})

test('8 ascii: number of bytes in header record, 256 + 256 times the number of signals', async () => {
  const { recording } = await openFileBytes({ signals: [PLAIN_SIGNAL, PLAIN_SIGNAL, PLAIN_SIGNAL] })
  expect(recording.header.headerBytes).toBe(1024)
})

test('8 ascii: number of data records', async () => {
  const { recording } = await openFileBytes({ recordCount: 17 })
  expect(recording.header).toMatchObject({ records: 17, claimedRecords: 17, trailingBytes: 0 })
})

test.each([
  ['1', 1],
  ['0.1', 0.1],
  ['0.000977', 0.000977],
  ['9.766E-4', 0.0009766],
  ['30', 30],
  ['3600', 3600],
])('8 ascii: duration of a data record, in seconds: %s', async (recordDuration, seconds) => {
  const { recording } = await openFileBytes({ recordDuration })
  expect(recording.header.recordDuration).toBe(seconds)
  expect(recording.timeline.duration).toBeCloseTo(3 * seconds, 7)
  expect(recording.header.signals[0]?.sampleRate).toBe(4 / seconds)
})

test.each([1, 2, 64, 1024])('4 ascii: number of signals in data record: %i', async (count) => {
  const signals = Array.from({ length: count }, (_, index) => ({ ...PLAIN_SIGNAL, label: `EEG ${index}` }))
  const { recording, source } = await openFileBytes({ signals })
  expect(recording.header.signals).toHaveLength(count)
  expect(recording.header.signals.at(-1)?.label).toBe(`EEG ${count - 1}`)
  expect([...(await readDigital(source, recording, count - 1, 4, 4))]).toEqual([10, 11, 12, 13])
})

test('the fields of the signals are stored field by field: label, transducer, dimension, minima, maxima, prefilter', async () => {
  const { recording } = await openFileBytes({
    signals: [
      {
        label: 'EEG Fpz-Cz',
        transducer: 'AgAgCl electrode',
        unit: 'uV',
        prefilter: 'HP:0.1Hz LP:75Hz',
        physicalMin: '-500',
        physicalMax: '500',
        digitalMin: '-2048',
        digitalMax: '2047',
      },
      {
        label: 'Body temp',
        transducer: 'thermistor',
        unit: 'degreeC',
        prefilter: 'none',
        physicalMin: '34',
        physicalMax: '40',
        digitalMin: '0',
        digitalMax: '1023',
      },
    ],
  })
  expect(recording.header.signals[0]).toMatchObject({
    label: 'EEG Fpz-Cz',
    transducer: 'AgAgCl electrode',
    unit: 'uV',
    prefilter: 'HP:0.1Hz LP:75Hz',
    physicalMin: -500,
    physicalMax: 500,
    digitalMin: -2048,
    digitalMax: 2047,
  })
  expect(recording.header.signals[1]).toMatchObject({
    label: 'Body temp',
    transducer: 'thermistor',
    unit: 'degreeC',
    prefilter: 'none',
    physicalMin: 34,
    physicalMax: 40,
    digitalMin: 0,
    digitalMax: 1023,
  })
})

test('each signal has its own number of samples in a data record, and so its own rate', async () => {
  const { recording, source } = await openFileBytes({
    signals: [rampSignal(1), rampSignal(20_000), rampSignal(3)],
    recordCount: 2,
  })
  expect(recording.header.signals.map((signal) => signal.sampleRate)).toEqual([1, 20_000, 3])
  expect(recording.header.recordBytes).toBe(2 * 20_004)
  // The second record of the last signal starts where its own ramp goes on.
  const ramp = rampSignal(3).record?.(1)
  expect([...(await readDigital(source, recording, 2, 3, 3))]).toEqual(ramp)
})

test('the four extremes specify offset and amplification', async () => {
  const { recording, source } = await openFileBytes({
    signals: [
      {
        ...PLAIN_SIGNAL,
        physicalMin: '34',
        physicalMax: '40',
        digitalMin: '-100',
        digitalMax: '1100',
        record: () => [-100, 0, 500, 1100],
      },
    ],
  })
  expect([...(await readSamples(source, recording, 0, 0, 4))]).toEqual([34, 34.5, 37, 40])
})

test("samples are 2-byte integers in 2's complement, least significant byte first", async () => {
  const bytes = edfBytes({
    signals: [
      { ...PLAIN_SIGNAL, record: () => new Uint8Array([0x00, 0x80, 0xff, 0x7f, 0xff, 0xff, 0x34, 0x12]) },
    ],
  })
  const { recording, source } = await openBytes(bytes)
  expect([...(await readDigital(source, recording, 0, 0, 4))]).toEqual([-32768, 32767, -1, 0x1234])
})

test('the information is left-justified and filled out with spaces; else it is read and the check tells', async () => {
  const { recording, source } = await openFileBytes({ signals: [{ ...PLAIN_SIGNAL, label: '  EEG Cz' }] })
  expect(recording.header.signals[0]?.label).toBe('EEG Cz')
  expect(recording.warnings).toEqual([])
  const report = await checkRecording(source)
  expect(report.deviations).toMatchObject([
    { clause: 'EDF: fields are left-justified', byteOffset: 256, signal: 0 },
  ])
})

test('the digital extremes are those that can occur; samples beyond are kept and told', async () => {
  const { recording, source } = await openFileBytes({
    signals: [
      {
        ...PLAIN_SIGNAL,
        digitalMin: '-2',
        digitalMax: '2',
        physicalMin: '-2',
        physicalMax: '2',
        record: () => [-3, -2, 2, 300],
      },
    ],
  })
  expect([...(await readSamples(source, recording, 0, 0, 4))]).toEqual([-3, -2, 2, 300])
  const report = await checkRecording(source)
  expect(report.deviations).toMatchObject([
    { found: '6 of 12 outside the digital range', expected: '-2 to 2', signal: 0 },
  ])
})
