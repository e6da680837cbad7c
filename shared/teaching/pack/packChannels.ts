/** The channels that cases show: those of the montage of each, as a page has them. */
import { whyNotWritable } from '../../clips/channels.ts'
import type { Recording } from '../../edf/header/model.ts'
import { MONTAGE_IDS } from '../../montage/montages.ts'
import { isOwnId } from '../../montage/ownMontages.ts'
import { planView } from '../../signal/view.ts'
import type { ViewSettings } from '../../signal/viewSettings.ts'
import { secondsFromTicks, type Ticks } from '../../units.ts'
import type { CaseView, LessonCase } from '../lesson.ts'

/** By header index, in the header's order; null, which is all, where a case has a montage that is not known here. */
export function shownChannels(
  recording: Recording,
  raw: Uint8Array,
  cases: readonly LessonCase[],
): readonly number[] | null {
  const { header } = recording
  const shown = new Set<number>()
  for (const { view, onset, duration } of cases) {
    const settings = settingsOf(view)
    if (settings === null) return null
    const span = { start: secondsFromTicks(onset), end: secondsFromTicks((onset + duration) as Ticks) }
    for (const signal of planView(recording, settings, span).signals) shown.add(signal)
  }
  const written = header.signals.filter(
    (signal) => shown.has(signal.index) && whyNotWritable(header, raw, signal) === null,
  )
  return written.length === 0 ? null : written.map(({ index }) => index)
}

function settingsOf({ montage, own, sensitivity, timebase, ...filters }: CaseView): ViewSettings | null {
  const known = MONTAGE_IDS.find((id) => id === montage)
  if (known !== undefined) return { ...filters, montage: known }
  return own !== undefined && isOwnId(montage) ? { ...filters, montage, own } : null
}
