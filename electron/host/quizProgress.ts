/** A learner's progress as a window asks for it: what there is, what it comes to, a copy of it, and the end of it. */
import type { Host } from '../../shared/contract/contract.ts'
import type { LessonProgressSummary } from '../../shared/contract/quizProcedures.ts'
import { ReviewError } from '../../shared/failure.ts'
import { groupBy } from '../../shared/groupBy.ts'
import type { Answer, LessonProgress } from '../../shared/teaching/quiz/progress.ts'
import { PROGRESS_ENDING, serializeProgress } from '../../shared/teaching/quiz/progressFormat.ts'
import { computeResults } from '../../shared/teaching/quiz/results.ts'
import { isDue, standingOf } from '../../shared/teaching/quiz/schedule.ts'
import { writeFileAtomically } from './atomicFile.ts'
import { stemOf } from './lessonFiles.ts'
import type { LessonRef, Lessons } from './lessons.ts'
import type { KeptProgress, ProgressStore } from './progress.ts'
import type { ShellPort } from './shell.ts'
import { shownName } from './shownName.ts'
import { refuseSet } from './writeGuard.ts'

const NONE_SEEN = { seen: 0, due: 0, retired: 0 } as const

export type QuizProgress = Pick<Host, 'quizResults' | 'listProgress' | 'exportProgress' | 'deleteProgress'>

type Options = {
  readonly lessons: Pick<Lessons, 'refs'>
  readonly progress: ProgressStore
  readonly learner: () => Promise<string>
  readonly register: (file: string) => { readonly ref: string }
  readonly shell: Pick<ShellPort, 'facts' | 'chooseExportTarget'>
  readonly now?: () => Date
}

export function createQuizProgress(options: Options): QuizProgress {
  const { lessons, progress, learner: whoLearns, register, shell } = options
  const now = options.now ?? (() => new Date())
  /** Only what was listed here is read or deleted by its ref. */
  const known = new Map<string, { readonly learner: string; readonly file: string }>()

  async function summaryOf(
    learner: string,
    { file, progress: kept, problem }: KeptProgress,
    refs: readonly LessonRef[],
  ): Promise<LessonProgressSummary> {
    const { ref } = register(file)
    known.set(ref, { learner, file })
    if (kept === null) {
      return { ref, lesson: null, title: '', answered: 0, right: 0, ...NONE_SEEN, last: null, problem }
    }
    const { lesson, answers } = kept
    return {
      ...{ ref, title: lesson.title, answered: answers.length },
      lesson: refs.findLast(({ lessonId }) => lessonId === lesson.id)?.ref ?? null,
      right: answers.filter(({ judged }) => judged.isRight).length,
      ...standingsOf(answers, now().toISOString()),
      last: answers.at(-1)?.at ?? null,
      problem: null,
    }
  }

  /** The file of a lesson's progress, by either ref. */
  async function fileOf(learner: string, ref: string): Promise<string> {
    const listed = known.get(ref)
    if (listed !== undefined) {
      if (listed.learner === learner) return listed.file
    } else {
      const lesson = (await lessons.refs()).find((each) => each.ref === ref)
      if (lesson !== undefined) return progress.fileOf(learner, lesson.lessonId)
    }
    throw new ReviewError('not-found', 'That lesson is not known here: choose it again.')
  }

  /** What the learner has of one lesson, or of all. Throws ReviewError `bad-progress` where some of it cannot be read. */
  async function keptOf(learner: string, ref: string | null): Promise<readonly LessonProgress[]> {
    const file = ref === null ? null : await fileOf(learner, ref)
    const kept = (await progress.list(learner)).filter((each) => file === null || each.file === file)
    for (const { problem } of kept) if (problem !== null) throw new ReviewError('bad-progress', problem)
    return kept.flatMap((each) => each.progress ?? [])
  }

  return {
    quizResults: async ({ ref }) => {
      const learner = await whoLearns()
      // One that cannot be read takes no other with it; the list says what is wrong.
      const kept =
        ref === null
          ? (await progress.list(learner)).flatMap((each) => each.progress ?? [])
          : await keptOf(learner, ref)
      return computeResults(kept.flatMap(({ answers }) => answers))
    },
    listProgress: async () => {
      const learner = await whoLearns()
      const [kept, refs] = await Promise.all([progress.list(learner), lessons.refs()])
      const rows = await Promise.all(kept.map((each) => summaryOf(learner, each, refs)))
      return rows.toSorted((a, b) => ((a.last ?? '') < (b.last ?? '') ? 1 : -1))
    },
    exportProgress: async ({ ref, name }) => {
      const learner = await whoLearns()
      const kept = await keptOf(learner, ref)
      if (kept.length === 0) {
        throw new ReviewError('not-found', 'Nothing is answered yet: there is nothing to export.')
      }
      const [only] = kept.length === 1 ? kept : []
      const fileName = `${stemOf(name ?? `${learner} ${only?.lesson.title ?? 'all lessons'}`)}${PROGRESS_ENDING}`
      const text = serializeProgress({ learner, lessons: kept })
      if (shell.facts.kind === 'browser') return { fileName, text }
      const target = await shell.chooseExportTarget(fileName, null)
      if (target === null) return null
      await refuseSet(target)
      await writeFileAtomically(target, text, { mode: 0o600 })
      return { fileName: shownName(target), text: null }
    },
    deleteProgress: async ({ ref }) => {
      const learner = await whoLearns()
      return progress.remove(learner, ref === null ? 'all' : [await fileOf(learner, ref)])
    },
  }
}

/** Of each case that was answered, where it stands. */
function standingsOf(
  answers: readonly Answer[],
  at: string,
): Pick<LessonProgressSummary, 'seen' | 'due' | 'retired'> {
  const byCase = groupBy(answers, (answer) => answer.case)
  const standings = [...byCase.values()].map(standingOf)
  return {
    seen: standings.length,
    due: standings.filter((standing) => isDue(standing, at)).length,
    retired: standings.filter(({ type }) => type === 'retired').length,
  }
}
