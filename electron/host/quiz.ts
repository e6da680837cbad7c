/**
 * Quizzes under way. The key stays here: a window is given a stretch to look at, and the answer only for a judgement that
 * is on disk. For the reader: `createQuizzes`.
 */
import { randomInt, randomUUID } from 'node:crypto'
import type { Host } from '../../shared/contract/contract.ts'
import type { Answered, QuizCase, QuizEnd, QuizStart } from '../../shared/contract/quizProcedures.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { LessonCase } from '../../shared/teaching/lesson.ts'
import { calledOf, NOTHING } from '../../shared/teaching/quiz/called.ts'
import { compareCriteria } from '../../shared/teaching/quiz/criteria.ts'
import { judge } from '../../shared/teaching/quiz/judge.ts'
import type { Judgement, QuizMode } from '../../shared/teaching/quiz/judgement.ts'
import { type OrderedCase, planNext, sortOf } from '../../shared/teaching/quiz/order.ts'
import type { Answer } from '../../shared/teaching/quiz/progress.ts'
import { computeResults, fewMimics } from '../../shared/teaching/quiz/results.ts'
import { isDue, type Standing, standingOf } from '../../shared/teaching/quiz/schedule.ts'
import type { Lessons, LessonWithAnswers } from './lessons.ts'
import type { ProgressStore } from './progress.ts'

/** Windows are one at a time, and each quiz that is begun leaves the last one behind. */
const MOST_QUIZZES = 8

export type Quizzes = Pick<Host, 'startQuiz' | 'nextCase' | 'answerCase'>

type Options = {
  readonly lessons: Pick<Lessons, 'look' | 'isBlind'>
  readonly progress: ProgressStore
  /** Reviewer code of the settings. */
  readonly learner: () => Promise<string>
  /** Gives a recording's path an opaque name. */
  readonly register: (file: string) => { readonly ref: string }
  readonly now?: () => Date
}

type Quiz = {
  readonly learner: string
  readonly mode: QuizMode
  readonly seed: number
  readonly taken: LessonWithAnswers
  /** Those that can be shown. */
  readonly cases: readonly LessonCase[]
  /** All of the lesson, by anyone of this learner's windows as far as it is known here. */
  answers: readonly Answer[]
  /** Ids of cases, in the order in which they were shown. */
  shown: readonly string[]
  open: Showing | null
}

type Showing = {
  readonly id: string
  readonly case: LessonCase
  readonly left: number
  isBeingJudged: boolean
}

export function createQuizzes({
  lessons,
  progress,
  learner: whoLearns,
  register,
  ...options
}: Options): Quizzes {
  const now = options.now ?? (() => new Date())
  const quizzes = new Map<string, Quiz>()

  function get(quizId: string): Quiz {
    const quiz = quizzes.get(quizId)
    if (quiz === undefined) throw new ReviewError('not-found', 'That quiz is over: begin it again.')
    return quiz
  }

  async function startQuiz({ ref, mode, seed }: Parameters<Host['startQuiz']>[0]): Promise<QuizStart> {
    const taken = await lessons.look(ref)
    const learner = await whoLearns()
    const { lesson } = taken
    const { answers } = await progress.read(learner, lesson)
    const cases = lesson.cases.filter(({ recording }) => isPlayable(taken, recording.fingerprint))
    const quiz: Quiz = {
      ...{ learner, mode, seed: seed ?? randomInt(2 ** 31), taken, cases, answers },
      ...{ shown: [], open: null },
    }
    const quizId = randomUUID()
    quizzes.set(quizId, quiz)
    const [oldest] = quizzes.keys()
    if (quizzes.size > MOST_QUIZZES && oldest !== undefined) quizzes.delete(oldest)
    const standings = cases.map(({ id }) => standingIn(quiz, id))
    const at = now().toISOString()
    return {
      ...{ quizId, lessonTitle: lesson.title, learner, total: cases.length },
      due: standings.filter((standing) => isDue(standing, at)).length,
      fresh: standings.filter(({ type }) => type === 'fresh').length,
      retired: standings.filter(({ type }) => type === 'retired').length,
      note: noteOf(taken, cases),
    }
  }

  async function nextCase({ quizId }: { readonly quizId: string }): Promise<QuizCase | QuizEnd> {
    const quiz = get(quizId)
    if (quiz.open === null) {
      const cases = quiz.cases.map((each) => ordered(quiz, each))
      const next = planNext({ cases, shown: quiz.shown, now: now().toISOString(), seed: quiz.seed })
      if (next.type === 'end') return { type: 'end', reason: next.reason, nextDue: next.nextDue }
      const chosen = quiz.cases.find(({ id }) => id === next.id)!
      quiz.open = { id: randomUUID(), case: chosen, left: next.left, isBeingJudged: false }
      quiz.shown = [...quiz.shown, chosen.id]
    }
    const { open } = quiz
    const { onset, duration, view, question, recording, id } = open.case
    return {
      ...{ type: 'case', showing: open.id, onset, duration, view, question },
      recording: { ref: register(quiz.taken.found.get(recording.fingerprint)!.path).ref },
      ...{ number: quiz.shown.length, left: open.left },
      isRepeat: quiz.answers.some((answer) => answer.case === id),
    }
  }

  async function answerCase({
    quizId,
    showing,
    judgement,
  }: Parameters<Host['answerCase']>[0]): Promise<Answered> {
    const quiz = get(quizId)
    const { open } = quiz
    if (open === null || open.id !== showing || open.isBeingJudged) {
      throw new ReviewError('conflict', 'This showing was judged before: go on to the next case.')
    }
    open.isBeingJudged = true
    try {
      const found = quiz.taken.found.get(open.case.recording.fingerprint)!
      if (await lessons.isBlind(found)) {
        throw new ReviewError(
          'sealed',
          'You have begun to review this recording blind: its answer is told once your own set is signed off.',
        )
      }
      const answer = answerOf(open, judgement, quiz.mode, now())
      const kept = await progress.append(quiz.learner, quiz.taken.lesson, answer)
      quiz.answers = kept.answers
      quiz.open = null
      return tell(quiz, open.case, answer)
    } finally {
      open.isBeingJudged = false
    }
  }

  return { startQuiz, nextCase, answerCase }
}

function answerOf(open: Showing, judgement: Judgement, mode: QuizMode, at: Date): Answer {
  const { marks, confidence, criteria, seconds } = judgement
  return {
    ...{ showing: open.id, case: open.case.id, at: at.toISOString(), mode },
    ...{ marks, confidence, criteria, seconds },
    judged: judge(open.case.key, marks, mode),
  }
}

function tell(quiz: Quiz, { id, key, rationale, sources, difficulty }: LessonCase, answer: Answer): Answered {
  const standing = standingIn(quiz, id)
  return {
    judged: answer.judged,
    ...{ key: key.marks, votes: key.votes, rationale, sources, difficulty },
    criteria: compareCriteria(answer.criteria, key.marks.length === 0 ? [NOTHING] : key.marks.map(calledOf)),
    due: dueOf(standing),
    retired: standing.type === 'retired',
    results: computeResults(quiz.answers),
  }
}

function standingIn({ answers }: Quiz, caseId: string): Standing {
  return standingOf(answers.filter((answer) => answer.case === caseId))
}

function ordered(quiz: Quiz, { id, key, difficulty, recording }: LessonCase): OrderedCase {
  const standing = standingIn(quiz, id)
  return { id, sort: sortOf(key), difficulty, recording: recording.fingerprint, standing }
}

function dueOf(standing: Standing): string | null {
  if (standing.type === 'missed') return standing.since
  return standing.type === 'scheduled' ? standing.due : null
}

function isPlayable({ found, blind }: LessonWithAnswers, fingerprint: string): boolean {
  return found.has(fingerprint) && !blind.has(fingerprint)
}

/** What is left out, and what the lesson cannot teach. */
function noteOf(taken: LessonWithAnswers, cases: readonly LessonCase[]): string | null {
  const all = taken.lesson.cases
  const blind = all.filter(({ recording }) => taken.blind.has(recording.fingerprint)).length
  const missing = all.length - cases.length - blind
  const mimics = cases.filter(({ key }) => sortOf(key) === 'mimic').length
  const notes = [
    all.length === 0 ? 'The lesson has no cases yet.' : null,
    blind === 0
      ? null
      : `${leftOut(blind)}: you review ${blind === 1 ? 'its recording' : 'their recordings'} blind.`,
    missing === 0
      ? null
      : `${leftOut(missing)}: ${missing === 1 ? 'its recording was' : 'their recordings were'} not found. Open one of the folder, then begin again.`,
    fewMimics(mimics, cases.length),
  ].filter((note) => note !== null)
  return notes.length === 0 ? null : notes.join(' ')
}

function leftOut(count: number): string {
  return count === 1 ? '1 case is left out' : `${count} cases are left out`
}
