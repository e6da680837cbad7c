/**
 * What a blind review keeps from the terminal as from the window, by the rule of `host/seal.ts`: who reads here is what
 * the app's settings say, and is let in once that reader's own set is signed off. Whoever owns the files can read them
 * with any program; the app shows none of it unasked. `--unseal` is the asking.
 */
import path from 'node:path'
import type { AnnotationDocument, RecordingIdentity } from '../../shared/annotation/document.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FingerprintOfFirst, type FoundSet, findSets } from '../host/annotationFiles.ts'
import type { FileSource } from '../host/fileSource.ts'
import { dataFolder } from '../host/folders.ts'
import { findOwnPlace } from '../host/ownSet.ts'
import { isSealed, readSeal, refuseProposals, type Seal } from '../host/seal.ts'
import type { PlacedRecording } from '../host/setElsewhere.ts'
import { openSettings } from '../host/settings.ts'
import { createStrayedSets } from '../host/strayedSets.ts'

export const UNSEAL = { unseal: { type: 'boolean' } } as const

/** Behind what an option does, in the help of a command. */
export const UNSEAL_HELP = '--unseal, for whoever teaches, also shows sets that a blind review keeps sealed'

export type TerminalSeal = Seal & { readonly reader: string }

/** How a recording stands for who reads here; `found`: its sets. */
export async function sealOf(recording: PlacedRecording, found: readonly FoundSet[]): Promise<TerminalSeal> {
  const store = await openSettings(dataFolder(), () => {})
  const { reviewer } = store.settings()
  const own = await findOwnPlace(store, recording, reviewer)
  const isKnown = store.isReviewerKnown(recording.identity.fingerprint)
  return { reader: reviewer, ...(await readSeal(own.path, { reviewer, isKnown }, found)) }
}

/** Sets are found by the name of their recording, and by its samples where it was renamed. */
export async function sealBeside(
  recordingPath: string,
  identity: RecordingIdentity,
  fingerprintOfFirst?: FingerprintOfFirst,
): Promise<TerminalSeal> {
  const named = await findSets(recordingPath, identity, fingerprintOfFirst && { fingerprintOfFirst })
  const isWanted = () => true
  const strayed = await createStrayedSets().find({ recordingPath, identity, folders: [], isWanted })
  const recording = { path: recordingPath, identity, fingerprintOfFirst: fingerprintOfFirst ?? null }
  return sealOf(recording, [...named, ...strayed])
}

export function isKept(seal: TerminalSeal, set: Pick<FoundSet, 'reviewer' | 'isKey' | 'blind'>): boolean {
  return isSealed({ ...seal, isBlind: seal.isBlind || set.blind }, seal.reader, set)
}

/** Throws ReviewError `sealed` where a set that was read is not for who reads here. */
export async function refuseSealedSet(file: string, document: AnnotationDocument): Promise<void> {
  const { recording, reviewer, blind = false } = document
  const folder = path.dirname(path.resolve(file))
  const seal = await sealBeside(path.join(folder, path.basename(recording.fileName)), recording)
  const name = path.basename(file)
  if (!isKept(seal, { reviewer, blind, isKey: name.endsWith('.key.json') })) return
  if (!seal.isKnown && reviewer === seal.reader) {
    throw new ReviewError(
      'reader-unknown',
      `"${name}" is sealed: the recording is reviewed blind, and nobody has said here that ${reviewer} is their code. Open the recording in Hypnospike and say so (--unseal shows it all the same).`,
    )
  }
  throw new ReviewError(
    'sealed',
    `"${name}" is sealed until the set of ${seal.reader}, who reads here, is signed off: the recording is reviewed blind (--unseal shows it all the same).`,
  )
}

/** Throws ReviewError `sealed` or `reader-unknown` where who reads here is to be proposed nothing of a recording. */
export async function refuseSealedCandidates(source: FileSource, recording: Recording): Promise<void> {
  const file = path.resolve(source.path)
  const identity = identityOf(recording.header, await fingerprint(source, recording), path.basename(file))
  const seal = await sealBeside(file, identity, (records) => fingerprint(source, recording, records))
  try {
    refuseProposals(seal)
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    throw new ReviewError(thrown.code, `${thrown.message} (--unseal shows them all the same)`)
  }
}
