/** `--from` and `--to`: the part of a recording that is measured. */
import { LONGEST_MEASURED } from '../../shared/signal/measure.ts'
import type { Span } from '../../shared/units.ts'
import type { CommandValues } from './command.ts'
import { UsageError } from './output.ts'

export const SPAN_OPTIONS = { from: { type: 'string' }, to: { type: 'string' } } as const

/** Throws UsageError where they are no span, or a longer one than is measured. */
export function readSpanOptions(values: CommandValues): Span {
  const start = seconds(values.from, '--from')
  const end = seconds(values.to, '--to')
  if (!(end > start) || end - start > LONGEST_MEASURED) {
    throw new UsageError(`--to ${end}: it must lie after --from ${start}, by at most ${LONGEST_MEASURED} s`)
  }
  return { start, end }
}

/** Throws UsageError where a part of the span lies before or after the recording, where nothing can be measured. */
export function requireWithin(span: Span, recording: Span): void {
  const says = `the recording goes from ${recording.start} to ${recording.end} s`
  if (span.start < recording.start) throw new UsageError(`--from ${span.start}: ${says}`)
  if (span.end > recording.end) throw new UsageError(`--to ${span.end}: ${says}`)
}

function seconds(value: CommandValues[string], option: string): number {
  if (typeof value !== 'string') throw new UsageError(`${option} is missing`)
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new UsageError(`${option} must be a number of seconds`)
  return number
}
