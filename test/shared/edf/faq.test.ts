/**
 * The EDF FAQ, https://www.edfplus.info/specs/edffaq.html: what a reader should take in, question by question,
 * as far as the question is about reading.
 */
import { expect, test } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { checkRecording } from '../../../shared/edf/check.ts'
import { parseDate, parseNumber, parseTime } from '../../../shared/edf/header/fields.ts'
import { readSamples } from '../../../shared/edf/recording.ts'
import { rampSignal } from '../../fixtures/edf/fixtures.ts'
import { edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { codesOf, openFileBytes } from '../../support/recordings.ts'

test('Q1: control characters in the header are not acted on, and the producer can be warned', async () => {
  const file = { signals: [{ ...PLAIN_SIGNAL, label: 'EEG\x07\x1b[31mFp1' }] }
  const { recording } = await openFileBytes(file)
  expect(recording.header.signals[0]?.label).toBe('EEG  [31mFp1')
  expect(codesOf(recording)).toEqual(['header-control'])
  const report = await checkRecording(bytesSource(edfBytes(file)))
  expect(report.deviations).toMatchObject([{ byteOffset: 259, found: 'byte 7' }])
})

// The forms Q2 names and their neighbours.
const FORMS = [
  '02.08.51',
  '2.8.51',
  '2. 8.51',
  '02:08-51',
  "02/08'51",
  '2  8  51',
  '2 8  51',
  '2  8 51',
  '2 8 51',
  '02-08-51',
  '02,08,51',
]

test.each(FORMS)('Q2: a date written %j', (text) => {
  expect(parseDate(text)).toMatchObject({
    kind: 'date',
    date: { year: 2051, month: 8, day: 2 },
    strict: text === '02.08.51',
  })
})

test.each(FORMS)('Q2: a time written %j', (text) => {
  expect(parseTime(text)).toEqual({ time: { hour: 2, minute: 8, second: 51 }, strict: text === '02.08.51' })
})

test('Q2: a date with a leading space opens with the day it means and a warning', async () => {
  const { recording } = await openFileBytes({ startDate: ' 2. 8.51', startTime: ' 9. 5. 3' })
  expect(recording.header.start).toBe('2051-08-02T09:05:03')
  expect(codesOf(recording)).toEqual(['start-date', 'start-time'])
})

test('Q3: years 85 to 99 are 1985 to 1999, years 00 to 84 are 2000 to 2084', () => {
  for (let yy = 0; yy < 100; yy++) {
    const parsed = parseDate(`01.01.${String(yy).padStart(2, '0')}`)
    expect(parsed).toMatchObject({ date: { year: yy >= 85 ? 1900 + yy : 2000 + yy } })
  }
})

test.each([
  ['.5', 0.5],
  ['0.5', 0.5],
  ['5', 5],
  ['5.', 5],
  ['+5', 5],
  ['-123.456', -123.456],
  ['1E3', 1000],
  ['1e3', 1000],
  ['-1.23E-4', -0.000123],
  ['00012', 12],
  ['-0', 0],
])('Q7: the number %j', (text, value) => {
  expect(parseNumber(text)).toEqual({ value, oddity: null })
})

test.each([
  ['-123,456', -123.456],
  ['0,1', 0.1],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1,234,567', 1234567],
  ['- 100', -100],
])('Q7: %j is read, but told', (text, value) => {
  const parsed = parseNumber(text)
  expect(parsed.value).toBe(value)
  expect(parsed.oddity).not.toBeNull()
})

test.each([
  '',
  'abc',
  '12abc',
  '1 2',
  '--5',
  '1.2.3',
  'NaN',
  'Infinity',
  '1e999',
  '0x10',
  '1_000',
  '٣',
  '1e',
  '.',
  ',',
])('Q7: %j is no number, and no part of it is taken for one', (text) => {
  expect(parseNumber(text).value).toBeNull()
})

test.each([
  ['empty extremes', { physicalMin: '', physicalMax: '', digitalMin: '', digitalMax: '' }],
  ['equal physical extremes', { physicalMin: '0', physicalMax: '0' }],
  ['equal digital extremes', { digitalMin: '0', digitalMax: '0' }],
])('Q8: an uncalibrated signal with %s is shown in digital values', async (_, over) => {
  const { recording, source } = await openFileBytes({ signals: [{ ...PLAIN_SIGNAL, ...over }, PLAIN_SIGNAL] })
  expect(recording.header.signals[0]).toMatchObject({ scaling: 'uncalibrated', unit: '' })
  expect(recording.header.signals[0]?.problem).not.toBeNull()
  expect([...(await readSamples(source, recording, 0, 4, 4))]).toEqual([10, 11, 12, 13])
  // The other channel is as it would be without its neighbour.
  expect(recording.header.signals[1]).toMatchObject({ scaling: 'calibrated', unit: 'uV', problem: null })
  expect(codesOf(recording)).toContain('uncalibrated')
})

test.each([
  ['30', 5, 1 / 6],
  ['50', 49_999, 999.98],
  ['60', 1, 1 / 60],
])('Q9: a rate that is no whole number: %s s with %i samples', async (recordDuration, samples, rate) => {
  const { recording } = await openFileBytes({ recordDuration, signals: [rampSignal(samples)] })
  expect(recording.header.signals[0]?.sampleRate).toBeCloseTo(rate, 12)
})

test('Q11: a number of records that is not specified is counted', async () => {
  const { recording } = await openFileBytes({ records: '-1', recordCount: 10 })
  expect(recording.header.records).toBe(10)
  expect(recording.timeline.duration).toBe(10)
})

test('Q12: rates below 1 Hz', async () => {
  const { recording } = await openFileBytes({ recordDuration: '10', signals: [rampSignal(1)] })
  expect(recording.header.signals[0]?.sampleRate).toBe(0.1)
})
