import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Identification, OpenedRecording } from '../../shared/contract/model.ts'
import type { SignalHeader } from '../../shared/edf/header/model.ts'
import { interruptions } from '../../shared/edf/time/breaks.ts'
import { noteView } from '../../shared/signal/view.ts'
import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import { formatNumber, unitText } from '../../shared/text/numbers.ts'
import type { Seconds } from '../../shared/units.ts'
import { runCommand } from '../commands/runCommand.ts'
import { toOwnPage } from '../store/activePage.ts'
import { identificationOf } from '../store/asking.ts'
import { reportFailure } from '../store/notices.ts'
import { openedOf, ownPane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { jumpTo } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import styles from './recording.module.css'

/** What the header says, what was odd about the file, and its signals. */
export function DetailsPanel() {
  const opened = useReview(openedOf)
  if (opened === null) return <div className={styles.details}>Open a recording to see its details.</div>
  const { header, timeline, warnings } = opened.recording
  return (
    <div className={styles.details}>
      {warnings.length > 0 && (
        <section className={styles.section} aria-label="Warnings">
          <h3>
            <TriangleAlert size={14} aria-hidden="true" /> {warnings.length}{' '}
            {warnings.length === 1 ? 'warning' : 'warnings'}
          </h3>
          <ul className={styles.warnings}>
            {warnings.map((warning) => (
              <li key={`${warning.code} ${warning.signal ?? ''} ${warning.message}`}>{warning.message}</li>
            ))}
          </ul>
        </section>
      )}
      <Facts
        facts={[
          ['Format', header.format],
          ['Start', header.start === null ? 'not stated' : header.start.replace('T', ' ')],
          ['Signal', formatElapsed(timeline.duration, 1)],
          ['First to last sample', formatElapsed(timeline.span.end - timeline.span.start, 1)],
          ['Records', `${header.records} of ${Number(header.recordDuration.toPrecision(10))} s`],
          ['Size', `${(opened.bytes / 1e6).toFixed(1)} MB`],
        ]}
      />
      <Gaps opened={opened} />
      <IdentificationFacts recordingId={opened.recordingId} />
      <Button look="quiet" onClick={() => runCommand('checkFile')}>
        Check file…
      </Button>
      <MontageNotes opened={opened} />
      <section className={styles.section} aria-label="Signals">
        <h3>Signals</h3>
        <table className={styles.signals}>
          <thead>
            <tr>
              <th>Label</th>
              <th>Rate</th>
              <th>Range</th>
              <th>Unit</th>
            </tr>
          </thead>
          <tbody>
            {header.signals.map((signal) => (
              <SignalRows key={signal.index} signal={signal} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** Numbers on the first line; below, over the whole width, what was written of sensor and filters. */
function SignalRows({ signal }: { readonly signal: SignalHeader }) {
  const written = [signal.transducer, signal.prefilter].filter((text) => text.trim() !== '').join(' · ')
  const problem = signal.problem !== null
  return (
    <>
      <tr data-problem={problem}>
        <td>{signal.label || '(blank)'}</td>
        <td>{signal.sampleRate === null ? '–' : Number(signal.sampleRate.toPrecision(5))}</td>
        <td>
          {formatNumber(signal.physicalMin, 4)}…{formatNumber(signal.physicalMax, 4)}
        </td>
        <td>{unitText(signal.unit) || '–'}</td>
      </tr>
      {(problem || written !== '') && (
        <tr className={styles.more} data-problem={problem}>
          <td colSpan={4}>
            {problem && <span className={styles.problem}>{signal.problem}</span>}
            {written}
          </td>
        </tr>
      )}
    </>
  )
}

function goToGap(start: Seconds): void {
  toOwnPage()
  jumpTo(start - 2)
}

function Gaps({ opened }: { readonly opened: OpenedRecording }) {
  const { timeline, header } = opened.recording
  const gaps = interruptions(timeline)
  if (gaps.length === 0) return null
  return (
    <section className={styles.section} aria-label="Gaps">
      <h3>{gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`}</h3>
      <ul className={styles.gaps}>
        {gaps.slice(0, 500).map((gap) => (
          <li key={gap.start}>
            <Button look="link" onClick={() => goToGap(gap.start)}>
              {formatClock(header.start, gap.start, 1)}
            </Button>{' '}
            {gap.end > gap.start ? `${formatNumber(gap.end - gap.start, 4)} s` : 'paused, length unknown'}
          </li>
        ))}
      </ul>
    </section>
  )
}

function MontageNotes({ opened }: { readonly opened: OpenedRecording }) {
  const view = useReview((state) => ownPane(state).view)
  const notes = noteView(opened.recording.header, view)
  if (notes.length === 0) return null
  return (
    <section className={styles.section} aria-label="Montage notes">
      <h3>This montage and its filters</h3>
      <ul className={styles.warnings}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  )
}

/** Patient and recording identification: shown when asked for, forgotten when hidden. */
function IdentificationFacts({ recordingId }: { readonly recordingId: string }) {
  const [shown, setShown] = useState<{ readonly of: string; readonly facts: Identification } | null>(null)
  const facts = shown?.of === recordingId ? shown.facts : null

  async function toggle(): Promise<void> {
    if (facts !== null) return setShown(null)
    try {
      setShown({ of: recordingId, facts: await identificationOf(recordingId) })
    } catch (thrown) {
      reportFailure(thrown)
    }
  }

  return (
    <>
      <Button look="quiet" aria-expanded={facts !== null} onClick={() => void toggle()}>
        {facts === null ? 'Show identification' : 'Hide identification'}
      </Button>
      {facts !== null && (
        <Facts
          facts={[
            ['Patient', facts.patient === '' ? '(empty)' : facts.patient],
            ['Recording', facts.recording === '' ? '(empty)' : facts.recording],
          ]}
        />
      )}
    </>
  )
}
