/** Clips of the window's own recording: what one would be, and where it went. */
import type { ClipRequest } from '../../shared/clips/model.ts'
import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import type { ClipExported } from '../../shared/contract/jobs.ts'
import { getHost } from './host.ts'
import { runJob } from './jobs.ts'
import { flushJournal } from './outbox.ts'
import { activeSet, openedOf } from './selectors.ts'
import { getState } from './state.ts'

export type ClipChoice = ClipRequest & {
  /** The marks of the set on the page go along. */
  readonly marks: boolean
}

/** What a clip would be, told by the host, which knows what else the header says. null: no recording is open. */
export async function previewClip({ marks, ...request }: ClipChoice): Promise<ClipPreview | null> {
  const recordingId = openedOf(getState())?.recordingId
  if (recordingId === undefined) return null
  return await getHost().previewClip({ recordingId, ...request, setId: await keptSet(marks) })
}

type Control = {
  readonly proof: boolean
  /** What a browser's reader typed; null: the system's dialog asks. */
  readonly name: string | null
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/** null where the system's dialog was dismissed. Rejects with one sentence; then nothing is left behind. */
export async function writeClip(
  { marks, ...request }: ClipChoice,
  { proof, name, ...control }: Control,
): Promise<ClipExported | null> {
  const recordingId = openedOf(getState())?.recordingId
  if (recordingId === undefined) return null
  const input = { ...request, setId: await keptSet(marks), proof, name }
  return await runJob({ name: 'clip', input }, { recordingId, ...control })
}

/** The host takes its own copy of the set, which has to hold what was marked a moment ago. */
async function keptSet(marks: boolean): Promise<string | null> {
  const setId = activeSet(getState())?.setId
  if (!marks || setId === undefined) return null
  await flushJournal(setId)
  return setId
}
