/** How a learner does: asked for, exported, deleted. */
import type { OpenRef } from '../../shared/contract/model.ts'
import type { LessonProgressSummary, QuizEnd } from '../../shared/contract/quizProcedures.ts'
import type { QuizResults } from '../../shared/teaching/quiz/results.ts'
import { downloadFile } from './downloads.ts'
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import { patchUi } from './state.ts'

/** `end`: why the quiz had nothing left to ask. */
export function showQuizResults(lesson: OpenRef, end: QuizEnd | null): void {
  patchUi({ dialog: 'quizResults', resultsOf: { lesson, end } })
}

export function showAllResults(): void {
  patchUi({ dialog: 'quizResults', resultsOf: null })
}

/** What this reader has of each lesson. Rejects with the host's ReviewError, as below. */
export async function askProgress(): Promise<readonly LessonProgressSummary[]> {
  return getHost().listProgress({})
}

/** `ref`: of what was answered of one lesson (`askProgress`); null: of all. */
export async function askResults(ref: string | null): Promise<QuizResults> {
  return getHost().quizResults({ ref })
}

/** The system's dialog says where; a browser downloads it. */
export async function exportProgress(ref: string | null): Promise<void> {
  try {
    const written = await getHost().exportProgress({ ref })
    if (written === null) return
    const { fileName, text } = written
    if (text !== null) downloadFile(fileName, new Blob([text], { type: 'application/json' }))
    notify('good', `Exported as ${fileName}`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** After the question; it is kept nowhere. */
export async function deleteProgress(ref: string | null): Promise<void> {
  try {
    const count = await getHost().deleteProgress({ ref })
    notify('info', count === 1 ? 'Progress of 1 lesson deleted.' : `Progress of ${count} lessons deleted.`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}
