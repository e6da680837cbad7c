/**
 * Quizzes under way. The key stays here: a window is given a stretch to look at, and the answer only for a judgement that
 * is on disk. For the reader: `createQuizzes`.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Host } from '../../shared/contract/contract.ts'
import type { Answered, QuizCase, QuizEnd, QuizStart } from '../../shared/contract/quizProcedures.ts'
import { ReviewError } from '../../shared/failure.ts'
import { groupBy } from '../../shared/groupBy.ts'
import type { LessonCase } from '../../shared/teaching/lesson.ts'
import { calledOf, NOTHING } from '../../shared/teaching/quiz/called.ts'
import { compareCriteria } from '../../shared/teaching/quiz/criteria.ts'
import { judge } from '../../shared/teaching/quiz/judge.ts'
import type { Judgement, QuizMode } from '../../shared/teaching/quiz/judgement.ts'
import { comesAgain, type OrderedCase, planNext, sortOf } from '../../shared/teaching/quiz/order.ts'
import type { Answer } from '../../shared/teaching/quiz/progress.ts'
import { computeResults } from '../../shared/teaching/quiz/results.ts'
import { isDue, type Standing, standingOf } from '../../shared/teaching/quiz/schedule.ts'
import { statOrNull } from './atomicFile.ts'
import type { Lessons, LessonWithAnswers } from './lessons.ts'
import { alreadyJudged, type ProgressStore } from './progress.ts'

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
  cases: readonly LessonCase[]
  /** Ids of cases, in the order in which they were shown. */
  shown: readonly string[]
  open: Showing | null
  /** The latest answer that was told: one that was lost on its way is asked for by the same judgement. */
  told: { readonly showing: string; readonly judgement: Judgement; readonly answered: Answered } | null
  /** Settles when what was asked of this quiz last is done. */
  turn: Promise<unknown>
}

/** A case before its learner, until it is judged. */
type Showing = { readonly id: string; readonly case: LessonCase; readonly left: number }

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

  /** One thing after the other: two answers to one showing must not both find it open. */
  function inTurn<Value>(quiz: Quiz, work: () => Promise<Value>): Promise<Value> {
    const next = quiz.turn.then(work, work)
    quiz.turn = next.catch(() => {})
    return next
  }

  /** Not lost, and not under a blind review that has begun since. */
  async function isPlayable({ taken }: Quiz, { recording }: LessonCase): Promise<boolean> {
    const found = taken.found.get(recording.fingerprint)
    if (found === undefined || (await statOrNull(found.path).catch(() => null)) === null) return false
    return !(await lessons.isBlind(found))
  }

  async function startQuiz({ ref, mode, seed }: Parameters<Host['startQuiz']>[0]): Promise<QuizStart> {
    const taken = await lessons.look(ref)
    const learner = await whoLearns()
    const { lesson, found, blind } = taken
    const { answers } = await progress.read(learner, lesson)
    const cases = lesson.cases.filter(
      ({ recording: { fingerprint } }) => found.has(fingerprint) && !blind.has(fingerprint),
    )
    const quizId = randomUUID()
    quizzes.set(quizId, {
      ...{ learner, mode, seed: seed ?? randomInt(2 ** 31), taken, cases },
      ...{ shown: [], open: null, told: null, turn: Promise.resolve() },
    })
    const [oldest] = quizzes.keys()
    if (quizzes.size > MOST_QUIZZES && oldest !== undefined) quizzes.delete(oldest)
    const standings = [...standingsOf(cases, answers).values()]
    const at = now().toISOString()
    return {
      ...{ quizId, lessonTitle: lesson.title, learner, total: cases.length },
      due: standings.filter((standing) => isDue(standing, at)).length,
      fresh: standings.filter(({ type }) => type === 'fresh').length,
      retired: standings.filter(({ type }) => type === 'retired').length,
      note: noteOf(taken, cases),
    }
  }

  async function nextCase(quiz: Quiz): Promise<QuizCase | QuizEnd> {
    const { answers } = await progress.read(quiz.learner, quiz.taken.lesson)
    if (quiz.open !== null && !(await isPlayable(quiz, quiz.open.case))) leaveOut(quiz, quiz.open.case)
    while (quiz.open === null) {
      const next = planNext({
        cases: orderedCases(quiz.cases, answers),
        ...{ shown: quiz.shown, now: now().toISOString(), seed: quiz.seed },
      })
      if (next.type === 'end') return { type: 'end', reason: next.reason, nextDue: next.nextDue }
      const chosen = quiz.cases.find(({ id }) => id === next.id)!
      if (await isPlayable(quiz, chosen)) {
        quiz.open = { id: randomUUID(), case: chosen, left: next.left }
        quiz.shown = [...quiz.shown, chosen.id]
      } else leaveOut(quiz, chosen)
    }
    const { open } = quiz
    const { onset, duration, view, question, recording, id } = open.case
    return {
      ...{ type: 'case', showing: open.id, onset, duration, view, question },
      recording: { ref: register(quiz.taken.found.get(recording.fingerprint)!.path).ref },
      ...{ number: quiz.shown.length, left: open.left },
      isRepeat: answers.some((answer) => answer.case === id),
    }
  }

  async function answerCase(quiz: Quiz, showing: string, judgement: Judgement): Promise<Answered> {
    const { open, told } = quiz
    if (told?.showing === showing && isSaidAgain(told.judgement, judgement)) return told.answered
    if (open?.id !== showing) throw alreadyJudged()
    if (!(await isPlayable(quiz, open.case))) {
      throw new ReviewError(
        'sealed',
        'The recording of this case is gone, or you have begun to review it blind: go on to the next case.',
      )
    }
    const answer = answerOf(open, judgement, quiz.mode, now())
    const { answers } = await progress.append(quiz.learner, quiz.taken.lesson, answer)
    quiz.open = null
    const soFar = {
      cases: orderedCases(quiz.cases, answers),
      ...{ shown: quiz.shown, now: now().toISOString() },
    }
    const answered = { ...tell(open.case, answer, answers), comesAgain: comesAgain(soFar) }
    quiz.told = { showing, judgement, answered }
    return answered
  }

  return {
    startQuiz,
    nextCase: async ({ quizId }) => {
      const quiz = get(quizId)
      return inTurn(quiz, () => nextCase(quiz))
    },
    answerCase: async ({ quizId, showing, judgement }) => {
      const quiz = get(quizId)
      return inTurn(quiz, () => answerCase(quiz, showing, judgement))
    },
  }
}

/** What was said, whatever the time that has passed: it is sent again later. */
function isSaidAgain(before: Judgement, now: Judgement): boolean {
  const said = ({ marks, confidence, criteria }: Judgement) => ({ marks, confidence, criteria })
  return isDeepStrictEqual(said(before), said(now))
}

function leaveOut(quiz: Quiz, { recording }: LessonCase): void {
  quiz.cases = quiz.cases.filter((each) => each.recording.fingerprint !== recording.fingerprint)
  quiz.open = null
}

function answerOf(open: Showing, judgement: Judgement, mode: QuizMode, at: Date): Answer {
  const { marks, confidence, criteria, seconds } = judgement
  return {
    ...{ showing: open.id, case: open.case.id, at: at.toISOString(), mode },
    ...{ marks, confidence, criteria, seconds },
    judged: judge(open.case.key, marks, mode),
  }
}

function tell(
  { id, key, rationale, sources, difficulty }: LessonCase,
  answer: Answer,
  answers: readonly Answer[],
): Omit<Answered, 'comesAgain'> {
  const standing = standingOf(answers.filter((each) => each.case === id))
  return {
    judged: answer.judged,
    ...{ key: key.marks, votes: key.votes, rationale, sources, difficulty },
    criteria: compareCriteria(answer.criteria, key.marks.length === 0 ? [NOTHING] : key.marks.map(calledOf)),
    due: dueOf(standing),
    retired: standing.type === 'retired',
    results: computeResults(answers),
  }
}

/** By id of the case. */
function standingsOf(
  cases: readonly LessonCase[],
  answers: readonly Answer[],
): ReadonlyMap<string, Standing> {
  const byCase = groupBy(answers, (answer) => answer.case)
  return new Map(cases.map(({ id }) => [id, standingOf(byCase.get(id) ?? [])]))
}

function orderedCases(cases: readonly LessonCase[], answers: readonly Answer[]): readonly OrderedCase[] {
  const standings = standingsOf(cases, answers)
  return cases.map(({ id, key, difficulty, recording }) => ({
    ...{ id, sort: sortOf(key), difficulty, recording: recording.fingerprint },
    standing: standings.get(id)!,
  }))
}

function dueOf(standing: Standing): string | null {
  if (standing.type === 'missed') return standing.since
  return standing.type === 'scheduled' ? standing.due : null
}

/** What is left out, and what the lesson cannot teach. */
function noteOf(taken: LessonWithAnswers, cases: readonly LessonCase[]): string | null {
  const all = taken.lesson.cases
  const blind = all.filter(({ recording }) => taken.blind.has(recording.fingerprint)).length
  const missing = all.length - cases.length - blind
  const notes = [
    all.length === 0 ? 'The lesson has no cases yet.' : null,
    blind === 0
      ? null
      : `${leftOut(blind)}: you review ${blind === 1 ? 'its recording' : 'their recordings'} blind.`,
    missing === 0
      ? null
      : `${leftOut(missing)}: ${missing === 1 ? 'its recording was' : 'their recordings were'} not found. Open one of the folder, then begin again.`,
  ].filter((note) => note !== null)
  return notes.length === 0 ? null : notes.join(' ')
}

function leftOut(count: number): string {
  return count === 1 ? '1 case is left out' : `${count} cases are left out`
}
