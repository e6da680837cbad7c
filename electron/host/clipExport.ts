/** A clip of an open recording, with the marks of an open set, where the reader says. */
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { wrongRecording } from '../../shared/annotation/identity.ts'
import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import type { ProcedureInput } from '../../shared/contract/contract.ts'
import type { JobInput, JobOutput } from '../../shared/contract/jobs.ts'
import { matchSet } from './annotationFiles.ts'
import { clipEnding, clipName } from './clipping.ts'
import type { OpenFile } from './openRecordings.ts'
import { exists } from './setStart.ts'
import type { ShellPort } from './shell.ts'
import { shownName } from './shownName.ts'
import type { ClipWork } from './workerMessages.ts'

type Options = {
  readonly shell: ShellPort
  readonly documentOf: (setId: string) => Promise<AnnotationDocument>
}

type Control = { readonly signal: AbortSignal; readonly onProgress: (done: number) => void }
type ClipInput = Omit<ProcedureInput<'previewClip'>, 'recordingId'>

export function createClipExport({ shell, documentOf }: Options) {
  async function workOf(file: OpenFile, { setId, ...request }: ClipInput): Promise<ClipWork> {
    if (setId === null) return { request, document: null }
    const document = await documentOf(setId)
    // A call names both, and may name a set of another recording that is open.
    const match = await matchSet(document, file.identity, (records) =>
      file.worker.ask('fingerprint', { records }),
    )
    if (match !== 'same' && match !== 'grown') throw wrongRecording(document)
    return { request, document }
  }

  return {
    preview: async (file: OpenFile, input: ClipInput): Promise<ClipPreview> =>
      file.worker.ask('planClip', await workOf(file, input)),
    /** null where the reader has dismissed the dialog that asks where to. */
    write: async (file: OpenFile, input: JobInput<'clip'>, control: Control): Promise<JobOutput<'clip'>> => {
      const { name, proof, ...rest } = input
      const work = await workOf(file, rest)
      // What cannot be written is said before anybody is asked for a name.
      const planned = await file.worker.ask('planClip', work)
      const free = await freeName(
        path.dirname(file.path),
        input.span === 'whole' ? 'copy' : 'clip',
        clipEnding(planned),
      )
      const chosen = await shell.chooseExportTarget(free, name)
      if (chosen === null) return null
      const clip = clipName(chosen, planned)
      const sheet = proof ? `${clip.slice(0, -path.extname(clip).length)}.proof.txt` : null
      const written = await file.worker.ask('writeClip', { ...work, place: { clip, proof: sheet } }, control)
      return {
        files: [clip, ...(sheet === null ? [] : [sheet])].map(shownName),
        folder: shownName(path.dirname(clip)),
        checks: written.checks,
        caution: written.caution,
      }
    },
  }
}

/** A clip is never called after its recording. */
async function freeName(folder: string, stem: string, ending: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const place = path.join(folder, `${stem}${number === 1 ? '' : `-${number}`}${ending}`)
    if (!(await exists(place))) return place
  }
}
