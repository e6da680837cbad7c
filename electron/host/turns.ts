/** Who goes first in the thread of a recording: what a reader waits for, then what is done in the background. */
import { setImmediate } from 'node:timers/promises'
import type { FileSource } from './fileSource.ts'

export type Turns = {
  /** A reader waits from now on; the returned function ends that. */
  readonly begin: () => () => void
  /** Lets everything that was asked for meanwhile go first. */
  readonly giveWay: () => Promise<void>
}

export function createTurns(): Turns {
  let asked = 0
  let waiting: (() => void)[] = []
  return {
    begin: () => {
      asked += 1
      return () => {
        asked -= 1
        if (asked > 0) return
        for (const go of waiting) go()
        waiting = []
      }
    },
    giveWay: async () => {
      // Requests that have arrived are taken in before this comes back.
      await setImmediate()
      while (asked > 0) await new Promise<void>((resolve) => waiting.push(resolve))
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
