/** What the status line says of the place under the pointer, of the selection, or of the cursor. Pure. */

import { sayPoints, sayRun } from '../../shared/signal/sayCaliper.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { formatNumber, unitText } from '../../shared/text/numbers.ts'
import { readingOf } from '../store/calipers.ts'
import type { Pane, ShownPage } from '../store/panesState.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane } from '../store/selectors.ts'
import { isInView } from '../store/viewing.ts'
import { valueAt } from './valueAt.ts'

/** The nearest to the reader first: caliper, pointer, selection, cursor. One that is on another page is not spoken of as if here. */
export function describePlace(state: ReviewState): string | null {
  const { shown, hover, cursor, selection, caliper } = activePane(state)
  if (shown === null) return null
  const reading = caliper === null ? null : readingOf(caliper)
  if (reading !== null) {
    const run = sayRun(reading)
    return `caliper  ${reading.label}  ${sayPoints(reading)}${run === null ? '' : ` · ${run}`}`
  }
  if (hover !== null && isOn(shown, hover.time)) return describePointer(shown, hover)
  if (selection !== null) {
    const length = `selection ${formatDuration(selection.end - selection.start)}`
    return isInView(state, selection) ? length : `${length}, not on this page`
  }
  return cursor !== null && isOn(shown, cursor) ? `cursor ${offset(shown, cursor)}` : null
}

function describePointer(shown: ShownPage, hover: NonNullable<Pane['hover']>): string {
  const place = `pointer ${offset(shown, hover.time)}`
  const derivation = shown.derivations.find((candidate) => candidate.id === hover.trace)
  const value = valueAt(shown.page, hover.trace, hover.time)
  if (derivation === undefined || value === null) return place
  const number =
    value.form === 'value'
      ? formatNumber(value.value)
      : `${formatNumber(value.min)} to ${formatNumber(value.max)}`
  const unit = unitText(derivation.unit)
  const { baseline } = shown.page.traces.find(({ id }) => id === hover.trace) ?? {}
  const drawn = baseline === undefined ? '' : ` (drawn less its mean, ${formatNumber(baseline)} ${unit})`
  return `${place}  ${derivation.label}  ${number} ${unit}${drawn}`
}

function isOn(shown: ShownPage, time: number): boolean {
  return time >= shown.span.start && time <= shown.span.end
}

/** From the left of the page. */
function offset(shown: ShownPage, time: number): string {
  return `+${(time - shown.span.start).toFixed(3)} s`
}
