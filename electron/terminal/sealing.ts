/**
 * What a blind review keeps from the terminal as from the window, by the rule of `host/seal.ts`: who reads here is what
 * the app's settings say, and is let in once that reader's own set is signed off. Whoever owns the files can read them
 * with any program; the app shows none of it unasked. `--unseal` is the asking.
 */
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FoundSet, findSets } from '../host/annotationFiles.ts'
import { dataFolder } from '../host/folders.ts'
import { ownSetPlace } from '../host/ownSet.ts'
import { isSealed, readSeal, type Seal } from '../host/seal.ts'
import { openSettings } from '../host/settings.ts'
import { createStrayedSets } from '../host/strayedSets.ts'

export const UNSEAL = { unseal: { type: 'boolean' } } as const

/** Behind what an option does, in the help of a command. */
export const UNSEAL_HELP = '--unseal, for whoever teaches, also shows sets that a blind review keeps sealed'

export type TerminalSeal = Seal & { readonly reader: string }

/** How a recording stands for who reads here; `found`: its sets. */
export async function sealOf(
  recording: { readonly path: string; readonly fingerprint: string },
  found: readonly FoundSet[],
): Promise<TerminalSeal> {
  const store = await openSettings(dataFolder(), () => {})
  const { reviewer } = store.settings()
  const own = await ownSetPlace(store, recording, reviewer)
  const isKnown = store.isReviewerKnown(recording.fingerprint)
  return { reader: reviewer, ...(await readSeal(own, { reviewer, isKnown }, found)) }
}

export function isKept(seal: TerminalSeal, set: Pick<FoundSet, 'reviewer' | 'isKey' | 'blind'>): boolean {
  return isSealed({ ...seal, isBlind: seal.isBlind || set.blind }, seal.reader, set)
}

/** Throws ReviewError `sealed` where a set that was read is not for who reads here. */
export async function refuseSealedSet(file: string, document: AnnotationDocument): Promise<void> {
  const { recording, reviewer, blind = false } = document
  const folder = path.dirname(path.resolve(file))
  // Sets are found by the name of their recording, and by its samples where it was renamed.
  const recordingPath = path.join(folder, path.basename(recording.fileName))
  const strayed = createStrayedSets().find({
    recordingPath,
    identity: recording,
    folders: [],
    isWanted: () => true,
  })
  const found = [...(await findSets(recordingPath, recording)), ...(await strayed)]
  const seal = await sealOf({ path: recordingPath, fingerprint: recording.fingerprint }, found)
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
