/**
 * Which sample lies where, in whole numbers. Record k of a segment starts `onset + k * duration`, sample s of
 * a signal with n samples a record lies `s * duration / n` after the segment's start, both exactly; a span's edges
 * are rounded to the tick of 100 ns. So neighbouring spans share out the samples between them, none twice and
 * none lost, however long the recording, and a span that begins at a sample's own time begins with it.
 */
import { type Seconds, type Span, TICKS_PER_SECOND, type Ticks, ticksFromSeconds } from '../../units.ts'

/** A record's duration in ticks as an exact fraction. */
export type RecordDuration = { readonly numerator: bigint; readonly denominator: bigint }

/** The duration field has 8 characters, so its double names the decimal number in it exactly. */
export function exactDuration(seconds: Seconds): RecordDuration {
  const inTicks = seconds * TICKS_PER_SECOND
  if (Number.isSafeInteger(inTicks)) return { numerator: BigInt(inTicks), denominator: 1n }
  const [digits = '0', exponent = '0'] = seconds.toExponential().split('e')
  const fraction = digits.split('.')[1]?.length ?? 0
  const power = Number(exponent) - fraction + 7
  const numerator = BigInt(digits.replace('.', ''))
  return power >= 0
    ? { numerator: numerator * 10n ** BigInt(power), denominator: 1n }
    : { numerator, denominator: 10n ** BigInt(-power) }
}

/** Ticks, to the nearest, that this many records last. */
export function ticksOfRecords(duration: RecordDuration, records: number): Ticks {
  return Number(divideRounded(BigInt(records) * duration.numerator, duration.denominator)) as Ticks
}

/** The same of a run that may begin or end within a record. */
export function ticksOfRun(duration: RecordDuration, records: number): Ticks {
  if (Number.isInteger(records)) return ticksOfRecords(duration, records)
  const whole = Math.floor(records)
  const part = ((records - whole) * Number(duration.numerator)) / Number(duration.denominator)
  return (ticksOfRecords(duration, whole) + Math.round(part)) as Ticks
}

/**
 * How many samples of a segment lie before a time: the number of the first that does not. Not limited to
 * the samples the segment has.
 */
export function samplesBefore(
  edge: Ticks,
  onset: Ticks,
  samplesPerRecord: number,
  duration: RecordDuration,
): number {
  // Three quarters of a tick of grace: an edge that was computed from a sample's own time as a double, and then
  // rounded to the tick, lies up to half a tick and a little more behind it.
  const quarters = 4n * (BigInt(edge) - BigInt(onset)) - 3n
  return Number(divideUp(quarters * BigInt(samplesPerRecord) * duration.denominator, 4n * duration.numerator))
}

/** When a sample, counted from the start of its segment, was taken. */
export function sampleTime(
  onset: Ticks,
  sample: number,
  samplesPerRecord: number,
  recordDuration: Seconds,
): Seconds {
  const record = Math.floor(sample / samplesPerRecord)
  const within = sample - record * samplesPerRecord
  const inTicks =
    record * (recordDuration * TICKS_PER_SECOND) +
    (within * recordDuration * TICKS_PER_SECOND) / samplesPerRecord
  return (onset + inTicks) / TICKS_PER_SECOND
}

/** The edges of a span in ticks, brought within reach of whole numbers. */
export function spanTicks(span: Span): { readonly start: Ticks; readonly end: Ticks } {
  const far = Number.MAX_SAFE_INTEGER
  const clamp = (value: number) => Math.min(Math.max(value, -far), far) as Ticks
  return { start: clamp(ticksFromSeconds(span.start)), end: clamp(ticksFromSeconds(span.end)) }
}

function divideUp(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator > 0n && numerator % denominator !== 0n ? quotient + 1n : quotient
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator)
}
