import { FolderOpen, X } from 'lucide-react'
import { useMemo } from 'react'
import { shareReviewed } from '../../shared/annotation/queries.ts'
import { formatKey } from '../../shared/contract/keys.ts'
import type { OpenedRecording } from '../../shared/contract/model.ts'
import { formatElapsed } from '../../shared/text/clock.ts'
import { formatPercent } from '../../shared/text/percent.ts'
import type { Hertz, Seconds } from '../../shared/units.ts'
import { CommandMenu } from '../commands/CommandMenu.tsx'
import { runCommand } from '../commands/runCommand.ts'
import { cancelSearch } from '../store/candidates.ts'
import {
  activeSet,
  documentOf,
  hasUnsaved,
  openedOf,
  openRecordingOf,
  ownPane,
  ownSet,
  readerOf,
  timelineOf,
} from '../store/selectors.ts'
import type { OpenSetState } from '../store/setsState.ts'
import { hideSpectrogram } from '../store/spectrogram.ts'
import { useReview } from '../store/state.ts'
import { lengthToReview } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Chip, ChipLabel, ChipSuffix, ChipValue, StillChip } from '../ui/Chip.tsx'
import styles from './app.module.css'

export function TopBar() {
  const recording = useReview(openedOf)
  const length = useReview((state) => lengthToReview(state, ownPane(state)))
  const reviewer = useReview((state) => state.shell.settings.reviewer)
  const set = useReview(activeSet)
  const own = useReview(ownSet)
  const unsaved = useReview(hasUnsaved)
  const platform = useReview((state) => state.shell.facts.platform)
  return (
    <header className={styles.topBar}>
      <CommandMenu />
      <span className={styles.divider} />
      {recording === null ? (
        <span className={styles.nothing}>No recording open</span>
      ) : (
        <span className={styles.file} title={recording.name}>
          <strong>{recording.name}</strong>
          <span className={styles.facts}>{describeRecording(recording, length)}</span>
        </span>
      )}
      <span className={styles.space} />
      <Work />
      {recording !== null && set !== null && (
        <>
          <Chip onClick={() => runCommand('reviewer')}>
            <ChipLabel>Reviewer</ChipLabel>
            <ChipValue>
              {set.readOnly || set.document.reviewer !== reviewer ? readerOf(set) : reviewer}
            </ChipValue>
            {set.readOnly && <ChipSuffix>read only</ChipSuffix>}
          </Chip>
          <ReviewedShare />
          <StillChip role="status">
            <span className={styles.savedDot} data-unsaved={unsaved} />
            <ChipValue>
              {own?.saving ? 'Saving…' : unsaved ? 'Unsaved' : isBlank(own) ? 'Nothing marked' : 'Saved'}
            </ChipValue>
          </StillChip>
        </>
      )}
      {recording === null ? (
        <Button look="primary" onClick={() => runCommand('open')}>
          <FolderOpen size={15} aria-hidden="true" /> Open…
        </Button>
      ) : (
        <Button
          look="primary"
          disabled={own === null || own.readOnly || !unsaved}
          onClick={() => runCommand('save')}
        >
          Save set <span className={styles.saveKey}>{formatKey('Mod+S', platform)}</span>
        </Button>
      )}
    </header>
  )
}

/** Long work in the background: how far it is, and its end. */
function Work() {
  const spectrogram = useReview((state) => openRecordingOf(state)?.spectrogram.work ?? null)
  const candidates = useReview((state) => openRecordingOf(state)?.candidates.work ?? null)
  return (
    <>
      {spectrogram?.at === 'building' && (
        <WorkChip name="Spectrogram" done={spectrogram.done} onCancel={hideSpectrogram} />
      )}
      {candidates?.at === 'searching' && (
        <WorkChip name="Candidates" done={candidates.done} onCancel={cancelSearch} />
      )}
    </>
  )
}

type WorkProps = { readonly name: string; readonly done: number; readonly onCancel: () => void }

function WorkChip({ name, done, onCancel }: WorkProps) {
  const share = formatPercent(done)
  return (
    <Chip onClick={onCancel} aria-label={`${name} ${share}: cancel`} title="Cancel">
      <ChipLabel>{name}</ChipLabel>
      <ChipValue>{share}</ChipValue>
      <X size={14} aria-hidden="true" />
    </Chip>
  )
}

function isBlank(set: OpenSetState | null): boolean {
  return set === null || set.document.marks.length + set.document.reviewed.length === 0
}

function describeRecording({ recording: { header } }: OpenedRecording, length: Seconds): string {
  const signals = header.signals.filter((signal) => signal.kind !== 'annotations')
  const rates = [...new Set(signals.map((signal) => signal.sampleRate).filter((rate) => rate !== null))]
  const rate =
    rates.length === 0
      ? 'no signals in time'
      : rates.length === 1
        ? `${rateText(rates[0] ?? 0)} Hz`
        : `${rateText(Math.min(...rates))}–${rateText(Math.max(...rates))} Hz`
  return ` · ${header.format} · ${signals.length} ch · ${rate} · ${formatElapsed(length)}`
}

function rateText(rate: Hertz): string {
  return String(Number(rate.toPrecision(5)))
}

function ReviewedShare() {
  const document = useReview(documentOf)
  const timeline = useReview(timelineOf)
  const share = useMemo(
    () => (document === null || timeline === null ? 0 : shareReviewed(document, timeline)),
    [document, timeline],
  )
  return (
    <StillChip title="Share of the recording marked as reviewed (V)">
      <span className={styles.reviewedBar} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <ChipLabel>Reviewed</ChipLabel>
      <ChipValue>{formatPercent(share)}</ChipValue>
    </StillChip>
  )
}
