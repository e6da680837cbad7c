/**
 * The lesson that comes with the app. It is made where it is first opened, from seeds, since that takes some seconds once and
 * its recordings would be fifteen megabytes of every package. For the reader: `createShippedLesson`.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { isMadeFile, SHIPPED_LESSON_FILE } from '../../samples/lesson/shippedLesson.ts'
import { ReviewError } from '../../shared/failure.ts'
import { statOrNull, writeFailure } from './atomicFile.ts'

const PREFIX = 'shipped-'
const UNFINISHED = '.part'
/** The making adds files all the time, so that the folder of one that is under way is young. */
const ABANDONED_AFTER_MS = 10 * 60 * 1000

/** Sources run from .ts; a build puts every entry beside this one as .js. */
const THREAD_URL = new URL(
  import.meta.url.endsWith('.ts') ? './shippedLessonThread.ts' : './shippedLessonThread.js',
  import.meta.url,
)

export type ShippedLesson = {
  /** Where its file is, or will be. */
  readonly file: string
  /** Makes it where it is not there yet. Throws ReviewError `disk-full`, `read-only` or `unreadable`. */
  readonly make: () => Promise<void>
  /** Whether a file is a recording of it: those are opened as its cases, and are no recent recordings. */
  readonly isPart: (file: string) => boolean
}

/** `folder`: of the lessons. With each version of the app it is made anew, beside what an earlier one has made. */
export function createShippedLesson(folder: string, version: string): ShippedLesson {
  const home = path.join(folder, `${PREFIX}${version.replace(/[^\w.-]/g, '_')}`)
  const file = path.join(home, SHIPPED_LESSON_FILE)
  let making: Promise<void> | null = null

  async function make(): Promise<void> {
    if ((await statOrNull(file)) !== null) return
    await removeAbandoned(folder)
    const unfinished = path.join(folder, `${PREFIX}${randomUUID()}${UNFINISHED}`)
    try {
      await mkdir(unfinished, { recursive: true, mode: 0o700 })
      await runThread(unfinished)
      await rename(unfinished, home).catch(async (thrown: unknown) => {
        // Another program of this account was quicker.
        if ((await statOrNull(file)) === null) throw thrown
      })
    } catch (thrown) {
      throw writeFailure(thrown, SHIPPED_LESSON_FILE)
    } finally {
      await rm(unfinished, { recursive: true, force: true })
    }
    await removeEarlier(folder, home)
  }

  return {
    file,
    make: () => {
      making ??= make().finally(() => {
        making = null
      })
      return making
    },
    isPart: (other) => path.dirname(path.resolve(other)) === path.resolve(home),
  }
}

function runThread(folder: string): Promise<void> {
  const worker = new Worker(THREAD_URL, { workerData: { folder } })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new ReviewError('unreadable', 'The lesson could not be made: its thread has ended.'))
    })
  })
}

/** What a program that was ended in the middle has left. */
async function removeAbandoned(folder: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(PREFIX) && each.endsWith(UNFINISHED))) {
    const facts = await statOrNull(path.join(folder, name)).catch(() => null)
    const isOld = facts !== null && Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS
    if (isOld) await rm(path.join(folder, name), { recursive: true, force: true })
  }
}

/** What earlier versions have made goes, unless somebody has saved something beside it. */
async function removeEarlier(folder: string, home: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => [])
  for (const name of names) {
    const other = path.join(folder, name)
    if (!name.startsWith(PREFIX) || name.endsWith(UNFINISHED) || other === home) continue
    const held: readonly string[] = await readdir(other).catch(() => [''])
    if (held.every(isMadeFile)) await rm(other, { recursive: true, force: true })
  }
}
