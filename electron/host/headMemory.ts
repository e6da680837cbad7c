/**
 * Heads of sets by the hash of the bytes that hold them: one folder is looked at by many questions (whose set is it,
 * is the recording blind, what stands in the list), and each would walk over megabytes again. The bytes are read and
 * hashed every time, so that nothing is told of a file that it does not say now.
 */
import type { SetHead } from '../../shared/annotation/setHead.ts'

const MOST_HEADS = 32
/** Kept at most, in letters; that of a recording of 64 signals takes 4 thousand. */
export const LONGEST_HEAD = 64 * 1024

export type HeadMemory = {
  /** The head of the bytes with this hash: as it is known, else as `read` gives it, whose failures are not kept. */
  readonly headOf: (hash: string, read: () => SetHead) => SetHead
}

export function createHeadMemory(): HeadMemory {
  const heads = new Map<string, SetHead>()
  return {
    headOf: (hash, read) => {
      const known = heads.get(hash)
      if (known !== undefined) return known
      const head = read()
      if (JSON.stringify(head).length > LONGEST_HEAD) return head
      heads.set(hash, head)
      const [oldest] = heads.keys()
      if (heads.size > MOST_HEADS && oldest !== undefined) heads.delete(oldest)
      return head
    },
  }
}
