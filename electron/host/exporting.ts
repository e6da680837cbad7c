/** An open set as a file of another program: long work, since a copy of the recording reads all of it. */
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { wrongRecording } from '../../shared/annotation/identity.ts'
import type { JobInput, JobOutput } from '../../shared/contract/jobs.ts'
import { ReviewError } from '../../shared/failure.ts'
import { factsOfRecording } from '../../shared/interchange/common/recordingFacts.ts'
import { formatOf } from '../../shared/interchange/formats.ts'
import { matchSet } from './annotationFiles.ts'
import { openFile } from './fileSource.ts'
import { identificationFor, placeFiles, writeForeign } from './foreignFiles.ts'
import type { OpenFile } from './openRecordings.ts'
import { exists } from './setStart.ts'
import type { ShellPort } from './shell.ts'
import { shownName } from './shownName.ts'

type Options = {
  readonly shell: ShellPort
  readonly documentOf: (setId: string) => Promise<AnnotationDocument>
}

type Control = { readonly signal: AbortSignal; readonly onProgress: (done: number) => void }

/** Gives what exports: null where the reader has dismissed the dialog that asks where to. */
export function createExporting({ shell, documentOf }: Options) {
  return async (
    file: OpenFile,
    input: JobInput<'export'>,
    control: Control,
  ): Promise<JobOutput<'export'>> => {
    const format = formatOf(input.format)
    if (format === null) throw new ReviewError('bad-input', 'That format is not known here: choose another.')
    const document = await documentOf(input.setId)
    // A call names both, and may name a set of another recording that is open.
    const match = await matchSet(document, file.identity, (records) =>
      file.worker.ask('fingerprint', { records }),
    )
    if (match !== 'same' && match !== 'grown') throw wrongRecording(document)
    const { recording: known } = await file.worker.ask('scanned', {})
    const { patient, recording: written } = file.file.identification
    // A thread keeps the identification out of what it tells; here it was asked for, or not.
    const recording = { ...known, header: { ...known.header, patient, recording: written } }
    const options = { dates: input.dates, patient: input.patient }
    const facts = factsOfRecording(recording, path.basename(file.path))
    const job = { document, recording: facts, options, ...identificationFor(recording, options) }
    const suggestion = path.join(path.dirname(file.path), format.nameOf(job))
    const target = await shell.chooseExportTarget(suggestion, input.name)
    if (target === null) return null
    const files = placeFiles(format, job, { kind: 'file', file: target })
    const source = await openFile(file.path)
    try {
      // The system's dialog has asked before it named a file that is there, and with it goes what belongs to it; of what
      // lies beside a new one nobody was asked, nor was a browser's reader of any.
      const overwrite = shell.facts.kind === 'desktop' && (await exists(target))
      await writeForeign(format, job, files, { ...control, overwrite, source: { bytes: source, recording } })
    } finally {
      await source.close()
    }
    return {
      files: files.map((each) => shownName(each.path)),
      folder: shownName(path.dirname(target)),
    }
  }
}
