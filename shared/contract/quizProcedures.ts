/**
 * The quiz: a lesson's cases one by one, each judged before its answer is told. The host holds the key: a window has a case
 * without key, rationale, sources, difficulty or name, and gets those only for a judgement, which is on disk by then.
 */
import * as v from 'valibot'
import { boundedList, eventEntries, stretchEntries } from '../annotation/fieldSchemas.ts'
import { CONFIDENCES, codesOf } from '../annotation/kinds.ts'
import type { CaseKey, CaseSource, CaseView, Difficulty } from '../teaching/lesson.ts'
import { CRITERIA, CRITERION_CODES, type CriterionCompared } from '../teaching/quiz/criteria.ts'
import { type Judged, type Judgement, QUIZ_MODES } from '../teaching/quiz/judgement.ts'
import type { EndReason } from '../teaching/quiz/order.ts'
import type { QuizResults } from '../teaching/quiz/results.ts'
import type { Seconds, Ticks } from '../units.ts'
import { id, nothing, takes } from './procedure.ts'

export type QuizStart = {
  readonly quizId: string
  readonly lessonTitle: string
  /** Reviewer code of the settings: whose progress it is until the quiz ends. */
  readonly learner: string
  /** Cases that can be shown; of them `due` to be shown again, `fresh` never shown, `retired` mastered. */
  readonly total: number
  readonly due: number
  readonly fresh: number
  readonly retired: number
  /** What is left out and why, and what the lesson cannot teach; null: nothing to say. */
  readonly note: string | null
}

export type QuizCase = {
  readonly type: 'case'
  /** Of this showing: no two have one, and it says nothing of the case. */
  readonly showing: string
  /** Of the recording to open; its name is told with no case. */
  readonly recording: { readonly ref: string }
  /** The stretch, in ticks after the header's start second. */
  readonly onset: Ticks
  readonly duration: Ticks
  readonly view: CaseView
  /** Empty: the usual one is asked. */
  readonly question: string
  /** Which showing of this quiz it is, from 1. */
  readonly number: number
  /** Cases still to be shown if none is missed from now on, this one among them. */
  readonly left: number
  /** This learner has judged it before. */
  readonly isRepeat: boolean
}

export type QuizEnd = {
  readonly type: 'end'
  readonly reason: EndReason
  /** When the next case comes back; null: none does. */
  readonly nextDue: string | null
}

export type Answered = {
  readonly judged: Judged
  readonly key: CaseKey['marks']
  readonly votes: CaseKey['votes']
  readonly rationale: string
  readonly sources: readonly CaseSource[]
  readonly difficulty: Difficulty | null
  readonly criteria: readonly CriterionCompared[]
  /** When it comes back; one that was missed at once, after three others. null: it is retired. */
  readonly due: string | null
  /** In this quiz, if none is missed from now on: enough others are left to come between. */
  readonly comesAgain: boolean
  readonly retired: boolean
  /** Of this learner and lesson, this answer among them. */
  readonly results: QuizResults
}

export type LessonProgressSummary = {
  /** Of what the learner has of the lesson: for `quizResults`, `exportProgress` and `deleteProgress`. */
  readonly ref: string
  /** Ref of the lesson, where it is among those that are listed; else null. */
  readonly lesson: string | null
  readonly title: string
  readonly answered: number
  readonly right: number
  /** Cases that were answered; of them those that come back by now, and those that are mastered. */
  readonly seen: number
  readonly due: number
  readonly retired: number
  /** When it was answered last; ISO 8601, UTC. */
  readonly last: string | null
  /** Why it cannot be read, else null; the other fields say nothing then. */
  readonly problem: string | null
}

const MAX_MARKS_GIVEN = 50
/** A day: a window that was left open is no time to answer. */
const LONGEST_ANSWER: Seconds = 86_400

const markGiven = v.pipe(
  v.strictObject({
    ...{ kind: eventEntries.kind, subtype: eventEntries.subtype },
    ...stretchEntries,
  }),
  v.check(({ kind, subtype }) => subtype === null || kind === 'mimic', 'only a mimic has a subtype'),
)
const judgement = v.strictObject({
  marks: boundedList(markGiven, MAX_MARKS_GIVEN, {
    list: 'a list of marks',
    longest: `a list of at most ${MAX_MARKS_GIVEN} marks`,
  }),
  confidence: v.picklist(codesOf(CONFIDENCES)),
  criteria: v.strictObject(
    v.entriesFromList(
      CRITERIA.map((criterion) => criterion.id),
      v.exactOptional(v.picklist(CRITERION_CODES)),
    ),
  ),
  seconds: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(LONGEST_ANSWER)),
}) as unknown as v.GenericSchema<unknown, Judgement>
const quiz = { quizId: id }
/** Of a lesson, or of what the learner has of one (`listProgress`); null: all. */
const ofLesson = { ref: v.nullable(id) }

export const QUIZ_PROCEDURES = {
  /**
   * Begins a quiz on a lesson, for the reviewer of the settings. Cases that cannot be shown (recording not found, reviewed
   * blind) are left out, and `note` says so. `bad-progress` where what the learner has of it cannot be read.
   */
  startQuiz: takes(
    v.strictObject({
      ...{ ref: id, mode: v.picklist(QUIZ_MODES) },
      /** Decides the order among cases that could come next; drawn where not given. */
      seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    }),
  ).gives<QuizStart>(),
  /** What comes next; the same showing again as long as it is not judged. */
  nextCase: takes(v.strictObject(quiz)).gives<QuizCase | QuizEnd>(),
  /** Keeps the judgement, then tells the answer. `conflict` where this showing was judged before. */
  answerCase: takes(v.strictObject({ ...quiz, showing: id, judgement })).gives<Answered>(),
  /** Of the reviewer of the settings. */
  quizResults: takes(v.strictObject(ofLesson)).gives<QuizResults>(),
  /** A row a lesson, the one answered last first. */
  listProgress: takes(nothing).gives<readonly LessonProgressSummary[]>(),
  /**
   * A copy where the system's dialog says; null when dismissed. A browser has no such dialog: it is given the text to
   * download. `name`: what the file is to be called.
   */
  exportProgress: takes(
    v.strictObject({ ...ofLesson, name: v.optional(v.pipe(v.string(), v.maxLength(200))) }),
  ).gives<{ readonly fileName: string; readonly text: string | null } | null>(),
  /** Deletes what the learner has of a lesson, or of all; it is kept nowhere. How many lessons it was. */
  deleteProgress: takes(v.strictObject(ofLesson)).gives<number>(),
} as const
