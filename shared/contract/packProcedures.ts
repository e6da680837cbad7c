/** Teaching packs: what one holds, and taking its lesson in. Making one is long work (`jobs.ts`). */
import * as v from 'valibot'
import { MAX_CASES } from '../teaching/lesson.ts'
import type { PackFacts } from '../teaching/pack/pack.ts'
import { packHeadEntries } from '../teaching/pack/packManifest.ts'
import type { OpenRef } from './model.ts'
import { id, takes } from './procedure.ts'

/** What a reader is told before a pack is taken in; all of it was looked at. */
export type InspectedPack = PackFacts &
  OpenRef & {
    /** Of the file. */
    readonly bytes: number
    /** Of the file, hexadecimal: what its maker may have told along with it. */
    readonly sha256: string
    /** The lesson that was taken in before; null: it was not. */
    readonly lesson: OpenRef | null
  }

/** Texts that may be let through, of recordings and of a lesson. */
const MOST_KEPT = 20 * MAX_CASES
const LONGEST_TEXT_ID = 300

/** Of a job that plans or makes a pack. */
export const packEntries = {
  /** Of the lesson, as `OpenedLesson` has it, and the hash that its window has seen. */
  ref: id,
  seen: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
  channels: v.picklist(['all', 'shown']),
  keep: v.pipe(
    v.array(v.unknown(), 'a list of texts'),
    v.maxLength(MOST_KEPT, `at most ${MOST_KEPT} texts that are kept`),
    v.array(v.pipe(v.string(), v.maxLength(LONGEST_TEXT_ID, `at most ${LONGEST_TEXT_ID} characters`))),
  ),
}

export const packHead = v.strictObject(packHeadEntries)

export const PACK_PROCEDURES = {
  /** Looks at all of a pack and keeps nothing. `bad-pack`, with one sentence, where it is none or not as it was made. */
  inspectPack: takes(v.strictObject({ ref: id })).gives<InspectedPack>(),
  /** Takes its lesson among one's own, with its clips; the same pack once more changes nothing. Rejects as `inspectPack` does. */
  addPack: takes(v.strictObject({ ref: id })).gives<{ readonly lesson: OpenRef; readonly isNew: boolean }>(),
} as const
