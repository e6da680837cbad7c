/** What lies before the mark and is not there: the recording had just begun, or has a gap. */
import type { Timeline } from '../../edf/header/model.ts'
import { intersectSpans, type Seconds, type Span } from '../../units.ts'
import { evidenceEntry, measured } from '../common/entry.ts'

export const CONTEXT: Seconds = 120

export function sayMissingContext(
  { span, gaps }: Pick<Timeline, 'span' | 'gaps'>,
  mark: Span,
): string | null {
  const wanted = { start: mark.start - CONTEXT, end: mark.start }
  const before = mark.start - span.start
  const within = gaps.filter((gap) => intersectSpans(gap, mark) !== null)
  const missing = gaps.flatMap((gap) => intersectSpans(gap, wanted) ?? [])
  const lost = missing.reduce((sum, gap) => sum + gap.end - gap.start, 0)
  const parts = [
    ...(within.length > 0 ? ['there is a gap in it'] : []),
    ...(before < CONTEXT ? [`the recording begins ${sayTime(Math.max(0, before))} before it`] : []),
    ...(missing.length > 0
      ? [
          `${sayTime(lost)} of the two minutes before are a gap, the last ${sayTime(mark.start - missing.at(-1)!.end)} before it`,
        ]
      : []),
  ]
  if (parts.length === 0) return null
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}: the state is known from less than two minutes.`
}

function sayTime(seconds: Seconds): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}

export const shortContext = evidenceEntry({
  id: 'short-context',
  side: 'missing',
  about: 'state',
  label: 'Minutes before',
  criteria: [{ text: 'Falling asleep was followed over two minutes.', sources: ['mateos-salgado-2018'] }],
  algorithm:
    'By the times of the records: the recording begins, or has a gap, within the 2 minutes before or in the mark.',
  error: '',
  needs: {},
  measure: ({ span, timeline }) => {
    const text = sayMissingContext(timeline, span)
    return text === null ? null : measured({ text, values: [], where: null })
  },
})
