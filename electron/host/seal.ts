/**
 * What blind review keeps from a reader. A recording is reviewed blind once any of its sets says so, a key too; until
 * a reader's own set is signed off, the host gives this reader no other set, says nothing of what is in one and
 * proposes no candidates. The seal is the app's word, no lock: files in a folder can be read by any program, and who a
 * reader is, says their code. Everybody begins with the same one: until a reader has said that it is theirs, a blind
 * set under it may be another's.
 */
import { ReviewError } from '../../shared/failure.ts'
import { type FoundSet, findSets } from './annotationFiles.ts'
import { isKeyOf } from './setNames.ts'
import { loadHead } from './setReader.ts'
import type { SetRecording } from './setStart.ts'

/** How a recording stands for one reader. */
export type Seal = {
  readonly isBlind: boolean
  readonly isSigned: boolean
  /** Whether a set under the reader's code is sure to be theirs. */
  readonly isKnown: boolean
}

/** Who reads, and whether that is known (`SettingsStore.isReviewerKnown`). */
export type Reader = { readonly reviewer: string; readonly isKnown: boolean }

type Facts = Pick<FoundSet, 'reviewer' | 'isKey' | 'blind' | 'problem'>

/** `own`: where the reader's set lies, or would. `found`: the sets beside the recording. */
export async function readSeal(
  own: string,
  { reviewer, isKnown }: Reader,
  found: readonly Facts[],
): Promise<Seal> {
  const head = (await loadHead(own).catch(() => null))?.head
  const isOwn = head?.reviewer === reviewer
  const isBlind = (isOwn && head.blind === true) || found.some((set) => set.problem === null && set.blind)
  return { isBlind, isSigned: isOwn && (head.signOffs ?? []).length > 0, isKnown }
}

/** Whether a set is kept from the reader. One's own, and copies of it, never are once it is known whose they are. */
export function isSealed(seal: Seal, reviewer: string, set: Pick<Facts, 'reviewer' | 'isKey'>): boolean {
  if (!seal.isBlind) return false
  const isOwn = !set.isKey && set.reviewer === reviewer
  return !seal.isKnown || !(isOwn || seal.isSigned)
}

/** The seal of a recording for a reader as it is now; `own`: where the reader's set lies, or would. */
export async function findSeal(recording: SetRecording, own: string, reader: Reader): Promise<Seal> {
  const { path, identity, fingerprintOfFirst } = recording
  return readSeal(own, reader, await findSets(path, identity, { fingerprintOfFirst }))
}

/**
 * Throws ReviewError `sealed` where a reader is not to have a set: the one at `file`, or, where that is null, the one
 * that `wanted` has in its own place; `reader-unknown` where it is under the reader's code and may be another's.
 * `ownPlace` tells where a reviewer's own set lies.
 */
export async function refuseSealed(options: {
  readonly recording: SetRecording
  readonly reader: Reader
  readonly wanted: string
  readonly file: string | null
  readonly ownPlace: (reviewer: string) => Promise<string>
}): Promise<void> {
  const { recording, reader, wanted, file, ownPlace } = options
  const isOwn = file === null && wanted === reader.reviewer
  if (isOwn && reader.isKnown) return
  const place = isOwn ? await ownPlace(wanted) : file
  // What cannot be read is refused by reading it, and where nothing is, a new set is begun.
  const head = place === null ? { reviewer: wanted } : (await loadHead(place).catch(() => null))?.head
  if (head === undefined) return
  const set = { reviewer: head.reviewer, isKey: file !== null && isKeyOf(recording.path, file) }
  const isUnderOwnCode = !set.isKey && set.reviewer === reader.reviewer
  if (isUnderOwnCode && reader.isKnown) return
  const seal = await findSeal(recording, await ownPlace(reader.reviewer), reader)
  const isBlind = seal.isBlind || ('blind' in head && head.blind === true)
  if (!isSealed({ ...seal, isBlind }, reader.reviewer, set)) return
  throw isUnderOwnCode || seal.isSigned ? unknown(reader) : sealed(set)
}

/** Whether a reader reviews blind and has not signed off, so that nothing may be proposed to them. */
export function isReadingBlind({ isBlind, isSigned, isKnown }: Seal): boolean {
  return isBlind && !(isSigned && isKnown)
}

/** Throws ReviewError `sealed` or `reader-unknown` where a reader is to be proposed nothing. */
export function refuseProposals(seal: Seal): void {
  if (!isReadingBlind(seal)) return
  if (seal.isSigned) {
    throw new ReviewError(
      'reader-unknown',
      'Candidates are sealed: this recording is reviewed blind, and nobody has said here whose the code is that everybody begins with. Say first that it is yours, or choose another code.',
    )
  }
  throw new ReviewError(
    'sealed',
    'Candidates are sealed: this recording is reviewed blind, and they can be looked for once your own set is signed off.',
  )
}

function unknown({ reviewer }: Reader): ReviewError {
  return new ReviewError(
    'reader-unknown',
    `This recording is reviewed blind, and there is a set of ${reviewer}, the code that everybody begins with: say first whether it is yours, or choose another code.`,
  )
}

function sealed({ isKey, reviewer }: Pick<Facts, 'reviewer' | 'isKey'>): ReviewError {
  const what = isKey ? 'The key' : `The set of ${reviewer}`
  return new ReviewError(
    'sealed',
    `${what} is sealed: this recording is reviewed blind, and it opens once your own set is signed off.`,
  )
}
