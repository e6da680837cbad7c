/** The thread that waits for the next recording: at most one, taken once, and ended. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createOpenRecordings } from '../../../electron/host/openRecordings.ts'
import { type RecordingWorker, startRecordingWorker } from '../../../electron/host/recordingWorker.ts'
import { keepSpareThread } from '../../../electron/host/spareThread.ts'
import type { ThreadNotice } from '../../../electron/host/workerMessages.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'

const NOTICE: ThreadNotice = { type: 'scan', progress: 1, done: true }

type Begun = Parameters<typeof startRecordingWorker>[0] & {
  readonly worker: RecordingWorker
  readonly asked: string[]
  closed: boolean
}

function makeSpare() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const begun: Begun[] = []
  const start: typeof startRecordingWorker = (options) => {
    const asked: string[] = []
    const worker = {
      ask: (name: string) => {
        asked.push(name)
        return new Promise<never>(() => {})
      },
      holdBack: () => () => {},
      close: async () => {
        one.closed = true
      },
    } as RecordingWorker
    const one: Begun = { ...options, worker, asked, closed: false }
    begun.push(one)
    return worker
  }
  return { begun, ...keepSpareThread({ log: () => {}, watchEveryMs: 1000, afterMs: 2500, start }) }
}

describe('the spare thread', () => {
  it('is made a while after the last opening, warm, and only one', () => {
    const { begun, prepareSoon } = makeSpare()
    prepareSoon()
    vi.advanceTimersByTime(2000)
    prepareSoon()
    vi.advanceTimersByTime(2000)
    expect(begun).toEqual([])
    vi.advanceTimersByTime(500)
    expect(begun.map(({ asked }) => asked)).toEqual([['warmUp']])
    prepareSoon()
    vi.advanceTimersByTime(5000)
    expect(begun.length).toBe(1)
  })

  it('is taken once, with whoever hears it, and replaced when asked for', () => {
    const { begun, prepareSoon, take } = makeSpare()
    prepareSoon()
    vi.advanceTimersByTime(2500)
    const heard: ThreadNotice[] = []
    begun[0]!.onNotice(NOTICE)
    expect(take((notice) => heard.push(notice))).toBe(begun[0]!.worker)
    begun[0]!.onNotice(NOTICE)
    expect(heard).toEqual([NOTICE])
    expect(take(() => {})).toBe(begun[1]!.worker)
    expect(begun[1]!.asked).toEqual([])
    prepareSoon()
    vi.advanceTimersByTime(2500)
    expect(take(() => {})).toBe(begun[2]!.worker)
  })

  it('is ended when it is given up, and none is made afterwards', async () => {
    const { begun, prepareSoon, giveUp } = makeSpare()
    prepareSoon()
    vi.advanceTimersByTime(2500)
    prepareSoon()
    await giveUp()
    vi.advanceTimersByTime(10_000)
    expect(begun.map(({ closed }) => closed)).toEqual([true])
  })

  it('is not given to anybody when it has come to its end by itself', () => {
    const { begun, prepareSoon, take } = makeSpare()
    prepareSoon()
    vi.advanceTimersByTime(2500)
    begun[0]!.onEnd!()
    expect(take(() => {})).toBe(begun[1]!.worker)
  })
})

describe('recordings opened one after the other', () => {
  it('are opened in the thread that waits, and leave none behind', async () => {
    const folder = makeFolder()
    for (const name of ['a.edf', 'b.edf']) writeFileSync(path.join(folder, name), edfBytes())
    const problems: unknown[] = []
    let started = 0
    let ended = 0
    const { open, close } = createOpenRecordings({
      emit: () => {},
      log: (_, thrown) => problems.push(thrown),
      watchEveryMs: 60_000,
      spareAfterMs: 0,
      startThread: ({ onEnd, ...options }) => {
        started += 1
        const end = () => {
          ended += 1
          onEnd?.()
        }
        return startRecordingWorker({ ...options, onEnd: end })
      },
    })
    const a = await open(path.join(folder, 'a.edf'), [])
    // The second one's thread is there before anybody asks.
    await expect.poll(() => started).toBe(2)
    const b = await open(path.join(folder, 'b.edf'), [])
    expect(b.file.fingerprint).toBe(a.file.fingerprint)
    // A third waits in place of the one that was taken.
    await expect.poll(() => started).toBe(3)
    await close(a.recordingId)
    await expect.poll(() => ended).toBe(1)
    await close(b.recordingId)
    await expect.poll(() => ended).toBe(3)
    expect(problems).toEqual([])
  })
})
