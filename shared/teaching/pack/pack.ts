/**
 * What a teaching pack is: a lesson with clips of its recordings in one file, to be given away. PACK.md is its
 * specification. The manifest lists every file with size and hash; nothing else is in a pack.
 */
import { displayName } from '../../shownText.ts'
import { MAX_CASES } from '../lesson.ts'

export const PACK_ENDING = '.hypnopack'
export const MANIFEST_NAME = 'pack.json'
export const LESSON_NAME = 'lesson.lesson.json'

export const PACK_KEYS = [
  {
    code: 'open',
    label: 'Open',
    says: 'answers, reasons and sources are shown with the lesson',
  },
  {
    code: 'sealed',
    label: 'Sealed',
    says: 'the answer of a case is shown once its learner has answered it in the quiz',
  },
] as const

export type PackKeys = (typeof PACK_KEYS)[number]['code']

export type PackFile = { readonly name: string; readonly bytes: number; readonly sha256: string }

/** What the maker says of a pack. */
export type PackHead = {
  /** What may be done with it. */
  readonly licence: string
  /** What allows the recordings to be given away. */
  readonly consent: string
  readonly keys: PackKeys
}

export type PackManifest = PackHead & {
  readonly title: string
  readonly lessonId: string
  readonly cases: number
  /** ISO 8601, UTC. */
  readonly made: string
  /** All but the manifest itself. */
  readonly files: readonly PackFile[]
}

/** What a reader is told of a pack before it is taken in, and of its lesson afterwards. */
export type PackFacts = Pick<
  PackManifest,
  'title' | 'lessonId' | 'cases' | 'made' | 'licence' | 'consent' | 'keys'
> & {
  readonly clips: number
}

export const MAX_LICENCE = 500
export const MAX_CONSENT = 1000
/** A clip and its proof sheet for every case that a lesson may hold. */
export const MAX_PACK_FILES = 1 + 2 * MAX_CASES
/** Of the file, and of all that is in it. */
export const MAX_PACK_BYTES = 2 * 1024 ** 3
export const MAX_MANIFEST_BYTES = 1024 ** 2
export const MAX_PROOF_BYTES = 1024 ** 2
/** More than any amplifier has; each costs whoever looks at a stranger's clip. */
export const MAX_CLIP_SIGNALS = 1024
/** Samples of an EEG are compressed to a half, texts to a tenth; what is compressed more holds nothing worth reading. */
export const MAX_RATIO = 200
/** Smaller files are never asked for their ratio. */
export const RATIO_FROM_BYTES = 1024 ** 2

/** Of letters, digits and a hyphen before the ending: the same on every system, a folder of nothing, and telling nothing. */
const CLIP_NAME = /^eeg-[0-9a-f]{16}\.(?:edf|bdf)$/
const PROOF_NAME = /^eeg-[0-9a-f]{16}\.proof\.txt$/

export function isClipName(name: string): boolean {
  return CLIP_NAME.test(name)
}

/** Whether a pack may have a file of this name. */
export function isPackFileName(name: string): boolean {
  return name === MANIFEST_NAME || name === LESSON_NAME || isClipName(name) || PROOF_NAME.test(name)
}

/** What a clip is called: by its content, so that neither its place in the lesson nor its recording is told. */
export function clipNameOf(sha256: string, ending: string): string {
  return `eeg-${sha256.slice(0, 16)}${ending}`
}

export function proofNameOf(clip: string): string {
  return clip.replace(/\.(?:edf|bdf)$/, '.proof.txt')
}

/** How large a file of this name may be. */
export function mostBytesOf(name: string, lessonBytes: number): number {
  if (name === MANIFEST_NAME) return MAX_MANIFEST_BYTES
  if (name === LESSON_NAME) return lessonBytes
  return isClipName(name) ? MAX_PACK_BYTES : MAX_PROOF_BYTES
}

/** Whether a name is that of a pack's file. */
export function isPackName(name: string): boolean {
  return name.toLowerCase().endsWith(PACK_ENDING)
}

export function factsOf(manifest: PackManifest): PackFacts {
  const { title, lessonId, cases, made, licence, consent, keys, files } = manifest
  const clips = files.filter(({ name }) => isClipName(name)).length
  return { title, lessonId, cases, made, licence, consent, keys, clips }
}

/** `found`: a name out of a file, which may be anything. */
export function shownEntry(found: string): string {
  return found.length > 60 ? `a name of ${found.length} characters` : `“${displayName(found)}”`
}
