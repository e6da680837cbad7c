/**
 * What a lesson is: cases in the order in which they are shown. A case is a stretch of a recording, how it is shown, a
 * question, and the answer: marks, and what other readers had marked there. A value that edits change and files hold.
 */
import type { Mark, MarkView, RecordingIdentity, TickSpan } from '../annotation/document.ts'
import { spanOf } from '../annotation/order.ts'
import type { OwnMontage } from '../montage/ownMontages.ts'
import { TICKS_PER_SECOND, type Ticks } from '../units.ts'

/** Which recording a case was cut from: told by the samples; the name is for people, and is shown to no learner. */
export type CaseRecording = Pick<RecordingIdentity, 'fingerprint' | 'fileName' | 'records' | 'recordDuration'>

/** How the stretch is shown. A montage of the teacher's own goes along: a learner has none of that name. */
export type CaseView = MarkView & { readonly own?: OwnMontage }

/** What there is to be found. `id` is that of the mark it was made of. */
export type KeyMark = Pick<
  Mark,
  'id' | 'kind' | 'subtype' | 'onset' | 'duration' | 'channels' | 'confidence' | 'evidence' | 'author'
>

export type VotedMark = Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration' | 'confidence'>

/** What one reader had marked in the stretch. */
export type Vote = {
  /** Reviewer code. */
  readonly reader: string
  /** Had read all of the stretch: only then is a mark that is not here a "nothing". */
  readonly reviewed: boolean
  /** In order of onset. */
  readonly marks: readonly VotedMark[]
}

/** Marks in order of onset; none: there is nothing to be marked here, which is an answer too. */
export type CaseKey = { readonly marks: readonly KeyMark[]; readonly votes: readonly Vote[] }

/** Where a statement of the rationale comes from; `url` is an address of the web or null. */
export type CaseSource = { readonly text: string; readonly url: string | null }

export const DIFFICULTIES = [
  { code: 'easy', label: 'Easy' },
  { code: 'medium', label: 'Medium' },
  { code: 'hard', label: 'Hard' },
] as const

export type Difficulty = (typeof DIFFICULTIES)[number]['code']

export type LessonCase = {
  /** Stays, whatever is changed or moved: what learners have done is kept under it. */
  readonly id: string
  readonly recording: CaseRecording
  /** The stretch, in ticks after the header's start second, as marks have them. */
  readonly onset: Ticks
  readonly duration: Ticks
  readonly view: CaseView
  /** Empty: the usual one is asked. */
  readonly question: string
  readonly key: CaseKey
  /** Why the answer is what it is. */
  readonly rationale: string
  readonly sources: readonly CaseSource[]
  /** null: nobody has said. */
  readonly difficulty: Difficulty | null
  /** ISO 8601, UTC: of the last change. */
  readonly changed: string
}

/** What is said of a lesson as a whole. */
export type LessonHead = {
  readonly title: string
  readonly description: string
  /** A language tag (BCP 47) such as `en` or `pt-BR`. */
  readonly language: string
  /** Whose it is and what may be done with it, in a line. */
  readonly licence: string
}

export type Lesson = LessonHead & {
  /** Stays, whatever the lesson or its file is called. */
  readonly id: string
  /** ISO 8601, UTC. */
  readonly created: string
  readonly changed: string
  readonly cases: readonly LessonCase[]
}

export const MAX_LESSON_BYTES = 8 * 1024 * 1024
export const MAX_CASES = 1000
export const MAX_KEY_MARKS = 200
export const MAX_VOTES = 100
export const MAX_SOURCES = 20
export const MAX_TITLE = 200
export const MAX_LINE = 500
export const MAX_QUESTION = 2000
export const MAX_TEXT = 10_000
/** An hour: more is a recording and no case. */
export const LONGEST_CASE = (3600 * TICKS_PER_SECOND) as Ticks

export const USUAL_QUESTION = 'What do you see here?'

export function findCase(lesson: Pick<Lesson, 'cases'>, id: string): LessonCase | null {
  return lesson.cases.find((each) => each.id === id) ?? null
}

/** The recordings that a lesson needs, each once, in the order of its cases. */
export function recordingsOf(lesson: Pick<Lesson, 'cases'>): readonly CaseRecording[] {
  const recordings = new Map<string, CaseRecording>()
  for (const { recording } of lesson.cases) {
    if (!recordings.has(recording.fingerprint)) recordings.set(recording.fingerprint, recording)
  }
  return [...recordings.values()]
}

/** The case that was made of this mark already, else null. */
export function caseOf(
  lesson: Pick<Lesson, 'cases'>,
  made: { readonly fingerprint: string; readonly markId: string },
): LessonCase | null {
  return (
    lesson.cases.find(
      ({ recording, key }) =>
        recording.fingerprint === made.fingerprint && key.marks.some(({ id }) => id === made.markId),
    ) ?? null
  )
}

/** Whether a part of a mark lies in the stretch; a moment (0 long) where its onset does. */
export function liesIn(mark: Pick<Mark, 'onset' | 'duration'>, stretch: TickSpan): boolean {
  const { start, end } = spanOf(mark)
  return start < stretch.end && (end > stretch.start || (end === start && start === stretch.start))
}
