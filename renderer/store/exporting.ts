/** The set on the page as a file of another program: what of it stays behind, and where it went. */
import type { Exported } from '../../shared/contract/jobs.ts'
import type { ExportOptions, Format, WriteJob } from '../../shared/interchange/common/format.ts'
import { factsOfRecording } from '../../shared/interchange/common/recordingFacts.ts'
import { writeAnnotationsFile } from '../../shared/interchange/edf/annotationsFile.ts'
import { downloadFile } from './downloads.ts'
import { getHost } from './host.ts'
import { runJob } from './jobs.ts'
import { flushJournal } from './outbox.ts'
import { activeSet, openedOf } from './selectors.ts'
import { getState } from './state.ts'

/** What would be exported now, without the patient; null where no set is open. */
export function planExport(options: ExportOptions): WriteJob | null {
  const opened = openedOf(getState())
  const set = activeSet(getState())
  if (opened === null || set === null) return null
  return { document: set.document, recording: factsOfRecording(opened.recording, opened.name), options }
}

/** Whether a browser's reader gets it as a download; a copy of the recording goes beside it. */
export function isDownloaded(format: Format): boolean {
  return getState().shell.facts.kind === 'browser' && !(format.medium === 'edf' && format.copies)
}

/** Hands all files of the export to the browser; gives their names. Rejects with what the format refuses. */
export async function downloadExport(format: Format, job: WriteJob): Promise<readonly string[]> {
  const recordingId = openedOf(getState())?.recordingId
  if (recordingId === undefined) return []
  const isAsked = format.medium === 'edf' && job.options.patient
  const identification = isAsked ? { identification: await getHost().identification({ recordingId }) } : {}
  const files =
    format.medium === 'text'
      ? format.write(job)
      : [{ name: format.nameOf(job), text: writeAnnotationsFile({ ...job, ...identification }) }]
  for (const { name, text } of files) {
    const content = typeof text === 'string' ? text : new Uint8Array(text)
    downloadFile(name, new Blob([content], { type: 'application/octet-stream' }))
  }
  return files.map(({ name }) => name)
}

/**
 * Has the host write the file: asked where to by the system's dialog, or, in a browser, under `name` beside the
 * recording. null: dismissed.
 */
export async function writeExport(
  format: Format,
  options: ExportOptions,
  control: {
    readonly name: string | null
    readonly onProgress: (done: number) => void
    readonly signal: AbortSignal
  },
): Promise<Exported | null> {
  const recordingId = openedOf(getState())?.recordingId
  const setId = activeSet(getState())?.setId
  if (recordingId === undefined || setId === undefined) return null
  // The host writes its own copy of the set.
  await flushJournal(setId)
  const { name, ...rest } = control
  const input = { setId, format: format.id, name, dates: options.dates, patient: options.patient }
  return await runJob({ name: 'export', input }, { recordingId, ...rest })
}
