/**
 * Sets as files, read without holding up the host: a small one on the spot, a large one in a thread that takes so
 * long and no longer (`readingThreads.ts`). How much memory it takes is bounded by how many values `parseSet` lets in,
 * since a thread that runs out of it takes the process with it. Nothing is told of a file but what it says now: what is
 * known of a large one is told again only while its bytes have the same hash. A set is read by `loadSet` or `loadHead`;
 * `prepareToRead` and `readAhead` only make that sooner.
 */
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { MAX_SET_BYTES } from '../../shared/annotation/setSize.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FileVersion, statOrNull, versionOf } from './atomicFile.ts'
import { LONGEST_HEAD } from './headMemory.ts'
import { createReadingThreads, type ReadingThread, type ThreadEars } from './readingThreads.ts'
import { READERS, type SetReadings } from './setContent.ts'

/** Read in some 10 ms; starting a thread takes longer. */
const ON_THE_SPOT: Readonly<Record<keyof SetReadings, number>> = { set: 256 * 1024, head: 2 * 1024 * 1024 }
/** The largest honest set, 200,000 marks in 60 MB, takes a quarter of it. */
const PATIENCE_MS: Readonly<Record<keyof SetReadings, number>> = { set: 30_000, head: 5_000 }

/** In bytes: the heap of a thread that has read such a set is 80 MB, and its hash takes 30 ms in all. */
const LEAVES_LITTLE = 8 * 1024 * 1024
/** Of heads that a thread has read: as many as lie around a recording that is opened. */
const MOST_HEADS = 16
/** What is read ahead is asked for within the same call. */
const AHEAD_KEPT_MS = 30_000

/** Sources run from .ts; a build puts every entry beside this one as .js. */
const THREAD_URL = new URL(
  import.meta.url.endsWith('.ts') ? './setThread.ts' : './setThread.js',
  import.meta.url,
)
const threads = createReadingThreads(startThread)

/** By file, the one read longest ago first. */
const heads = new Map<string, { readonly bytes: number; readonly reading: SetReadings['head'] }>()

type Ahead = {
  readonly file: string
  /** null: it could not be read, and whoever asks reads it again to be told why. */
  readonly reading: Promise<SetReadings['set'] | null>
  readonly ending: NodeJS.Timeout
}
let ahead: Ahead | null = null

export type ReadLimits = {
  /** Milliseconds, of a reading in a thread. */
  readonly patienceMs?: number
  readonly onTheSpot?: number
}

/** Reads a set. Throws ReviewError `bad-set`, also where it takes too long or too much, `not-found` or `unreadable`. */
export async function loadSet(file: string, limits: ReadLimits = {}): Promise<SetReadings['set']> {
  const begun = takeAhead(file)?.reading ?? null
  return (begun === null ? null : await ifStill(file, begun)) ?? (await read('set', file, limits))
}

/** Whose it is, of which recording, and how many marks it holds; throws as `loadSet` does, but not for a bad mark. */
export async function loadHead(file: string, limits: ReadLimits = {}): Promise<SetReadings['head']> {
  const bytes = await sizeOf(file)
  const before = heads.get(file)
  const known = before?.bytes === bytes ? await ifStill(file, Promise.resolve(before.reading)) : null
  if (known !== null) return known
  const reading = await read('head', file, limits)
  if (bytes > onTheSpot('head', limits) && bytes <= LEAVES_LITTLE) keepHead(file, bytes, reading)
  return reading
}

/** Has a thread load its code meanwhile, where the set is one that will be read in a thread. Whether it is. */
export async function prepareToRead(file: string, limits: ReadLimits = {}): Promise<boolean> {
  if ((await sizeOf(file)) <= onTheSpot('set', limits)) return false
  threads.prepare()
  return true
}

/**
 * Begins to read a set that is about to be asked for, so that what is asked before costs no time; `loadSet` gives it to
 * who asks first. False where nothing was begun: read on the spot, or too large to be kept beside another.
 */
export async function readAhead(file: string, limits: ReadLimits = {}): Promise<boolean> {
  const bytes = await sizeOf(file)
  if (bytes <= onTheSpot('set', limits) || bytes > LEAVES_LITTLE) return false
  if (ahead !== null) takeAhead(ahead.file)
  const reading = read('set', file, limits).catch(() => null)
  const ending = setTimeout(() => takeAhead(file), AHEAD_KEPT_MS)
  ending.unref()
  ahead = { file, reading, ending }
  return true
}

function takeAhead(file: string): Ahead | null {
  if (ahead?.file !== file) return null
  const taken = ahead
  clearTimeout(taken.ending)
  ahead = null
  return taken
}

/**
 * What was read of a file, with when it was written, where its bytes are from now on those that were read; else null. Where
 * the reading is still under way, nobody waits for the one and then for the other. Throws as reading does.
 */
async function ifStill<Reading extends { readonly version: FileVersion }>(
  file: string,
  reading: Promise<Reading | null>,
): Promise<Reading | null> {
  const [before, version] = await Promise.all([reading, versionOf(file, MAX_SET_BYTES)])
  return version.hash === before?.version.hash ? { ...before, version } : null
}

function keepHead(file: string, bytes: number, reading: SetReadings['head']): void {
  heads.delete(file)
  if (JSON.stringify(reading.head).length > LONGEST_HEAD) return
  heads.set(file, { bytes, reading })
  const [oldest] = heads.keys()
  if (heads.size > MOST_HEADS && oldest !== undefined) heads.delete(oldest)
}

async function sizeOf(file: string): Promise<number> {
  return (await statOrNull(file).catch(() => null))?.size ?? 0
}

function onTheSpot(what: keyof SetReadings, limits: ReadLimits): number {
  return limits.onTheSpot ?? ON_THE_SPOT[what]
}

async function read<What extends keyof SetReadings>(
  what: What,
  file: string,
  limits: ReadLimits,
): Promise<SetReadings[What]> {
  const bytes = await sizeOf(file)
  if (bytes <= onTheSpot(what, limits)) return READERS[what](file)
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
