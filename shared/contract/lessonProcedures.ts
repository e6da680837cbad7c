/** Lessons: which there are, reading and keeping one, and what of the sets of others goes into its cases. */
import * as v from 'valibot'
import { boundedList } from '../annotation/fieldSchemas.ts'
import { type Lesson, MAX_CASES, type Vote } from '../teaching/lesson.ts'
import { lessonSchema } from '../teaching/lessonSchema.ts'
import type { PackFacts } from '../teaching/pack/pack.ts'
import type { Ticks } from '../units.ts'
import type { OpenRef } from './model.ts'
import { id, nothing, recording, takes } from './procedure.ts'

export type LessonSummary = OpenRef & {
  readonly title: string
  readonly cases: number
  readonly changed: string
  /** Came with the app: to be taken and copied, not to be changed. */
  readonly isShipped: boolean
  /** The pack that it came in, which is to be taken and copied only, too; null: none. */
  readonly pack: PackFacts | null
  /** Of the file; another one than that of the open lesson tells that another program has changed it. */
  readonly hash: string
  /** Why it cannot be read, else null; the other fields say nothing then. */
  readonly problem: string | null
}

/** Where a recording of a lesson is; null: in none of the folders that are known here. */
export type FoundRecording = { readonly fingerprint: string; readonly recording: OpenRef | null }

export type OpenedLesson = OpenRef & {
  readonly hash: string
  readonly isShipped: boolean
  readonly pack: PackFacts | null
  readonly lesson: Lesson
  /**
   * Ids of cases whose recording this reader reviews blind and has not signed off, and of a sealed pack those not answered in
   * the quiz: key, rationale and sources are empty here, and stay in the file whatever is saved.
   */
  readonly sealed: readonly string[]
  readonly recordings: readonly FoundRecording[]
}

const ticks = v.pipe(
  v.number(),
  v.safeInteger(),
  v.transform((value) => value as Ticks),
)
/** Of the lesson's file, as `OpenedLesson` tells it. */
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'))

export const LESSON_PROCEDURES = {
  /** Those in the app's own folder, the one changed last first, then those that came with the app. */
  listLessons: takes(nothing).gives<readonly LessonSummary[]>(),
  /** Reads a lesson and looks for its recordings. `bad-lesson`, with one sentence, where it is none. */
  openLesson: takes(v.strictObject({ ref: id })).gives<OpenedLesson>(),
  /** Keeps a lesson as a new file in the app's own folder, named after its title. */
  createLesson: takes(v.strictObject({ lesson: lessonSchema })).gives<OpenedLesson>(),
  /**
   * Puts the lesson in the place of what was read or saved last, whose hash is `seen`; where the file has another, a
   * `conflict`, unless it is to be overwritten: what lay there is kept in the folder `aside` then. `sealed`: the cases that
   * came without their answers, which stay as the file has them; `sealed` where it has them no longer.
   */
  saveLesson: takes(
    v.strictObject({
      ...{ ref: id, lesson: lessonSchema, seen: hash, overwrite: v.boolean() },
      sealed: boundedList(id, MAX_CASES, {
        list: 'a list of ids',
        longest: `a list of at most ${MAX_CASES} ids`,
      }),
    }),
  ).gives<{ readonly hash: string }>(),
  /** Takes a lesson out of the list: its file goes into the folder `aside`. */
  removeLesson: takes(v.strictObject({ ref: id })).gives<null>(),
  /** A copy where the system's dialog says; null when dismissed. A browser downloads what it shows. */
  exportLesson: takes(v.strictObject({ ref: id })).gives<{ readonly fileName: string } | null>(),
  /**
   * What the readers of an open recording had marked in a stretch, for a key that is made of the set of `reviewer`.
   * `sealed` where the recording is reviewed blind and not everybody has signed off: a lesson would tell.
   */
  stretchVotes: takes(
    v.strictObject({
      ...recording.entries,
      onset: ticks,
      duration: ticks,
      reviewer: v.pipe(v.string(), v.maxLength(200)),
    }),
  ).gives<readonly Vote[]>(),
} as const
