/**
 * Lessons as files of the app's own: a folder with a file a lesson, each put in place as a whole, the version before it
 * beside it. A lesson is small and saved with each change, so that there is nothing to journal; what two programs have
 * written is told by the hash. For the reader: `createLessonFiles`.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import { type Lesson, MAX_LESSON_BYTES } from '../../shared/teaching/lesson.ts'
import { LESSON_ENDING, parseLesson, serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { plainFileName } from '../../shared/text/fileName.ts'
import {
  hashOf,
  readBounded,
  removeAbandoned,
  statOrNull,
  writeFailure,
  writeFileAtomically,
} from './atomicFile.ts'
import { shownName } from './shownName.ts'

/** Beside the lessons: what was removed, and what was overwritten after a question. */
const ASIDE = 'aside'
const MOST_FILES = 1000
const LONGEST_STEM = 80

export type LessonFile = { readonly path: string; readonly hash: string; readonly lesson: Lesson }

export type LessonFiles = {
  /** Paths of all there are, by name. */
  readonly list: () => Promise<readonly string[]>
  /** Throws ReviewError `bad-lesson`, `not-found` or `unreadable`. */
  readonly read: (file: string) => Promise<LessonFile>
  readonly create: (lesson: Lesson) => Promise<LessonFile>
  /**
   * Throws ReviewError `conflict` where what is there is not `seen`, unless it is to be overwritten: then it is kept
   * aside. Calls on one file are done one after the other. `made` is given what is there, where it can be read.
   */
  readonly save: (options: {
    readonly file: string
    readonly seen: string
    readonly overwrite: boolean
    readonly made: (there: Lesson | null) => Lesson
  }) => Promise<string>
  readonly remove: (file: string) => Promise<void>
}

export function createLessonFiles(folder: string): LessonFiles {
  const turns = new Map<string, Promise<unknown>>()

  function inTurn<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
    const next = (turns.get(file) ?? Promise.resolve()).then(work, work)
    turns.set(
      file,
      next.catch(() => {}),
    )
    return next
  }

  async function write(file: string, lesson: Lesson): Promise<string> {
    const text = serializeLesson(lesson)
    const { hash } = await writeFileAtomically(file, text, { keepPrevious: true, createFolder: true })
    return hash
  }

  /** A name that no file has, whatever the case of its letters. */
  async function freePlace(title: string): Promise<string> {
    const taken = new Set((await namesIn(folder)).map((name) => name.toLowerCase()))
    const stem = stemOf(title)
    for (let number = 1; ; number += 1) {
      const name = `${stem}${number === 1 ? '' : ` ${number}`}${LESSON_ENDING}`
      if (!taken.has(name.toLowerCase())) return path.join(folder, name)
    }
  }

  async function setAside(file: string): Promise<void> {
    const { name } = path.parse(file)
    try {
      await mkdir(path.join(folder, ASIDE), { recursive: true, mode: 0o700 })
      await rename(file, path.join(folder, ASIDE, `${name}.${randomUUID().slice(0, 8)}.json`))
    } catch (thrown) {
      throw writeFailure(thrown, shownName(file))
    }
  }

  return {
    list: async () => {
      await removeAbandoned(folder, Date.now()).catch(() => {})
      const names = await namesIn(folder)
      return names
        .filter((name) => name.endsWith(LESSON_ENDING))
        .sort()
        .slice(0, MOST_FILES)
        .map((name) => path.join(folder, name))
    },
    read: readLesson,
    create: (lesson) =>
      inTurn(folder, async () => {
        const file = await freePlace(lesson.title)
        return { path: file, hash: await write(file, lesson), lesson }
      }),
    save: ({ file, seen, overwrite, made }) =>
      inTurn(file, async () => {
        const name = shownName(file)
        const there = await contentOf(file)
        if (!overwrite && there === null) {
          throw new ReviewError(
            'conflict',
            `${name} is no longer there: another program has moved or removed it.`,
          )
        }
        if (!overwrite && there !== null && hashOf(there) !== seen) {
          throw new ReviewError('conflict', `${name} was changed by another program meanwhile.`)
        }
        const lesson = made(there === null ? null : tryParse(there))
        if (there !== null && hashOf(there) !== seen) await setAside(file)
        return write(file, lesson)
      }),
    remove: (file) => inTurn(file, () => setAside(file)),
  }
}

/** Throws ReviewError `bad-lesson` with one sentence that names the file, `not-found` or `unreadable`. */
export async function readLesson(file: string): Promise<LessonFile> {
  const { bytes, version } = await readBounded(file, MAX_LESSON_BYTES)
  try {
    return { path: file, hash: version.hash, lesson: parseLesson(new TextDecoder().decode(bytes)) }
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    throw new ReviewError(thrown.code, `${shownName(file)}: ${thrown.message}`, { cause: thrown })
  }
}

/** null: no file is there. */
async function contentOf(file: string): Promise<Buffer | null> {
  if ((await statOrNull(file)) === null) return null
  return (await readBounded(file, MAX_LESSON_BYTES)).bytes
}

function tryParse(bytes: Uint8Array): Lesson | null {
  try {
    return parseLesson(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}

/** A title as a name that is one on every system and hides nothing. */
export function stemOf(title: string): string {
  const plain = plainFileName(title)
    .slice(0, LONGEST_STEM)
    .replace(/^[. ]+|[. ]+$/g, '')
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `lesson ${plain}`.trim() : plain
}
