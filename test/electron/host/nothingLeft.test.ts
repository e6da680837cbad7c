/** What a day of opening and closing leaves in the host's process: nothing that a recording was held by. */
import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import { addMark } from '../../../shared/annotation/edits.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import type { OpenRef } from '../../../shared/contract/model.ts'
import { PLAIN_LOOKS } from '../../../shared/signal/channelLook.ts'
import { DEFAULT_VIEW, settingsOf } from '../../../shared/signal/viewSettings.ts'
import { ticksFromSeconds } from '../../../shared/units.ts'
import { VIEW } from '../../support/annotations.ts'
import { edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'

const RECORDINGS = 50
/** What leaks leaks once a recording: fewer than one in ten is something else, such as a timer of the test itself. */
const LUCK = RECORDINGS / 10
const RATE = 64
/** What stays of each page that was given and is held by somebody. */
const PAGE_BYTES = 2 * 10 * RATE * 4

/** The garbage is collected at once, so that what is still there is held by somebody. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

/** Threads of this process that were begun and have not ended, from now on. */
function watchThreads(): ReadonlySet<Worker> {
  const running = new Set<Worker>()
  const onThread = (thread: Worker) => {
    running.add(thread)
    thread.once('exit', () => running.delete(thread))
  }
  process.on('worker', onThread)
  onTestFinished(() => void process.off('worker', onThread))
  return running
}

/** What this process has open, by what each stands for; null where the system does not tell. */
function openFiles(): readonly string[] | null {
  const folder = '/proc/self/fd'
  if (!existsSync(folder)) return null
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(path.join(folder, name))]
    } catch {
      // The one by which the folder itself was read.
      return []
    }
  })
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
}

function listeners(): number {
  return process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
}

/** A file that differs from all others, of two channels that a spectrogram can be made of. */
function recordingBytes(number: number): Uint8Array {
  const signal = (label: string, shift: number) => ({
    ...PLAIN_SIGNAL,
    label,
    samplesPerRecord: String(RATE),
    record: (record: number) =>
      Array.from({ length: RATE }, (_, i) => ((record * RATE + i) * (number + 7) + shift) % 2000),
  })
  return edfBytes({ signals: [signal('EEG C3', 0), signal('EEG C4', 500)], recordCount: 30 + number })
}

/** All that a window does with a recording, and what it leaves under way. */
async function review(host: Host, { ref }: OpenRef): Promise<readonly WeakRef<object>[]> {
  const opened = await host.openRecording({ ref })
  const { recordingId } = opened
  const settings = settingsOf({ ...DEFAULT_VIEW, montage: 'recorded' })
  const page = await host.page({ recordingId, span: { start: 0, end: 10 }, settings, columns: 800 })
  const scanned = await host.scanned({ recordingId })
  const set = await host.openSet({ recordingId, reviewer: 'R-01', ref: null })
  const { setId } = set
  const mark = {
    kind: 'hypnic_jerk',
    onset: ticksFromSeconds(1),
    duration: ticksFromSeconds(1),
    view: VIEW,
  } as const
  const now = '2026-01-31T09:00:00.000Z'
  const edit = addMark(set.document, mark, { author: 'R-01', now })
  if (edit === null) throw new Error('the mark was refused')
  await host.journal({ setId, from: 0, entries: [{ op: 'edit', edit }] })
  await host.saveSet({ setId, overwrite: false })
  const remembered = { view: { ...DEFAULT_VIEW, montage: 'recorded' }, looks: PLAIN_LOOKS }
  await host.rememberView({ recordingId, remembered })
  const done = await host.startJob({ recordingId, job: { name: 'spectrogram', input: { bad: [] } } })
  await host.jobResult(done)
  const cancelled = await host.startJob({ recordingId, job: { name: 'check', input: {} } })
  await host.cancelJob(cancelled)
  // Nobody asks for what comes of it.
  await host.startJob({ recordingId, job: { name: 'activity', input: { span: { start: 0, end: 20 } } } })
  await host.closeSet({ setId })
  await host.closeRecording({ recordingId })
  return [opened.recording, page, scanned, set.document].map((held) => new WeakRef(held))
}

it(`opening and closing ${RECORDINGS} recordings leaves nothing behind`, { timeout: 600_000 }, async () => {
  const home = makeFolder()
  const [data, folder] = ['data', 'recordings'].map((name) => path.join(home, name)) as [string, string]
  for (const made of [data, folder]) mkdirSync(made)
  for (let number = 0; number <= RECORDINGS; number += 1) {
    writeFileSync(path.join(folder, `night-${100 + number}.edf`), recordingBytes(number))
  }
  const threads = watchThreads()
  const log: string[] = []
  const app = createHost({
    ...{ shell: quietShell(), dataFolder: data, samplesFolder: null, folder },
    emit: () => {},
    log: (where, thrown) => log.push(`${where}: ${thrown}`),
  })
  onTestFinished(app.close)
  await app.host.startup({ window: 'test' })
  const choices = await app.host.listRecordings({})
  expect(choices).toHaveLength(RECORDINGS + 1)

  // The first one makes what is made once.
  const held = [...(await review(app.host, choices[0]!))]
  await expect.poll(() => threads.size).toBe(0)
  const before = { files: openFiles(), timers: timers(), listeners: listeners() }
  collectGarbage()
  const buffers = process.memoryUsage().arrayBuffers

  for (const choice of choices.slice(1)) held.push(...(await review(app.host, choice)))

  await expect.poll(() => threads.size).toBe(0)
  await expect.poll(timers).toBeLessThanOrEqual(before.timers + LUCK)
  expect(listeners()).toBe(before.listeners)
  if (before.files === null) console.log('  no /proc/self/fd here: what files are open is not looked at')
  else {
    await expect.poll(() => openFiles()?.filter((file) => file.startsWith(home))).toEqual([])
    await expect.poll(() => openFiles()?.length).toBeLessThanOrEqual(before.files.length + LUCK)
  }
  await expect
    .poll(() => {
      collectGarbage()
      return held.filter((each) => each.deref() !== undefined).length
    })
    .toBeLessThanOrEqual(LUCK)
  // What was collected is given back by another thread, and counted until then.
  await expect
    .poll(() => {
      collectGarbage()
      return process.memoryUsage().arrayBuffers - buffers
    })
    .toBeLessThan(RECORDINGS * PAGE_BYTES)
  // Neither journal nor lock; beside each recording its set alone.
  expect(readdirSync(path.join(data, 'journals'))).toEqual([])
  expect(readdirSync(folder)).toHaveLength(2 * (RECORDINGS + 1))
  expect(log).toEqual([])
})
