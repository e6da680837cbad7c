/** Why the answer of a case is what it is: what was put in, and what the reference says of telling it from the others. */
import type { Mark } from '../../shared/annotation/document.ts'
import { REFERENCE } from '../../shared/reference/reference.ts'
import type { CaseSource } from '../../shared/teaching/lesson.ts'
import { secondsFromTicks } from '../../shared/units.ts'

const JERK =
  'One sudden, brief contraction of one or more muscles where wakefulness passes into sleep; no muscle regularly leads. No discharge is tied to it: one at a fixed interval before the burst would speak for epileptic myoclonus.'
const RUN =
  'Regular, generalised and on both sides, with a spike to each slow wave; take the rate where it begins. It is a pattern: whether it is an absence, the EEG alone does not say.'
const SHORT_RUN = 'Shorter than 3 s: a burst or a fragment of spike-and-wave, not called a seizure.'
const NOTHING =
  'Nothing here is one of the two events or a mimic worth a mark: it is the usual activity of this state. Saying so is an answer too.'

const JERK_SOURCES = ['chiaro-2016', 'fusco-1999', 'hallett-1979']
const RUN_SOURCES = ['ilae-cae', 'ilae-cae-eeg', 'panayiotopoulos-2005']
const SHORT_RUN_SOURCE = 'tenney-glauser-2013'

/** What the generator says of the event, then how it is told from the others. */
export function rationaleOf(marks: readonly Mark[]): string {
  const [mark] = marks
  if (mark === undefined) return NOTHING
  return [mark.comment.replaceAll(' uV', ' µV'), tellOf(mark)].join('\n')
}

function tellOf(mark: Mark): string {
  if (mark.kind === 'hypnic_jerk') return JERK
  if (mark.kind === 'spike_wave_3hz') return isShort(mark) ? `${RUN} ${SHORT_RUN}` : RUN
  return mimicTexts(mark)?.tell.text ?? ''
}

export function sourcesOf(marks: readonly Mark[]): readonly CaseSource[] {
  const [mark] = marks
  if (mark === undefined) return []
  const ids =
    mark.kind === 'hypnic_jerk'
      ? JERK_SOURCES
      : mark.kind === 'spike_wave_3hz'
        ? [...RUN_SOURCES, ...(isShort(mark) ? [SHORT_RUN_SOURCE] : [])]
        : (mimicTexts(mark)?.tell.sources ?? [])
  return ids.flatMap((id) => {
    const source = REFERENCE.sources.find((each) => each.id === id)
    if (source === undefined) return []
    const { authors, title, where, year, doi, url } = source
    const text = [authors, title, where]
      .filter((part) => part !== undefined)
      .join('. ')
      .replaceAll('..', '.')
    return [
      {
        text: year === null || text.includes(String(year)) ? text : `${text} (${year})`,
        url: doi === undefined ? (url ?? null) : `https://doi.org/${doi}`,
      },
    ]
  })
}

/** What is only commonly taught, its source unread, is not shown as a reason. */
function mimicTexts({ subtype }: Mark) {
  return REFERENCE.mimics.find(({ markAs, tell }) => markAs === subtype && tell.evidence !== 'unverified')
}

function isShort({ duration }: Mark): boolean {
  return secondsFromTicks(duration) < 3
}
