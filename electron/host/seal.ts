/**
 * What blind review keeps from a reader. A recording is reviewed blind once any of its sets says so, a key too; until
 * a reader's own set is signed off, the host gives this reader no other set and says nothing of what is in one. The
 * seal is the app's word, no lock: files in a folder can be read by any program, and who a reader is, says their code.
 */
import { ReviewError } from '../../shared/failure.ts'
import { type FoundSet, findSets } from './annotationFiles.ts'
import { isKeyOf } from './setNames.ts'
import { loadHead } from './setReader.ts'
import type { SetRecording } from './setStart.ts'

/** How a recording stands for one reader. */
export type Seal = { readonly isBlind: boolean; readonly isSigned: boolean }

type Facts = Pick<FoundSet, 'reviewer' | 'isKey' | 'blind' | 'problem'>

/** `own`: where the reader's set lies, or would. `found`: the sets beside the recording. */
export async function readSeal(own: string, reviewer: string, found: readonly Facts[]): Promise<Seal> {
  const head = (await loadHead(own).catch(() => null))?.head
  const isOwn = head?.reviewer === reviewer
  const isBlind = (isOwn && head.blind === true) || found.some((set) => set.problem === null && set.blind)
  return { isBlind, isSigned: isOwn && (head.signOffs ?? []).length > 0 }
}

/** Whether a set is kept from the reader. One's own, and copies of it, never are. */
export function isSealed(seal: Seal, reviewer: string, set: Pick<Facts, 'reviewer' | 'isKey'>): boolean {
  return seal.isBlind && !seal.isSigned && (set.isKey || set.reviewer !== reviewer)
}

/** The seal of a recording for a reader as it is now; `own`: where the reader's set lies, or would. */
export async function findSeal(recording: SetRecording, own: string, reviewer: string): Promise<Seal> {
  const { path, identity, fingerprintOfFirst } = recording
  return readSeal(own, reviewer, await findSets(path, identity, { fingerprintOfFirst }))
}

/**
 * Throws ReviewError `sealed` where a reader is not to have a set: the one at `file`, or, where that is null, the one
 * of another reviewer that `wanted` names. `ownPlace` tells where a reviewer's own set lies.
 */
export async function refuseSealed(options: {
  readonly recording: SetRecording
  readonly reader: string
  readonly wanted: string
  readonly file: string | null
  readonly ownPlace: (reviewer: string) => Promise<string>
}): Promise<void> {
  const { recording, reader, wanted, file, ownPlace } = options
  // What cannot be read is refused by reading it.
  const head = file === null ? { reviewer: wanted } : (await loadHead(file).catch(() => null))?.head
  if (head === undefined) return
  const set = { reviewer: head.reviewer, isKey: file !== null && isKeyOf(recording.path, file) }
  if (!set.isKey && set.reviewer === reader) return
  const seal = await findSeal(recording, await ownPlace(reader), reader)
  const isBlind = seal.isBlind || ('blind' in head && head.blind === true)
  if (isSealed({ ...seal, isBlind }, reader, set)) throw sealed(set)
}

function sealed({ isKey, reviewer }: Pick<Facts, 'reviewer' | 'isKey'>): ReviewError {
  const what = isKey ? 'The key' : `The set of ${reviewer}`
  return new ReviewError(
    'sealed',
    `${what} is sealed: this recording is reviewed blind, and it opens once your own set is signed off.`,
  )
}
