/**
 * The proof sheet of a clip: field by field what was removed and what is kept, and what was looked at again in the written
 * file. What was removed is never in it, nor where in the recording the clip lies. For the reader: `formatProof`.
 */
import type { SignalCells } from '../edf/encodeHeader.ts'
import type { SignalHeader } from '../edf/header/model.ts'
import { displayName } from '../shownText.ts'
import { TEACHING_STATEMENT } from '../statement.ts'
import { formatDuration } from '../text/clock.ts'
import type { Seconds } from '../units.ts'
import { isFilled } from './channels.ts'
import type { ClipEvents } from './events.ts'
import { repeatsWord } from './identifyingWords.ts'
import type { ClipRequest, ClipSource, ClipText, ProofLine } from './model.ts'
import type { TextField } from './words.ts'

type Planned = {
  readonly source: ClipSource
  readonly request: ClipRequest
  readonly signals: readonly SignalHeader[]
  readonly cells: readonly SignalCells[]
  readonly gaps: number
  readonly texts: readonly ClipText[]
  readonly marks: ClipEvents
  readonly notes: ClipEvents
  /** Noted where the channel that tells them is left out. */
  readonly pauses: number
  readonly length: Seconds
  readonly words: readonly string[]
}

export function proofLines(planned: Planned): readonly ProofLine[] {
  const { source, signals, texts } = planned
  const { header } = source.recording
  const reserved = signals.filter(({ index }) => isFilled(header, source.raw, 'reserved', index)).length
  return [
    line(
      'Patient identification',
      'removed',
      `${was(header.patient, 'code, sex, birthdate, name')}: written as X X X X`,
    ),
    line(
      'Recording identification',
      'removed',
      `${was(header.recording, 'date, code, technician, equipment')}: written as Startdate X X X X`,
    ),
    line(
      'Date and time of day',
      'removed',
      'written as 01.01.85 00.00.00; times count from the start of the clip',
    ),
    line('File name', 'removed', 'the clip has a name of its own'),
    line(
      'Reserved fields',
      'removed',
      reserved === 0 ? 'made anew' : `made anew; ${channels(reserved)} had a text there`,
    ),
    samplesLine(planned),
    ...tailLines(planned),
    line('Ranges', 'kept', 'physical and digital minimum and maximum of every channel, as they are written'),
    ...(['label', 'unit', 'transducer', 'prefilter'] as const).flatMap((field) => textLines(field, texts)),
    ...annotationLines(planned),
    ...marksLines(planned),
    ...pauseLines(planned),
    line('The signal itself', 'kept', 'who has the recording can tell that the clip is of it'),
  ]
}

/** What a field may have said, or that it said nothing. */
function was(field: string, parts: string): string {
  return /^(?:startdate)?[\sx]*$/i.test(field) ? 'nothing was in it' : parts
}

function line(field: string, what: ProofLine['what'], says: string): ProofLine {
  return { field, what, says }
}

function samplesLine({ source, signals, length, gaps }: Planned): ProofLine {
  const all = source.recording.header.signals.filter(({ kind }) => kind !== 'annotations').length
  const without = gaps === 0 ? '' : `, with ${gaps === 1 ? '1 gap' : `${gaps} gaps`} as in the recording`
  const left = all - signals.length
  const out = left === 0 ? '' : `; ${channels(left)} of the recording left out`
  return line(
    'Samples',
    'kept',
    `${formatDuration(length)} of ${channels(signals.length)}, digital value by digital value${without}${out}`,
  )
}

/** What follows the last record that the header counts may be samples, or whatever else somebody put there. */
function tailLines({ source }: Planned): readonly ProofLine[] {
  const { claimedRecords, records } = source.recording.header
  if (claimedRecords === null || claimedRecords < 0 || claimedRecords >= records) return []
  const more = records - claimedRecords === 1 ? '1 record' : `${records - claimedRecords} records`
  return [
    line(
      'End of the file',
      'kept',
      `${more} after those that the header counts, as samples: look at the traces there`,
    ),
  ]
}

const NAMES: Readonly<Record<TextField, string>> = {
  label: 'Labels',
  unit: 'Units',
  transducer: 'Transducers',
  prefilter: 'Filters',
  annotation: 'The recording’s annotations',
}

/** What stands for a text of a field that stays behind. */
const INSTEAD: Readonly<Record<Exclude<TextField, 'annotation'>, string>> = {
  label: 'what it records and its number stand instead',
  unit: 'left empty',
  transducer: 'left empty',
  prefilter: 'left empty',
}

function textLines(
  field: Exclude<TextField, 'annotation'>,
  texts: readonly ClipText[],
): readonly ProofLine[] {
  const own = texts.filter((text) => text.field === field)
  const gone = own.filter(({ goes }) => !goes)
  const removed = gone.reduce((sum, { count }) => sum + count, 0)
  const what = field === 'label' ? 'replaced' : 'removed'
  return [
    ...keptLine(field, own),
    ...(removed === 0 ? [] : [line(NAMES[field], what, `of ${channels(removed)}: ${INSTEAD[field]}`)]),
  ]
}

function keptLine(field: TextField, own: readonly ClipText[]): readonly ProofLine[] {
  const kept = own.filter(({ goes }) => goes)
  if (kept.length === 0) return []
  const approved = kept.filter(({ isKnown }) => !isKnown)
  const say = ({ text, count }: ClipText) => `“${displayName(text)}”${count > 1 ? ` ×${count}` : ''}`
  const known = kept.filter(({ isKnown }) => isKnown)
  return [
    ...(known.length === 0
      ? []
      : [line(NAMES[field], 'kept', `words of the field: ${known.map(say).join(', ')}`)]),
    ...(approved.length === 0
      ? []
      : [line(NAMES[field], 'kept', `let through by a reader: ${approved.map(say).join(', ')}`)]),
  ]
}

function annotationLines({ source, request, texts, notes }: Planned): readonly ProofLine[] {
  const field = NAMES.annotation
  if (!request.notes) {
    return source.annotations.length === 0 ? [] : [line(field, 'removed', 'none goes along')]
  }
  const own = texts.filter((text) => text.field === 'annotation')
  const kinds = own.filter(({ goes }) => !goes).length
  return [
    ...keptLine('annotation', own),
    ...(notes.removed === 0
      ? []
      : [
          line(
            field,
            'removed',
            `${notes.removed} of them, with ${kinds === 1 ? '1 text' : `${kinds} different texts`}`,
          ),
        ]),
    ...edges(field, notes, 'annotation'),
  ]
}

function marksLines({ source, marks }: Planned): readonly ProofLine[] {
  if (source.document === null) return []
  const count = marks.count === 1 ? '1 mark' : `${marks.count} marks`
  return [
    line('Marks', 'kept', `${count}, each by the fixed text of its kind`),
    line('Marks', 'removed', 'reviewer, authors, dates, comments, views, confidence and evidence'),
    ...edges('Marks', marks, 'mark'),
  ]
}

function edges(field: string, { cut, elsewhere }: ClipEvents, one: string): readonly ProofLine[] {
  const many = (count: number) => (count === 1 ? `1 ${one}` : `${count} ${one}s`)
  return [
    ...(cut === 0 ? [] : [line(field, 'replaced', `${many(cut)} cut at an edge of the clip`)]),
    ...(elsewhere === 0 ? [] : [line(field, 'removed', `${many(elsewhere)} on channels that are left out`)]),
  ]
}

function pauseLines({ pauses }: Planned): readonly ProofLine[] {
  return pauses === 0
    ? []
    : [line('Pauses', 'replaced', 'noted as annotations, since the Status channel is left out')]
}

function channels(count: number): string {
  return count === 1 ? '1 channel' : `${count} channels`
}

/** What may still be said of a clip's own name; null: nothing. `words`: those of the recording. */
export function cautionOfName(name: string, words: readonly string[]): string | null {
  return repeatsWord(name.replace(/\.[^.]*$/, ''), words) === null
    ? null
    : 'the name of the file repeats what the recording’s header or name says: rename it before you pass it on'
}

export type WrittenClip = {
  readonly name: string
  readonly bytes: number
  /** Of the whole file, hexadecimal. */
  readonly sha256: string
  /** What was looked at again, one sentence each. */
  readonly checks: readonly string[]
}

/** The sheet as a text of its own, to stand beside the clip. */
export function formatProof(
  proof: readonly ProofLine[],
  { name, bytes, sha256, checks }: WrittenClip,
): string {
  const width = Math.max(...proof.map(({ field }) => field.length))
  return [
    `Proof sheet of ${displayName(name)}`,
    `${bytes} bytes, SHA-256 ${sha256}`,
    '',
    'What was removed and what is kept',
    ...proof.map(({ field, what, says }) => `  ${field.padEnd(width)}  ${what.padEnd(8)}  ${says}`),
    '',
    'Looked at again in the written file',
    ...checks.map((check) => `  ${check}`),
    '',
    TEACHING_STATEMENT,
    '',
  ].join('\n')
}
