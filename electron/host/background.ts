/** What the thread of a recording reads unasked: record times and annotations, then the strip's picture of all samples. */
import type { Activity } from '../../shared/contract/model.ts'
import type { FileAnnotation, Recording } from '../../shared/edf/model.ts'
import { scanRecording } from '../../shared/edf/recording.ts'
import { displayText } from '../../shared/edf/text.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { type Overview, readOverview } from '../../shared/signal/overview.ts'
import type { FileSource } from './fileSource.ts'
import type { ThreadNotice } from './workerMessages.ts'

const ACTIVITY_BINS = 1500
const ACTIVITY_EVERY_MS = 500

/** What is known so far. */
export type Background = {
  recording: Recording
  annotations: readonly FileAnnotation[]
  /** Every record time and annotation was read. */
  complete: boolean
  activity: Activity | null
}

type Notify = (notice: ThreadNotice) => void

export function nothingRead(recording: Recording): Background {
  return { recording, annotations: [], complete: false, activity: null }
}

/** Never rejects. `source` gives way to what a reader waits for; ends at once, without a word, when aborted. */
export async function readInBackground(
  source: FileSource,
  known: Background,
  notify: Notify,
  abort: AbortSignal,
): Promise<void> {
  await scan(source, known, notify, abort)
  if (abort.aborted) return
  try {
    await readActivity(source, known, notify, abort)
  } catch (thrown) {
    // A strip without its picture is no failure; a file that went away is said by the watcher.
    if (!(thrown instanceof ReviewError)) throw thrown
  }
}

async function scan(
  source: FileSource,
  known: Background,
  notify: Notify,
  signal: AbortSignal,
): Promise<void> {
  try {
    const result = await scanRecording(source, known.recording, {
      onProgress: (progress) => notify({ type: 'scan', progress, done: false }),
      signal,
    })
    const before = known.recording
    known.recording = result.recording
    // A file's text is shown as plain text whatever it holds; the command line gives it as written.
    known.annotations = [...result.annotations, ...result.statusNotes].map((annotation) => ({
      ...annotation,
      text: displayText(annotation.text),
      channel: annotation.channel === null ? null : displayText(annotation.channel),
    }))
    known.complete = true
    const changed =
      !before.timeline.confirmed ||
      result.recording.warnings.length !== before.warnings.length ||
      result.recording.timeline.segments.length !== before.timeline.segments.length
    if (changed) notify({ type: 'timeline', recording: result.recording })
  } catch (thrown) {
    if (signal.aborted) return
    const { message } = toFailure(thrown)
    notify({ type: 'changed', change: 'gone', message })
  }
  notify({ type: 'scan', progress: 1, done: true })
}

async function readActivity(
  source: FileSource,
  known: Background,
  notify: Notify,
  signal: AbortSignal,
): Promise<void> {
  const tell = ({ start, binLength, eeg }: Overview) => {
    known.activity = { start, binLength, eeg: Array.from(eeg, Math.round) }
    notify({ type: 'activity', activity: known.activity })
  }
  let told = performance.now()
  const overview = await readOverview(source, known.recording, {
    bins: ACTIVITY_BINS,
    onProgress: (_, soFar) => {
      if (performance.now() - told < ACTIVITY_EVERY_MS) return
      told = performance.now()
      tell(soFar())
    },
    signal,
  })
  tell(overview)
}
