/** The recording that a command on a set or a foreign file is about. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { AnnotationDocument, RecordingIdentity } from '../../shared/annotation/document.ts'
import { identityOf, wrongRecording } from '../../shared/annotation/identity.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import {
  factsOfRecording,
  factsOfSet,
  type RecordingFacts,
} from '../../shared/interchange/common/recordingFacts.ts'
import { matchSet } from '../host/annotationFiles.ts'
import { type FileSource, openFile } from '../host/fileSource.ts'

export type KnownRecording = {
  readonly recording: Recording
  readonly identity: RecordingIdentity
  readonly facts: RecordingFacts
  readonly source: FileSource
}

export async function withRecording<Result>(
  file: string,
  use: (known: KnownRecording) => Promise<Result>,
): Promise<Result> {
  const source = await openFile(file)
  try {
    const recording = await openRecording(source)
    const name = path.basename(file)
    const identity = identityOf(recording.header, await fingerprint(source, recording), name)
    return await use({ recording, identity, facts: factsOfRecording(recording, name), source })
  } finally {
    await source.close()
  }
}

/**
 * Does something with what is known of a set's recording: the one named, which has to be the right one; else the one
 * beside the set; else what the set says itself, and then no recording.
 */
export async function withRecordingOfSet<Result>(
  document: AnnotationDocument,
  setFile: string,
  named: string | null,
  use: (facts: RecordingFacts, known: KnownRecording | null) => Promise<Result>,
): Promise<Result> {
  const beside = path.join(path.dirname(setFile), path.basename(document.recording.fileName))
  const file = named ?? ((await stat(beside).catch(() => null))?.isFile() === true ? beside : null)
  if (file === null) return await use(factsOfSet(document), null)
  return await withRecording(file, async (known) => {
    const { identity, source, recording } = known
    const match = await matchSet(document, identity, (records) => fingerprint(source, recording, records))
    if (match === 'same' || match === 'grown') return await use(known.facts, known)
    if (named !== null) throw wrongRecording(document)
    return await use(factsOfSet(document), null)
  })
}
