/**
 * Sets as files, read without holding up the host: a small one on the spot, a large one in a thread that takes so
 * long and no longer (`readingThreads.ts`). How much memory it takes is bounded by how many values `parseSet` lets in,
 * since a thread that runs out of it takes the process with it. For the reader: `loadSet` and `loadHead`.
 */
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SetHead } from '../../shared/annotation/setHead.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FileVersion, statOrNull } from './atomicFile.ts'
import { createReadingThreads, type ReadingThread, type ThreadEars } from './readingThreads.ts'
import { READERS, type SetReadings } from './setContent.ts'

/** Read in some 10 ms; starting a thread takes longer. */
const ON_THE_SPOT: Readonly<Record<keyof SetReadings, number>> = { set: 256 * 1024, head: 2 * 1024 * 1024 }
/** The largest honest set, 200,000 marks in 60 MB, takes a quarter of it. */
const PATIENCE_MS: Readonly<Record<keyof SetReadings, number>> = { set: 30_000, head: 5_000 }

/** In bytes: the heap of a thread that has read such a set is 80 MB. */
const LEAVES_LITTLE = 8 * 1024 * 1024

/** Sources run from .ts; a build puts every entry beside this one as .js. */
const THREAD_URL = new URL(
  import.meta.url.endsWith('.ts') ? './setThread.ts' : './setThread.js',
  import.meta.url,
)
const threads = createReadingThreads(startThread)

export type ReadLimits = {
  /** Milliseconds, of a reading in a thread. */
  readonly patienceMs?: number
  readonly onTheSpot?: number
}

/** Reads a set. Throws ReviewError `bad-set`, also where it takes too long or too much, `not-found` or `unreadable`. */
export function loadSet(file: string, limits: ReadLimits = {}): Promise<SetReadings['set']> {
  return read('set', file, limits)
}

/** Whose it is, of which recording, and how many marks it holds; throws as `loadSet` does, but not for a bad mark. */
export function loadHead(
  file: string,
  limits: ReadLimits = {},
): Promise<{ readonly head: SetHead; readonly version: FileVersion }> {
  return read('head', file, limits)
}

async function read<What extends keyof SetReadings>(
  what: What,
  file: string,
  limits: ReadLimits,
): Promise<SetReadings[What]> {
  const bytes = (await statOrNull(file).catch(() => null))?.size ?? 0
  if (bytes <= (limits.onTheSpot ?? ON_THE_SPOT[what])) return READERS[what](file)
  const answer = await threads.read({
    task: { file, what },
    patienceMs: limits.patienceMs ?? PATIENCE_MS[what],
    leavesLittle: what === 'head' || bytes <= LEAVES_LITTLE,
    giveUp: (why) => tooMuch(file, why),
  })
  if (answer.type === 'refused') throw new ReviewError(answer.failure.code, answer.failure.message)
  // A task is answered by the reader of its name.
  return answer.value as SetReadings[What]
}

function startThread({ onAnswer, onError, onExit }: ThreadEars): ReadingThread {
  const worker = new Worker(THREAD_URL)
  worker.on('message', onAnswer)
  worker.on('error', onError)
  worker.on('exit', onExit)
  return {
    ask: (task) => worker.postMessage(task),
    // Not waited for: in the middle of a long call of the engine it ends only after it.
    end: () => void worker.terminate(),
    hold: (holds) => (holds ? worker.ref() : worker.unref()),
  }
}

function tooMuch(file: string, what: string): ReviewError {
  const name = path.basename(file)
  return new ReviewError('bad-set', `${name} cannot be read as an annotation set: it ${what}.`)
}
