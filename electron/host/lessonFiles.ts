/**
 * Lessons as files of the app's own: a folder with a file a lesson, each put in place as a whole, the version before it
 * beside it. A lesson is small and saved with each change, so that there is nothing to journal; what two programs have
 * written is told by the hash, which they look at and write one after the other. For the reader: `createLessonFiles`.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import { type Lesson, MAX_LESSON_BYTES } from '../../shared/teaching/lesson.ts'
import { LESSON_ENDING, parseLesson, serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { cutToBytes, LONGEST_FILE_NAME, plainFileName } from '../../shared/text/fileName.ts'
import {
  hashOf,
  readBounded,
  removeAbandoned,
  statOrNull,
  writeFailure,
  writeFileAtomically,
} from './atomicFile.ts'
import { acquireLock, type Lock } from './lockFile.ts'
import { shownName } from './shownName.ts'

/** Beside the lessons: what was removed, and what was overwritten after a question. */
const ASIDE = 'aside'
/** Says that a program writes there. */
const LOCK = 'writing.lock'
const MOST_FILES = 1000
const LONGEST_STEM = 80
/** Bytes: a letter may be three, and a number, the ending, `.bak` and what tells things aside apart come after it. */
const LARGEST_STEM = 180
const LOCK_PATIENCE_MS = 10_000

export type LessonFile = { readonly path: string; readonly hash: string; readonly lesson: Lesson }

export type LessonFiles = {
  /** Paths of all there are, by name. */
  readonly list: () => Promise<readonly string[]>
  /** Throws ReviewError `bad-lesson`, `not-found` or `unreadable`. */
  readonly read: (file: string) => Promise<LessonFile>
  readonly create: (lesson: Lesson) => Promise<LessonFile>
  /**
   * Throws ReviewError `conflict` where what is there is not `seen`, unless it is to be overwritten: then a copy is kept
   * aside first, and a save that fails leaves the file in its place. `made` is given what is there, where it can be read.
   * `read-only` while another program writes a lesson.
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
  let before: Promise<unknown> = Promise.resolve()

  /** Whatever writes is done one after the other, in this program and all others. `called`: the lesson, in a refusal. */
  function alone<Value>(called: string, work: (lock: Lock) => Promise<Value>): Promise<Value> {
    const next = before.then(() => whileLocked(called, work))
    before = next.catch(() => {})
    return next
  }

  async function whileLocked<Value>(called: string, work: (lock: Lock) => Promise<Value>): Promise<Value> {
    const lock = await mkdir(folder, { recursive: true, mode: 0o700 })
      .then(() => acquireLock(path.join(folder, LOCK), { patience: LOCK_PATIENCE_MS }))
      .catch((thrown: unknown) => {
        throw writeFailure(thrown, called)
      })
    if (lock === null) throw writtenByAnother(called)
    return work(lock).finally(() => lock.release().catch(() => {}))
  }

  /** `there`: what is to be kept beside it. */
  async function write(file: string, lesson: Lesson, there: Buffer | null, lock: Lock): Promise<string> {
    const text = serializeLesson(lesson)
    const backup = besideName(path.basename(file), '.bak')
    const keepPrevious = backup === `${path.basename(file)}.bak`
    if (there !== null && !keepPrevious) await writeFileAtomically(path.join(folder, backup), there)
    const { hash } = await writeFileAtomically(file, text, {
      keepPrevious,
      createFolder: true,
      beforeRename: async () => {
        if (!(await lock.isHeld())) throw writtenByAnother(shownName(file))
      },
    })
    return hash
  }

  /** A name that no file has, whatever the case of its letters. */
  async function freePlace(title: string): Promise<string> {
    const taken = new Set((await namesIn(folder)).map(foldName))
    const stem = stemOf(title)
    for (let number = 1; ; number += 1) {
      const name = nameOf(number === 1 ? stem : `${stem} ${number}`)
      const place = path.join(folder, name)
      // The file system has the last word on which names are one.
      if (!taken.has(foldName(name)) && (await statOrNull(place)) === null) return place
    }
  }

  /** `mark` tells it from others of its name. */
  function placeAside(file: string, mark: string): string {
    return path.join(folder, ASIDE, besideName(path.parse(file).name, `.${mark}.json`))
  }

  async function moveAside(file: string): Promise<void> {
    try {
      await mkdir(path.join(folder, ASIDE), { recursive: true, mode: 0o700 })
      await rename(file, placeAside(file, randomUUID().slice(0, 8)))
    } catch (thrown) {
      throw writeFailure(thrown, shownName(file))
    }
  }

  /** The file stays until another one has taken its place, which a full disk may refuse. */
  async function copyAside(file: string, there: Buffer): Promise<void> {
    const options = { createFolder: true, calledName: shownName(file) }
    await writeFileAtomically(placeAside(file, hashOf(there).slice(0, 12)), there, options)
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
      alone(nameOf(stemOf(lesson.title)), async (lock) => {
        const file = await freePlace(lesson.title)
        return { path: file, hash: await write(file, lesson, null, lock), lesson }
      }),
    save: ({ file, seen, overwrite, made }) =>
      alone(shownName(file), async (lock) => {
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
        if (there !== null && hashOf(there) !== seen) await copyAside(file, there)
        return write(file, lesson, there, lock)
      }),
    remove: (file) => alone(shownName(file), () => moveAside(file)),
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

function writtenByAnother(called: string): ReviewError {
  // No `conflict`: there are no two versions to choose from.
  return new ReviewError(
    'read-only',
    `${called} cannot be written: another program is writing a lesson. Try again in a moment.`,
  )
}

/** Two that a file system may take for one are the same. */
function foldName(name: string): string {
  return name.toLowerCase().normalize('NFC')
}

function nameOf(stem: string): string {
  return `${stem}${LESSON_ENDING}`
}

/** A lesson may have a name from elsewhere, as long as one may be: cut, it is still told from those that begin alike. */
function besideName(name: string, ending: string): string {
  if (Buffer.byteLength(name + ending) <= LONGEST_FILE_NAME) return name + ending
  return `${cutToBytes(name, LARGEST_STEM)} ${hashOf(name).slice(0, 8)}${ending}`
}

/** A title as a name that is one on every system and hides nothing. */
export function stemOf(title: string): string {
  const letters = [...plainFileName(title)].slice(0, LONGEST_STEM).join('')
  const plain = cutToBytes(letters, LARGEST_STEM).replace(/^[. ]+|[. ]+$/g, '')
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `lesson ${plain}`.trim() : plain
}
