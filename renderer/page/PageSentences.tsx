/** Sentences that stand on the page itself: what is opened, why nothing is drawn, what is to be known of what is. */
import type { Header } from '../../shared/edf/header/model.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { DIRECTIONS } from '../../shared/signal/viewSettings.ts'
import { useReview } from '../store/state.ts'
import beside from './beside.module.css'
import styles from './page.module.css'
import { usePane } from './usePane.ts'

/** Stands where the page will be. */
export function Opening() {
  const name = useReview(({ recording }) => (recording.phase === 'opening' ? recording.name : null))
  return name === null ? null : (
    <p className={styles.message} role="status">
      Opening {name}…
    </p>
  )
}

/** What stands on a page that has nothing to draw, null where it has. */
export function emptyMessage(header: Header, channels: number, derived: number): string | null {
  if (header.signals.every((signal) => signal.kind === 'annotations'))
    return 'This file holds annotations only: they are under Notes.'
  if (header.records === 0) return 'This file holds no data records.'
  if (header.signals.every((signal) => signal.sampleRate === null))
    return 'The record duration is 0: these signals have no place in time and cannot be drawn.'
  if (channels === 0 && derived > 0) return 'All channels are hidden: Shift+C lists them.'
  return channels === 0 ? 'This file holds no signal that can be drawn.' : null
}

/** Lines of a guest that have no row: none is left out in silence. */
export function NoRow({ lines }: { readonly lines: readonly Derivation[] }) {
  const names = lines.map(({ label }) => label).join(', ')
  return (
    <span className={beside.noRow} title={`Not shown, for there is no row for it beside: ${names}`}>
      {lines.length} {lines.length === 1 ? 'channel' : 'channels'} without a row
    </span>
  )
}

/** A causal filter's waves come late, and the page must not be read as if they did not. */
export function DelayNote({ beside }: { readonly beside: boolean }) {
  const direction = usePane((pane) => pane.view.direction)
  const says = DIRECTIONS.find(({ id }) => id === direction)?.says ?? null
  return says === null ? null : (
    <span className={styles.causal} data-beside={beside}>
      {says}
    </span>
  )
}
