/**
 * A written clip looked at again, by the reader that any recording is opened with, before anybody gets it under its name. It
 * does not ask the plan where the samples came from: they are found in the recording anew, by their time. For the reader:
 * `checkClip`.
 */
import type { ByteSource } from '../bytes.ts'
import { SIGNAL_FIELDS } from '../edf/header/layout.ts'
import type { Recording } from '../edf/header/model.ts'
import { openRecording, readHeader } from '../edf/recording.ts'
import { throwIfCancelled } from '../edf/records/walkRecords.ts'
import type { Digest } from '../edf/samples/auditSamples.ts'
import { decodeDigital } from '../edf/samples/kernel.ts'
import { planSpan } from '../edf/samples/planReading.ts'
import { readRanges } from '../edf/samples/readRanges.ts'
import { scan } from '../edf/scanRecording.ts'
import { ReviewError } from '../failure.ts'
import { exactTarget } from '../interchange/common/vocabulary.ts'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../units.ts'
import { asciiOf, isNeutralLabel } from './channels.ts'
import { writable } from './events.ts'
import type { ClipPlan } from './model.ts'
import { isKnown, type TextField } from './words.ts'

/** Of a file whose samples lie outside the range it names, as those of some recordings do: kept as they are. */
const OF_THE_SAMPLES = 'digital-range'

export type CheckOptions = {
  /** Makes the digest of one channel, fed with its digital samples as little-endian 32-bit integers. */
  readonly digest: () => Digest
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
}

/**
 * One sentence for each thing that was found right. Throws ReviewError `internal`, naming it, where one is not: then nothing
 * may be given out.
 */
export async function checkClip(
  source: ByteSource,
  recording: Recording,
  plan: ClipPlan,
  written: ByteSource,
  options: CheckOptions,
): Promise<readonly string[]> {
  const { header, findings } = await readHeader(written)
  await checkHeader(written, header, plan)
  const opened = await openRecording(written)
  const { signal, onProgress } = options
  const scanned = await scan(written, header, {
    samples: true,
    digest: options.digest,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done) => onProgress?.(done / 2),
  })
  const odd = [...findings, ...scanned.findings].find(
    ({ code, legal }) => legal !== true && code !== OF_THE_SAMPLES,
  )
  if (odd !== undefined) throw refuse(`it would deviate from the standard (${odd.field})`)
  checkTimes(scanned.timeline, plan)
  checkAnnotations(scanned.annotations, plan)
  checkTexts(plan)
  await checkSamples({ source, recording, plan }, { opened, digests: scanned.digests ?? [] }, options)
  const channels = plan.signals.length === 1 ? '1 channel' : `${plan.signals.length} channels`
  return [
    'Patient and recording identification are X; date and start time are those of nobody, and agree.',
    `Opens as ${plan.format} without a deviation from the standard.`,
    `${plan.events.length === 1 ? '1 annotation' : `${plan.events.length} annotations`} and all record times are in place.`,
    `The samples of ${channels} are those of the recording, by digest (SHA-256) and by time.`,
    'Every text in header and annotations is a word of the field, or was let through by a reader.',
  ]
}

async function checkHeader(
  written: ByteSource,
  header: Recording['header'],
  { headerBytes, grid, bytes }: ClipPlan,
): Promise<void> {
  const own = await written.slice(0, headerBytes.byteLength)
  const isSame = own.every((byte, at) => byte === headerBytes[at])
  const names = header.patient === 'X X X X' && header.recording === 'Startdate X X X X'
  if (!isSame || !names || header.start !== '1985-01-01T00:00:00')
    throw refuse('its header is not the one that was meant')
  if (header.records !== grid.records || written.byteLength !== bytes)
    throw refuse('it has not as many records as were meant')
}

function checkTimes({ segments }: Recording['timeline'], { grid, onsetOf }: ClipPlan): void {
  let record = 0
  const expected = grid.pieces.map(({ from, to }) => {
    const firstRecord = record
    const records = (to - from) / grid.unitsPerRecord
    record += records
    return { firstRecord, records, onset: onsetOf(firstRecord) }
  })
  const isSame =
    segments.length === expected.length &&
    expected.every(({ firstRecord, records, onset }, index) => {
      const found = segments[index]
      return found?.firstRecord === firstRecord && found.records === records && found.onset === onset
    })
  if (!isSame) throw refuse('its records are not read at the times that were meant')
}

function checkAnnotations(
  annotations: readonly {
    readonly onset: number
    readonly duration: number | null
    readonly text: string
    readonly channel: string | null
  }[],
  { events }: ClipPlan,
): void {
  const isSame =
    annotations.length === events.length &&
    events.every(({ onset, duration, text }, index) => {
      const found = annotations[index]
      if (found === undefined) return false
      const whole = found.channel === null ? found.text : `${found.text}@@${found.channel}`
      const length = duration === null ? null : secondsFromTicks(duration)
      return whole === text && found.onset === secondsFromTicks(onset) && found.duration === length
    })
  if (!isSame) throw refuse('its annotations are not read as they were meant')
}

/** Whatever is text in it was let through, or is made here and the same in every clip. */
function checkTexts({ cells, events, texts }: ClipPlan): void {
  const kept = new Set(
    texts.filter(({ goes }) => goes).map(({ field, text }) => `${field}:${writtenAs(field, text)}`),
  )
  const isOurs = (field: TextField, text: string) => text === '' || kept.has(`${field}:${text}`)
  const said = events.map(({ text }) => text)
  const labels = new Set(cells.map(({ label }) => label))
  const isFine =
    cells.every(
      ({ label, unit, transducer, prefilter, reserved }) =>
        (isOurs('label', label) || isNeutralLabel(label)) &&
        isOurs('unit', unit) &&
        isOurs('transducer', transducer) &&
        isOurs('prefilter', prefilter) &&
        reserved === '',
    ) &&
    said.every((text) => {
      // A text may have an @@ of its own.
      const at = text.lastIndexOf('@@')
      const [plain, label] = at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 2)]
      const isLabel = label !== null && (labels.has(label) || isKnown('label', label))
      return (
        isOurs('annotation', text) ||
        exactTarget(text) !== null ||
        (isLabel && (isOurs('annotation', plain) || exactTarget(plain) !== null))
      )
    })
  if (!isFine) throw refuse('it holds a text that was not let through')
}

function writtenAs(field: TextField, text: string): string {
  return field === 'annotation' ? writable(text) : asciiOf(text, SIGNAL_FIELDS[field].length)
}

type Meant = { readonly source: ByteSource; readonly recording: Recording; readonly plan: ClipPlan }
type Found = { readonly opened: Recording; readonly digests: readonly string[] }

/** The same samples, found by their time in both files. */
async function checkSamples(
  { source, recording, plan }: Meant,
  { opened, digests }: Found,
  { digest, signal, onProgress }: CheckOptions,
): Promise<void> {
  const all = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }
  const wanted = plan.signals.flatMap((index) => recording.header.signals[index] ?? [])
  const theirs = planSpan(recording, wanted, plan.span)
  const ours = planSpan(opened, opened.header.signals.slice(0, wanted.length), all)
  const shift = plan.span.start - secondsFromTicks(plan.onsetOf(0) as Ticks)
  let read = Int32Array.from([])
  for (const [slot, signalHeader] of wanted.entries()) {
    throwIfCancelled(signal)
    const rate = signalHeader.sampleRate ?? 1
    const pieces = joined(theirs[slot] ?? [], rate)
    const own = joined(ours[slot] ?? [], rate)
    const isPlaced =
      pieces.length === own.length &&
      pieces.every((piece, index) => {
        const there = own[index]
        if (there === undefined || piece.to - piece.from !== there.to - there.from) return false
        // Both are rounded to the tick of 100 ns, and so is the way from one axis to the other.
        return Math.abs(piece.start - shift - there.start) * TICKS_PER_SECOND <= 2
      })
    if (!isPlaced) throw refuse(`the samples of channel ${signalHeader.index} are not at their times`)
    const sum = digest()
    const { bytesPerSample } = recording.header
    await readRanges(source, recording.header, pieces, ({ bytes, offset, count }) => {
      if (count > read.length) read = new Int32Array(count)
      decodeDigital(bytes, offset, bytesPerSample, read, 0, count)
      sum.update(littleEndian(read, count))
    })
    if (sum.hex() !== digests[slot])
      throw refuse(`the samples of channel ${signalHeader.index} are not those of the recording`)
    onProgress?.(0.5 + (slot + 1) / wanted.length / 2)
  }
}

type Placed = ReturnType<typeof planSpan>[number][number]

/** A pause breaks a stretch where nothing is missing; a clip without the Status channel knows nothing of it. */
function joined(pieces: readonly Placed[], rate: number): readonly Placed[] {
  const whole: Placed[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    const follows =
      last !== undefined &&
      last.to === piece.from &&
      Math.abs(last.start + (last.to - last.from) / rate - piece.start) * TICKS_PER_SECOND <= 2
    if (follows) whole[whole.length - 1] = { ...last, to: piece.to }
    else whole.push(piece)
  }
  return whole
}

function littleEndian(samples: Int32Array, count: number): Uint8Array {
  const bytes = new Uint8Array(4 * count)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < count; at++) view.setInt32(4 * at, samples[at] as number, true)
  return bytes
}

function refuse(what: string): ReviewError {
  return new ReviewError(
    'damaged',
    `The clip was not given out: looked at again, ${what}. The recording was not touched.`,
  )
}
