/** Recordings that are open: one for whoever asks at once, and none that nobody knows of. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createOpenRecordings } from '../../../electron/host/openRecordings.ts'
import { startRecordingWorker } from '../../../electron/host/recordingWorker.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'

const HOUR = 3_600_000

/** Recordings of a folder with one file, and how many of their threads have not been closed. */
function openOne() {
  const file = path.join(makeFolder(), 'night.edf')
  writeFileSync(file, edfBytes())
  let begun = 0
  let closed = 0
  const recordings = createOpenRecordings({
    emit: () => {},
    log: () => {},
    watchEveryMs: HOUR,
    spareAfterMs: HOUR,
    startThread: (options) => {
      begun += 1
      const worker = startRecordingWorker(options)
      const close = async () => {
        closed += 1
        await worker.close()
      }
      return { ...worker, close }
    },
  })
  onTestFinished(recordings.closeAll)
  return { file, recordings, held: () => begun - closed }
}

it('one that is asked for anew by several at once is opened once', async () => {
  const { file, recordings, held } = openOne()
  const { recordingId } = await recordings.open(file, [])
  const again = await Promise.all([1, 2, 3].map(() => recordings.reopen(recordingId, [])))
  expect(new Set(again).size).toBe(1)
  expect(recordings.isOpen(recordingId)).toBe(false)
  expect(recordings.isOpen(again[0]!.recordingId)).toBe(true)
  expect(held()).toBe(1)
  await expect(async () => recordings.reopen(recordingId, [])).rejects.toMatchObject({ code: 'not-found' })
})

it('one that is closed while it is opened anew stays closed', async () => {
  const { file, recordings, held } = openOne()
  const { recordingId } = await recordings.open(file, [])
  const again = recordings.reopen(recordingId, [])
  const refused = expect(again).rejects.toMatchObject({ code: 'not-found' })
  await recordings.close(recordingId)
  await refused
  expect(recordings.isFileOpen(file)).toBe(false)
  expect(held()).toBe(0)
})

it('one that is still being opened when all are closed is put away', async () => {
  const { file, recordings, held } = openOne()
  const refused = expect(recordings.open(file, [])).rejects.toMatchObject({ code: 'not-found' })
  await recordings.closeAll()
  await refused
  expect(recordings.isFileOpen(file)).toBe(false)
  expect(held()).toBe(0)
})
