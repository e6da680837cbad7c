/** What the evidence is of: the selected mark, else the selection. Pure. */
import type { Mark } from '../../shared/annotation/document.ts'
import { markName, mimicOf } from '../../shared/annotation/kinds.ts'
import type { Subject as MeasuredSubject } from '../../shared/evidence/common/entry.ts'
import { LONGEST_MEASURED } from '../../shared/signal/measure.ts'
import { type Span, secondsFromTicks } from '../../shared/units.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane } from '../store/selectors.ts'
import { pickedMarkIn } from '../store/shownIn.ts'

export type Subject = {
  readonly name: string
  readonly span: Span
  /** null: it is a selection. */
  readonly mark: Mark | null
}

/** null where nothing is selected. */
export function subjectOf(state: ReviewState): Subject | null {
  const mark = pickedMarkIn(state)
  if (mark !== null) {
    const start = secondsFromTicks(mark.onset)
    return {
      name: markName(mark),
      mark,
      span: { start, end: start + secondsFromTicks(mark.duration) },
    }
  }
  const { selection } = activePane(state)
  return selection === null ? null : { name: 'Selection', mark: null, span: selection }
}

/** Why a span cannot be measured, and what to do; null where it can. */
export function problemOf({ start, end }: Span): string | null {
  if (!(end > start)) return 'It has no length: give it one with [ and ].'
  return end - start > LONGEST_MEASURED ? 'At most 5 minutes are measured: select a shorter stretch.' : null
}

/** What is asked of a mark first: of a mimic, what it is mistaken for; null where that may be either. */
export function subjectOfMark({ kind, subtype }: Pick<Mark, 'kind' | 'subtype'>): MeasuredSubject | null {
  const asked = kind === 'mimic' ? mimicOf(subtype)?.of : kind
  if (asked === 'hypnic_jerk') return 'jerk'
  return asked === 'spike_wave_3hz' ? 'spikeWave' : null
}
