/** EDF+ annotations alone, and copies of recordings with marks in them: samples bit by bit, times to the tick. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit } from '../../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { bytesSource } from '../../../shared/bytes.ts'
import { checkRecording } from '../../../shared/edf/check.ts'
import { openRecording, scanRecording } from '../../../shared/edf/recording.ts'
import { type EdfContent, TENTHS_OF_MICROVOLT, writeEdf } from '../../../shared/edf/writer.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { WriteJob } from '../../../shared/interchange/common/format.ts'
import { importEdit, planImport } from '../../../shared/interchange/common/planImport.ts'
import { factsOfRecording, type RecordingFacts } from '../../../shared/interchange/common/recordingFacts.ts'
import { writeAnnotationsFile } from '../../../shared/interchange/edf/annotationsFile.ts'
import { copyChunks, planCopy } from '../../../shared/interchange/edf/copy.ts'
import { edfAnnotations } from '../../../shared/interchange/edf/formats.ts'
import { eventsOfFile } from '../../../shared/interchange/edf/read.ts'
import { ticks } from '../../../shared/units.ts'
import { FIXTURES, fixture } from '../../fixtures/edf/fixtures.ts'
import { blankDocument } from '../../support/annotations.ts'
import { anySet, FACTS, jobOf, kept, NOW, SECOND, setOf } from '../../support/exchange.ts'
import { realRecordings } from '../../support/recordings.ts'

const digest = () => {
  const hash = createHash('sha256')
  return { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') }
}

/** Everything a reader of the file finds, with a digest of every signal's samples. */
async function readAll(bytes: Uint8Array) {
  const source = bytesSource(bytes)
  const opened = await openRecording(source)
  const scanned = await scanRecording(source, opened, { digest })
  const digests = opened.header.signals.flatMap(({ kind }, index) =>
    kind === 'annotations' ? [] : [scanned.digests?.[index]],
  )
  return { ...scanned, header: opened.header, digests, source }
}

async function importBack(bytes: Uint8Array, recording: RecordingFacts): Promise<AnnotationDocument> {
  const { annotations, header } = await readAll(bytes)
  const empty = blankDocument()
  const edit = importEdit(empty, planImport(eventsOfFile(annotations, header, { recording }), recording), NOW)
  return edit === null ? empty : applyEdit(empty, edit)
}

async function copyOf(bytes: Uint8Array, marks: AnnotationDocument, options: Partial<WriteJob> = {}) {
  const source = bytesSource(bytes)
  const recording = await openRecording(source)
  const facts = factsOfRecording(recording, 'night.edf')
  const plan = planCopy(recording, bytes.subarray(0, recording.header.headerBytes), {
    ...jobOf(marks, facts),
    ...options,
  })
  const chunks: Uint8Array[] = []
  for await (const chunk of copyChunks(source, plan)) chunks.push(chunk)
  const copy = new Uint8Array(Buffer.concat(chunks))
  expect(copy.byteLength).toBe(plan.bytes)
  return { copy, facts }
}

const MARKS = setOf(
  [
    { kind: 'hypnic_jerk', onset: ticks(0.4 * SECOND), duration: ticks(0.2 * SECOND), channels: ['Fp1'] },
    { kind: 'mimic', subtype: 'firda', onset: ticks(1_234_567), duration: ticks(1) },
  ],
  [[0, SECOND]],
)

const wave = (count: number) => Int16Array.from({ length: count }, (_, k) => ((k * 7919) % 65_536) - 32_768)
const content = (over: Partial<EdfContent>): Uint8Array =>
  writeEdf({
    format: 'EDF+C',
    patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harry',
    recording: 'Startdate 02-AUG-2016 PSG-1 NN Telemetry',
    start: '2016-08-02T22:15:30',
    recordDuration: 1,
    signals: [
      {
        ...TENTHS_OF_MICROVOLT,
        label: 'EEG Fp1-Ref',
        samplesPerRecord: 256,
        samples: wave(256 * 30),
      },
    ],
    annotations: [{ onset: 2, duration: null, text: 'Lights off' }],
    ...over,
  })

describe('a file of annotations alone', () => {
  test('keeps what it says, to the tick', async () => {
    await fc.assert(
      fc.asyncProperty(anySet, fc.boolean(), async (document, dates) => {
        const bytes = writeAnnotationsFile(jobOf(document, FACTS, dates))
        expect(kept(edfAnnotations, await importBack(bytes, FACTS))).toEqual(kept(edfAnnotations, document))
      }),
    )
  })
  test('conforms to the standard, starts where the recording does, and names nobody', async () => {
    const bytes = writeAnnotationsFile(jobOf(MARKS, FACTS, true))
    expect((await checkRecording(bytesSource(bytes))).deviations).toEqual([])
    const { header, recording } = await readAll(bytes)
    expect(header).toMatchObject({
      format: 'EDF+C',
      patient: 'X X X X',
      recording: 'Startdate 02-AUG-2016 X X X',
      start: '2016-08-02T22:15:30',
    })
    expect(recording.timeline.firstRecordOnset).toBe(0.1234567)
    const neutral = new TextDecoder('latin1').decode(writeAnnotationsFile(jobOf(MARKS)))
    expect(neutral.slice(8, 184).trim()).toMatch(/^X X X X +Startdate X X X X +01\.01\.8500\.00\.00$/)
  })
  test('of ten thousand marks has records that EDF allows', async () => {
    const many = setOf(
      Array.from({ length: 10_000 }, (_, k) => ({
        ...{
          kind: 'hypnic_jerk' as const,
          onset: ticks(k * 1000 + 1_234_567),
          duration: ticks(7),
          channels: ['EMG Chin'],
        },
      })),
    )
    const bytes = writeAnnotationsFile(jobOf(many))
    const { header } = await readAll(bytes)
    expect(header.recordBytes).toBeLessThanOrEqual(61_440)
    expect((await importBack(bytes, FACTS)).marks).toHaveLength(10_000)
  })
  test('tells the patient only where that was asked for, also from a header of free text', () => {
    const patient = (text: string) => {
      const job = { ...jobOf(MARKS), identification: { patient: text, recording: 'any old  text' } }
      const bytes = writeAnnotationsFile({ ...job, options: { dates: true, patient: true } })
      return new TextDecoder('latin1').decode(bytes.subarray(8, 168)).replace(/ +/g, ' ').trim()
    }
    expect(patient('MCH-1 F 02-MAY-1951 Harry')).toBe(
      'MCH-1 F 02-MAY-1951 Harry Startdate 02-AUG-2016 X X any_old_text',
    )
    expect(patient('Jürgen Müller')).toContain('X X X Jurgen_Muller ')
  })
})

describe('a copy of the recording', () => {
  test.for([
    ['EDF+C with annotations', content({})],
    ['EDF+C that starts within a second', content({ firstOnset: 0.1234567 })],
    [
      'EDF+D with gaps',
      content({
        format: 'EDF+D',
        recordOnsets: Array.from({ length: 30 }, (_, k) => (k < 9 ? k : k + 100.5)),
      }),
    ],
    ['plain EDF', content({ format: 'EDF', annotations: [] })],
  ] as const)('of %s has its samples, its annotations, and the marks', async ([, bytes]) => {
    const before = new Uint8Array(bytes)
    const { copy, facts } = await copyOf(bytes, MARKS)
    expect(bytes).toEqual(before)
    const [was, is] = [await readAll(bytes), await readAll(copy)]
    expect(is.digests).toEqual(was.digests)
    expect(is.recording.timeline.segments).toEqual(was.recording.timeline.segments)
    expect(is.annotations).toEqual(expect.arrayContaining([...was.annotations]))
    expect((await checkRecording(is.source)).deviations).toEqual([])
    expect(kept(edfAnnotations, await importBack(copy, facts))).toEqual(kept(edfAnnotations, MARKS))
    expect(new TextDecoder('latin1').decode(copy)).not.toMatch(/Haagse|MCH|02\.08\.16|2016/)
  })

  test.for(FIXTURES.map(({ name }) => name))('of "%s" has the same samples, or is refused', async (name) => {
    const bytes = fixture(name)
    const source = await openRecording(bytesSource(bytes)).catch(() => null)
    if (source === null) return
    try {
      const { copy } = await copyOf(bytes, MARKS)
      const [was, is] = [await readAll(bytes), await readAll(copy)]
      expect(is.digests).toEqual(was.digests)
      expect(is.annotations.map(({ text }) => text)).toEqual(
        expect.arrayContaining(['Mimic: FIRDA', 'Reviewed']),
      )
    } catch (thrown) {
      if (!(thrown instanceof ReviewError)) throw thrown
      expect(thrown.message).toMatch(/^This recording cannot be copied as EDF\+: .+\.$/)
    }
  })

  const real = realRecordings()
  test.skipIf(real.length === 0)('of every real recording has the same samples, or is refused', async () => {
    let copied = 0
    for (const { path } of real) {
      const bytes = new Uint8Array(readFileSync(path))
      const made = await copyOf(bytes, MARKS).catch((thrown: unknown) => {
        if (thrown instanceof ReviewError) return null
        throw thrown
      })
      if (made === null) continue
      copied += 1
      expect((await readAll(made.copy)).digests).toEqual((await readAll(bytes)).digests)
    }
    expect(copied).toBeGreaterThan(real.length / 2)
  })

  test.for([
    [
      'digital minimum above maximum',
      'the digital minimum of signal 1 (EEG Fp1-Ref) is not below its maximum',
    ],
    ['an unreadable range', 'the physicalMax of signal 1 is no plain number'],
  ] as const)('of %s is refused: what is written is strict', async ([name, reason]) => {
    await expect(copyOf(fixture(name), MARKS)).rejects.toThrow(reason)
  })

  test('can be cancelled between two blocks', async () => {
    const source = bytesSource(content({}))
    const recording = await openRecording(source)
    const plan = planCopy(recording, await source.slice(0, recording.header.headerBytes), jobOf(MARKS))
    const chunks = copyChunks(source, plan, { signal: AbortSignal.abort() })
    await chunks.next()
    await expect(chunks.next()).rejects.toMatchObject({ code: 'cancelled' })
  })
})
