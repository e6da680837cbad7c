import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { lookOf } from '../../shared/signal/channelLook.ts'
import { montageOfView } from '../../shared/signal/viewSettings.ts'
import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import { runCommand } from '../commands/runCommand.ts'
import { describePlace } from '../page/readOut.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane, hasUnsaved, headerOf, ownPane, scanOf, warningsOf } from '../store/selectors.ts'
import { clockStartIn, guestName } from '../store/shownIn.ts'
import { useReview } from '../store/state.ts'
import { showPanel } from '../store/ui.ts'
import { lengthToReview } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import styles from './app.module.css'

/** Clock, elapsed, the value under the pointer, and what a reader must know of the display. */
export function StatusLine() {
  const isShown = useReview((state) => activePane(state).shown !== null)
  const warnings = useReview((state) => warningsOf(state).length)
  const problems = useReview(
    (state) => headerOf(state)?.signals.filter((signal) => signal.problem !== null).length ?? 0,
  )
  const header = useReview(headerOf)
  const montage = useReview((state) => montageOfView(ownPane(state).view))
  const bad = useReview((state) => ownPane(state).view.bad)
  const plan = useMemo(
    () => (header === null ? null : planMontage(header, montage, bad)),
    [header, montage, bad],
  )
  const incomplete = plan?.isComplete === false
  const unshown = plan?.unshown.length ?? 0
  const hidden = useReview(useShallow(hiddenLabels))
  const calibrated = useReview((state) => state.shell.settings.pixelsPerMillimetre !== null)
  const scan = useReview(scanOf)
  const unsaved = useReview(hasUnsaved)
  const armed = useReview((state) => activePane(state).armed)
  if (!isShown)
    return (
      <footer className={styles.statusLine}>
        Education and research training only; not a medical device.
      </footer>
    )
  return (
    <footer className={styles.statusLine}>
      <PageTimes />
      <Place />
      {armed !== null && <span className={styles.armed}>drag over the page to mark · Esc lets go</span>}
      <span className={styles.space} />
      {scan !== null && <span>reading annotations {Math.round(scan * 100)} %</span>}
      {unsaved && <span className={styles.unsaved}>unsaved</span>}
      <span>negative up</span>
      <Button look="link" onClick={() => runCommand('calibrate')}>
        {calibrated ? 'scale calibrated for this display' : 'scale not calibrated'}
      </Button>
      {bad !== undefined && bad.length > 0 && (
        <Button look="link" onClick={() => runCommand('channels')} title={plan?.notes.join(' ')}>
          {bad.length} {bad.length === 1 ? 'electrode' : 'electrodes'} marked bad
        </Button>
      )}
      {incomplete && (
        <Button look="link" onClick={() => showPanel('details')} title={plan?.notes.join(' ')}>
          montage incomplete
        </Button>
      )}
      {hidden.length > 0 && (
        <Button look="link" onClick={() => runCommand('channels')} title={`Hidden: ${hidden.join(', ')}`}>
          {hidden.length} {hidden.length === 1 ? 'channel' : 'channels'} hidden
        </Button>
      )}
      {unshown > 0 && !incomplete && (
        <Button look="link" onClick={() => showPanel('details')} title={plan?.notes.join(' ')}>
          {unshown} {unshown === 1 ? 'channel' : 'channels'} not in the montage
        </Button>
      )}
      {warnings + problems > 0 && (
        <Button look="link" onClick={() => showPanel('details')}>
          {warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : ''}
          {warnings > 0 && problems > 0 ? ', ' : ''}
          {problems > 0 ? `${problems} bad ${problems === 1 ? 'channel' : 'channels'}` : ''}
        </Button>
      )}
    </footer>
  )
}

/** Of the lines of the window's own page, those that the reader has hidden. */
function hiddenLabels(state: ReviewState): readonly string[] {
  const { shown, looks } = ownPane(state)
  const lines = shown?.derivations ?? []
  return lines.filter((line) => lookOf(looks, line).hidden === true).map(({ label }) => label)
}

/** All of the line that a turned page changes. */
function PageTimes() {
  const span = useReview((state) => activePane(state).shown?.span ?? null)
  const start = useReview(clockStartIn)
  // Times are those of the page that keys act on, and the top bar names the window's own recording.
  const guest = useReview(guestName)
  const isTimeless = useReview((state) => lengthToReview(state) === 0)
  if (span === null || isTimeless) return null
  const decimals = 1
  return (
    <>
      {guest !== null && (
        <span className={styles.guest} title={guest}>
          {guest}
        </span>
      )}
      <span>
        <strong>{formatClock(start, span.start, decimals)}</strong> – {formatClock(start, span.end, decimals)}
      </span>
      <span>
        elapsed <strong>{formatElapsed(span.start)}</strong>
      </span>
    </>
  )
}

function Place() {
  return <span className={`status-cursor ${styles.place}`}>{useReview(describePlace) ?? ''}</span>
}
