/** More detail of the part that the overview shows: read in the background, with what lies beside it, and given up with it. */
import { badOf } from '../../shared/signal/viewSettings.ts'
import { type Seconds, type Span, spanLength } from '../../shared/units.ts'
import { runJob } from './jobs.ts'
import { overviewNow } from './overview.ts'
import type { OpenRecording, ReviewState } from './reviewState.ts'
import { activePane, activityOf, openRecordingOf } from './selectors.ts'
import { getState, patchRecording } from './state.ts'

/** A larger part takes as long to read as it takes to look at it. */
const LARGEST_SHARE = 1 / 4
/** On either side, in lengths of the part: so far it may be moved before anything is read again. */
const BESIDE = 0.5
/** Columns that are hardly finer are not worth reading the file again. */
const WORTH_READING = 0.7

/** How finely a part can be had: at most so many columns, none shorter. */
const ACTIVITY = { columns: 3000, shortest: 1 }
const SPECTROGRAM = { columns: 1500, shortest: 2 }

/** How columns lie over the recording. */
type Columns = { readonly start: Seconds; readonly columnLength: Seconds; readonly columns: number }

/** What of the shown part is drawn of the EEG's size: the finest that covers it. */
export function shownActivity(state: ReviewState): OpenRecording['activity'] {
  const { guest } = activePane(state)
  // Of a recording beside, all of it has to do.
  if (guest !== null) return guest.activity
  const finer = openRecordingOf(state)?.finer.activity ?? null
  const now = overviewNow(state)
  return finer !== null && now !== null && covers(columnsOf(finer), now.shown) ? finer : activityOf(state)
}

/** The same of the spectrogram; null where none is built. */
export function shownSpectrogram(state: ReviewState) {
  const recording = openRecordingOf(state)
  const now = overviewNow(state)
  if (recording === null || now === null || recording.spectrogram.work.at !== 'built') return null
  const { work } = recording.spectrogram
  const { spectrogram: finer } = recording.finer
  return finer !== null && finer.bad === work.bad && covers(finer.value, now.shown) ? finer.value : work.value
}

/** Reads what is not at hand for the shown part; never rejects. Ends without a word when aborted. */
export async function readFiner(signal: AbortSignal): Promise<void> {
  const state = getState()
  const recording = openRecordingOf(state)
  const now = overviewNow(state)
  if (recording === null || now === null || activePane(state).guest !== null) return
  const { whole, shown } = now
  const length = spanLength(shown)
  if (length > spanLength(whole) * LARGEST_SHARE) return
  const span = {
    start: Math.max(whole.start, shown.start - BESIDE * length),
    end: Math.min(whole.end, shown.end + BESIDE * length),
  }
  const { recordingId } = recording.opened
  const options = { recordingId, signal, onProgress: () => {} }
  const take = (change: Partial<OpenRecording['finer']>) => {
    const current = openRecordingOf(getState())
    if (signal.aborted || current?.opened.recordingId !== recordingId) return
    patchRecording({ finer: { ...current.finer, ...change } })
  }
  try {
    const activity = shownActivity(state)
    if (activity !== null && isWorthReading(columnsOf(activity), span, ACTIVITY)) {
      take({ activity: await runJob({ name: 'activity', input: { span } }, options) })
    }
    const spectrogram = recording.spectrogram.isShown ? shownSpectrogram(state) : null
    if (signal.aborted || spectrogram === null || !isWorthReading(spectrogram, span, SPECTROGRAM)) return
    const bad = badOf(activePane(state).view)
    const value = await runJob({ name: 'spectrogram', input: { bad, span } }, options)
    take({ spectrogram: { value, bad: bad.join() } })
  } catch {
    // What is there already is coarser, and true; a file that went away is said by the watcher.
  }
}

function isWorthReading(
  drawn: Columns,
  span: Span,
  { columns, shortest }: { readonly columns: number; readonly shortest: Seconds },
): boolean {
  return Math.max(shortest, spanLength(span) / columns) < drawn.columnLength * WORTH_READING
}

function columnsOf({ start, binLength, eeg }: NonNullable<OpenRecording['activity']>): Columns {
  return { start, columnLength: binLength, columns: eeg.length }
}

function covers({ start, columnLength, columns }: Columns, { start: from, end }: Span): boolean {
  const slack = columnLength * 1e-6
  return start <= from + slack && start + columns * columnLength >= end - slack
}
