/**
 * A file that is open for reading, by its number. Closing a FileHandle of Node's is done in the pool of threads that all of
 * the process share: where that is full and the thread that asked is ended meanwhile, the close is called off and the file
 * stays open until the program ends. A number is closed at once, and Node closes those that an ended thread leaves
 * (`trackUnmanagedFds` of its Worker).
 */
import { type BigIntStats, closeSync, constants, fstat, open, read } from 'node:fs'
import { promisify } from 'node:util'

export type ReadHandle = {
  readonly stat: () => Promise<BigIntStats>
  /** How many bytes were read, from `position` of the file to `offset` of the target. */
  readonly read: (target: Uint8Array, offset: number, length: number, position: number) => Promise<number>
  /** Once what is being read has been; whoever reads afterwards gets an error of the code EBADF. */
  readonly close: () => Promise<void>
}

const openNumber = promisify(open)
const statNumber = promisify(fstat)
const readNumber = promisify(read)

/** Rejects with Node's error. */
export async function openToRead(file: string): Promise<ReadHandle> {
  // Without O_NONBLOCK, opening a pipe would wait for its other end.
  const number = await openNumber(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const inFlight = new Set<Promise<unknown>>()
  let isClosed = false

  // The number may be another file's as soon as it is closed.
  async function use<Value>(task: () => Promise<Value>): Promise<Value> {
    if (isClosed) throw Object.assign(new Error('the file is closed'), { code: 'EBADF' })
    const work = task()
    inFlight.add(work)
    try {
      return await work
    } finally {
      inFlight.delete(work)
    }
  }

  return {
    stat: () => use(() => statNumber(number, { bigint: true })),
    read: (target, offset, length, position) =>
      use(async () => (await readNumber(number, target, offset, length, position)).bytesRead),
    close: async () => {
      if (isClosed) return
      isClosed = true
      await Promise.allSettled(inFlight)
      closeSync(number)
    },
  }
}
