/**
 * The Status channel of a BioSemi recording, 24 bits a sample (www.biosemi.com/faq/trigger_signals.htm):
 *
 * 0-15 trigger inputs, 16 high where a new epoch is started, 17-19 and 21 speed mode, 20 high while the CMS electrode
 * is within range, 22 high when the battery is low, 23 high for an ActiveTwo MK2.
 *
 * A new epoch that is not the first means that saving was paused: the file's records go on as if nothing were
 * missing, so the time from there on is too early by an unknown length. For the reader: `createStatusReader`.
 */
import type { ByteSource } from '../../bytes.ts'
import { type Seconds, type Span, secondsFromTicks } from '../../units.ts'
import type { Finding } from '../header/finding.ts'
import { recordOffset, signalOffsets } from '../header/layout.ts'
import type { FileAnnotation, Header, SignalHeader, StatusChannel, Timeline } from '../header/model.ts'
import { readSignal, walkRecords } from '../records/walkRecords.ts'

const TRIGGERS = 0xffff
const NEW_EPOCH = 1 << 16
const CMS_IN_RANGE = 1 << 20
const BATTERY_LOW = 1 << 22
/** What the amplifier itself reports: never all 0 in a recording that it made with its electrodes on. */
const SYSTEM = 0xfe0000
/** Speed mode and make: the same in every sample of a recording. */
const AMPLIFIER = 0xae0000

/** Records looked at, to know whether a channel called Status has the amplifier's bits. */
const LOOKED_AT = 8
/** More would be a signal, not triggers; the rest is counted. */
const MOST_TRIGGERS = 50_000

/** The recording's Status channel, or null. Reads what is called so in up to 8 records. */
export async function findStatus(source: ByteSource, header: Header): Promise<StatusChannel | null> {
  if (header.bytesPerSample !== 3) return null
  const signals = header.signals.filter(
    ({ label, samples, sampleRate }) => /^status$/i.test(label) && samples > 0 && sampleRate !== null,
  )
  for (const { index } of signals) {
    if (await holdsSystemBits(source, header, index)) return { signal: index, hasSystemBits: true }
  }
  // Without them it may be another maker's: then only BioSemi's own unit says that it holds triggers.
  const boolean = signals.find(({ unit }) => unit === 'Boolean')
  return header.format === 'BDF' && boolean !== undefined
    ? { signal: boolean.index, hasSystemBits: false }
    : null
}

/**
 * Some bit of the amplifier's is set, and those of its kind and speed never change: in another maker's channel
 * called Status (a wave, a counter, triggers beside -1) they do, with every change of sign.
 */
async function holdsSystemBits(source: ByteSource, header: Header, signal: number): Promise<boolean> {
  let system = 0
  let amplifier: number | null = null
  const step = Math.max(1, Math.ceil(header.records / LOOKED_AT))
  for (let record = 0; record < header.records; record += step) {
    const bytes = await readSignal(source, header, record, signal)
    for (let at = 0; at + 2 < bytes.length; at += 3) {
      const high = (bytes[at + 2] as number) << 16
      // Programs fill what was lost with zeros.
      if (high === 0 && bytes[at] === 0 && bytes[at + 1] === 0) continue
      system |= high & SYSTEM
      amplifier ??= high & AMPLIFIER
      if ((high & AMPLIFIER) !== amplifier) return false
    }
  }
  // Every bit set is a speed mode that there is not: -1, another maker's idle.
  return system !== 0 && amplifier !== AMPLIFIER
}

/** A span of samples [from, to) of the Status channel, in file order. */
type SampleSpan = { readonly from: number; readonly to: number }

export type StatusBits = {
  /** First samples of the new epochs but the first. */
  readonly epochs: readonly number[]
  readonly cmsLost: readonly SampleSpan[]
  readonly batteryLow: readonly SampleSpan[]
  readonly triggers: readonly { readonly sample: number; readonly value: number }[]
  readonly droppedTriggers: number
}

/** Takes the channel's samples of one uninterrupted stretch or more, in file order. */
export function createStatusCollector({ hasSystemBits }: StatusChannel) {
  const epochs: number[] = []
  const cmsLost: { from: number; to: number }[] = []
  const batteryLow: { from: number; to: number }[] = []
  const triggers: { sample: number; value: number }[] = []
  let droppedTriggers = 0
  let previous: number | null = null

  const note = (bits: number, sample: number) => {
    const before = previous
    previous = bits
    const trigger = bits & TRIGGERS
    // The inputs' state where reading begins is no change.
    if (trigger !== 0 && before !== null && trigger !== (before & TRIGGERS)) {
      if (triggers.length < MOST_TRIGGERS) triggers.push({ sample, value: trigger })
      else droppedTriggers++
    }
    if (!hasSystemBits) return
    if ((bits & NEW_EPOCH) !== 0 && before !== null && (before & NEW_EPOCH) === 0) epochs.push(sample)
    follow(cmsLost, (bits & CMS_IN_RANGE) === 0, before === null || (before & CMS_IN_RANGE) !== 0, sample)
    follow(batteryLow, (bits & BATTERY_LOW) !== 0, before === null || (before & BATTERY_LOW) === 0, sample)
  }
  /** The next samples, from `sample` on. */
  const add = (sample: number, count: number, bitsAt: (k: number) => number) => {
    for (let k = 0; k < count; k++) {
      const bits = bitsAt(k)
      if (bits !== previous) note(bits, sample + k)
    }
    extend(cmsLost, previous !== null && (previous & CMS_IN_RANGE) === 0, sample + count)
    extend(batteryLow, previous !== null && (previous & BATTERY_LOW) !== 0, sample + count)
  }
  const bits = (): StatusBits => ({ epochs, cmsLost, batteryLow, triggers, droppedTriggers })
  return { add, bits }
}

type OpenSpans = { from: number; to: number }[]

/** Opens a span where a state begins, and closes the open one where it has ended. */
function follow(spans: OpenSpans, is: boolean, wasNot: boolean, sample: number): void {
  if (is && wasNot) spans.push({ from: sample, to: Number.POSITIVE_INFINITY })
  else if (!is && !wasNot) extend(spans, true, sample)
}

function extend(spans: OpenSpans, isOpen: boolean, to: number): void {
  const last = spans.at(-1)
  if (isOpen && last !== undefined && (last.to === Number.POSITIVE_INFINITY || last.to < to)) last.to = to
}

/** The 24 bits of a decoded sample. */
export function statusBits(signal: SignalHeader, value: number): number {
  const { scaling, digitalMin, digitalMax, physicalMin, physicalMax } = signal
  if (scaling !== 'calibrated') return value & 0xffffff
  const gain = (physicalMax - physicalMin) / (digitalMax - digitalMin)
  return Math.round((value - physicalMin) / gain + digitalMin) & 0xffffff
}

/** Reads the channel record by record, for a scan. */
export function createStatusReader(header: Header, status: StatusChannel) {
  const collector = createStatusCollector(status)
  const n = header.signals[status.signal]?.samplesPerRecord ?? 0
  const read = (bytes: Uint8Array, record: number) => {
    const count = Math.floor(bytes.length / 3)
    collector.add(record * n, count, (k) => {
      const at = 3 * k
      return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16)
    })
  }
  return { read, bits: collector.bits }
}

/** The whole channel. */
export async function readStatusBits(
  source: ByteSource,
  header: Header,
  status: StatusChannel,
): Promise<StatusBits> {
  const reader = createStatusReader(header, status)
  for await (const block of walkRecords(source, header, [status.signal])) {
    for (let record = block.firstRecord; record < block.firstRecord + block.records; record++) {
      reader.read(block.bytesOf(record, status.signal), record)
    }
  }
  return reader.bits()
}

/** What the channel says, as notes for a reader, in the order of time. `timeOf` tells a sample's time. */
export function statusNotes(
  bits: StatusBits,
  channel: string,
  timeOf: (sample: number) => Seconds,
): readonly FileAnnotation[] {
  const at = (sample: number, text: string, to: number | null = null): FileAnnotation => ({
    onset: timeOf(sample),
    duration: to === null ? null : timeOf(to - 1) - timeOf(sample) + (timeOf(1) - timeOf(0)),
    text,
    channel,
  })
  return [
    ...bits.triggers.map(({ sample, value }) => at(sample, `Trigger ${value}`)),
    ...bits.epochs.map((sample) => at(sample, 'Recording was paused')),
    ...bits.cmsLost.map(({ from, to }) => at(from, 'CMS out of range', to)),
    ...bits.batteryLow.map(({ from, to }) => at(from, 'Battery low', to)),
  ].sort((a, b) => a.onset - b.onset)
}

/** When samples of the channel were taken: the file's order is not always that of time. */
export function createSampleClock(header: Header, timeline: Timeline, signal: number) {
  const { samplesPerRecord: n = 1, sampleRate } = header.signals[signal] ?? {}
  const runs = timeline.segments
    .map(({ firstRecord, onset }) => ({ first: firstRecord * n, onset: secondsFromTicks(onset) }))
    .sort((a, b) => a.first - b.first)
  return (sample: number): Seconds => {
    let low = 0
    let high = runs.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((runs[middle]?.first ?? 0) <= sample) low = middle
      else high = middle - 1
    }
    const run = runs[low] ?? { first: 0, onset: 0 }
    return run.onset + (sample - run.first) / (sampleRate ?? 1)
  }
}

/** What a reader is warned of. Nothing here is against the standard. */
export function statusFindings(
  header: Header,
  { signal }: StatusChannel,
  bits: StatusBits,
  timeOf: (sample: number) => Seconds,
): readonly Finding[] {
  const n = header.signals[signal]?.samplesPerRecord ?? 1
  const find = (code: string, sample: number, rest: Pick<Finding, 'found' | 'expected' | 'howRead'>) => ({
    ...rest,
    code,
    clause: 'BioSemi: Status channel',
    field: 'Status channel',
    byteOffset:
      recordOffset(header, Math.floor(sample / n)) + (signalOffsets(header)[signal] ?? 0) + 3 * (sample % n),
    signal,
    legal: true,
  })
  const more = (count: number) => (count > 1 ? ` and ${count - 1} more` : '')
  const seconds = (time: Seconds) => `${Number(time.toFixed(3))} s`
  const findings: Finding[] = []
  const [epoch] = bits.epochs
  if (epoch !== undefined) {
    findings.push(
      find('paused', epoch, {
        found: `a new epoch at ${seconds(timeOf(epoch))}${more(bits.epochs.length)}`,
        expected: 'one run of records',
        howRead:
          'the recording was paused there: shown as a break, its length unknown; times after it are too early',
      }),
    )
  }
  const [lost] = bits.cmsLost
  if (lost !== undefined) {
    const samples = bits.cmsLost.reduce((sum, { from, to }) => sum + to - from, 0)
    findings.push(
      find('cms', lost.from, {
        found: `the CMS electrode out of range at ${seconds(timeOf(lost.from))}${more(bits.cmsLost.length)}, ${seconds((samples / n) * header.recordDuration)} in all`,
        expected: 'CMS within range',
        howRead: 'every channel is marked as bad there',
      }),
    )
  }
  const [low] = bits.batteryLow
  if (low !== undefined) {
    findings.push(
      find('battery', low.from, {
        found: `a low battery at ${seconds(timeOf(low.from))}${more(bits.batteryLow.length)}`,
        expected: 'a charged one',
        howRead: 'noted',
      }),
    )
  }
  if (bits.droppedTriggers > 0) {
    findings.push(
      find('trigger-count', 0, {
        found: `${MOST_TRIGGERS + bits.droppedTriggers} triggers`,
        expected: `at most ${MOST_TRIGGERS}`,
        howRead: `the first ${MOST_TRIGGERS} are listed`,
      }),
    )
  }
  return findings
}

/** Spans of time of spans of samples. */
export function spansOfSamples(
  spans: readonly SampleSpan[],
  timeOf: (sample: number) => Seconds,
  sampleRate: number,
): readonly Span[] {
  return spans.map(({ from, to }) => ({ start: timeOf(from), end: timeOf(to - 1) + 1 / sampleRate }))
}
