/** Clips: what one would be and would leave behind, before it is written as long work (`jobs.ts`). */
import * as v from 'valibot'
import type { ClipPlan } from '../clips/model.ts'
import { id, signals, takes } from './procedure.ts'

const seconds = v.pipe(v.number(), v.finite())
/** Texts that a reader may let through, of one recording. */
const MOST_KEPT = 1000

/** As `ClipRequest`, with whose marks go along. */
export const clipEntries = {
  span: v.union([
    v.literal('whole'),
    v.pipe(
      v.strictObject({ start: seconds, end: seconds }),
      v.check(({ start, end }) => end > start, 'a span that ends after it begins'),
    ),
  ]),
  /** By header index; null: all that can be written. */
  signals: v.nullable(signals),
  notes: v.boolean(),
  keep: v.pipe(
    v.array(v.unknown(), 'a list of texts'),
    v.maxLength(MOST_KEPT, `at most ${MOST_KEPT} texts that are kept`),
    v.array(v.pipe(v.string(), v.maxLength(260, 'a text of at most 260 characters'))),
  ),
  /** An open set of the recording whose marks go along; null: none. */
  setId: v.nullable(id),
}

/** All that is said of a clip before it is written: nothing of the header's identification. */
export type ClipPreview = Pick<ClipPlan, 'format' | 'span' | 'length' | 'bytes' | 'proof' | 'texts'> & {
  /** Channels that EDF+ has no way to write, each with why. */
  readonly unwritable: readonly { readonly signal: number; readonly why: string }[]
  /** Whether all of the recording's annotations are known already: what is not is left out unless it is a word of the field. */
  readonly complete: boolean
}

export const CLIP_PROCEDURES = {
  /** What a clip would be; rejects as writing it would where it cannot be. */
  previewClip: takes(v.strictObject({ recordingId: id, ...clipEntries })).gives<ClipPreview>(),
} as const
