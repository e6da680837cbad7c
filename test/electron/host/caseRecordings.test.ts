/** The recordings that a lesson names, where they have grown or are said to: what is read of them, and how often. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { createCaseRecordings, readIdentity } from '../../../electron/host/caseRecordings.ts'
import { fingerprint } from '../../../shared/edf/samples/fingerprint.ts'
import type { CaseRecording } from '../../../shared/teaching/lesson.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'

vi.mock(import('../../../shared/edf/samples/fingerprint.ts'), async (original) => {
  const actual = await original()
  return { ...actual, fingerprint: vi.fn(actual.fingerprint) }
})

const read = vi.mocked(fingerprint)
let folder: string

beforeEach(() => {
  folder = makeFolder()
  for (const name of ['night.edf', 'other.edf']) {
    writeFileSync(path.join(folder, name), edfBytes({ recordCount: 200 }))
  }
  read.mockClear()
})

/** Of no file that there is. */
const unknown = (index: number, records: number, fileName = 'night.edf'): CaseRecording => ({
  ...{ fingerprint: `hs1:${String(index).padStart(64, '0')}`, fileName, records, recordDuration: 1 },
})
const list = <Item>(length: number, make: (index: number) => Item) =>
  Array.from({ length }, (_, index) => make(index))

it('are found where they have grown, among any number that are not', async () => {
  const shorter = path.join(makeFolder(), 'night.edf')
  writeFileSync(shorter, edfBytes({ recordCount: 150 }))
  const { fingerprint: mark, records, recordDuration } = await readIdentity(shorter)
  const wanted = { fingerprint: mark, fileName: 'night.edf', records, recordDuration }
  const found = await createCaseRecordings().find(
    [...list(500, (index) => unknown(index, 150)), wanted],
    [folder],
  )
  expect([...found].map(([asked, { path: file }]) => [asked, path.basename(file)])).toEqual([
    [mark, 'night.edf'],
  ])
})

it('are read once for all that are as long, and only for those that have the name of the file', async () => {
  const recordings = createCaseRecordings()
  const asked = [...list(500, (index) => unknown(index, 150)), unknown(500, 20, 'other.edf')]
  await recordings.find(asked, [folder])
  expect(read.mock.calls.map((call) => call[2]).toSorted()).toEqual([150, 20, 200, 200])
  read.mockClear()
  await recordings.find(asked, [folder])
  expect(read).not.toHaveBeenCalled()
})

it('are read fifty times in a search at most, and the others in the next', async () => {
  const recordings = createCaseRecordings()
  const asked = list(80, (index) => unknown(index, 10 + index))
  await recordings.find(asked, [folder])
  expect(read).toHaveBeenCalledTimes(2 + 50)
  await recordings.find(asked, [folder])
  expect(read).toHaveBeenCalledTimes(2 + 80)
  // Changed, it is another file.
  writeFileSync(path.join(folder, 'night.edf'), edfBytes({ recordCount: 201 }))
  await recordings.find(asked.slice(0, 1), [folder])
  expect(read).toHaveBeenCalledTimes(2 + 80 + 2)
})
