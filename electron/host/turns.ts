/** Who goes first in the thread of a recording: what a reader waits for, then what is done in the background. */
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { FileSource } from './fileSource.ts'

export type Turns = {
  /** A reader waits from now on; the returned function ends that. */
  readonly begin: () => () => void
  /** Lets everything that was asked for meanwhile go first. */
  readonly giveWay: () => Promise<void>
}

/** Who has just been answered asks again soon: longer than between two pages that are leafed through fast. */
const READING_MS = 300
/** Longer than a block of the background's work takes; with 1 ms a turn meets more of it, with 4 the work takes twice as long. */
const REST_MS = 3
/** Who asks for page after page without a pause would else leave no block at all to the background. */
const LONGEST_WAIT_MS = 50

type Options = {
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number
  readonly rest?: () => Promise<void>
}

/**
 * A page that is turned to is drawn by other threads, which this one knows nothing of: they need the processors too. So
 * work in the background rests every other moment as long as somebody reads.
 */
export function createTurns({
  now = () => performance.now(),
  rest = () => setTimeout(REST_MS),
}: Options = {}): Turns {
  let asked = 0
  let waiting: (() => void)[] = []
  let readsUntil = Number.NEGATIVE_INFINITY
  /** The pages beside a first one are asked for before there is any, and say nothing of leafing. */
  let hasBackground = false
  return {
    begin: () => {
      asked += 1
      return () => {
        asked -= 1
        if (hasBackground) readsUntil = now() + READING_MS
        if (asked > 0) return
        for (const go of waiting) go()
        waiting = []
      }
    },
    giveWay: async () => {
      hasBackground = true
      const until = now() + LONGEST_WAIT_MS
      for (let hasWaited = true; hasWaited; ) {
        if (now() < readsUntil) await rest()
        // Requests that have arrived are taken in before this comes back.
        await setImmediate()
        // The next page is often asked for as soon as one is answered, and must not meet a block that began in between.
        hasWaited = asked > 0 && now() < until
        while (asked > 0) await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
}

/** The same source for work in the background: the bytes are read at once and handed over when nobody waits. */
export function behindOthers(source: FileSource, turns: Turns): FileSource {
  const { readInto } = source
  return {
    ...source,
    slice: async (start, end) => {
      const bytes = await source.slice(start, end)
      await turns.giveWay()
      return bytes
    },
    readInto: async (start, target) => {
      await readInto(start, target)
      await turns.giveWay()
    },
  }
}
