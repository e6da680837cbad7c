/**
 * The evidence on one span: every entry of the table, measured on true samples in bands of its own. Neither the montage
 * nor the filters of the page have a part in it. For the reader: `measureEvidence`.
 */
import type { ByteSource } from '../bytes.ts'
import type { FileAnnotation, Recording } from '../edf/header/model.ts'
import { readSpan } from '../edf/recording.ts'
import { throwIfCancelled } from '../edf/records/walkRecords.ts'
import { computeValues } from '../signal/view.ts'
import type { Span } from '../units.ts'
import type { Entry, Line, Measured, MeasureInput, Need } from './common/entry.ts'
import { ENTRIES } from './entries.ts'
import type { Evidence, EvidenceFinding, EvidencePicture, EvidenceRow } from './evidence.ts'
import { listChannels, planEvidence, type Reading } from './planEvidence.ts'
import { SUBJECTS } from './subjects.ts'

export type EvidenceOptions = {
  readonly span: Span
  /** By header index: nothing is measured on those. */
  readonly bad?: readonly number[]
  readonly notes: readonly FileAnnotation[]
  /** false: more may be read yet. */
  readonly areNotesComplete: boolean
  /** Only these entries, by id; absent: all. */
  readonly only?: readonly string[]
  readonly entries?: readonly Entry[]
  readonly giveWay?: () => Promise<void>
  readonly signal?: AbortSignal
}

/** In CSS pixels of the card, about. */
const PICTURE_COLUMNS = 120
/** Some 12 MB of values. */
const SAMPLES_AT_ONCE = 1_500_000

/** Throws ReviewError `cancelled`, or what the source throws. */
export async function measureEvidence(
  source: ByteSource,
  recording: Recording,
  options: EvidenceOptions,
): Promise<Evidence> {
  const { span, bad = [], notes, areNotesComplete, only, giveWay = async () => {}, signal } = options
  const { entries = ENTRIES } = options
  const wanted = only === undefined ? entries : entries.filter(({ id }) => only.includes(id))
  const lines = new Map<Need, readonly Line[]>()
  const cut = new Map<Need, string>()
  for (const reading of planEvidence(recording, wanted, span, bad)) {
    const read = await readLines(source, recording, reading, giveWay, signal)
    for (const need of reading.needs) {
      lines.set(need, read)
      const looked = reading.lines.length
      if (looked < reading.of)
        cut.set(need, `Measured on the first ${looked} of ${reading.of} such channels.`)
    }
  }
  const shared = {
    span,
    channels: listChannels(recording, bad),
    timeline: recording.timeline,
    notes,
    areNotesComplete,
    start: recording.header.start,
    giveWay,
  }
  const rows: EvidenceRow[] = []
  for (const entry of wanted) {
    await giveWay()
    throwIfCancelled(signal)
    const named = Object.entries(entry.needs).map(([name, need]) => [name, lines.get(need) ?? []] as const)
    const input: MeasureInput = { ...shared, lines: Object.fromEntries(named) }
    const answer = await entry.measure(input)
    if (answer === null) continue
    const finding: EvidenceFinding =
      answer.is === 'refused'
        ? answer
        : {
            ...noting(
              answer,
              Object.values(entry.needs).flatMap((need) => cut.get(need) ?? []),
            ),
            picture: pictureOf(answer, named),
          }
    const { id, label, criteria, algorithm, error } = entry
    const subject = entry.side === 'missing' ? entry.about : entry.side
    const isMissing = entry.side === 'missing'
    rows.push({ entry: id, subject, isMissing, label, finding, criteria, algorithm, error })
  }
  return { span, rows: SUBJECTS.flatMap(({ subject }) => inOrder(rows, subject)) }
}

/** With what else is to be known of a value. */
function noting(answer: Measured, more: readonly string[]): Measured {
  const notes = [...new Set([...(answer.note === undefined ? [] : [answer.note]), ...more])]
  return notes.length === 0 ? answer : { ...answer, note: notes.join(' ') }
}

/** What is missing stands first in its group. */
function inOrder(rows: readonly EvidenceRow[], wanted: EvidenceRow['subject']): readonly EvidenceRow[] {
  const group = rows.filter(({ subject }) => subject === wanted)
  return [...group.filter(({ isMissing }) => isMissing), ...group.filter(({ isMissing }) => !isMissing)]
}

/** Read some at a time and filtered one by one, so that a page waits for one line at most. */
async function readLines(
  source: ByteSource,
  recording: Recording,
  { lines, span }: Reading,
  giveWay: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<readonly Line[]> {
  const read: Line[] = []
  for (const batch of batchesOf(lines)) {
    throwIfCancelled(signal)
    const [{ view }] = batch as [Planned, ...Planned[]]
    const signals = [...new Set(batch.flatMap((line) => line.view.signals))].sort((a, b) => a - b)
    // What a reader may cite is decoded by another hand than the page; a test proves both the same.
    const samples = await readSpan(source, recording, signals, view.readSpan, { decoder: 'edfdecoder' })
    for (const { facts, view: own } of batch) {
      await giveWay()
      const derived = computeValues(own, samples, span).find(({ derivation }) => derivation.id === facts.id)
      if (derived !== undefined && derived.pieces.length > 0) read.push({ ...facts, pieces: derived.pieces })
    }
  }
  return read
}

type Planned = Reading['lines'][number]

function batchesOf(lines: readonly Planned[]): readonly (readonly Planned[])[] {
  const batches: Planned[][] = []
  let samples = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const { start, end } = line.view.readSpan
    const more = (end - start) * line.facts.sampleRate * line.view.signals.length
    if (samples + more > SAMPLES_AT_ONCE) {
      batches.push([])
      samples = 0
    }
    batches.at(-1)!.push(line)
    samples += more
  }
  return batches
}

function pictureOf(
  { where }: Measured,
  lines: readonly (readonly [string, readonly Line[]])[],
): EvidencePicture | null {
  if (where === null || where.channel === null) return null
  const line = lines.flatMap(([, each]) => each).find(({ channel }) => channel === where.channel)
  if (line === undefined) return null
  const { span, channel, moments = [] } = where
  return { span, channel, unit: line.unit, columns: columnsOf(line, span), moments }
}

function columnsOf({ pieces, sampleRate }: Line, { start, end }: Span): EvidencePicture['columns'] {
  const samples = Math.max(1, Math.round((end - start) * sampleRate))
  const count = Math.min(PICTURE_COLUMNS, samples)
  const columns: ([number, number] | null)[] = Array.from({ length: count }, () => null)
  for (const piece of pieces) {
    const first = (piece.start - start) * sampleRate
    const from = Math.max(0, Math.ceil(-first))
    const to = Math.min(piece.values.length, Math.ceil(samples - first))
    for (let i = from; i < to; i++) {
      const column = Math.min(count - 1, Math.floor(((first + i) / samples) * count))
      const value = piece.values[i]!
      const known = columns[column]
      if (known == null) columns[column] = [value, value]
      else if (value < known[0]) known[0] = value
      else if (value > known[1]) known[1] = value
    }
  }
  return columns
}
