/** The thread of a recording as the host holds it: what waits there for something else. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startRecordingWorker } from '../../../electron/host/recordingWorker.ts'
import type { ThreadNotice } from '../../../electron/host/workerMessages.ts'
import { edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'

/** A recording of 2 MB, whose reading in the background begins when something else has been asked. */
async function openOne() {
  const file = path.join(makeFolder(), 'night.edf')
  const signal = { ...PLAIN_SIGNAL, samplesPerRecord: '4000', record: () => new Uint8Array(8000) }
  writeFileSync(file, edfBytes({ recordCount: 250, signals: [signal] }))
  const notices: ThreadNotice[] = []
  const worker = startRecordingWorker({
    onNotice: (notice) => notices.push(notice),
    log: () => {},
    watchEveryMs: 3_600_000,
  })
  onTestFinished(worker.close)
  return {
    ...worker,
    open: () => worker.ask('open', { path: file, waitMs: 1 }),
    isRead: () => notices.some((notice) => notice.type === 'scan' && notice.done),
  }
}

it('reads in the background only once what it is held back for is done, and answers meanwhile', async () => {
  const { holdBack, open, ask, isRead } = await openOne()
  const releases = [holdBack(), holdBack()]
  await open()
  releases[0]!()
  // As many answers as would do for ten such files.
  for (let count = 0; count < 500; count += 1) expect((await ask('scanned', {})).complete).toBe(false)
  expect(isRead()).toBe(false)
  releases[1]!()
  await expect.poll(isRead).toBe(true)
})

it('reads all the same where it is never let go', async () => {
  const { holdBack, open, isRead } = await openOne()
  holdBack()
  await open()
  await expect.poll(isRead, { timeout: 10_000 }).toBe(true)
})
