import { closeSync, existsSync, open, openSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { startRecordingWorker } from '../../../electron/host/recordingWorker.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder, makePipe } from '../../support/folders.ts'

/** What this process has open of a folder; null where the system does not tell. */
function openIn(folder: string): readonly string[] | null {
  const own = '/proc/self/fd'
  if (!existsSync(own)) return null
  return readdirSync(own).flatMap((name) => {
    try {
      const file = readlinkSync(path.join(own, name))
      return file.startsWith(folder) ? [path.basename(file)] : []
    } catch {
      // The one by which the folder itself was read.
      return []
    }
  })
}

/** Nothing that a process asks of its files goes on, in any of its threads, until this is called off. */
function holdUpFiles(pipe: string): () => Promise<void> {
  const size = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
  const openings = Array.from({ length: size }, () => promisify(open)(pipe, 'r'))
  return async () => {
    const writer = openSync(pipe, 'w')
    for (const reader of await Promise.all(openings)) closeSync(reader)
    closeSync(writer)
  }
}

it('keeps no file open where the machine is too busy to close it in time', async () => {
  const folder = makeFolder()
  const [file, pipe] = [path.join(folder, 'night.edf'), path.join(folder, 'pipe')]
  writeFileSync(file, edfBytes({}))
  if (openIn(folder) === null) return console.log('  no /proc here: open files are not looked at')
  if (!makePipe(pipe)) return
  const worker = startRecordingWorker({ onNotice: () => {}, log: () => {}, watchEveryMs: 1e6 })
  onTestFinished(() => worker.close())
  await worker.ask('open', { path: file, waitMs: 1e6 })
  expect(openIn(folder)).toEqual(['night.edf'])

  const goOn = holdUpFiles(pipe)
  await worker.close()
  await goOn()
  expect(openIn(folder)).toEqual([])
})
