import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { checkRecording } from '../../../shared/edf/check.ts'
import { discontinuousFile, FIXTURES, fixture, plusFile, rampSignal } from '../../fixtures/edf/fixtures.ts'
import { annotationSignal, edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'

const check = (file: Parameters<typeof edfBytes>[0]) => checkRecording(bytesSource(edfBytes(file)))

describe('conforms', () => {
  test.each([
    'plain EDF',
    'EDF+C',
    'EDF+D with two gaps',
    'BDF',
    'BDF+C',
    'BDF+D',
    'rates of 1 and 20 000 Hz side by side',
    'records of 0.1 s',
    'records of 3600 s',
    'a negative gain',
    'an annotation signal first',
    'two annotation signals around a signal',
    'annotations in UTF-8',
    'duplicate labels',
  ])('%s', async (name) => {
    const report = await checkRecording(bytesSource(fixture(name)))
    expect(report).toMatchObject({ verdict: 'conforming', deviations: [], refusal: null })
  })
})

describe('every deviation', () => {
  test.each(FIXTURES)(
    'of $name says clause, what was found, what was expected and how it was read',
    async ({ bytes }) => {
      const { deviations } = await checkRecording(bytesSource(bytes))
      for (const deviation of deviations) {
        for (const text of [
          deviation.clause,
          deviation.field,
          deviation.found,
          deviation.expected,
          deviation.howRead,
        ]) {
          expect(text).not.toBe('')
          expect(text).not.toMatch(/undefined|NaN/)
        }
        expect(deviation.clause).toMatch(/^(?:EDF|EDF\+|BDF)/)
        if (deviation.byteOffset !== null) {
          expect(deviation.byteOffset).toBeGreaterThanOrEqual(0)
          expect(deviation.byteOffset).toBeLessThanOrEqual(bytes.length)
        }
      }
    },
  )

  test.each([
    ['record count', { records: '9' }, 236],
    ['start date', { startDate: '31.02.16' }, 168],
    ['start time', { startTime: '25.00.00' }, 176],
    ['header bytes', { headerBytes: '999' }, 184],
    ['record duration', { recordDuration: '0,5' }, 244],
    ['trailing bytes', { trailing: new Uint8Array(2) }, 512 + 24],
    [
      'physical minimum',
      { signals: [PLAIN_SIGNAL, { ...PLAIN_SIGNAL, label: 'EEG Fp2', physicalMin: '-1,5' }] },
      256 + 2 * 104 + 8,
    ],
    ['samples', { signals: [{ ...PLAIN_SIGNAL, samplesPerRecord: '4.0' }] }, 256 + 216],
  ])('has its place in the file: %s', async (_, file, byteOffset) => {
    const report = await check(file)
    expect(report.verdict).toBe('deviating')
    expect(report.deviations).toMatchObject([{ byteOffset }])
  })

  test('in an annotation has its place to the byte', async () => {
    const report = await check(
      plusFile({ recordCount: 1, signals: [rampSignal(8), annotationSignal(() => '+0||_garbage_')] }),
    )
    expect(report.deviations).toMatchObject([{ clause: 'EDF+ 2.2.2: TALs', byteOffset: 768 + 16 + 5 }])
  })

  test('of many signals is listed for each, not counted', async () => {
    const signals = Array.from({ length: 20 }, (_, k) => ({
      ...PLAIN_SIGNAL,
      label: `EEG ${k}`,
      physicalMin: '1,5',
    }))
    expect((await check({ signals })).deviations).toHaveLength(20)
  })

  test('of record times names the record and the times', async () => {
    const report = await check(discontinuousFile([0, 1, '1.5', 9]))
    expect(report.deviations.map(({ clause }) => clause)).toEqual([
      'EDF+ 2.2.4: time keeping of data records',
    ])
    expect(report.deviations[0]?.found).toContain('from 1.5 s to 2 s')
  })
})

test('a file that is refused is a report with the sentence', async () => {
  const report = await checkRecording(bytesSource(edfBytes().subarray(0, 300)))
  expect(report).toMatchObject({ verdict: 'refused', format: null, deviations: [] })
  expect(report.refusal).toContain('cut off')
})

test('what the source refuses is thrown, not reported as the file', async () => {
  const source = {
    byteLength: 1000,
    slice: async () => {
      throw new Error('the drive is gone')
    },
  }
  await expect(checkRecording(source)).rejects.toThrow('the drive is gone')
})

test('identification is described by position, never quoted', async () => {
  const report = await check(
    plusFile({ patient: 'Haagse Harry 02.05.1951', recording: 'Dr. Secret\x07', startDate: '42.00.00' }),
  )
  expect(report.deviations.length).toBeGreaterThan(2)
  expect(JSON.stringify(report)).not.toMatch(/Haagse|Harry|1951|Secret/)
})
