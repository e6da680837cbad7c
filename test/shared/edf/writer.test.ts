import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { checkRecording } from '../../../shared/edf/check.ts'
import { openRecording, readDigital, readSamples, scanRecording } from '../../../shared/edf/recording.ts'
import { type EdfContent, type EdfWriterSignal, writeEdf } from '../../../shared/edf/writer.ts'
import { annotationSignal, edfBytes } from '../../support/edfBytes.ts'
import { cases } from '../../support/properties.ts'

const SIGNAL: EdfWriterSignal = {
  label: 'EEG Fp1-Ref',
  transducer: 'AgAgCl electrode',
  unit: 'uV',
  prefilter: 'HP:0.1Hz LP:75Hz N:50Hz',
  physicalMin: -3276.8,
  physicalMax: 3276.7,
  digitalMin: -32768,
  digitalMax: 32767,
  samplesPerRecord: 4,
  samples: Int16Array.of(0, 1, 2, 3, -1, -2, -32768, 32767, 10, 20, 30, 40),
}

const CONTENT: EdfContent = {
  format: 'EDF+C',
  patient: 'X X X X',
  recording: 'Startdate 02-AUG-2016 X X X',
  start: '2016-08-02T22:15:30',
  recordDuration: 1,
  signals: [SIGNAL],
  annotations: [],
}

const records = (record: number): readonly number[] => [...SIGNAL.samples.slice(4 * record, 4 * record + 4)]

describe('the bytes written', () => {
  it('are those of a plain EDF file built field by field from the specification', () => {
    const written = writeEdf({ ...CONTENT, format: 'EDF' })
    expect(written).toEqual(edfBytes({ signals: [{ record: records }] }))
  })

  it('hold the record times and the annotations that begin in each record, as EDF+ time-stamped lists', () => {
    const written = writeEdf({
      ...CONTENT,
      annotations: [
        { onset: 1.5, duration: 0.2, text: 'Recording starts' },
        { onset: 0, duration: null, text: 'Augen geöffnet' },
        { onset: 2.0000001, duration: null, text: 'late' },
      ],
    })
    const utf8 = new TextEncoder().encode('Augen geöffnet')
    const opened = String.fromCharCode(...utf8)
    const lists = [`+0||_+0|${opened}|_`, '+1||_+1.5^0.2|Recording starts|_', '+2||_+2.0000001|late|_']
    const longest = Math.max(...lists.map((list) => list.length))
    const annotations = annotationSignal((record) => lists[record] ?? '', {
      bytes: 2 * Math.ceil(longest / 2),
    })
    expect(written).toEqual(edfBytes({ reserved: 'EDF+C', signals: [{ record: records }, annotations] }))
  })

  it('give the fraction of a second at which the first sample was taken', () => {
    const written = writeEdf({ ...CONTENT, firstOnset: 0.25 })
    const lists = ['+0.25||_', '+1.25||_', '+2.25||_']
    const annotations = annotationSignal((record) => lists[record] ?? '', { bytes: 8 })
    expect(written).toEqual(edfBytes({ reserved: 'EDF+C', signals: [{ record: records }, annotations] }))
  })

  it('give every record its own time where the recording was interrupted', async () => {
    const written = writeEdf({ ...CONTENT, format: 'EDF+D', recordOnsets: [0, 1, 61.5] })
    const { timeline } = await openRecording(bytesSource(written))
    expect(timeline.gaps).toEqual([{ start: 2, end: 61.5 }])
  })

  it('put what happened before the first or after the last record into that record', async () => {
    const early = { onset: -12.5, duration: null, text: 'Electrodes on' }
    const late = { onset: 90, duration: 3, text: 'Electrodes off' }
    const source = bytesSource(writeEdf({ ...CONTENT, annotations: [late, early] }))
    const { annotations } = await scanRecording(source, await openRecording(source))
    expect(annotations).toEqual([
      { ...early, channel: null },
      { ...late, channel: null },
    ])
  })
})

describe('what is written', () => {
  const samples = fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 1, maxLength: 40 })
  const onset = fc.integer({ min: -10_000_000, max: 100_000_000 }).map((ticks) => ticks / 10_000_000)
  const annotation = fc.record({
    onset,
    duration: fc.option(fc.integer({ min: 0, max: 10_000_000 }).map((ticks) => ticks / 10_000_000)),
    text: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/\p{Cc}|@@/u.test(text)),
  })

  it('reads back sample for sample and annotation for annotation, and conforms to the standard', async () => {
    await fc.assert(
      fc.asyncProperty(samples, fc.array(annotation, { maxLength: 6 }), async (values, annotations) => {
        const signal = { ...SIGNAL, samplesPerRecord: 1, samples: Int16Array.from(values) }
        const source = bytesSource(writeEdf({ ...CONTENT, signals: [signal], annotations }))
        const recording = await openRecording(source)
        expect(recording.warnings).toEqual([])
        expect([...(await readDigital(source, recording, 0, 0, values.length))]).toEqual(values)
        const scanned = await scanRecording(source, recording)
        const told = annotations.map((item) => ({ ...item, channel: null }))
        expect([...scanned.annotations].sort(byOnset)).toEqual(told.sort(byOnset))
        expect((await checkRecording(source)).deviations).toEqual([])
      }),
      cases(60),
    )
  })

  it('keeps physical values to the digital step', async () => {
    const source = bytesSource(writeEdf(CONTENT))
    const values = await readSamples(source, await openRecording(source), 0, 4, 4)
    for (const [index, value] of [-0.1, -0.2, -3276.8, 3276.7].entries()) {
      expect(values[index]).toBeCloseTo(value, 9)
    }
  })
})

function byOnset(a: { readonly onset: number; readonly text: string }, b: typeof a): number {
  return a.onset - b.onset || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
}

describe('what the specification forbids is refused', () => {
  const signal = (change: Partial<EdfWriterSignal>): Partial<EdfContent> => ({
    signals: [{ ...SIGNAL, ...change }],
  })
  const note = (change: object): Partial<EdfContent> => ({
    annotations: [{ onset: 0, duration: null, text: 'note', ...change }],
  })
  const cases: readonly (readonly [what: string, change: Partial<EdfContent>, sentence: RegExp])[] = [
    ['a patient field with three subfields', { patient: 'X X X' }, /local patient identification/],
    ['a patient field with an empty subfield', { patient: 'X  X X' }, /local patient identification/],
    ['a sex other than F, M or X', { patient: 'X D X X' }, /local patient identification/],
    ['a birthdate that is no date', { patient: 'X F 31-FEB-1951 X' }, /local patient identification/],
    ['a recording field without Startdate', { recording: 'X X X X X' }, /local recording identification/],
    ['a Startdate other than the start', { recording: 'Startdate 03-AUG-2016 X X X' }, /Startdate/],
    ['a start before 1985', { start: '1984-12-31T23:59:59' }, /1985/],
    ['a start that does not exist', { start: '2016-02-30T00:00:00' }, /start/],
    ['a letter beyond ASCII in the header', { patient: 'X X X Müller' }, /ASCII/],
    ['a label longer than 16 characters', signal({ label: 'EEG Fp1-Reference' }), /16/],
    ['a signal without a label', signal({ label: ' ' }), /label/],
    ['a signal named as annotations are', signal({ label: 'EDF Annotations' }), /EDF Annotations/],
    ['a number that does not fit 8 characters', signal({ physicalMax: 3276.7001 }), /8 characters/],
    ['equal physical limits', signal({ physicalMin: 5, physicalMax: 5 }), /physical/],
    ['a digital maximum below the minimum', signal({ digitalMin: 5, digitalMax: -5 }), /digital maximum/],
    ['a digital limit beyond 16 bits', signal({ digitalMax: 40_000 }), /16-bit/],
    ['a sample outside the digital range', signal({ digitalMax: 32_000 }), /outside the digital range/],
    ['half a record of samples', signal({ samples: Int16Array.of(1, 2, 3, 4, 5) }), /whole records/],
    ['no samples', signal({ samples: new Int16Array(0) }), /whole records/],
    ['no signal', { signals: [] }, /no signal/],
    [
      'signals of different lengths',
      { signals: [SIGNAL, { ...SIGNAL, samplesPerRecord: 3 }] },
      /whole records/,
    ],
    ['a record duration of 0', { recordDuration: 0 }, /duration/],
    ['a record duration of more than 8 characters', { recordDuration: 1 / 3 }, /8 characters/],
    [
      'a record above 61440 bytes',
      signal({ samplesPerRecord: 40_000, samples: new Int16Array(40_000) }),
      /61440/,
    ],
    ['annotations in plain EDF', { format: 'EDF', ...note({}) }, /Plain EDF/],
    ['EDF+D without record times', { format: 'EDF+D' }, /onset of every record/],
    ['record times in EDF+C', { recordOnsets: [0, 1, 2] }, /EDF\+D/],
    [
      'record times that overlap',
      { format: 'EDF+D', recordOnsets: [0, 0.5, 2] },
      /before record 0 has ended/,
    ],
    ['fewer record times than records', { format: 'EDF+D', recordOnsets: [0, 1] }, /2 record onsets for 3/],
    ['a first record a second late', { format: 'EDF+D', recordOnsets: [1, 2, 3] }, /less than a second/],
    ['a first sample a second late', { firstOnset: 1 }, /less than a second/],
    ['an annotation without text', note({ text: '' }), /must not be empty/],
    ['an annotation with a control character', note({ text: 'a\x14b' }), /control/],
    ['half a character in an annotation', note({ text: '\ud83d' }), /half a character/],
    ['a negative duration', note({ duration: -1 }), /duration/],
    ['an onset that is no number', note({ onset: Number.NaN }), /onset/],
  ]
  it.each(cases)('%s', (_, change, sentence) => {
    const write = () => writeEdf({ ...CONTENT, ...change })
    expect(write).toThrow(expect.objectContaining({ code: 'bad-input' }))
    expect(write).toThrow(sentence)
  })

  it('never repeats a patient field in the refusal', () => {
    const write = () => writeEdf({ ...CONTENT, patient: 'MCH-0234567 F 02-MAY-1951' })
    expect(write).toThrow(expect.objectContaining({ message: expect.not.stringContaining('0234567') }))
  })
})
