/** Everything the reader and the page can be asked of one file. The rule: an answer that holds together, or a typed refusal. */
import type { ByteSource } from '../../shared/bytes.ts'
import { checkRecording } from '../../shared/edf/check.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import {
  openRecording,
  readDigital,
  readSamples,
  readSpan,
  scanRecording,
} from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import { ReviewError } from '../../shared/failure.ts'
import { exerciseView } from './exerciseView.ts'
import type { Random } from './mutate.ts'

/** Pieces of a span that are read once more by their place in the file. */
const COMPARED_PIECES = 20

/** Slices must lie within the file and are counted: a claim in a header must not make the reader ask for more. */
function strictSource(bytes: Uint8Array): ByteSource {
  return {
    byteLength: bytes.length,
    slice: async (start, end) => {
      if (
        !(
          start >= 0 &&
          start <= end &&
          end <= bytes.length &&
          Number.isInteger(start) &&
          Number.isInteger(end)
        )
      ) {
        throw new Error(`asked for bytes ${start} to ${end} of ${bytes.length}`)
      }
      return bytes.subarray(start, end)
    },
  }
}

/** Resolves with whether the file opened; rejects where the rule is broken. `onStep` hears of each page. */
export async function exercise(
  bytes: Uint8Array,
  random: Random,
  onStep: () => void = () => {},
): Promise<'opened' | 'refused'> {
  const source = strictSource(bytes)
  const report = await checkRecording(source)
  expectPlain(report)
  const quick = await orRefusal(openRecording(source, { timeline: 'quick' }))
  const complete = await orRefusal(openRecording(source))
  if (quick === null || complete === null) {
    if (quick !== complete || report.verdict !== 'refused')
      throw new Error('refused by one way of opening only')
    return 'refused'
  }
  if (report.verdict === 'refused') throw new Error('the check refuses what opens')
  expectSoundTimeline(quick)
  expectSoundTimeline(complete)
  const scanned = await scanRecording(source, quick, { samples: random.next() < 0.5 })
  expectSoundTimeline(scanned.recording)
  expectPlain({ warnings: scanned.recording.warnings, annotations: scanned.annotations })
  if (JSON.stringify(scanned.recording.timeline) !== JSON.stringify(complete.timeline)) {
    throw new Error('the scan and the complete opening differ on the record times')
  }
  await fingerprint(source, complete)
  await expectSoundSamples(source, scanned.recording, random)
  await exerciseView(source, scanned.recording, random, onStep)
  return 'opened'
}

async function orRefusal<Value>(promise: Promise<Value>): Promise<Value | null> {
  try {
    return await promise
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code !== 'internal') {
      expectPlain(thrown.message)
      return null
    }
    throw thrown
  }
}

/** Fit to be shown and sent: no missing value, no number that is none, no control character. */
function expectPlain(value: unknown): void {
  const text = JSON.stringify(value, (_, inner) => {
    if (typeof inner === 'number' && !Number.isFinite(inner)) throw new Error('a number that is none')
    return inner
  })
  if (/undefined|NaN|Infinity|\[object/.test(text.replaceAll(/\\?"[^"]*(?:NaN|Infinity)[^"]*\\?"/g, ''))) {
    throw new Error(`not plain: ${text}`)
  }
}

function expectSoundTimeline({ header, timeline }: Recording): void {
  const records = timeline.segments.reduce((sum, segment) => sum + segment.records, 0)
  if (header.recordDuration > 0 && records !== header.records)
    throw new Error('records lost from the segments')
  let last = Number.NEGATIVE_INFINITY
  for (const { start, end } of timeline.gaps) {
    if (!(start > last && end > start)) throw new Error('gaps out of order')
    last = end
  }
  const { span, duration, firstRecordOnset } = timeline
  for (const value of [span.start, span.end, duration, firstRecordOnset]) {
    if (!Number.isFinite(value)) throw new Error('a time that is none')
  }
  if (span.end < span.start) throw new Error('ends before it starts')
}

async function expectSoundSamples(source: ByteSource, recording: Recording, random: Random): Promise<void> {
  const { header, timeline } = recording
  const indexes = header.signals.map((signal) => signal.index).slice(0, 40)
  const whole = timeline.span
  const from = whole.start - 1 + random.next() * (whole.end - whole.start + 2)
  const spans = [
    whole,
    { start: from, end: from + random.next() * 20 },
    { start: whole.start - 5, end: whole.end + 5 },
  ]
  for (const span of spans) {
    const read = await readSpan(source, recording, indexes, span)
    for (const { signal, pieces } of read) {
      let last = Number.NEGATIVE_INFINITY
      for (const [index, { start, firstSample, values }] of pieces.entries()) {
        if (!(start > last)) throw new Error('pieces out of order')
        last = start
        for (const value of values) {
          if (!Number.isFinite(value)) throw new Error('a sample that is no number')
        }
        // Each is a read of its own, and a file may have thousands of gaps.
        if (index >= COMPARED_PIECES) continue
        const file = await readSamples(source, recording, signal, firstSample, values.length)
        if (file.some((value, k) => value !== values[k])) throw new Error('a page differs from the file')
      }
    }
  }
  for (const { index, samples } of header.signals.slice(0, 5)) {
    const at = random.below(samples + 10)
    const digital = await readDigital(source, recording, index, at, 50)
    if (digital.length !== Math.max(0, Math.min(50, samples - at)))
      throw new Error('a wrong number of samples')
  }
}
