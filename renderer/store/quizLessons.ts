/** What can be asked: the lessons that are there, with how far this reader is in each. */
import type { LessonSummary } from '../../shared/contract/lessonProcedures.ts'
import type { LessonProgressSummary } from '../../shared/contract/quizProcedures.ts'
import { getHost } from './host.ts'

export type QuizLesson = {
  readonly lesson: LessonSummary
  /** null: nothing of it was answered yet. */
  readonly progress: LessonProgressSummary | null
}

/** Those that can be read and have cases; those that came with the app first. Rejects with the host's ReviewError. */
export async function askQuizLessons(): Promise<readonly QuizLesson[]> {
  const [lessons, progress] = await Promise.all([getHost().listLessons({}), getHost().listProgress({})])
  const usable = lessons.filter(({ problem, cases }) => problem === null && cases > 0)
  return usable
    .toSorted((a, b) => Number(b.isShipped) - Number(a.isShipped))
    .map((lesson) => ({ lesson, progress: progress.find((each) => each.lesson === lesson.ref) ?? null }))
}
