import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ForeignAnswer, ForeignRequest } from '../../../renderer/store/foreignThread.ts'
import { readForeignFile } from '../../../renderer/store/importing.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'

/** A thread in the test's hand. */
class HeldWorker {
  static readonly all: HeldWorker[] = []
  onmessage: ((event: { readonly data: ForeignAnswer }) => void) | null = null
  onerror: (() => void) | null = null
  readonly asked: ForeignRequest[] = []
  isEnded = false
  constructor() {
    HeldWorker.all.push(this)
  }
  postMessage(request: ForeignRequest): void {
    this.asked.push(request)
  }
  terminate(): void {
    this.isEnded = true
  }
  say(data: ForeignAnswer): void {
    this.onmessage?.({ data })
  }
}

const FILE = new File(['onset\tduration\ttrial_type\n'], 'x.tsv')

beforeEach(() => {
  HeldWorker.all.length = 0
  vi.stubGlobal('Worker', HeldWorker)
  openEmptySet()
})
afterEach(() => vi.unstubAllGlobals())

it('a file is read in a thread that tells how far it is, and ends with it', async () => {
  const told: number[] = []
  const read = readForeignFile(FILE, { onProgress: (done) => told.push(done) })
  const [worker] = HeldWorker.all
  expect(worker!.asked).toMatchObject([{ file: FILE, recording: { name: 'recording.edf', gaps: 0 } }])
  worker!.say({ type: 'progress', done: 0.5 })
  worker!.say({ type: 'read', events: { format: 'BIDS events', found: [] } })
  expect(await read).toEqual({ from: 'x.tsv, BIDS events', found: [], notice: null })
  expect([told, worker!.isEnded]).toEqual([[0.5], true])
})

it('the thread is ended at once when the reader gives it up', async () => {
  const work = new AbortController()
  const read = readForeignFile(FILE, { signal: work.signal })
  work.abort()
  await expect(read).rejects.toMatchObject({ code: 'cancelled' })
  expect(HeldWorker.all[0]!.isEnded).toBe(true)
})

it.each([
  [
    'a file that is refused',
    (worker: HeldWorker) => worker.say({ type: 'refused', failure: { code: 'bad-set', message: 'Line 3.' } }),
    { code: 'bad-set', message: 'Line 3.' },
  ],
  [
    'a thread that dies',
    (worker: HeldWorker) => worker.onerror?.(),
    { code: 'unreadable', message: 'x.tsv could not be read.' },
  ],
])('%s is said in one sentence', async (_, happens, failure) => {
  const read = readForeignFile(FILE)
  happens(HeldWorker.all[0]!)
  await expect(read).rejects.toMatchObject(failure)
  expect(HeldWorker.all[0]!.isEnded).toBe(true)
})
