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
  const readings = planEvidence(recording, wanted, span, bad)
  const readingOf = new Map(readings.flatMap((reading) => reading.needs.map((need) => [need, reading])))
  const atHand = new Map<Reading, readonly Line[]>()

  /** Read with the first entry that needs it, and shared by all: what one finds in them is found once. */
  async function linesFor(need: Need): Promise<readonly Line[]> {
    const reading = readingOf.get(need)
    if (reading === undefined) return []
    const read = atHand.get(reading) ?? (await readLines(source, recording, reading, giveWay, signal))
    atHand.set(reading, read)
    return read
  }

  /** Minutes of many fast channels are 100 MB a reading: none stays longer than an entry needs it. */
  function keepOnlyFor(entriesToCome: readonly Entry[]): void {
    const needed = new Set(entriesToCome.flatMap((entry) => readingsOf(entry)))
    for (const reading of atHand.keys()) if (!needed.has(reading)) atHand.delete(reading)
  }

  function readingsOf({ needs }: Entry): readonly Reading[] {
    return Object.values(needs).flatMap((need) => readingOf.get(need) ?? [])
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
  for (const [index, entry] of wanted.entries()) {
    await giveWay()
    throwIfCancelled(signal)
    const named: (readonly [string, readonly Line[]])[] = []
    for (const [name, need] of Object.entries(entry.needs)) named.push([name, await linesFor(need)])
    keepOnlyFor(wanted.slice(index + 1))
    const input: MeasureInput = { ...shared, lines: Object.fromEntries(named) }
    const answer = await entry.measure(input)
    if (answer === null) continue
    const finding: EvidenceFinding =
      answer.is === 'refused'
        ? answer
        : {
            ...noting(answer, readingsOf(entry).flatMap(cutOf)),
            picture: pictureOf(answer, named),
          }
    const { id, label, criteria, algorithm, error } = entry
    const subject = entry.side === 'missing' ? entry.about : entry.side
    const isMissing = entry.side === 'missing'
    rows.push({ entry: id, subject, isMissing, label, finding, criteria, algorithm, error })
  }
  return { span, rows: SUBJECTS.flatMap(({ subject }) => inOrder(rows, subject)) }
}

/** Said where there were more channels than are looked at. */
function cutOf({ lines: { length }, of }: Reading): readonly string[] {
  return length < of ? [`Measured on the first ${length} of ${of} such channels.`] : []
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
      if (derived !== undefined && derived.pieces.length > 0)
        read.push({ ...facts, pieces: inOneBlock(derived.pieces) })
    }
  }
  return read
}

/** Pieces between a thousand gaps a minute, each in memory of its own, take several times what is in them. */
function inOneBlock(pieces: Line['pieces']): Line['pieces'] {
  const block = new Float64Array(pieces.reduce((sum, { values }) => sum + values.length, 0))
  let used = 0
  return pieces.map(({ start, values }) => {
    const own = block.subarray(used, used + values.length)
    own.set(values)
    used += values.length
    return { start, values: own }
  })
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
