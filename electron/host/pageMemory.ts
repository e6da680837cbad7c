/**
 * Memory for the samples of a page, used again for the next one: fresh memory costs a page as much time as decoding
 * it, and waits to be collected.
 */

/** Two pages of 10 s with 64 channels at 512 Hz; a page that needs more gets it for itself. */
const LARGEST_KEPT = 1024 * 1024
/** A page and its neighbour may be under way at once. */
const MOST_KEPT = 2

export type PageMemory = {
  /** One page: at most one `allocate`, and `giveBack` when nothing of it is needed any more. */
  readonly borrow: () => {
    readonly allocate: (values: number) => Float64Array
    readonly giveBack: () => void
  }
}

export function createPageMemory(): PageMemory {
  const spare: Float64Array[] = []
  return {
    borrow: () => {
      let mine = spare.pop() ?? null
      return {
        allocate: (values) => {
          if (mine === null || mine.length < values) mine = new Float64Array(values)
          return mine
        },
        giveBack: () => {
          if (mine !== null && mine.length <= LARGEST_KEPT && spare.length < MOST_KEPT) spare.push(mine)
          mine = null
        },
      }
    },
  }
}
