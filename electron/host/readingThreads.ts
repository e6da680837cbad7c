/**
 * The threads in which large sets are read, each for one reading at a time. To start one takes longer than most
 * readings, and a large set is looked at some ten times while it is opened: so one that is done waits for the next
 * reading for a while, and is ended then. For the reader: `createReadingThreads`.
 */
import type { SetAnswer, SetTask } from './setThread.ts'

/** As long as somebody who has just opened a set may take until another one is asked for. */
const KEPT_MS = 30_000
/** Two procedures often look at the same folder side by side. */
const MOST_KEPT = 2

export type ReadingThread = {
  readonly ask: (task: SetTask) => void
  readonly end: () => void
  /** Whether the process goes on for its sake. */
  readonly hold: (holds: boolean) => void
}

export type ThreadEars = {
  readonly onAnswer: (answer: SetAnswer) => void
  readonly onError: (thrown: unknown) => void
  readonly onExit: () => void
}

export type Reading = {
  readonly task: SetTask
  readonly patienceMs: number
  /** What was read leaves little behind; else the thread goes with it, and its memory. */
  readonly leavesLittle: boolean
  /** The failure where it takes too long or the thread ends, of the rest of a sentence. */
  readonly giveUp: (why: string) => Error
}

type Asker = {
  readonly resolve: (answer: SetAnswer) => void
  readonly reject: (thrown: unknown) => void
  readonly giveUp: Reading['giveUp']
}

type Running = {
  readonly thread: ReadingThread
  asker: Asker | null
  /** While it waits for the next reading. */
  ending: NodeJS.Timeout | undefined
}

export type ReadingThreads = {
  /** What cannot be read is an answer too; rejects with what `giveUp` makes, or with what the thread has thrown. */
  readonly read: (reading: Reading) => Promise<SetAnswer>
  /** Has one wait for a reading that is to come, where none does. */
  readonly prepare: () => void
}

export function createReadingThreads(start: (ears: ThreadEars) => ReadingThread): ReadingThreads {
  let waiting: readonly Running[] = []

  function begin(): Running {
    const thread = start({
      onAnswer: (answer) => running.asker?.resolve(answer),
      onError: (thrown) => {
        forget(running)
        running.asker?.reject(thrown)
      },
      onExit: () => {
        forget(running)
        running.asker?.reject(running.asker.giveUp('ended its reading'))
      },
    })
    const running: Running = { thread, asker: null, ending: undefined }
    return running
  }

  function take(): Running {
    const latest = waiting.at(-1)
    if (latest === undefined) return begin()
    forget(latest)
    latest.thread.hold(true)
    return latest
  }

  function forget(running: Running): void {
    clearTimeout(running.ending)
    waiting = waiting.filter((each) => each !== running)
  }

  function keep(running: Running): void {
    running.ending = setTimeout(() => {
      forget(running)
      running.thread.end()
    }, KEPT_MS)
    // A process that has nothing else to do ends without waiting for either.
    running.ending.unref()
    running.thread.hold(false)
    waiting = [...waiting, running]
  }

  async function ask(running: Running, { task, patienceMs, giveUp }: Reading): Promise<SetAnswer> {
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<SetAnswer>((resolve, reject) => {
        timer = setTimeout(() => reject(giveUp(`takes longer than ${patienceMs / 1000} s`)), patienceMs)
        running.asker = { resolve, reject, giveUp }
        running.thread.ask(task)
      })
    } finally {
      clearTimeout(timer)
      running.asker = null
    }
  }

  return {
    prepare: () => {
      if (waiting.length === 0) keep(begin())
    },
    read: async (reading) => {
      const running = take()
      try {
        const answer = await ask(running, reading)
        if (reading.leavesLittle && waiting.length < MOST_KEPT) keep(running)
        else running.thread.end()
        return answer
      } catch (thrown) {
        running.thread.end()
        throw thrown
      }
    },
  }
}
