/** Sets, recordings and ways there and back for tests of what travels to other programs. */
import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import { importMarks } from '../../shared/annotation/edits.ts'
import { CONFIDENCES, codesOf, EVIDENCE, KINDS, MIMICS } from '../../shared/annotation/kinds.ts'
import { plainText } from '../../shared/annotation/plainText.ts'
import { addReviewed } from '../../shared/annotation/reviewed.ts'
import type { TextFormat, WriteJob } from '../../shared/interchange/common/format.ts'
import { importEdit, planImport } from '../../shared/interchange/common/planImport.ts'
import type { RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import { formatOf } from '../../shared/interchange/formats.ts'
import { TICKS_PER_SECOND, type Ticks, ticks } from '../../shared/units.ts'
import { blankDocument } from './annotations.ts'
import { anyText } from './texts.ts'

export const SECOND = TICKS_PER_SECOND
const LENGTH = 3600 * SECOND

/** An hour that begins 0.1234567 s after its header's second, with an electrode that is recorded against another. */
export const FACTS: RecordingFacts = {
  name: 'night.edf',
  start: '2016-08-02T22:15:30',
  firstSample: ticks(1_234_567),
  end: ticks(1_234_567 + LENGTH),
  gaps: 0,
  signals: ['EEG Fp1-Ref', 'EEG Fp2-Ref', 'EEG C3-Ref', 'EEG P3-O1', 'EMG Chin', 'ECG'].map((label) => ({
    label,
    sampleRate: 256,
  })),
}

export function textFormat(id: string): TextFormat {
  const format = formatOf(id)
  if (format?.medium !== 'text') throw new Error(`no format of text is called ${id}`)
  return format
}

export const NOW = { author: 'JS', now: '2026-01-31T08:00:00.000Z' }

export type GivenMark = Pick<Mark, 'kind' | 'onset' | 'duration'> & Partial<Mark>

export function setOf(marks: readonly GivenMark[], reviewed: readonly (readonly [number, number])[] = []) {
  const whole = marks.map((mark) => ({
    ...{ subtype: null, channels: [], confidence: null, evidence: [], comment: '', view: null },
    ...mark,
  }))
  let document = blankDocument()
  const edit = importMarks(document, whole, NOW)
  if (edit !== null) document = applyEdit(document, edit)
  for (const [start, end] of reviewed) {
    const more = addReviewed(document, { start: ticks(start), end: ticks(end) }, NOW)
    if (more !== null) document = applyEdit(document, more)
  }
  return document
}

export function jobOf(
  document: AnnotationDocument,
  recording: RecordingFacts = FACTS,
  dates = false,
): WriteJob {
  return { document, recording, options: { dates, patient: false } }
}

/** Through a format's text and back, into an empty set. */
export function thereAndBack(format: TextFormat, job: WriteJob): AnnotationDocument {
  const [file] = format.write(job)
  return readInto(format, file?.text ?? '', job.recording)
}

export function readInto(
  format: TextFormat,
  text: string,
  recording: RecordingFacts = FACTS,
): AnnotationDocument {
  const empty = blankDocument()
  const edit = importEdit(empty, planImport(format.read(text, { recording }), recording), NOW)
  return edit === null ? empty : applyEdit(empty, edit)
}

/** What a format says it keeps of a set, in an order of its own. */
export function kept(format: Pick<TextFormat, 'keeps' | 'kinds'>, { marks, reviewed }: AnnotationDocument) {
  const has = (field: TextFormat['keeps'][number]) => format.keeps.includes(field)
  return {
    marks: marks
      .filter(({ kind }) => format.kinds.includes(kind))
      .map((mark) => ({
        kind: mark.kind,
        onset: mark.onset,
        duration: mark.duration,
        ...(has('subtype') && { subtype: mark.subtype }),
        ...(has('channels') && { channels: [...mark.channels].sort() }),
        ...(has('confidence') && { confidence: mark.confidence }),
        ...(has('evidence') && { evidence: mark.evidence }),
        ...(has('comment') && { comment: mark.comment }),
        ...(has('author') && { author: mark.author }),
      }))
      .map((mark) => JSON.stringify(mark))
      .sort(),
    ...(has('reviewed') && { reviewed: reviewed.map(({ onset, duration }) => [onset, duration]) }),
  }
}

const span = fc.tuple(fc.nat(LENGTH), fc.nat(LENGTH)).map(([a, b]) => ({
  onset: (1_234_567 + Math.min(a, b)) as Ticks,
  duration: Math.abs(a - b) as Ticks,
}))
const what = fc.oneof(
  fc.constantFrom(...codesOf(KINDS)).map((kind) => ({ kind, subtype: null })),
  fc.constantFrom(...codesOf(MIMICS)).map((subtype) => ({ kind: 'mimic' as const, subtype })),
)
const comment = fc
  .oneof(anyText({ maxLength: 40 }), fc.constantFrom('=1+1', '@x', "'-", '"a"', 'a,"b"', '\n', '-'))
  .map(plainText)
const mark = fc.record({
  at: span,
  what,
  channels: fc.uniqueArray(fc.constantFrom('Fp1', 'Fp2', 'C3', 'EMG Chin', 'ECG', 'P3', 'O1', 'T7')),
  confidence: fc.constantFrom(...codesOf(CONFIDENCES), null),
  evidence: fc.subarray([...codesOf(EVIDENCE)]),
  comment,
  author: fc.constantFrom('JS', 'AB'),
})

/** Sets of any content; no two marks of one kind have the same span. */
export const anySet: fc.Arbitrary<AnnotationDocument> = fc
  .tuple(
    fc.uniqueArray(mark, { maxLength: 12, selector: ({ at, what }) => JSON.stringify([at, what]) }),
    fc.array(fc.tuple(fc.nat(LENGTH), fc.nat(LENGTH)), { maxLength: 4 }),
  )
  .map(([marks, reviewed]) =>
    setOf(
      marks.map(({ at, what, ...rest }) => ({ ...at, ...what, ...rest })),
      reviewed.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
    ),
  )

/** A Python that can import `module`, or null, which is said aloud. */
export function pythonWith(module: string): string | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (spawnSync(python, ['-c', `import ${module}`]).status === 0) return python
  }
  console.log(`  skipped: no Python with ${module} on this machine`)
  return null
}

/** Whether `bids-validator` is on this machine; that it is not is said aloud. */
export function hasBidsValidator(): boolean {
  if (spawnSync('bids-validator', ['--version']).status === 0) return true
  console.log('  skipped: no bids-validator on this machine (npm install -g bids-validator)')
  return false
}

/** A program that reads an EDF file with EDFlib, built in `folder`; null where this machine has none, which is said aloud. */
export function buildEdflib(folder: string): string | null {
  const program = path.join(folder, 'edflib')
  const source = fileURLToPath(new URL('../fixtures/interchange/edflib.c', import.meta.url))
  if (spawnSync('cc', [source, '-ledf', '-o', program]).status === 0) return program
  console.log('  skipped: no EDFlib (libedf-dev) or no C compiler on this machine')
  return null
}

/** What a piece of Python prints, as JSON. */
export function runPython(python: string, script: string, ...args: readonly string[]): unknown {
  return JSON.parse(execFileSync(python, ['-c', script, ...args], { encoding: 'utf8' }))
}
