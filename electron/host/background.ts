/** What the thread of a recording reads unasked: record times and annotations, then the strip's picture of all samples. */
import type { Activity, Identification } from '../../shared/contract/model.ts'
import type { CodePage } from '../../shared/edf/header/codePages.ts'
import type { FileAnnotation, Recording } from '../../shared/edf/header/model.ts'
import { readHeader, type ScannedRecording, scanRecording } from '../../shared/edf/recording.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { displayText } from '../../shared/shownText.ts'
import { type Overview, readOverview } from '../../shared/signal/overview.ts'
import type { FileSource } from './fileSource.ts'
import type { ThreadNotice } from './workerMessages.ts'

const ACTIVITY_BINS = 1500
const ACTIVITY_EVERY_MS = 500

/** What is known so far. */
export type Background = {
  recording: Recording
  annotations: readonly FileAnnotation[]
  /** Of these the file's own, as written. */
  own: readonly FileAnnotation[]
  /** Every record time and annotation was read. */
  complete: boolean
  activity: Activity | null
  /** Of the texts. */
  codePage: CodePage
}

type Notify = (notice: ThreadNotice) => void

export function nothingRead(recording: Recording, codePage: CodePage): Background {
  return { recording, annotations: [], own: [], complete: false, activity: null, codePage }
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

/** A file's text is shown as plain text whatever it holds; the command line gives it as written. */
function notesOf({ annotations, statusNotes }: ScannedRecording): readonly FileAnnotation[] {
  return [...annotations, ...statusNotes].map((annotation) => ({
    ...annotation,
    text: displayText(annotation.text),
    channel: annotation.channel === null ? null : displayText(annotation.channel),
  }))
}

/** Reads header and annotations anew in another code page; of two at a time the later one stands. */
export async function readTexts(
  source: FileSource,
  known: Background,
  codePage: CodePage,
  signal: AbortSignal,
): Promise<Identification> {
  known.codePage = codePage
  const { header } = await readHeader(source, codePage)
  const shown = { ...header, patient: '', recording: '' }
  const scanned = await scanRecording(
    source,
    { ...known.recording, header: shown },
    { page: codePage, samples: false, signal },
  )
  if (known.codePage === codePage) {
    known.annotations = notesOf(scanned)
    known.own = scanned.annotations
    known.recording = { ...known.recording, header: shown }
  }
  return { patient: header.patient, recording: header.recording }
}

async function scan(
  source: FileSource,
  known: Background,
  notify: Notify,
  signal: AbortSignal,
): Promise<void> {
  const { codePage } = known
  try {
    const result = await scanRecording(source, known.recording, {
      page: codePage,
      onProgress: (progress) => notify({ type: 'scan', progress, done: false }),
      signal,
    })
    const before = known.recording
    // The reader may have said another code page meanwhile: those texts are read already.
    known.recording = { ...result.recording, header: before.header }
    if (known.codePage === codePage) {
      known.annotations = notesOf(result)
      known.own = result.annotations
    }
    known.complete = true
    const changed =
      !before.timeline.confirmed ||
      result.recording.warnings.length !== before.warnings.length ||
      result.recording.timeline.segments.length !== before.timeline.segments.length
    if (changed) notify({ type: 'timeline', recording: known.recording })
  } catch (thrown) {
    if (signal.aborted) return
    const { message } = toFailure(thrown)
    notify({ type: 'changed', change: 'gone', message })
  }
  notify({ type: 'scan', progress: 1, done: true })
}

/** The overview in whole microvolts, which is all that a strip of some pixels can show. */
export function activityOf({ start, binLength, eeg }: Overview): Activity {
  return { start, binLength, eeg: Array.from(eeg, Math.round) }
}

async function readActivity(
  source: FileSource,
  known: Background,
  notify: Notify,
  signal: AbortSignal,
): Promise<void> {
  const tell = (overview: Overview) => {
    known.activity = activityOf(overview)
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
