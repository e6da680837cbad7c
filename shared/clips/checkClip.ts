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
import { decodeDigital, HOST_IS_LITTLE_ENDIAN } from '../edf/samples/kernel.ts'
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

function checkTimes({ segments }: Recording['timeline'], { runs }: ClipPlan): void {
  const isSame =
    segments.length === runs.length &&
    runs.every(({ record, records, onset }, index) => {
      const found = segments[index]
      return found?.firstRecord === record && found.records === records && found.onset === onset
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
  const everything = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }
  const wanted = plan.signals.flatMap((index) => recording.header.signals[index] ?? [])
  const theirs = planSpan(recording, wanted, plan.span)
  const ours = planSpan(opened, opened.header.signals.slice(0, wanted.length), everything)
  const shift = plan.span.start - secondsFromTicks(plan.onsetOf(0) as Ticks)
  for (const [slot, { index, sampleRate }] of wanted.entries()) {
    const isSame = isPlaced(theirs[slot] ?? [], ours[slot] ?? [], sampleRate ?? 1, shift)
    if (!isSame || theirs[slot]?.length !== theirs[0]?.length) {
      throw refuse(`the samples of channel ${index} are not at their times`)
    }
  }
  const sums = wanted.map(digest)
  const { bytesPerSample } = recording.header
  const all = theirs.flat().reduce((sum, { from, to }) => sum + to - from, 0)
  let [read, done] = [new Int32Array(0), 0]
  // Stretch after stretch, all channels at once: what lies first in time may lie last in the file.
  for (const k of (theirs[0] ?? []).keys()) {
    const ranges = theirs.flatMap((pieces) => pieces[k] ?? [])
    await readRanges(source, recording.header, ranges, ({ range, bytes, offset, count }) => {
      throwIfCancelled(signal)
      if (count > read.length) read = new Int32Array(count)
      decodeDigital(bytes, offset, bytesPerSample, read, 0, count)
      sums[range]?.update(littleEndian(read, count))
      done += count
    })
    onProgress?.(0.5 + done / all / 2)
  }
  const wrong = wanted.find((_, slot) => sums[slot]?.hex() !== digests[slot])
  if (wrong !== undefined)
    throw refuse(`the samples of channel ${wrong.index} are not those of the recording`)
}

type Placed = ReturnType<typeof planSpan>[number][number]

/** Whether sample for sample both lie at the same times, however the stretches of either are cut: a pause cuts one alone. */
function isPlaced(theirs: readonly Placed[], ours: readonly Placed[], rate: number, shift: number): boolean {
  let [slot, done] = [0, 0]
  for (const piece of theirs) {
    for (let at = 0; at < piece.to - piece.from; ) {
      const own = ours[slot]
      if (own === undefined) return false
      // Both are rounded to the tick of 100 ns, and so is the way from one axis to the other.
      const apart = piece.start + at / rate - shift - (own.start + done / rate)
      if (Math.abs(apart) * TICKS_PER_SECOND > 2) return false
      const count = Math.min(piece.to - piece.from - at, own.to - own.from - done)
      at += count
      done += count
      if (done === own.to - own.from) [slot, done] = [slot + 1, 0]
    }
  }
  return slot === ours.length
}

function littleEndian(samples: Int32Array, count: number): Uint8Array {
  if (HOST_IS_LITTLE_ENDIAN) return new Uint8Array(samples.buffer, 0, 4 * count)
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
