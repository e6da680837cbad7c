import { useMemo } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import type { Span } from '../../shared/units.ts'
import { RowTime } from '../page/RowTime.tsx'
import type { EvidenceView } from '../store/reviewState.ts'
import { activePane } from '../store/selectors.ts'
import { clockStartIn, pickedMarkIn, recordingIdIn } from '../store/shownIn.ts'
import { getState, useReview } from '../store/state.ts'
import { chooseEvidence } from '../store/ui.ts'
import { Key } from '../ui/Key.tsx'
import { Toggles } from '../ui/Toggles.tsx'
import { BandMaps } from './BandMaps.tsx'
import { CursorMap } from './CursorMap.tsx'
import { EvidenceCard } from './EvidenceCard.tsx'
import styles from './evidence.module.css'
import { Refused } from './Refused.tsx'
import { SpectrumView } from './SpectrumView.tsx'
import { problemOf, subjectOf } from './subject.ts'

const VIEWS = [
  { code: 'card', label: 'Measured' },
  { code: 'spectrum', label: 'Spectrum' },
  { code: 'bands', label: 'Band maps' },
  { code: 'cursor', label: 'Cursor map' },
] as const satisfies readonly { readonly code: EvidenceView; readonly label: string }[]

type Props = { readonly theme: 'light' | 'dark' }

/** What can be measured on the selected mark, else on the selection; and on the moment of the cursor. */
export function EvidencePanel({ theme }: Props) {
  const recordingId = useReview(recordingIdIn)
  const view = useReview((state) => state.ui.evidence)
  if (recordingId === null) return null
  return (
    <>
      <div className={styles.views}>
        <Toggles
          label="Evidence"
          options={VIEWS}
          value={[view]}
          onChange={([next]) => next !== undefined && chooseEvidence(next)}
        />
      </div>
      {view === 'cursor' ? (
        <CursorMap key={recordingId} recordingId={recordingId} theme={theme} />
      ) : (
        <OfSpan key={recordingId} recordingId={recordingId} theme={theme} view={view} />
      )}
    </>
  )
}

type SpanProps = Props & { readonly recordingId: string; readonly view: Exclude<EvidenceView, 'cursor'> }

function OfSpan({ recordingId, theme, view }: SpanProps) {
  const mark = useReview(pickedMarkIn)
  const selection = useReview((state) => activePane(state).selection)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the subject is made of
  const subject = useMemo(() => subjectOf(getState()), [mark, selection])
  if (subject === null) {
    return (
      <div className={styles.empty}>
        <p>Nothing is selected.</p>
        <p>
          Drag over the page, or set the edges at the cursor with <Key>[</Key> and <Key>]</Key>; or go to a
          mark with <Key>.</Key> and <Key>,</Key>.
        </p>
      </div>
    )
  }
  const { name, span, mark: ofMark } = subject
  const problem = problemOf(span)
  return (
    <section className={styles.evidence} aria-label={`Evidence: ${name}`}>
      <h3 className={styles.subject}>
        {name} <span>{formatDuration(span.end - span.start)}</span>{' '}
        <RowTime time={span.start} of={clockStartIn} />
      </h3>
      {problem === null ? (
        <View {...{ recordingId, span, theme, view }} mark={ofMark} />
      ) : (
        <Refused>{problem}</Refused>
      )}
    </section>
  )
}

type ViewProps = SpanProps & { readonly span: Span; readonly mark: Mark | null }

function View({ view, mark, theme, ...of }: ViewProps) {
  switch (view) {
    case 'card':
      return <EvidenceCard {...of} mark={mark} />
    case 'spectrum':
      return <SpectrumView {...of} theme={theme} />
    case 'bands':
      return <BandMaps {...of} theme={theme} />
  }
}
