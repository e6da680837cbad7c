/**
 * One test for each clause of EDF+: Kemp & Olivan, Clin Neurophysiol 114 (2003) 1755-1761,
 * https://www.edfplus.info/specs/edfplus.html. The numbers are those of its sections.
 */
import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { checkRecording } from '../../../shared/edf/check.ts'
import { readSamples } from '../../../shared/edf/recording.ts'
import { discontinuousFile, plusFile, rampSignal } from '../../fixtures/edf/fixtures.ts'
import {
  annotationSignal,
  BDF_VERSION,
  edfBytes,
  PLAIN_SIGNAL,
  talBytes,
  talBytesUtf8,
} from '../../support/edfBytes.ts'
import { codesOf, openFileBytes, refusalOf, scanFileBytes, warningOf } from '../../support/recordings.ts'

const clausesOf = async (file: Parameters<typeof edfBytes>[0]) =>
  (await checkRecording(bytesSource(edfBytes(file)))).deviations.map((deviation) => deviation.clause)

const annotated = (tals: string, over = {}) =>
  plusFile({ recordCount: 1, signals: [rampSignal(8), annotationSignal(() => tals)], ...over })

describe('2.1.1 header', () => {
  test.each([
    ['EDF+C', 'EDF+C', undefined],
    ['EDF+D', 'EDF+D', undefined],
    ['EDF+C and more', 'EDF+C', undefined],
    ['BDF+C', 'BDF+C', BDF_VERSION],
    ['BDF+D', 'BDF+D', BDF_VERSION],
  ])('the reserved field that starts with %s makes it %s', async (reserved, format, version) => {
    const bytesPerSample = version === undefined ? 2 : 3
    const { recording } = await openFileBytes({
      ...(version === undefined ? {} : { version }),
      reserved,
      signals: [rampSignal(8), annotationSignal((record) => `+${record * 2}||_`, { bytesPerSample })],
    })
    expect(recording.header.format).toBe(format)
  })

  test('the version stays "0"', async () => {
    const { source } = await openFileBytes(plusFile())
    expect(await checkRecording(source)).toMatchObject({ verdict: 'conforming', format: 'EDF+C' })
  })
})

describe('2.1.2 data records', () => {
  test('may be shorter than 1 s', async () => {
    const { recording } = await openFileBytes(
      plusFile({
        recordDuration: '0.25',
        signals: [rampSignal(8), annotationSignal((record) => `+${record * 0.25}||_`)],
      }),
    )
    expect(recording.timeline).toMatchObject({ duration: 0.75, gaps: [], span: { start: 0, end: 0.75 } })
    expect(recording.warnings).toEqual([])
  })

  test('need not be contiguous', async () => {
    const { recording } = await openFileBytes(discontinuousFile([0, 1, 5, 6, 20]))
    expect(recording.timeline.gaps).toEqual([
      { start: 2, end: 5 },
      { start: 7, end: 20 },
    ])
    expect(recording.timeline).toMatchObject({ duration: 5, span: { start: 0, end: 21 }, confirmed: true })
  })

  test('that follow up in time must follow up in the file; else they are shown in the order of time, with a warning', async () => {
    const { recording } = await openFileBytes(discontinuousFile([0, 1, 4, 5, 2, 3]))
    expect(recording.timeline.segments.map(({ firstRecord }) => firstRecord)).toEqual([0, 4, 2])
    expect(recording.timeline.gaps).toEqual([])
    expect(codesOf(recording)).toContain('record-time-backwards')
  })

  test('last 0 s where there is no ordinary signal', async () => {
    const { source, recording, annotations } = await scanFileBytes({
      reserved: 'EDF+C',
      recordDuration: '0',
      recordCount: 1,
      signals: [annotationSignal(() => '+0||_+30^30|Sleep stage W|_')],
    })
    expect(recording.warnings).toEqual([])
    expect(annotations).toEqual([{ onset: 30, duration: 30, text: 'Sleep stage W', channel: null }])
    expect(await checkRecording(source)).toMatchObject({ verdict: 'conforming' })
  })

  test('last 0 s in EDF+D with one sample of each signal: legal, and said to have no time axis', async () => {
    const { source, recording } = await openFileBytes({
      reserved: 'EDF+D',
      recordDuration: '0',
      signals: [annotationSignal((record) => `+${record * 7}||_`), rampSignal(1)],
    })
    expect(recording.header.signals[1]?.sampleRate).toBeNull()
    expect(codesOf(recording)).toEqual(['record-duration'])
    expect(await checkRecording(source)).toMatchObject({ verdict: 'conforming' })
  })
})

describe('2.1.3 additional specifications', () => {
  test('(1) only printable US-ASCII in the header: others are read, the check gives their place', async () => {
    const file = plusFile({
      signals: [rampSignal(8, { label: 'EEG \xb5' }), annotationSignal((r) => `+${r}||_`)],
    })
    const { recording, source } = await openFileBytes(file)
    expect(recording.header.signals[0]?.label).toBe('EEG µ')
    const report = await checkRecording(source)
    expect(report.deviations).toMatchObject([
      { clause: 'EDF+ 2.1.3 (1): printable US-ASCII', byteOffset: 260, found: 'byte 181' },
    ])
  })

  test('(2) startdate and starttime with periods', async () => {
    expect(await clausesOf(plusFile({ startDate: '02:08:16' }))).toEqual(['EDF+ 2.1.3 (2): startdate'])
    expect(await clausesOf(plusFile({ startTime: '22:15:30' }))).toEqual(['EDF+ 2.1.3 (2): starttime'])
  })

  test.each([
    ['02.08.85', '1985-08-02'],
    ['02.08.99', '1999-08-02'],
    ['02.08.00', '2000-08-02'],
    ['02.08.84', '2084-08-02'],
  ])('(2) 1985 is the clipping date: %s is %s', async (startDate, day) => {
    const { recording } = await openFileBytes(plusFile({ startDate, recording: 'Startdate X X X X' }))
    expect(recording.header.start).toBe(`${day}T22:15:30`)
    expect(recording.warnings).toEqual([])
  })

  test('(2) after 2084 the year is "yy" and the Startdate subfield has it', async () => {
    const { recording } = await openFileBytes(
      plusFile({ startDate: '02.08.yy', recording: 'Startdate 02-AUG-2085 X X X' }),
    )
    expect(recording.header.start).toBe('2085-08-02T22:15:30')
    expect(recording.warnings).toEqual([])
  })

  test('(2) "yy" without a Startdate is an unknown start, with a warning', async () => {
    const { recording } = await openFileBytes(
      plusFile({ startDate: '02.08.yy', recording: 'Startdate X X X X' }),
    )
    expect(recording.header.start).toBeNull()
    expect(codesOf(recording)).toEqual(['start-date'])
  })

  test.each([
    ['MCH-0234567 F 02-MAY-1951 Haagse_Harry', []],
    ['X X X X', []],
    ['X X X X with more subfields', []],
    ['MCH-0234567 F 02-MAY-1951', ['EDF+ 2.1.3 (3): local patient identification']],
    ['MCH-0234567 W 02-MAY-1951 Haagse_Harry', ['EDF+ 2.1.3 (3): local patient identification']],
    ['MCH-0234567 F 2-MAY-1951 Haagse_Harry', ['EDF+ 2.1.3 (3): local patient identification']],
    ['MCH-0234567 F 02-may-1951 Haagse_Harry', ['EDF+ 2.1.3 (3): local patient identification']],
    ['', ['EDF+ 2.1.3 (3): local patient identification']],
  ])('(3) local patient identification %j', async (patient, clauses) => {
    const report = await checkRecording(bytesSource(edfBytes(plusFile({ patient }))))
    expect(report.deviations.map((deviation) => deviation.clause)).toEqual(clauses)
    for (const part of ['Haagse', 'MCH', '1951']) expect(JSON.stringify(report)).not.toContain(part)
  })

  test.each([
    ['Startdate 02-AUG-2016 PSG-1234/2002 NN Telemetry03', []],
    ['Startdate X X X X', []],
    ['Startdate 02-AUG-2016 PSG-1234/2002', ['EDF+ 2.1.3 (4): local recording identification']],
    ['Startdate 2-AUG-2016 X X X', ['EDF+ 2.1.3 (4): local recording identification']],
    ['PSG-1234/2002 NN', ['EDF+ 2.1.3 (4): local recording identification']],
  ])('(4) local recording identification %j', async (recording, clauses) => {
    const report = await checkRecording(bytesSource(edfBytes(plusFile({ recording }))))
    expect(report.deviations.map((deviation) => deviation.clause)).toEqual(clauses)
    expect(JSON.stringify(report)).not.toContain('1234')
  })

  test('(4) the Startdate subfield wins over the startdate field', async () => {
    const { recording } = await openFileBytes(plusFile({ startDate: '03.08.16' }))
    expect(recording.header.start).toBe('2016-08-02T22:15:30')
    expect(warningOf(recording, 'start-date')?.message).toContain('2016-08-02')
  })

  test('(5) a physical maximum below the minimum is a negative gain', async () => {
    const { recording, source } = await openFileBytes({
      signals: [
        {
          ...PLAIN_SIGNAL,
          physicalMin: '3276.8',
          physicalMax: '-3276.7',
          record: () => [-32768, 0, 1, 32767],
        },
      ],
    })
    const values = await readSamples(source, recording, 0, 0, 4)
    expect([...values].map((value) => Number(value.toFixed(9)))).toEqual([3276.8, 0, -0.1, -3276.7])
    expect(recording.warnings).toEqual([])
  })

  test('(5) an uncalibrated signal has an empty dimension and still a range', async () => {
    const { recording, source } = await openFileBytes({ signals: [{ ...PLAIN_SIGNAL, unit: '' }] })
    expect(recording.header.signals[0]).toMatchObject({ unit: '', scaling: 'calibrated' })
    // It conforms, and a reader of the EEG must know.
    expect(recording.warnings.map(({ code }) => code)).toEqual(['unit'])
    expect((await checkRecording(source)).verdict).toBe('conforming')
  })

  test('(6) no digit grouping and no decimal comma', async () => {
    const clauses = await clausesOf({
      signals: [{ ...PLAIN_SIGNAL, physicalMin: '-3276,8', digitalMin: '-32,768' }],
    })
    expect(clauses).toEqual(['EDF+ 2.1.3 (6): numbers', 'EDF+ 2.1.3 (6): numbers'])
  })

  test('(7) samples are little-endian', async () => {
    const { recording, source } = await openFileBytes({
      signals: [
        {
          ...PLAIN_SIGNAL,
          physicalMin: '-32768',
          physicalMax: '32767',
          record: () => new Uint8Array([1, 0, 0, 1, 255, 255, 0, 128]),
        },
      ],
    })
    expect([...(await readSamples(source, recording, 0, 0, 4))]).toEqual([1, 256, -1, -32768])
  })

  test('(10) the number of data records is -1 only while recording: told, and counted from the length', async () => {
    const { recording, source } = await openFileBytes(plusFile({ records: '-1' }))
    expect(recording.header).toMatchObject({ records: 3, claimedRecords: -1 })
    expect(codesOf(recording)).toEqual(['record-count'])
    const report = await checkRecording(source)
    expect(report.deviations).toMatchObject([
      { clause: 'EDF+ 2.1.3 (10): number of data records', byteOffset: 236 },
    ])
  })

  test('(11) and (12) prefiltering and transducer type are shown as written', async () => {
    const { recording } = await openFileBytes({})
    expect(recording.header.signals[0]).toMatchObject({
      prefilter: 'HP:0.1Hz LP:75Hz N:50Hz',
      transducer: 'AgAgCl electrode',
    })
  })
})

describe("2.2.1 the 'EDF Annotations' signal", () => {
  test('is known by its label and is no ordinary signal', async () => {
    const { recording } = await openFileBytes(plusFile())
    expect(recording.header.signals[1]).toMatchObject({ label: 'EDF Annotations', kind: 'annotations' })
  })

  test.each([0, 1, 2])('may stand at any place: %i', async (place) => {
    const signals = [rampSignal(8), rampSignal(4)]
    signals.splice(
      place,
      0,
      annotationSignal((record) => `+${record}||_+${record}.5|here|_`),
    )
    const { annotations, recording, source } = await scanFileBytes(plusFile({ signals }))
    expect(annotations.map(({ onset }) => onset)).toEqual([0.5, 1.5, 2.5])
    const index = place === 0 ? 1 : 0
    expect([...(await readSamples(source, recording, index, 0, 8))]).toHaveLength(8)
  })

  test('several are all read, the first keeps the time', async () => {
    const { annotations, recording } = await scanFileBytes(
      plusFile({
        recordCount: 2,
        reserved: 'EDF+D',
        signals: [
          annotationSignal((record) => `+${record * 10}||_+${record * 10}.5|a|_`),
          rampSignal(8),
          annotationSignal((record) => `+${record * 99}||_+${record * 10}.25|b|_`),
        ],
      }),
    )
    expect(recording.timeline.gaps).toEqual([{ start: 1, end: 10 }])
    // In file order: record by record, signal by signal.
    expect(annotations.map(({ text, onset }) => [text, onset])).toEqual([
      ['a', 0.5],
      ['b', 0.25],
      ['a', 10.5],
      ['b', 10.25],
    ])
  })

  test('has its digital extremes and empty fields; the check tells where not', async () => {
    const odd = { ...annotationSignal((record) => `+${record}||_`), unit: 'uV' }
    expect(await clausesOf(plusFile({ signals: [rampSignal(8), odd] }))).toEqual([
      'EDF+ 2.2.1: annotation signal',
    ])
  })

  test('must be there in EDF+D, where nothing else tells the time: refused without', async () => {
    const refusal = await refusalOf(openFileBytes({ reserved: 'EDF+D' }))
    expect(refusal.code).toBe('damaged')
    expect(refusal.message).toContain('EDF+D')
  })
})

describe('2.2.2 time-stamped annotations lists', () => {
  test.each([
    [
      '+180|Lights off|Close door|_',
      [
        [180, null, 'Lights off'],
        [180, null, 'Close door'],
      ],
    ],
    [
      '+180|Lights off|_+180|Close door|_',
      [
        [180, null, 'Lights off'],
        [180, null, 'Close door'],
      ],
    ],
    ['+1800.2^25.5|Apnea|_', [[1800.2, 25.5, 'Apnea']]],
    ['-0.065|Pre-stimulus beep 1000Hz|_', [[-0.065, null, 'Pre-stimulus beep 1000Hz']]],
  ])("the standard's example %j", async (tal, expected) => {
    const { annotations, recording } = await scanFileBytes(annotated(`+0||_${tal}`))
    expect(annotations.map(({ onset, duration, text }) => [onset, duration, text])).toEqual(expected)
    expect(recording.warnings).toEqual([])
  })

  test.each([
    ['+0||_12.5|no sign|_', 'EDF+ 2.2.2: onset and duration'],
    ['+0||_+12.|no decimals|_', 'EDF+ 2.2.2: onset and duration'],
    ['+0||_+12,5|a comma|_', 'EDF+ 2.2.2: onset and duration'],
    ['+0||_+12^+3|a signed duration|_', 'EDF+ 2.2.2: onset and duration'],
    ['+0||__+12|late|_', 'EDF+ 2.2.2: TALs follow immediately'],
    ['_+0||_+12|late|_', 'EDF+ 2.2.2: TALs follow immediately'],
    ['+0||_+12|no end', 'EDF+ 2.2.2: TALs'],
  ])('%j is read, and the check tells', async (tals, clause) => {
    const file = annotated(tals)
    const { annotations } = await scanFileBytes(file)
    expect(annotations).toHaveLength(1)
    expect(Math.floor(annotations[0]?.onset ?? 0)).toBe(12)
    expect(await clausesOf(file)).toEqual([clause])
  })

  test('a TAL may fill the block to its last byte', async () => {
    const tals = '+0||_+1|four|_'
    const { annotations, recording } = await scanFileBytes(
      annotated('', { signals: [rampSignal(8), annotationSignal(() => tals, { bytes: tals.length })] }),
    )
    expect(annotations.map(({ text }) => text)).toEqual(['four'])
    expect(recording.warnings).toEqual([])
  })

  test('a TAL that overflows its record is read as far as it goes, and the next record still has its time', async () => {
    const { annotations, recording } = await scanFileBytes(
      plusFile({
        reserved: 'EDF+D',
        recordCount: 2,
        signals: [
          rampSignal(8),
          annotationSignal((r) => (r === 0 ? '+0||_+1|cut off he' : 're|_+5||_+6|next|_').padEnd(20, '_'), {
            bytes: 20,
          }),
        ],
      }),
    )
    expect(annotations.map(({ text }) => text)).toEqual(['cut off he', 'next'])
    expect(codesOf(recording)).toContain('tal')
    expect(codesOf(recording)).toContain('tal-end')
    expect(recording.timeline.gaps).toEqual([{ start: 1, end: 5 }])
  })

  test('an event is annotated once, however long it lasts', async () => {
    const { annotations } = await scanFileBytes(annotated('+0||_+0.5^3600|long|_'))
    expect(annotations).toEqual([{ onset: 0.5, duration: 3600, text: 'long', channel: null }])
  })
})

describe('2.2.3 annotations in a TAL', () => {
  test('are UTF-8, in any language', async () => {
    const text = 'Müdigkeit, сон, 睡眠, 😴'
    const { annotations, recording } = await scanFileBytes(
      annotated('', { signals: [rampSignal(8), annotationSignal(() => talBytesUtf8(`+0||_+1|${text}|_`))] }),
    )
    expect(annotations[0]?.text).toBe(text)
    expect(recording.warnings).toEqual([])
  })

  test('are Latin-1 where they are no UTF-8, with a warning', async () => {
    const { annotations, recording } = await scanFileBytes(
      annotated('', { signals: [rampSignal(8), annotationSignal(() => talBytes('+0||_+1|M\xfcdigkeit|_'))] }),
    )
    expect(annotations[0]?.text).toBe('Müdigkeit')
    expect(codesOf(recording)).toEqual(['tal-encoding'])
  })

  test('may hold tab, line feed and carriage return, and no other control character', async () => {
    const file = annotated('+0||_+1|a\tb\r\nc|_')
    const { annotations } = await scanFileBytes(file)
    expect(annotations[0]?.text).toBe('a\tb\r\nc')
    expect(await clausesOf(file)).toEqual([])
    expect(await clausesOf(annotated('+0||_+1|a\x07b|_'))).toEqual(['EDF+ 2.2.3: annotations'])
  })
})

describe('2.2.4 time keeping of data records', () => {
  test('the first TAL of the first annotation signal is empty and tells when the record starts', async () => {
    const { recording } = await openFileBytes(discontinuousFile(['0', '567', '3456.789']))
    expect(recording.timeline.segments.map(({ onset }) => onset)).toEqual([0, 5_670_000_000, 34_567_890_000])
  })

  test('an annotation in the same TAL tells what event starts the record', async () => {
    const { annotations, recording } = await scanFileBytes(
      discontinuousFile([], {
        recordCount: 2,
        signals: [rampSignal(8), annotationSignal((r) => `+${r * 3456.789}||R-wave|_`)],
      }),
    )
    expect(recording.timeline.segments[1]?.onset).toBe(34_567_890_000)
    expect(annotations.map(({ onset, text }) => [onset, text])).toEqual([
      [0, 'R-wave'],
      [3456.789, 'R-wave'],
    ])
  })

  test('the first record starts a fraction of a second after the header', async () => {
    const { recording } = await openFileBytes(
      plusFile({ signals: [rampSignal(8), annotationSignal((record) => `+${record}.3945312||_`)] }),
    )
    expect(recording.timeline).toMatchObject({
      firstRecordOnset: 0.3945312,
      span: { start: 0.3945312, end: 3.3945312 },
    })
    expect(recording.warnings).toEqual([])
  })

  test('the first record within the absolute second of the header, else a warning', async () => {
    const { recording } = await openFileBytes(
      plusFile({ signals: [rampSignal(8), annotationSignal((record) => `+${record + 2}||_`)] }),
    )
    expect(recording.timeline.firstRecordOnset).toBe(2)
    expect(codesOf(recording)).toEqual(['first-onset'])
  })
})
