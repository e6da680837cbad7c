/**
 * The long run: `npm run fuzz -- --seconds 600 --seed 1`; `--only SEED` tries one file again. Each file is read and
 * drawn in a thread, and a watch ends one that takes longer or more memory than it may. A file that breaks the rule
 * is told by its seed.
 */
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { exercise } from './exercise.ts'
import { createRandom, mutate } from './mutate.ts'
import { oddRates } from './oddRates.ts'
import { fuzzSeeds } from './seeds.ts'

/** For opening and checking a file, and for each page of it. */
const LONGEST_MS = 2000
const MOST_MEGABYTES = 300
/** One file in so many has odd rates; the others are made wrong. */
const ODD = 3

type Message = { readonly seed: number; readonly outcome: string | null }

if (isMainThread) await watch()
else await work(workerData as { seed: number })

async function watch(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
  })
  const seconds = Number(values.seconds ?? '60')
  let next = Number(values.only ?? values.seed ?? String(Date.now() % 1_000_000_000))
  const until = Date.now() + seconds * 1000
  const counts: Record<string, number> = {}
  const broken: string[] = []
  console.log(`fuzzing for ${seconds} s from seed ${next}`)
  while (Date.now() < until) {
    const last = values.only === undefined ? Number.POSITIVE_INFINITY : next
    const end = await runWorker(next, last, until, (outcome) => {
      counts[outcome] = (counts[outcome] ?? 0) + 1
    })
    if (end.problem !== null) {
      broken.push(`seed ${end.seed}: ${end.problem}`)
      console.error(broken.at(-1))
    }
    next = end.seed + 1
    if (values.only !== undefined) break
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  console.log(`${total} files: ${JSON.stringify(counts)}; ${broken.length} broke the rule`)
  process.exitCode = broken.length === 0 ? 0 : 1
}

/** Of all threads: a busy machine must not look like a slow file. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Runs one worker until it breaks, hangs, or time is up; resolves with the seed it came to. */
function runWorker(
  first: number,
  last: number,
  until: number,
  count: (outcome: string) => void,
): Promise<{ readonly seed: number; readonly problem: string | null }> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { seed: first },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    })
    let seed = first
    let began = cpuMilliseconds()
    let memory = process.memoryUsage.rss()
    let done = false
    const end = (problem: string | null) => {
      if (done) return
      done = true
      clearInterval(timer)
      void worker.terminate().then(() => resolve({ seed, problem }))
    }
    const timer = setInterval(() => {
      if (Date.now() > until) end(null)
      // Starting the thread and loading the files takes time of its own.
      else if (process.memoryUsage.rss() - memory > MOST_MEGABYTES * 1e6)
        end(`took more than ${MOST_MEGABYTES} MB`)
      else if (cpuMilliseconds() - began > LONGEST_MS + (seed === first ? 5000 : 0))
        end(`computed for longer than ${LONGEST_MS} ms`)
    }, 20)
    worker.on('message', (message: Message) => {
      if (message.outcome !== null) count(message.outcome)
      memory = process.memoryUsage.rss()
      seed = message.seed
      began = cpuMilliseconds()
      if (message.outcome !== null && seed === last) end(null)
    })
    worker.on('error', (error) =>
      end(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    worker.on('exit', () => end('the thread ended'))
  })
}

async function work({ seed: first }: { readonly seed: number }): Promise<void> {
  const files = fuzzSeeds()
  for (let seed = first; ; seed++) {
    parentPort?.postMessage({ seed, outcome: null } satisfies Message)
    const random = createRandom(seed)
    const bytes = random.below(ODD) === 0 ? oddRates(random) : mutate(files, random)
    parentPort?.postMessage({ seed, outcome: null } satisfies Message)
    const outcome = await exercise(bytes, random, () => {
      parentPort?.postMessage({ seed, outcome: null } satisfies Message)
    })
    const { arrayBuffers, heapUsed } = process.memoryUsage()
    if ((arrayBuffers + heapUsed) / 1e6 > 2 * MOST_MEGABYTES)
      throw new Error(`${Math.round((arrayBuffers + heapUsed) / 1e6)} MB in use`)
    parentPort?.postMessage({ seed, outcome } satisfies Message)
    if (seed % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}
