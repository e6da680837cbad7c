import { useMemo } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { kindOf } from '../../shared/annotation/kinds.ts'
import type { Candidate } from '../../shared/candidates/common/candidate.ts'
import { placesIn } from '../../shared/montage/places.ts'
import { type Span, type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { shownCandidates, waitingOf } from '../store/candidates.ts'
import { headerOf, ownSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { DashedOutline } from './DashedOutline.tsx'
import type { PlotLayout } from './layout.ts'
import { placeMarks } from './markLayout.ts'
import { usePane } from './usePane.ts'

type Props = { readonly layout: PlotLayout; readonly span: Span }

const NO_MARKS: readonly Mark[] = []

/** Candidates over the page: hollow, their edges in dashes and with a question mark, so that none is taken for a mark. */
export function CandidateOutlines({ layout, span }: Props) {
  const candidates = useReview(shownCandidates)
  const marks = useReview((state) => ownSet(state)?.document.marks ?? NO_MARKS)
  const header = useReview(headerOf)
  const isGuest = usePane((pane) => pane.guest !== null)
  const placed = useMemo(() => {
    if (candidates === null || header === null || isGuest) return []
    const inView = waitingOf(candidates, marks).filter(
      ({ onset, duration }) => onset < span.end && onset + duration > span.start,
    )
    const names = inView.map(nameOf)
    const placed = placeMarks(inView.map(asMark), span, layout, placesIn(header), (_, k) => names[k]!)
    return placed.map((place, k) => ({ ...place, candidate: inView[k]!, name: names[k]! }))
  }, [candidates, marks, header, isGuest, span, layout])
  return placed.map(({ candidate, name, ...place }) => (
    <DashedOutline
      key={`${candidate.kind} ${candidate.onset}`}
      layout={layout}
      placed={place}
      name={name}
      isChosen={candidate === candidates?.chosen}
    />
  ))
}

function nameOf({ kind, score }: Candidate): string {
  return `${kindOf(kind).label}? ${score.toFixed(2)}`
}

/** What the layout of marks asks of one: place, kind, and the channels where they are few. */
function asMark({ kind, onset, duration, channels }: Candidate): Mark {
  const start = ticksFromSeconds(onset)
  return {
    id: `${kind} ${onset}`,
    kind,
    subtype: null,
    onset: start,
    duration: (ticksFromSeconds(onset + duration) - start) as Ticks,
    channels: kind === 'hypnic_jerk' ? channels : [],
    confidence: null,
    evidence: [],
    comment: '',
    view: null,
    author: '',
    created: '',
    changed: '',
  }
}
