/** What vendors write that the standards do not: each is opened with a warning that says what was assumed, or refused. */
import { describe, expect, test } from 'vitest'
import { readDigital, readSamples, readSpan } from '../../../shared/edf/recording.ts'
import { discontinuousFile, fixture, plusFile, rampSignal } from '../../fixtures/edf/fixtures.ts'
import {
  annotationSignal,
  BDF_VERSION,
  concat,
  edfBytes,
  PLAIN_SIGNAL,
  patched,
} from '../../support/edfBytes.ts'
import {
  codesOf,
  openBytes,
  openFileBytes,
  refusalOf,
  scanBytes,
  scanFileBytes,
  warningOf,
} from '../../support/recordings.ts'

describe('number of records', () => {
  test.each(['-1', '9', '1', '0', '', 'abc', '3.5'])(
    '%j is wrong: all whole records are read, with a warning',
    async (records) => {
      const { recording } = await openFileBytes({ records })
      expect(recording.header.records).toBe(3)
      expect(warningOf(recording, 'record-count')?.message).toMatch(/records/)
    },
  )

  test('a file cut off inside its last record: the whole records, and the number of bytes left out', async () => {
    const whole = edfBytes()
    const { recording } = await openBytes(whole.subarray(0, whole.length - 3))
    expect(recording.header).toMatchObject({ records: 2, claimedRecords: 3, trailingBytes: 5 })
    expect(warningOf(recording, 'trailing-bytes')?.message).toContain('5 bytes')
    expect(warningOf(recording, 'record-count')?.message).toContain('the end is missing')
  })

  test('bytes after the last record', async () => {
    const { recording } = await openFileBytes({ trailing: new Uint8Array([1]) })
    expect(codesOf(recording)).toEqual(['trailing-bytes'])
    expect(warningOf(recording, 'trailing-bytes')?.message).toContain('1 byte after')
  })

  test('a recording that has just begun has no records yet, and opens', async () => {
    const { recording } = await openFileBytes({ records: '-1', recordCount: 0 })
    expect(recording.header.records).toBe(0)
    expect(recording.timeline).toMatchObject({ segments: [], duration: 0 })
  })

  test('a file cut off before its first record is whole is refused', async () => {
    const refusal = await refusalOf(openBytes(edfBytes().subarray(0, 512 + 5)))
    expect(refusal.code).toBe('damaged')
    expect(refusal.message).toMatch(/cut off/)
  })

  test('a growing file shows its new records when it is opened again', async () => {
    const shorter = await openFileBytes({ records: '-1', recordCount: 5 })
    const longer = await openFileBytes({ records: '-1', recordCount: 8 })
    expect(longer.recording.header.records - shorter.recording.header.records).toBe(3)
    const before = await readDigital(shorter.source, shorter.recording, 0, 0, 20)
    const after = await readDigital(longer.source, longer.recording, 0, 0, 20)
    expect(after).toEqual(before)
  })
})

describe('dates and times', () => {
  test.each([
    ['02/08/16', '22:15:30'],
    ['02-08-16', '22:15:30'],
    [' 2. 8.16', '22.15.30'],
    ['2016-8-2', '22.15.30'],
    ['2.8.2016', '22.15.30'],
  ])('%s %s is read, with a warning that says as what', async (startDate, startTime) => {
    const { recording } = await openFileBytes({ startDate, startTime })
    expect(recording.header.start).toBe('2016-08-02T22:15:30')
    expect(warningOf(recording, 'start-date')?.message).toContain('2016-08-02')
  })

  test.each(['42.00.00', '31.02.16', '00.01.16', '29.02.15', '', 'XX.XX.XX', '08/31/16'])(
    'no calendar date %j: the signals open, the start is unknown',
    async (startDate) => {
      const { recording } = await openFileBytes({ startDate, recording: '' })
      expect(recording.header.start).toBeNull()
      expect(recording.header.records).toBe(3)
      expect(codesOf(recording)).toEqual(['start-date'])
    },
  )

  test.each(['26.00.99', '24.00.00', '12.60.00', '', 'noon'])('no clock time %j', async (startTime) => {
    const { recording } = await openFileBytes({ startTime })
    expect(recording.header.start).toBeNull()
    expect(codesOf(recording)).toEqual(['start-time'])
  })

  test('plain EDF with a broken date field and a Startdate has the day after all', async () => {
    const { recording } = await openFileBytes({ startDate: '00.00.00' })
    expect(recording.header.start).toBe('2016-08-02T22:15:30')
    expect(codesOf(recording)).toEqual(['start-date'])
  })
})

describe('numbers', () => {
  test('decimal commas are read whole, never cut off', async () => {
    const { recording, source } = await openFileBytes({
      signals: [
        {
          ...PLAIN_SIGNAL,
          physicalMin: '-0,1',
          physicalMax: '0,1',
          digitalMin: '-1000',
          digitalMax: '1000',
          record: () => [500, 0, -500, 1000],
        },
      ],
    })
    expect(
      [...(await readSamples(source, recording, 0, 0, 4))].map((value) => Number(value.toFixed(12))),
    ).toEqual([0.05, 0, -0.05, 0.1])
    expect(codesOf(recording)).toEqual(['number', 'number'])
  })

  test('a duration with a decimal comma', async () => {
    const { recording } = await openFileBytes({ recordDuration: '0,5' })
    expect(recording.header.recordDuration).toBe(0.5)
    expect(codesOf(recording)).toEqual(['record-duration'])
  })

  test.each(['', 'abc', '-1', '1E-9'])(
    'a duration of %j: no time axis, but the samples can be read',
    async (recordDuration) => {
      const { recording, source } = await openFileBytes({ recordDuration })
      expect(recording.header.signals[0]?.sampleRate).toBeNull()
      expect(codesOf(recording)).toEqual(['record-duration'])
      expect(await readSpan(source, recording, [0], { start: 0, end: 10 })).toMatchObject([{ pieces: [] }])
      expect([...(await readDigital(source, recording, 0, 0, 4))]).toEqual([0, 1, 2, 3])
    },
  )

  test.each([
    ['\xb5V', 'uV'],
    ['\xc2\xb5V', 'uV'],
    ['\xce\xbcV', 'uV'],
    ['uV', 'uV'],
    ['UV', 'uV'],
    ['microV', 'uV'],
    ['mV', 'mV'],
    ['V', 'V'],
    ['nV', 'nV'],
    ['degC', 'degC'],
    ['', ''],
    ['%', '%'],
  ])('the dimension %j is %j', async (unit, expected) => {
    const { recording } = await openFileBytes({ signals: [{ ...PLAIN_SIGNAL, unit }] })
    expect(recording.header.signals[0]?.unit).toBe(expected)
  })

  test('zero bytes as padding are spaces, with a warning', async () => {
    const { recording } = await openBytes(fixture('zero bytes as padding'))
    expect(recording.header).toMatchObject({ patient: 'X X X X', recordDuration: 1 })
    expect(codesOf(recording)).toEqual(['header-control', 'header-control'])
    for (const { message } of recording.warnings) expect(message).not.toContain('X X')
  })

  test('a header filled with zero bytes in place of spaces', async () => {
    const bytes = edfBytes().map((byte, at) => (at < 512 && byte === 0x20 ? 0 : byte))
    const { recording } = await openBytes(bytes)
    expect(recording.header).toMatchObject({ format: 'EDF', records: 3 })
    expect(recording.header.signals[0]).toMatchObject({
      unit: 'uV',
      physicalMin: -3276.8,
      scaling: 'calibrated',
    })
  })
})

describe('one bad signal never costs the others', () => {
  test.each([
    ['equal physical extremes', { physicalMin: '5', physicalMax: '5' }],
    ['equal digital extremes', { digitalMin: '5', digitalMax: '5' }],
    ['a range that is no number', { physicalMin: '******' }],
    [
      'a range beyond numbers',
      { physicalMin: '-9e307', physicalMax: '9e307', digitalMin: '0', digitalMax: '1' },
    ],
  ])('%s: digital values, named, and the rest as ever', async (_, over) => {
    const { recording, source } = await openFileBytes({
      signals: [{ ...PLAIN_SIGNAL, ...over }, rampSignal(8)],
    })
    expect(recording.header.signals.map(({ scaling }) => scaling)).toEqual(['uncalibrated', 'calibrated'])
    expect(warningOf(recording, 'uncalibrated')).toMatchObject({ signal: 0 })
    const [bad, good] = await readSpan(source, recording, [0, 1], { start: 1, end: 2 })
    expect([...(bad?.pieces[0]?.values ?? [])]).toEqual([10, 11, 12, 13])
    expect(good?.pieces[0]?.values).toHaveLength(8)
    for (const value of good?.pieces[0]?.values ?? []) expect(Number.isFinite(value)).toBe(true)
  })

  test('digital minimum above maximum: by the formula, never silently', async () => {
    const { recording, source } = await openFileBytes({
      signals: [
        {
          ...PLAIN_SIGNAL,
          digitalMin: '100',
          digitalMax: '-100',
          physicalMin: '-10',
          physicalMax: '10',
          record: () => [100, -100, 0, 50],
        },
      ],
    })
    expect([...(await readSamples(source, recording, 0, 0, 4))]).toEqual([-10, 10, 0, -5])
    expect(warningOf(recording, 'polarity')).toMatchObject({ signal: 0 })
    expect(warningOf(recording, 'polarity')?.message).toContain('polarity')
  })

  test('a signal without samples is listed as unusable', async () => {
    const { recording, source } = await openFileBytes({ signals: [rampSignal(0), rampSignal(8)] })
    expect(recording.header.signals[0]).toMatchObject({ scaling: 'unusable', samples: 0, sampleRate: null })
    const [none, some] = await readSpan(source, recording, [0, 1], { start: 0, end: 3 })
    expect(none?.pieces).toEqual([])
    expect(some?.pieces[0]?.values).toHaveLength(24)
  })

  test.each(['', 'abc', '-8'])(
    'the one unreadable number of samples (%j) is worked out from the length',
    async (samplesPerRecord) => {
      const { recording, source } = await openFileBytes({
        signals: [rampSignal(4), { ...rampSignal(8), samplesPerRecord }, rampSignal(6)],
      })
      expect(recording.header.signals.map((signal) => signal.samplesPerRecord)).toEqual([4, 8, 6])
      expect(warningOf(recording, 'samples-per-record')).toMatchObject({ signal: 1 })
      expect([...(await readDigital(source, recording, 2, 6, 6))]).toEqual(rampSignal(6).record?.(1))
    },
  )

  test('two unreadable numbers of samples are refused, with the signal', async () => {
    const refusal = await refusalOf(
      openFileBytes({
        signals: [
          { ...rampSignal(4), samplesPerRecord: 'x' },
          { ...rampSignal(8), samplesPerRecord: 'y' },
        ],
      }),
    )
    expect(refusal.code).toBe('damaged')
    expect(refusal.message).toContain('signal 0')
  })

  test('many signals with the same oddity share one warning that counts them', async () => {
    const odd = { ...PLAIN_SIGNAL, physicalMin: '0', physicalMax: '0' }
    const { recording } = await openFileBytes({
      signals: Array.from({ length: 40 }, (_, k) => ({ ...odd, label: `EEG ${k}` })),
    })
    expect(recording.warnings).toHaveLength(1)
    expect(recording.warnings[0]?.message).toContain('40 signals')
  })
})

describe('header and labels', () => {
  test.each(['256', '768', 'abc', '', '5120'])(
    'a number of header bytes of %j: the number of signals counts',
    async (headerBytes) => {
      const { recording, source } = await openFileBytes({ headerBytes })
      expect(recording.header.headerBytes).toBe(512)
      expect(codesOf(recording)).toEqual(['header-bytes'])
      expect([...(await readDigital(source, recording, 0, 0, 4))]).toEqual([0, 1, 2, 3])
    },
  )

  test('a shorter header is not believed, even where the length would bear it out', async () => {
    // 256 + 35 records of 8 bytes is the length of this file, too.
    const { recording } = await openFileBytes({ headerBytes: '256', records: '35' })
    expect(recording.header).toMatchObject({ headerBytes: 512, records: 3 })
  })

  test('a longer header that the length bears out is believed', async () => {
    const plain = edfBytes({ headerBytes: '1024' })
    const bytes = concat([plain.subarray(0, 512), new Uint8Array(512).fill(0x20), plain.subarray(512)])
    const { recording, source } = await openBytes(bytes)
    expect(recording.header).toMatchObject({ headerBytes: 1024, records: 3, trailingBytes: 0 })
    expect([...(await readDigital(source, recording, 0, 0, 4))]).toEqual([0, 1, 2, 3])
    expect(codesOf(recording)).toEqual(['header-bytes'])
  })

  test.each(['', 'abc', '0', '-1', '9999'])(
    'a number of signals of %j is taken from the number of header bytes',
    async (signalCount) => {
      const { recording } = await openFileBytes({ signalCount })
      expect(recording.header.signals).toHaveLength(1)
      expect(codesOf(recording)).toEqual(['signal-count'])
    },
  )

  test('labels that are the same or blank: told apart by their position, and told', async () => {
    const { recording, source } = await openFileBytes({
      signals: [
        rampSignal(4, { label: 'EEG C3' }),
        rampSignal(4, { label: 'EEG C3' }),
        rampSignal(4, { label: '' }),
      ],
    })
    expect(recording.header.signals.map(({ index, label }) => [index, label])).toEqual([
      [0, 'EEG C3'],
      [1, 'EEG C3'],
      [2, ''],
    ])
    expect(codesOf(recording)).toEqual(['label'])
    expect(
      (await readSpan(source, recording, [2, 0, 1], { start: 0, end: 1 })).map(({ signal }) => signal),
    ).toEqual([2, 0, 1])
  })

  test('markup, control and reordering characters are plain text', async () => {
    const { recording } = await openFileBytes({
      signals: [{ ...PLAIN_SIGNAL, label: '<b>=1+1</b>', transducer: '\xe2\x80\xaegnp.exe' }],
    })
    expect(recording.header.signals[0]?.label).toBe('<b>=1+1</b>')
    expect(recording.header.signals[0]?.transducer).toBe('\ufffdgnp.exe')
  })

  test('a version that is neither, before a header that holds together', async () => {
    const { recording } = await openBytes(patched(edfBytes(), 0, '1       '))
    expect(recording.header.format).toBe('EDF')
    expect(codesOf(recording)).toEqual(['version'])
  })

  test('a version that is neither, before a header that does not', async () => {
    const refusal = await refusalOf(openBytes(patched(edfBytes({ headerBytes: '99' }), 0, '1       ')))
    expect(refusal.code).toBe('not-edf')
  })
})

describe('EDF and BDF', () => {
  test('the content decides, not the name: a BDF in 24 bits', async () => {
    const { recording, source } = await openBytes(fixture('BDF'))
    expect(recording.header).toMatchObject({ format: 'BDF', bytesPerSample: 3, records: 3 })
    expect((await readDigital(source, recording, 0, 0, 1))[0]).toBe(-8_388_608)
  })

  test.each(['24BIT', '', '24 BIT'])('plain BDF with the reserved field %j', async (reserved) => {
    const { recording } = await openFileBytes({ version: BDF_VERSION, reserved, signals: [rampSignal(8)] })
    expect(recording.header.format).toBe('BDF')
    expect(recording.warnings).toEqual([])
  })

  test('BDF that calls itself EDF+C is BDF+C', async () => {
    const { recording } = await openFileBytes({
      version: BDF_VERSION,
      reserved: 'EDF+C',
      signals: [rampSignal(8), annotationSignal((record) => `+${record}||_`, { bytesPerSample: 3 })],
    })
    expect(recording.header.format).toBe('BDF+C')
    expect(codesOf(recording)).toEqual(['reserved'])
  })

  test('the mark of EDF before 24-bit samples: the length and the reserved field show it', async () => {
    const { recording, source } = await openFileBytes({
      version: '0',
      reserved: '24BIT',
      bytesPerSample: 3,
      signals: [rampSignal(8)],
    })
    expect(recording.header).toMatchObject({ format: 'BDF', bytesPerSample: 3, records: 3 })
    expect(codesOf(recording)).toEqual(['version'])
    expect([...(await readDigital(source, recording, 0, 8, 8))]).toEqual(rampSignal(8).record?.(1))
  })

  test('an annotation label in other letters', async () => {
    const { recording, annotations } = await scanFileBytes(
      plusFile({
        signals: [
          rampSignal(8),
          annotationSignal((r) => `+${r}||_+${r}.5|x|_`, { label: 'EDF annotations' }),
        ],
      }),
    )
    expect(annotations).toHaveLength(3)
    expect(codesOf(recording)).toEqual(['annotation-label'])
  })
})

describe('annotations and record times', () => {
  test('plain EDF with a signal called EDF Annotations: it is data', async () => {
    const { recording, annotations } = await scanBytes(fixture('an annotation label in plain EDF'))
    expect(annotations).toEqual([])
    expect(recording.header.signals[1]?.kind).not.toBe('annotations')
    expect(codesOf(recording)).toContain('annotations-in-plain')
  })

  test('EDF+C without an annotation signal is one run of records', async () => {
    const { recording } = await openFileBytes({ reserved: 'EDF+C' })
    expect(recording.header.format).toBe('EDF+C')
    expect(codesOf(recording)).toEqual(['no-annotation-signal'])
  })

  test('"EDF+" that says neither C nor D', async () => {
    const { recording } = await openFileBytes(plusFile({ reserved: 'EDF+' }))
    expect(recording.header.format).toBe('EDF+C')
    expect(codesOf(recording)).toEqual(['reserved'])
  })

  test('EDF+D that is contiguous is said to be', async () => {
    const { recording } = await openFileBytes(discontinuousFile([0, 1, 2]))
    expect(recording.timeline.gaps).toEqual([])
    expect(codesOf(recording)).toEqual(['contiguous'])
  })

  test('EDF+C whose record times jump is shown as it says, with the record and both times', async () => {
    const { recording } = await openBytes(fixture('EDF+C whose record times jump'))
    expect(recording.timeline.gaps).toEqual([])
    const warning = warningOf(recording, 'record-time-jump')?.message
    expect(warning).toContain('record 2 at 12 s')
    expect(warning).toContain('2 s in a continuous recording')
  })

  test('records that overlap: what starts first is shown, the hidden part is named', async () => {
    const { recording, source } = await openFileBytes(discontinuousFile([0, 1, 2, '2.5', 4]))
    expect(recording.timeline.gaps).toEqual([{ start: 3.5, end: 4 }])
    expect(warningOf(recording, 'record-overlap')?.message).toContain('from 2.5 s to 3 s')
    const [samples] = await readSpan(source, recording, [0], { start: 0, end: 5 })
    expect(
      samples?.pieces.map(({ start, firstSample, values }) => [start, firstSample, values.length]),
    ).toEqual([
      [0, 0, 24],
      [3, 28, 4],
      [4, 32, 8],
    ])
    // Nothing is lost to who reads by position.
    expect(await readDigital(source, recording, 0, 24, 8)).toHaveLength(8)
  })

  test('a record without its time is placed beside its neighbour', async () => {
    const { recording } = await openFileBytes(discontinuousFile([0, 1, null, 3, 9]))
    expect(recording.timeline.gaps).toEqual([{ start: 4, end: 9 }])
    expect(warningOf(recording, 'record-time-missing')?.message).toContain('first in record 2')
  })

  test('first records without their time are placed before the first that has one', async () => {
    const { recording } = await openFileBytes(discontinuousFile([null, null, 12, 13]))
    expect(recording.timeline.segments).toEqual([{ firstRecord: 0, records: 4, onset: 100_000_000 }])
    expect(recording.timeline.firstRecordOnset).toBe(10)
  })

  test('no record has its time: they follow one another', async () => {
    const { recording } = await openFileBytes(discontinuousFile([null, null, null]))
    expect(recording.timeline.span).toEqual({ start: 0, end: 3 })
    expect(warningOf(recording, 'record-time-missing')?.message).toContain('3 records')
  })

  test('bytes that are no annotation are skipped and the rest is kept', async () => {
    const { annotations, recording } = await scanBytes(fixture('bytes that are no annotation'))
    expect(annotations.map(({ text }) => text)).toEqual(['kept', 'kept', 'kept'])
    expect(warningOf(recording, 'tal')?.message).toContain('record 0, and 2 more')
  })

  test.each([0x00, 0xff])('a block of nothing but 0x%i', async (fill) => {
    const { annotations, recording } = await scanFileBytes(
      plusFile({ signals: [rampSignal(8), annotationSignal(() => new Uint8Array(120).fill(fill))] }),
    )
    expect(annotations).toEqual([])
    expect(codesOf(recording)).toContain('record-time-missing')
    expect(recording.timeline.span).toEqual({ start: 0, end: 3 })
  })

  test('annotations before the start and after the end are legal: kept and listed', async () => {
    const { annotations, recording } = await scanFileBytes(
      plusFile({
        recordCount: 1,
        signals: [rampSignal(8), annotationSignal(() => '+0||_-30|before|_+9000|after|_')],
      }),
    )
    expect(annotations.map(({ onset }) => onset)).toEqual([-30, 9000])
    expect(recording.warnings).toEqual([])
  })

  test.each([
    ['Lights off@@EEG F4-A1', 'Lights off', 'EEG F4-A1'],
    ['a@@b@@EMG Chin', 'a@@b', 'EMG Chin'],
    ['@@EEG F4-A1', '', 'EEG F4-A1'],
    ['Jerk@@EMG Chin ', 'Jerk', 'EMG Chin'],
    ['Spike@@F4', 'Spike@@F4', null],
    ['Spike@@eeg f4-a1', 'Spike@@eeg f4-a1', null],
    ['mail tech@@clinic.org', 'mail tech@@clinic.org', null],
    ['x@@EMG Chin@@EEG', 'x@@EMG Chin@@EEG', null],
    ['x@@EDF Annotations', 'x@@EDF Annotations', null],
    ['ends with @@', 'ends with @@', null],
    ['me@example', 'me@example', null],
  ])('%j links to a signal of this file, or is whole', async (written, text, channel) => {
    const signals = [
      { ...rampSignal(8), label: 'EEG F4-A1' },
      { ...rampSignal(8), label: 'EMG Chin' },
      { ...rampSignal(8), label: '' },
      annotationSignal(() => `+0||_+1|${written}|_`),
    ]
    const { annotations } = await scanFileBytes(plusFile({ recordCount: 1, signals }))
    expect(annotations).toEqual([{ onset: 1, duration: null, text, channel }])
  })

  test.each(['+900000001', '+1e5', '+99999999999999999999', '+', '+-5', '+ 5', 'NaN'])(
    'an onset of %j is none',
    async (onset) => {
      const { annotations } = await scanFileBytes(
        plusFile({
          recordCount: 1,
          signals: [rampSignal(8), annotationSignal(() => `+0||_${onset}|x|_+1|kept|_`)],
        }),
      )
      expect(annotations.map(({ text }) => text)).toEqual(['kept'])
    },
  )

  test('a duration that is none costs the duration, not the annotation', async () => {
    const { annotations, recording } = await scanFileBytes(
      plusFile({
        recordCount: 1,
        signals: [rampSignal(8), annotationSignal(() => '+0||_+1^long|x|_+2^-3|y|_')],
      }),
    )
    expect(annotations.map(({ text, duration }) => [text, duration])).toEqual([
      ['x', null],
      ['y', null],
    ])
    expect(codesOf(recording)).toEqual(['tal-duration'])
  })

  test('records of 0 s beside a signal: opened for the annotations', async () => {
    const { recording, annotations } = await scanFileBytes({
      reserved: 'EDF+D',
      recordDuration: '0',
      signals: [annotationSignal((record) => `+${record * 5}||_+${record * 5}^2|event|_`), rampSignal(3)],
    })
    expect(annotations).toHaveLength(3)
    expect(recording.header.signals[1]).toMatchObject({ sampleRate: null, samples: 9 })
    expect(recording.timeline).toMatchObject({ segments: [], gaps: [], duration: 0 })
    expect(codesOf(recording)).toEqual(['record-duration'])
  })
})

describe('a transfer in text mode', () => {
  const noisy = (records: number) =>
    edfBytes({
      recordCount: records,
      signals: [
        rampSignal(4000, {
          record: (r) => Array.from({ length: 4000 }, (_, k) => ((r * 4000 + k) * 40_503) % 65_536),
        }),
      ],
    })

  test('that puts a carriage return before each line feed is recognised', async () => {
    const damaged: number[] = []
    for (const byte of noisy(20)) damaged.push(...(byte === 0x0a ? [0x0d, 0x0a] : [byte]))
    const { recording } = await openBytes(Uint8Array.from(damaged))
    expect(recording.warnings[0]?.code).toBe('text-transfer')
    expect(recording.warnings[0]?.message).toMatch(/text mode.*binary mode/)
  })

  test('that takes the carriage return before each line feed is recognised', async () => {
    const whole = noisy(80)
    // Line feeds with and without a return before them, as chance has it; the transfer takes those with one.
    whole[600] = 0x0d
    whole[601] = 0x0a
    const kept = whole.filter((byte, at) => !(byte === 0x0d && whole[at + 1] === 0x0a))
    const { recording } = await openBytes(kept)
    expect(recording.warnings[0]?.code).toBe('text-transfer')
  })

  test('that encodes bytes anew as UTF-8 is recognised', async () => {
    const whole = noisy(20)
    const damaged = concat([
      whole.subarray(0, 512),
      new TextEncoder().encode(new TextDecoder().decode(whole.subarray(512))),
    ])
    const { recording } = await openBytes(damaged)
    expect(recording.warnings[0]?.code).toBe('text-transfer')
  })

  test('is not seen where there was none', async () => {
    // Some line feeds have a carriage return before them by chance, others have none.
    const some = noisy(20).map((byte, at) =>
      at > 600 && at % 1000 < 2 ? (at % 1000 === 0 ? 0x0d : 0x0a) : byte,
    )
    const longer = concat([some, new Uint8Array(50)])
    for (const bytes of [
      noisy(20),
      noisy(20).subarray(0, 100_000),
      edfBytes({ trailing: new Uint8Array(50) }),
      longer,
    ]) {
      const { recording } = await openBytes(bytes)
      expect(codesOf(recording)).not.toContain('text-transfer')
    }
  })
})

describe('ranges that cannot be', () => {
  test('a digital range beyond the samples is told, and scales all the same', async () => {
    const signals = [
      { digitalMin: '-65536', digitalMax: '65535', physicalMin: '-6553.6', physicalMax: '6553.5' },
    ]
    const { recording, source } = await openFileBytes({ signals })
    expect(warningOf(recording, 'digital-range')).toMatchObject({
      message: expect.stringContaining('found -65536 to 65535, expected within -32768 to 32767'),
      signal: 0,
    })
    const samples = await readSpan(source, recording, [0], { start: 0, end: 1 })
    expect([...(samples[0]?.pieces[0]?.values ?? [])].map((value) => value.toFixed(6))).toEqual([
      '0.000000',
      '0.100000',
      '0.200000',
      '0.300000',
    ])
  })

  test.each([
    ['-8388608', '8388607', []],
    ['-8388609', '8388607', ['digital-range']],
  ])('in BDF the range ends at 24 bits: %s to %s', async (digitalMin, digitalMax, codes) => {
    const { recording } = await openFileBytes({
      version: BDF_VERSION,
      reserved: '24BIT',
      signals: [{ digitalMin, digitalMax }],
    })
    expect(codesOf(recording)).toEqual(codes)
  })

  test.each([
    ['-1e300', '1e300'],
    ['-1e30', '1e30'],
    ['0', '2e12'],
  ])('a physical range of %s to %s is no voltage: digital units, with a warning', async (low, high) => {
    const { recording } = await openFileBytes({ signals: [{ physicalMin: low, physicalMax: high }] })
    expect(recording.header.signals[0]).toMatchObject({ scaling: 'uncalibrated', unit: '' })
    expect(recording.header.signals[0]?.problem).toContain('too large to be true')
    expect(codesOf(recording)).toEqual(['uncalibrated'])
  })

  test('a range of a thousand volts is taken as written', async () => {
    const { recording } = await openFileBytes({ signals: [{ physicalMin: '-1e9', physicalMax: '1e9' }] })
    expect(recording.header.signals[0]?.scaling).toBe('calibrated')
  })
})

describe('a number of signals that contradicts the length of the header', () => {
  const three = [rampSignal(8, { label: 'EEG C3' }), rampSignal(4, { label: 'EEG C4' }), rampSignal(8)]

  test.each(['2', '1', '4', '5'])(
    '%s for 3: read by the length, where all of the file bears it out',
    async (signalCount) => {
      const { recording, source } = await openFileBytes({ signals: three, signalCount, recordCount: 40 })
      const whole = await openFileBytes({ signals: three, recordCount: 40 })
      expect(codesOf(recording)).toEqual(['signal-count'])
      expect(warningOf(recording, 'signal-count')?.message).toContain(
        `found ${signalCount}, with a header of 1024 bytes, expected 3`,
      )
      expect(recording.header).toEqual(whole.recording.header)
      const span = { start: 0, end: 3 }
      expect(await readSpan(source, recording, [0, 1, 2], span)).toEqual(
        await readSpan(whole.source, whole.recording, [0, 1, 2], span),
      )
    },
  )

  test.each(['2', '4', '5'])(
    '%s for 3 in a file cut off is refused by the contradiction',
    async (signalCount) => {
      const bytes = edfBytes({ signals: three, signalCount, recordCount: 40 })
      const refusal = await refusalOf(openBytes(bytes.subarray(0, bytes.length - 3)))
      expect(refusal).toMatchObject({
        code: 'damaged',
        message: `The header is damaged: its number of signals is ${signalCount}, its length of 1024 bytes is that of 3, so where the samples lie cannot be told.`,
      })
    },
  )
})
