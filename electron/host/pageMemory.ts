/**
 * Memory for the samples of a page, used again for the next one: fresh memory costs a page as much time as decoding
 * it, and waits to be collected.
 */
import { freeMemory } from '../../shared/contract/wire.ts'

/** Two pages of 10 s with 64 channels at 512 Hz; a page that needs more gets it for itself. */
const LARGEST_KEPT = 1024 * 1024

/** One page: at most one `allocate`, and `giveBack` once nothing of it is needed any more, whatever came of the page. */
export type BorrowedMemory = {
  readonly allocate: (values: number) => Float64Array
  readonly giveBack: () => void
}

export type PageMemory = {
  /** Waits for the page before it: two at once would take twice the memory, and neither would be there sooner. */
  readonly borrow: () => Promise<BorrowedMemory>
}

export function createPageMemory(): PageMemory {
  let kept: Float64Array | null = null
  let before: Promise<void> = Promise.resolve()

  function allocate(values: number): Float64Array {
    if (kept !== null && kept.length >= values) return kept
    if (kept !== null) free(kept)
    kept = new Float64Array(values)
    return kept
  }

  return {
    borrow: async () => {
      const turn = before
      let end: () => void = () => {}
      before = new Promise((resolve) => {
        end = resolve
      })
      await turn
      return {
        allocate,
        giveBack: () => {
          if (kept !== null && kept.length > LARGEST_KEPT) {
            free(kept)
            kept = null
          }
          end()
        },
      }
    },
  }
}

/** At once: the collector lets tens of megabytes of it wait. */
function free({ buffer }: Float64Array): void {
  freeMemory(new Uint8Array(buffer))
}
