/** What a pack would be, before it is made, and what was made. */
import type { ClipText, ProofLine } from '../../clips/model.ts'
import type { PackText } from './packTexts.ts'

/** One clip of a pack before it is written. */
export type PlannedClip = {
  /** The file that it is cut from, without its folder. */
  readonly recording: string
  /** Places of its cases in the lesson, from 1. */
  readonly cases: readonly number[]
  readonly seconds: number
  readonly channels: number
  readonly proof: readonly ProofLine[]
}

export type PackPreview = {
  readonly cases: number
  readonly clips: readonly PlannedClip[]
  /** Of the clips, before they are compressed. */
  readonly bytes: number
  /** Of the recordings: words of the field, and those to be looked at. */
  readonly texts: readonly ClipText[]
  /** Of the lesson and what is said of the pack, as far as they repeat what a recording's header or name says. */
  readonly lessonTexts: readonly PackText[]
}

export type PackMade = {
  /** Of the file, without its folder. */
  readonly name: string
  readonly folder: string
  readonly bytes: number
  /** Of the whole file, hexadecimal. */
  readonly sha256: string
  readonly cases: number
  readonly clips: number
}
