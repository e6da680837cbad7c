/** What a large set costs that is opened with its recording: the host walks over its megabytes once for each thing it asks. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import type { SetTask } from '../../../electron/host/setThread.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { seconds, withMarks } from '../../support/annotations.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'

const MARKS = 10_000

/** A recording, and a set of the reader whom the settings name in the place of theirs. */
async function makeReview() {
  const folder = makeFolder()
  const recording = path.join(folder, 'night.edf')
  writeFileSync(recording, edfBytes())
  const { host, open, close } = createHost({
    ...{ shell: quietShell({}), samplesFolder: null, folder: null, emit: () => {}, log: () => {} },
    dataFolder: path.join(folder, 'data'),
    // However busy the machine is.
    setsWithinMs: 60_000,
  })
  onTestFinished(close)
  const { reviewer } = (await host.startup({ window: 'a window' })).settings
  const { ref } = open(recording)
  const openBoth = async () => {
    const { recordingId, sets } = await host.openRecording({ ref })
    return { sets, set: await host.openSet({ recordingId, reviewer, ref: null }) }
  }
  const before = await openBoth()
  await host.closeSet({ setId: before.set.setId })
  const [mark] = withMarks([[0, 1]]).marks
  const marks = Array.from({ length: MARKS }, (_, index) => {
    return { ...mark!, id: `mark ${index}`, onset: seconds(index), author: reviewer }
  })
  const file = path.join(folder, `night.${reviewer}.hypnospike.json`)
  writeFileSync(file, serializeSet({ ...before.set.document, marks }))
  expect(statSync(file).size).toBeGreaterThan(2 * 1024 * 1024)
  return { file, openBoth }
}

/** What the threads of sets are told to read from now on. */
function readings(): () => readonly string[] {
  const tell = vi.spyOn(Worker.prototype, 'postMessage')
  onTestFinished(() => tell.mockRestore())
  return () => tell.mock.calls.map(([task]) => (task as SetTask).what).filter((what) => what !== undefined)
}

it('its head and its marks are each read in a thread once', async () => {
  const { openBoth } = await makeReview()
  const told = readings()
  const { sets, set } = await openBoth()
  expect(sets).toMatchObject([{ marks: MARKS }])
  expect(set.document.marks.length).toBe(MARKS)
  expect(told()).toEqual(['head', 'set'])
})

it('what another program has written since the recording was opened is what is opened', async () => {
  const { file, openBoth } = await makeReview()
  const { set } = await openBoth()
  const [first, ...marks] = parseSet(readFileSync(file, 'utf8')).marks
  writeFileSync(file, serializeSet({ ...set.document, marks: [{ ...first!, comment: 'Seen.' }, ...marks] }))
  const again = await openBoth()
  expect(again.set.document.marks[0]).toMatchObject({ comment: 'Seen.' })
})
