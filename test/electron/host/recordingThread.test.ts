/** The thread of a recording, in this process: what it ends, and what goes before what. */
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { FileSource } from '../../../electron/host/fileSource.ts'
import { createRecordingThread } from '../../../electron/host/recordingThread.ts'
import { createTurns } from '../../../electron/host/turns.ts'
import type { CallControl, ThreadNotice } from '../../../electron/host/workerMessages.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { deferred } from '../../support/fakeHost.ts'

/** 16 MB in records of 8 kB: several blocks for whoever walks over all of it. */
const LONG = edfBytes({
  recordCount: 2000,
  signals: [{ ...PLAIN_SIGNAL, samplesPerRecord: '4000', record: () => new Uint8Array(8000) }],
})

/** A file in memory. `hold` keeps every later read of a block back until it is let go. */
function memoryFile(bytes: Uint8Array) {
  let gate: Promise<void> | null = null
  let reads = 0
  let closed = false
  const read = async () => {
    reads += 1
    await gate
  }
  const source: FileSource = {
    byteLength: bytes.length,
    path: '/night.edf',
    name: 'night.edf',
    slice: async (start, end) => bytes.slice(start, end) as Uint8Array<ArrayBuffer>,
    readInto: async (start, target) => {
      await read()
      target.set(bytes.subarray(start, start + target.length))
    },
    checkUnchanged: async () => ({ kind: 'same' }),
    close: async () => {
      closed = true
    },
  }
  return {
    source,
    reads: () => reads,
    isClosed: () => closed,
    hold: () => {
      const { promise, resolve } = deferred<void>()
      gate = promise
      return () => {
        gate = null
        resolve()
      }
    },
  }
}

function control(fields: Partial<CallControl> = {}): CallControl {
  return { signal: new AbortController().signal, onProgress: () => {}, give: () => {}, ...fields }
}

function start(file: ReturnType<typeof memoryFile>) {
  const notices: ThreadNotice[] = []
  // Nobody reads here: no work in the background rests.
  const turns = createTurns({ rest: async () => {} })
  const thread = createRecordingThread({
    notify: (notice) => notices.push(notice),
    turns,
    watchEveryMs: 60_000,
    open: async () => file.source,
  })
  return { ...thread, notices, turns }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await setImmediate()
}

describe('the thread of a recording', () => {
  it('looks for candidates without what is marked bad, says how far it is, and lets pages go first', async () => {
    const file = memoryFile(readFileSync(new URL('../../../samples/mixed-teaching.edf', import.meta.url)))
    const { calls, close, turns } = start(file)
    await calls.open({ path: '' }, control())
    const told: number[] = []
    const all = await calls.candidates({ bad: [] }, control({ onProgress: (done) => told.push(done) }))
    expect(new Set(all.candidates.map(({ kind }) => kind))).toEqual(
      new Set(['spike_wave_3hz', 'hypnic_jerk']),
    )
    expect(told.at(-1)).toBe(1)

    const [first] = all.candidates.find(({ kind }) => kind === 'spike_wave_3hz')!.channels
    const { candidates } = await calls.candidates({ bad: [0] }, control())
    expect(candidates.length).toBeGreaterThan(0)
    expect(candidates.some(({ channels }) => channels.includes(first!))).toBe(false)

    const letGo = turns.begin()
    let isDone = false
    const waiting = Promise.resolve(calls.candidates({ bad: [] }, control())).then(() => {
      isDone = true
    })
    await settle()
    expect(isDone).toBe(false)
    letGo()
    await waiting
    await close()
  })

  it('measures the R wave while it is waited for, as scipy finds it', async () => {
    const file = memoryFile(readFileSync(new URL('../../../samples/mixed-teaching.edf', import.meta.url)))
    const { calls, close, turns } = start(file)
    await calls.open({ path: '' }, control())
    // As the worker counts every call: what a reader waits for must not wait for itself.
    const letGo = turns.begin()
    const rWave = await calls.rWave({}, control())
    letGo()
    // 321 beats: median of scipy.signal.find_peaks(ecg - median(ecg), distance=0.4 s, prominence=0.3 of its range).
    expect(rWave! / 900.8).toBeGreaterThan(0.95)
    expect(rWave! / 900.8).toBeLessThan(1.05)
    await close()
  })

  it('ends a search for candidates that is not wanted any more', async () => {
    const file = memoryFile(readFileSync(new URL('../../../samples/mixed-teaching.edf', import.meta.url)))
    const { calls, close } = start(file)
    await calls.open({ path: '' }, control())
    const ending = new AbortController()
    ending.abort()
    const search = calls.candidates({ bad: [] }, control({ signal: ending.signal }))
    await expect(search).rejects.toMatchObject({ code: 'cancelled' })
    await close()
  })

  it('lets go of a file that is no recording', async () => {
    const file = memoryFile(new TextEncoder().encode('PK a letter'.padEnd(600)))
    const { calls, close } = start(file)
    await expect(calls.open({ path: '' }, control())).rejects.toMatchObject({ code: 'not-edf' })
    expect(file.isClosed()).toBe(true)
    await close()
  })

  it('lets go of a file that is closed before it was open', async () => {
    const file = memoryFile(LONG)
    const { calls, close } = start(file)
    const opening = Promise.resolve(calls.open({ path: '' }, control()))
    await close()
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' })
    expect(file.isClosed()).toBe(true)
  })

  it('ends a job that is cancelled in the middle of the file, and answers the next', async () => {
    const file = memoryFile(LONG)
    const { calls, close } = start(file)
    await calls.open({ path: '' }, control())
    await settle()
    const cancelled = new AbortController()
    const progress: number[] = []
    const job = Promise.resolve(
      calls.check(
        {},
        control({
          signal: cancelled.signal,
          onProgress: (done) => {
            progress.push(done)
            cancelled.abort()
          },
        }),
      ),
    )
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(progress).toHaveLength(1)
    expect(progress[0]).toBeLessThan(1)
    const before = file.reads()
    await settle()
    expect(file.reads()).toBe(before)
    expect(await calls.check({}, control())).toMatchObject({ format: 'EDF' })
    await close()
  })

  it('tells how far a job is, up to the end', async () => {
    const { calls, close } = start(memoryFile(LONG))
    await calls.open({ path: '' }, control())
    const progress: number[] = []
    await calls.check({}, control({ onProgress: (done) => progress.push(done) }))
    expect(progress.length).toBeGreaterThan(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
    await close()
  })

  it('answers a page between two channels of the spectra that were asked for before it', async () => {
    const signal = { ...PLAIN_SIGNAL, samplesPerRecord: '256', record: () => new Uint8Array(512) }
    const file = memoryFile(edfBytes({ recordCount: 60, signals: Array.from({ length: 32 }, () => signal) }))
    const { calls, close } = start(file)
    await calls.open({ path: '' }, control())
    await settle()
    const settings = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null } as const
    const order: string[] = []
    const spectra = Promise.resolve(calls.spectra({ span: { start: 0, end: 60 }, settings }, control()))
    const page = Promise.resolve(
      calls.page({ span: { start: 0, end: 10 }, settings, columns: 100 }, control()),
    )
    await Promise.all([spectra.then(() => order.push('spectra')), page.then(() => order.push('page'))])
    expect(order).toEqual(['page', 'spectra'])
    expect((await spectra).channels).toHaveLength(32)
    await close()
  })

  it('stops reading in the background once it is closed, and gives the file back', async () => {
    const file = memoryFile(LONG)
    const release = file.hold()
    const { calls, close, notices } = start(file)
    await calls.open({ path: '' }, control())
    await settle()
    const told = notices.length
    await close()
    expect(file.isClosed()).toBe(true)
    const reads = file.reads()
    release()
    await settle()
    expect(file.reads()).toBe(reads)
    expect(notices.slice(told)).toEqual([])
    expect(() => calls.scanned({}, control())).toThrow(ReviewError)
  })

  it('reads on in the background only when nobody waits for an answer', async () => {
    const file = memoryFile(LONG)
    const { calls, close, turns } = start(file)
    const endTurn = turns.begin()
    await calls.open({ path: '' }, control())
    await settle()
    const held = file.reads()
    expect(held).toBeLessThanOrEqual(2)
    endTurn()
    await settle()
    expect(file.reads()).toBeGreaterThan(held)
    await close()
  })

  it('reads in the background only after the first page, where one is waited for', async () => {
    const file = memoryFile(LONG)
    const { calls, close, notices } = start(file)
    const { recording } = await calls.open({ path: '', waitMs: 1e8 }, control())
    await calls.practise({}, control())
    await settle()
    expect(notices).toEqual([])
    const settings = { montage: 'recorded', lowFrequency: 1, highFrequency: 70, notch: null } as const
    const { start: from } = recording.timeline.span
    await calls.page({ span: { start: from, end: from + 10 }, settings, columns: 500 }, control())
    await expect.poll(() => notices.some((notice) => notice.type === 'scan' && notice.done)).toBe(true)
    await close()
  })

  it('shows a reading once a minute on a page that lies between two of them', async () => {
    const reading = { label: 'SaO2', unit: '%', physicalMin: '0', physicalMax: '100', samplesPerRecord: '1' }
    const file = memoryFile(
      edfBytes({
        recordDuration: '60',
        recordCount: 4,
        signals: [
          { ...PLAIN_SIGNAL, samplesPerRecord: '6000', record: () => new Uint8Array(12_000) },
          { ...reading, digitalMin: '0', digitalMax: '100', record: (record) => [90 + record] },
        ],
      }),
    )
    const { calls, close } = start(file)
    await calls.open({ path: '' }, control())
    const settings = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null } as const
    const page = await calls.page({ span: { start: 140, end: 150 }, settings, columns: 500 }, control())
    const saturation = page.traces.find(({ id }) => id.includes('SaO2'))
    expect(saturation?.pieces).toMatchObject([{ form: 'steps', start: 120, values: new Float32Array([92]) }])
    await close()
  })
})

describe('a page that holds no sample of a slow signal', () => {
  it('shows the value that holds there', async () => {
    const night = edfBytes({
      recordDuration: '30',
      recordCount: 4,
      signals: [
        { ...PLAIN_SIGNAL, samplesPerRecord: '1920', record: () => new Uint8Array(3840) },
        {
          ...PLAIN_SIGNAL,
          label: 'Hypnogram',
          unit: 'stage',
          physicalMin: '-32768',
          physicalMax: '32767',
          samplesPerRecord: '1',
          record: (record) => [record + 1],
        },
      ],
    })
    const { calls, close } = start(memoryFile(night))
    await calls.open({ path: '' }, control())
    const settings = { montage: 'recorded', lowFrequency: 1, highFrequency: 30, notch: null } as const
    for (const [from, stage] of [
      [0, 1],
      [10, 1],
      [45, 2],
      [110, 4],
    ] as const) {
      const page = await calls.page(
        { span: { start: from, end: from + 10 }, settings, columns: 1000 },
        control(),
      )
      expect(page.traces[1]?.pieces).toMatchObject([{ form: 'steps', step: 30, values: { 0: stage } }])
    }
    await close()
  })
})
