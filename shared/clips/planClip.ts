/**
 * A clip: a span and some channels of a recording as an EDF+ file of its own that names nobody. Decided here, with nothing
 * read but what is handed over; written by `clipChunks`, looked at again by `checkClip`. For the reader: `planClip`.
 *
 * Samples are the recording's own, digital value by digital value, with their ranges. Patient, recording, date and clock are
 * replaced as EDF+ has it (2.1.3.3, 2.1.3.4: X; 01.01.85), what is text goes only where it is a word of the field or a reader
 * let it through, everything else of the header is made anew. A clip counts from its first sample; a whole recording keeps its
 * axis within the second, so that sets made on it fit its copy.
 */
import { annotationCells, encodeHeader, type SignalCells } from '../edf/encodeHeader.ts'
import type { FileAnnotation, Recording, SignalHeader } from '../edf/header/model.ts'
import { annotationList } from '../edf/writer.ts'
import { ReviewError } from '../failure.ts'
import { factsOfRecording } from '../interchange/common/recordingFacts.ts'
import { formatSeconds } from '../interchange/common/seconds.ts'
import { NEUTRAL_FIELDS } from '../interchange/edf/identification.ts'
import { keepTime, shareOut } from '../interchange/edf/tals.ts'
import { type Seconds, secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../units.ts'
import { channelCells, chooseSignals } from './channels.ts'
import { type ClipTimes, eventsOfFile, eventsOfSet } from './events.ts'
import { type ClipGrid, momentOf, planGrid } from './grid.ts'
import { identifyingWords } from './identifyingWords.ts'
import type { ClipEvent, ClipPlan, ClipRequest, ClipRun, ClipSource } from './model.ts'
import { proofLines } from './proof.ts'
import { createTextGate } from './texts.ts'

/** EDFbrowser takes no larger records. */
const LARGEST_RECORD_BYTES = 10_000_000
/** A point and seven digits. */
const DECIMALS = 8

/**
 * Throws ReviewError `bad-input` or `unsupported`, one sentence, where there is nothing to write or EDF+ has no way to write it.
 */
export function planClip(source: ClipSource, request: ClipRequest): ClipPlan {
  const { recording, raw, name, document } = source
  const { header } = recording
  const signals = chooseSignals(header, raw, request.signals)
  const grid = planGrid(recording, signals, request.span)
  const words = identifyingWords(header, name)
  const gate = createTextGate(request.keep, words)
  const channels = channelCells({ header, raw, signals }, gate)
  const cells = channels.map((cell, slot): SignalCells => {
    const { samplesPerRecord } = signals[slot] as SignalHeader
    return {
      ...cell,
      samplesPerRecord: String((samplesPerRecord / grid.unitsPerSourceRecord) * grid.unitsPerRecord),
    }
  })
  const isWhole = request.span === 'whole'
  const axis = clipAxis(grid, isWhole)
  const times: ClipTimes = {
    toClip: axis.toClip,
    window: isWhole ? null : { start: axis.first, end: axis.end },
  }
  const labels = new Map(signals.map(({ index }, slot) => [index, cells[slot]?.label ?? '']))
  const inClip = { header, labels }
  const marks = eventsOfSet(document, factsOfRecording(recording, name), times, inClip)
  const notes = eventsOfFile(request.notes ? source.annotations : [], gate, times, inClip)
  const pauses = eventsOfFile(pausesLeftOut(recording, signals), gate, times, inClip)
  const events = [...marks.events, ...notes.events, ...pauses.events].sort((a, b) => a.onset - b.onset)
  const family = header.bytesPerSample === 2 ? 'EDF' : 'BDF'
  const format = `${family}+${axis.runs.length === 1 ? 'C' : 'D'}` as const
  const { room, annotationsOf } = annotationRoom(events, grid.records, axis, header.bytesPerSample)
  const sampleBytes =
    cells.reduce((sum, cell) => sum + Number(cell.samplesPerRecord), 0) * header.bytesPerSample
  refuseLargeRecord(sampleBytes + room)
  const headerBytes = encodeHeader({
    ...{ family, identification: NEUTRAL_FIELDS, reserved: format, records: grid.records },
    recordDuration: formatSeconds(grid.recordTicks),
    signals: [...cells, annotationCells(family, room / header.bytesPerSample)],
  })
  const texts = gate.texts()
  const length = secondsFromTicks((grid.recordTicks * grid.records) as Ticks)
  return {
    ...{ header, format, cells, grid, headerBytes, events, annotationsOf, texts, words, length },
    signals: signals.map(({ index }) => index),
    onsetOf: axis.onsetOf,
    runs: axis.runs,
    toClip: axis.toClip,
    bytes: headerBytes.byteLength + grid.records * (sampleBytes + room),
    span: axis.span,
    proof: proofLines({
      ...{
        source,
        request,
        signals,
        cells,
        gaps: axis.runs.length - 1,
        texts,
        marks,
        notes,
        pauses: pauses.count,
        length,
        words,
      },
    }),
  }
}

/** A pause of a BioSemi recording is told by its Status channel; where that is left out, a note tells what no filter may cross. */
function pausesLeftOut(
  { status, timeline }: Recording,
  signals: readonly SignalHeader[],
): readonly FileAnnotation[] {
  if (status === undefined || signals.some(({ index }) => index === status.signal)) return []
  return (timeline.breaks ?? []).map((onset) => ({
    ...{ onset, duration: null, text: 'Recording was paused', channel: null },
  }))
}

type Axis = {
  readonly toClip: (time: Ticks) => Ticks
  readonly onsetOf: (record: number) => Ticks
  readonly runs: readonly ClipRun[]
  readonly first: Ticks
  readonly end: Ticks
  readonly span: { readonly start: Seconds; readonly end: Seconds }
}

/** Moments are fractions of a tick over one denominator until they are rounded, once. */
function clipAxis({ pieces, unit, unitsPerRecord, recordTicks }: ClipGrid, isWhole: boolean): Axis {
  const scale = unit.denominator
  const starts = pieces.map((piece) => momentOf(piece, piece.from, unit))
  const first = starts[0] ?? 0n
  const last = pieces.at(-1)
  const end = last === undefined ? 0n : momentOf(last, last.to, unit)
  const second = BigInt(TICKS_PER_SECOND) * scale
  // EDF+ 2.2.4: the first record begins less than a second after the start second.
  const shift = isWhole ? first - mod(first, second) : first
  const at = (moment: bigint) => round(moment - shift, scale)
  const onsets = starts.map(at)
  const runs: { record: number; records: number; onset: Ticks }[] = []
  for (const [index, { from, to }] of pieces.entries()) {
    const records = (to - from) / unitsPerRecord
    const onset = onsets[index] as Ticks
    const last = runs.at(-1)
    const due = last === undefined ? null : last.onset + last.records * recordTicks
    // Stretches that lie elsewhere in the file may follow one another all the same; onsets are rounded to the tick.
    if (last !== undefined && due !== null && Math.abs(onset - due) <= 1) last.records += records
    else runs.push({ record: (last?.record ?? 0) + (last?.records ?? 0), records, onset })
  }
  return {
    toClip: (time) => at(BigInt(time) * scale),
    onsetOf: (asked) => {
      const run = runs[lastBefore(runs, asked)] ?? { record: 0, onset: 0 }
      return (run.onset + (asked - run.record) * recordTicks) as Ticks
    },
    runs,
    first: at(first),
    end: at(end),
    span: {
      start: secondsFromTicks(round(first, scale)),
      end: secondsFromTicks(round(end, scale)),
    },
  }
}

function lastBefore(runs: readonly { readonly record: number }[], record: number): number {
  let [low, high] = [0, runs.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((runs[middle]?.record ?? 0) <= record) low = middle
    else high = middle - 1
  }
  return low
}

function mod(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by
}

/** To the nearest whole. */
function round(over: bigint, by: bigint): Ticks {
  const doubled = 2n * over + by
  const whole = (doubled - mod(doubled, 2n * by)) / (2n * by)
  return Number(whole) as Ticks
}

/** Room for the record times and the events, the same in every record; no list crosses a record. */
function annotationRoom(
  events: readonly ClipEvent[],
  records: number,
  { onsetOf, runs }: Pick<Axis, 'onsetOf' | 'runs'>,
  bytesPerSample: number,
) {
  const encoder = new TextEncoder()
  const lists = events.map(({ onset, duration, text }) =>
    encoder.encode(
      annotationList(
        {
          onset: secondsFromTicks(onset),
          duration: duration === null ? null : secondsFromTicks(duration),
          text,
        },
        onset,
      ),
    ),
  )
  const { bytes, counts } = shareOut(lists, records)
  const firstOf: number[] = []
  let sum = 0
  for (const count of counts) {
    firstOf.push(sum)
    sum += count
  }
  // Of any record's time no more is written than of the last one's whole seconds, with decimals where some have them.
  const isWhole = [records - 1, ...runs.map(({ record }) => record), 1].every(
    (record) => onsetOf(Math.min(record, records - 1)) % TICKS_PER_SECOND === 0,
  )
  const last = Math.floor(onsetOf(records - 1) / TICKS_PER_SECOND) * TICKS_PER_SECOND
  const timeBytes = keepTime(last as Ticks).byteLength + (isWhole ? 0 : DECIMALS)
  const room = bytesPerSample * Math.ceil((bytes + timeBytes) / bytesPerSample)
  const annotationsOf = (record: number) => {
    const block = new Uint8Array(room)
    const from = firstOf[record] ?? lists.length
    const own = [keepTime(onsetOf(record)), ...lists.slice(from, from + (counts[record] ?? 0))]
    let at = 0
    for (const list of own) {
      block.set(list, at)
      at += list.byteLength
    }
    return block
  }
  return { room, annotationsOf }
}

function refuseLargeRecord(bytes: number): void {
  if (bytes <= LARGEST_RECORD_BYTES) return
  throw new ReviewError(
    'unsupported',
    `A data record of the clip would have ${bytes} bytes, more than other programs read: choose fewer channels or annotations.`,
  )
}
