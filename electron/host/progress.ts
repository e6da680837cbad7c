/**
 * What learners have done, in the app's own folder: a folder a learner, a file a lesson. Each answer writes the file as a
 * whole, over what is there at that moment and under a lock, so that two windows lose nothing of each other. What cannot
 * be read is never written over. Nothing is kept of what is deleted. For the reader: `createProgress`.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import type { Lesson } from '../../shared/teaching/lesson.ts'
import { type Answer, type LessonProgress, MAX_ANSWERS } from '../../shared/teaching/quiz/progress.ts'
import {
  MAX_PROGRESS_BYTES,
  PROGRESS_ENDING,
  parseProgress,
  serializeProgress,
} from '../../shared/teaching/quiz/progressFormat.ts'
import { readBounded, removeAbandoned, statOrNull, writeFailure, writeFileAtomically } from './atomicFile.ts'
import { acquireLock, type Lock } from './lockFile.ts'

const CALLED = 'Your progress'
const LOCK_PATIENCE_MS = 10_000

export type KeptProgress =
  | { readonly file: string; readonly progress: LessonProgress; readonly problem: null }
  | { readonly file: string; readonly progress: null; readonly problem: string }

export type ProgressStore = {
  /** No answers where there is no file. Throws ReviewError `bad-progress` or `unreadable`. */
  readonly read: (learner: string, lesson: Pick<Lesson, 'id' | 'title'>) => Promise<LessonProgress>
  /**
   * On disk when it resolves, with all answers. Throws `disk-full`, `read-only`, `bad-progress`, or `conflict` where the
   * showing was judged before; then the file is as it was.
   */
  readonly append: (
    learner: string,
    lesson: Pick<Lesson, 'id' | 'title'>,
    answer: Answer,
  ) => Promise<LessonProgress>
  /** Ids of the cases of a lesson that a learner has judged. Throws as `read`. */
  readonly answered: (lessonId: string, learner: string) => Promise<ReadonlySet<string>>
  readonly list: (learner: string) => Promise<readonly KeptProgress[]>
  readonly learners: () => Promise<readonly string[]>
  readonly fileOf: (learner: string, lessonId: string) => string
  /** How many files there were; readable or not. */
  readonly remove: (learner: string, files: 'all' | readonly string[]) => Promise<number>
}

export function createProgress(folder: string): ProgressStore {
  /** Codes differ in capitals alone where names of files may not. */
  const folderOf = (learner: string) => path.join(folder, `${learner}-${shortHash(learner)}`)
  const fileOf = (learner: string, lessonId: string) =>
    path.join(folderOf(learner), `${shortHash(lessonId)}${PROGRESS_ENDING}`)

  async function readFile(file: string, learner: string): Promise<LessonProgress> {
    const { bytes } = await readBounded(file, MAX_PROGRESS_BYTES).catch((thrown: unknown) => {
      if (!(thrown instanceof ReviewError) || thrown.code !== 'bad-set') throw thrown
      throw new ReviewError(
        'bad-progress',
        `This progress cannot be read (${thrown.message.replace(/\.$/, '')}) and is left as it is: delete it to begin anew, or put back a copy.`,
      )
    })
    const progress = parseProgress(new TextDecoder().decode(bytes))
    const [lesson, ...others] = progress.lessons
    if (progress.learner !== learner || lesson === undefined || others.length > 0) {
      throw new ReviewError(
        'bad-progress',
        `This progress is not ${learner}'s of one lesson, and is left as it is: take ${path.basename(file)} out of the folder of progress.`,
      )
    }
    return lesson
  }

  async function read(learner: string, { id, title }: Pick<Lesson, 'id' | 'title'>): Promise<LessonProgress> {
    const file = fileOf(learner, id)
    if ((await statOrNull(file)) === null) return { lesson: { id, title }, answers: [] }
    return readFile(file, learner)
  }

  async function alone<Value>(learner: string, work: (lock: Lock) => Promise<Value>): Promise<Value> {
    const lock = await mkdir(folder, { recursive: true, mode: 0o700 })
      .then(() => acquireLock(`${folderOf(learner)}.lock`, { patience: LOCK_PATIENCE_MS }))
      .catch((thrown: unknown) => {
        throw writeFailure(thrown, CALLED)
      })
    if (lock === null) throw writtenByAnother()
    return work(lock).finally(() => lock.release())
  }

  async function filesOf(learner: string): Promise<readonly string[]> {
    const names: readonly string[] = await readdir(folderOf(learner)).catch(() => [])
    return names
      .filter((name) => name.endsWith(PROGRESS_ENDING))
      .sort()
      .map((name) => path.join(folderOf(learner), name))
  }

  return {
    read,
    fileOf,
    append: (learner, { id, title }, answer) =>
      alone(learner, async (lock) => {
        const { answers } = await read(learner, { id, title })
        if (answers.some(({ showing }) => showing === answer.showing)) {
          throw alreadyJudged()
        }
        if (answers.length >= MAX_ANSWERS) throw tooMany(`${MAX_ANSWERS} answers are`)
        const next = { lesson: { id, title }, answers: [...answers, answer] }
        const text = serializeProgress({ learner, lessons: [next] })
        // Larger, it would be read by nobody again.
        if (Buffer.byteLength(text) > MAX_PROGRESS_BYTES)
          throw tooMany(`${MAX_PROGRESS_BYTES / 1024 / 1024} MB of answers are`)
        await writeFileAtomically(fileOf(learner, id), text, {
          createFolder: true,
          mode: 0o600,
          calledName: CALLED,
          beforeRename: async () => {
            if (!(await lock.isHeld())) throw writtenByAnother()
          },
        })
        return next
      }),
    answered: async (lessonId, learner) => {
      const { answers } = await read(learner, { id: lessonId, title: '' })
      return new Set(answers.map((answer) => answer.case))
    },
    list: async (learner) => {
      await removeAbandoned(folderOf(learner), Date.now()).catch(() => {})
      return Promise.all(
        (await filesOf(learner)).map(async (file): Promise<KeptProgress> => {
          try {
            return { file, progress: await readFile(file, learner), problem: null }
          } catch (thrown) {
            return { file, progress: null, problem: toFailure(thrown).message }
          }
        }),
      )
    },
    learners: async () => {
      const names: readonly string[] = await readdir(folder).catch(() => [])
      return names
        .map((name) => name.slice(0, name.lastIndexOf('-')))
        .filter((learner) => learner !== '' && names.includes(path.basename(folderOf(learner))))
    },
    remove: async (learner, wanted) => {
      const files = wanted === 'all' ? await filesOf(learner) : wanted
      const there: string[] = []
      for (const file of files) if ((await statOrNull(file)) !== null) there.push(file)
      const hasFolder = (await statOrNull(folderOf(learner))) !== null
      if (there.length === 0 && !(wanted === 'all' && hasFolder)) return 0
      await alone(learner, async () => {
        try {
          for (const file of there) await rm(file, { force: true })
          // What a crash has left of a write is the learner's too, and nobody writes now.
          await removeAbandoned(folderOf(learner), Number.POSITIVE_INFINITY).catch(() => {})
          if ((await filesOf(learner)).length === 0)
            await rm(folderOf(learner), { recursive: true, force: true })
        } catch (thrown) {
          throw writeFailure(thrown, CALLED)
        }
      })
      return there.length
    },
  }
}

function writtenByAnother(): ReviewError {
  return new ReviewError('conflict', 'Another window is writing your progress: try again in a moment.')
}

function tooMany(kept: string): ReviewError {
  return new ReviewError(
    'bad-progress',
    `${kept} kept of this lesson, which is the most: export them, then delete them to begin anew.`,
  )
}

export function alreadyJudged(): ReviewError {
  return new ReviewError('conflict', 'This showing was judged before: go on to the next case.')
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
