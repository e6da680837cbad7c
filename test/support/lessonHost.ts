/** A host that keeps lessons in memory, as the real one keeps them in a folder. */
import type { Host } from '../../shared/contract/contract.ts'
import type { OpenedLesson } from '../../shared/contract/lessonProcedures.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type Lesson, recordingsOf } from '../../shared/teaching/lesson.ts'

export type LessonShelf = {
  readonly answers: Partial<Host>
  /** As their files are now, by ref. */
  readonly files: Map<string, Lesson>
  /** Refs of cases' recordings that are found, by fingerprint. */
  readonly found: Map<string, string>
  readonly sealed: Set<string>
  /** What the next save is refused with. */
  refusal: ReviewError | null
}

/** Hash: a text that stands for the lesson's content. */
const hashOf = (lesson: Lesson) => JSON.stringify(lesson)

export function lessonShelf(...shipped: readonly Lesson[]): LessonShelf {
  const files = new Map(shipped.map((lesson, index) => [`shipped ${index}`, lesson]))
  const found = new Map<string, string>()
  const sealed = new Set<string>()
  const isShipped = (ref: string) => ref.startsWith('shipped')
  const get = (ref: string) => {
    const lesson = files.get(ref)
    if (lesson === undefined) throw new ReviewError('not-found', 'That lesson is not known here.')
    return lesson
  }
  const opened = (ref: string): OpenedLesson => {
    const lesson = get(ref)
    return {
      ...{ ref, name: `${ref}.lesson.json`, hash: hashOf(lesson), isShipped: isShipped(ref), pack: null },
      lesson: {
        ...lesson,
        cases: lesson.cases.map((each) =>
          sealed.has(each.id) ? { ...each, key: { marks: [], votes: [] }, rationale: '', sources: [] } : each,
        ),
      },
      sealed: lesson.cases.filter(({ id }) => sealed.has(id)).map(({ id }) => id),
      recordings: recordingsOf(lesson).map(({ fingerprint, fileName }) => {
        const ref = found.get(fingerprint)
        return { fingerprint, recording: ref === undefined ? null : { ref, name: fileName } }
      }),
    }
  }
  const shelf: LessonShelf = {
    ...{ files, found, sealed, refusal: null },
    answers: {
      listLessons: async () =>
        [...files].map(([ref, lesson]) => ({
          ...{ ref, name: `${ref}.lesson.json`, title: lesson.title, cases: lesson.cases.length },
          ...{
            changed: lesson.changed,
            hash: hashOf(lesson),
            isShipped: isShipped(ref),
            pack: null,
            problem: null,
          },
        })),
      openLesson: async ({ ref }) => opened(ref),
      createLesson: async ({ lesson }) => {
        const ref = `lesson ${files.size}`
        files.set(ref, lesson)
        return opened(ref)
      },
      saveLesson: async ({ ref, lesson, seen, overwrite }) => {
        const { refusal } = shelf
        shelf.refusal = null
        if (refusal !== null) throw refusal
        const there = files.get(ref)
        if (!overwrite && (there === undefined || hashOf(there) !== seen)) {
          throw new ReviewError('conflict', 'a.lesson.json was changed by another program meanwhile.')
        }
        files.set(ref, lesson)
        return { hash: hashOf(lesson) }
      },
      removeLesson: async ({ ref }) => {
        files.delete(ref)
        return null
      },
      stretchVotes: async () => [{ reader: 'R-02', reviewed: true, marks: [] }],
    },
  }
  return shelf
}
