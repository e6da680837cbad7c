import { rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { findSets, saveSet } from '../../../electron/host/annotationFiles.ts'
import { setPathFor } from '../../../electron/host/setNames.ts'
import { loadHead, loadSet, readAhead } from '../../../electron/host/setReader.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import { RECORDING, seconds, withMarks } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'
import { makeDesk, makeWindow } from '../../support/setDesk.ts'

const document = withMarks([
  [10, 12],
  [20, 21],
])
const IN_THREAD = { onTheSpot: 0 }

function leave(text: string): string {
  const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
  writeFileSync(file, text)
  return file
}

describe('a set read in a thread of its own', () => {
  it('is the same as one read on the spot', async () => {
    const file = leave(serializeSet(document))
    expect(await loadSet(file, IN_THREAD)).toEqual(await loadSet(file))
    expect(await loadHead(file, IN_THREAD)).toEqual(await loadHead(file))
  })

  it('is refused as on the spot', async () => {
    const file = leave('{"format":')
    const failures = await Promise.all(
      [loadSet(file), loadSet(file, IN_THREAD)].map((each) => each.catch((thrown: Error) => thrown.message)),
    )
    expect(failures).toEqual(Array(2).fill('This annotation set cannot be read: it is not JSON.'))
    await expect(loadSet(`${file}.gone`, IN_THREAD)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is told of as it lies on disk now, though its head was read before', async () => {
    const file = leave(serializeSet(document))
    expect((await loadHead(file, IN_THREAD)).head).toMatchObject({ reviewer: 'JS', marks: 2 })
    const { atime, mtime } = statSync(file)
    writeFileSync(file, serializeSet({ ...document, reviewer: 'AB' }))
    utimesSync(file, atime, mtime)
    expect((await loadHead(file, IN_THREAD)).head).toMatchObject({ reviewer: 'AB', marks: 2 })
    writeFileSync(file, '{')
    await expect(loadHead(file, IN_THREAD)).rejects.toMatchObject({ code: 'bad-set' })
  })
})

/** What threads are told to read from now on. */
function tasks(): readonly unknown[] {
  const tell = vi.spyOn(Worker.prototype, 'postMessage')
  onTestFinished(() => tell.mockRestore())
  return tell.mock.calls
}

describe('a head that a thread has read', () => {
  it('is told again without a thread as long as the bytes are the same', async () => {
    const file = leave(serializeSet(document))
    const told = tasks()
    const before = await loadHead(file, IN_THREAD)
    utimesSync(file, 1, 2)
    const { head, version } = await loadHead(file, IN_THREAD)
    expect(head).toEqual(before.head)
    expect(version).toEqual({ hash: before.version.hash, modified: 2000 })
    expect(told.length).toBe(1)
    writeFileSync(file, serializeSet({ ...document, reviewer: 'AB' }))
    expect((await loadHead(file, IN_THREAD)).head.reviewer).toBe('AB')
    expect(told.length).toBe(2)
  })
})

describe('a set that is read ahead', () => {
  it('is given to the first who asks, with when it was written', async () => {
    const file = leave(serializeSet(document))
    const told = tasks()
    expect(await readAhead(file, IN_THREAD)).toBe(true)
    utimesSync(file, 1, 2)
    const { document: read, version } = await loadSet(file, IN_THREAD)
    expect(read).toEqual(document)
    expect(version.modified).toBe(2000)
    expect(told.length).toBe(1)
    await loadSet(file, IN_THREAD)
    expect(told.length).toBe(2)
  })

  it('is read anew where the file is another one by then, whatever its time and length', async () => {
    const file = leave(serializeSet(document))
    await readAhead(file, IN_THREAD)
    const { atime, mtime } = statSync(file)
    // Read by the time that another thread has read something else.
    await loadHead(leave(serializeSet(document)), IN_THREAD)
    writeFileSync(file, serializeSet({ ...document, reviewer: 'AB' }))
    utimesSync(file, atime, mtime)
    expect((await loadSet(file, IN_THREAD)).document.reviewer).toBe('AB')
  })

  it('is refused as one that is not, and gone where its file is', async () => {
    const file = leave('{"format":')
    await readAhead(file, IN_THREAD)
    await expect(loadSet(file, IN_THREAD)).rejects.toMatchObject({ code: 'bad-set' })
    const other = leave(serializeSet(document))
    await readAhead(other, IN_THREAD)
    rmSync(other)
    await expect(loadSet(other, IN_THREAD)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is none that is read on the spot, nor one that leaves a thread too large to be kept', async () => {
    const file = leave(serializeSet(document))
    expect(await readAhead(file)).toBe(false)
    truncateSync(file, 9 * 1024 * 1024)
    expect(await readAhead(file)).toBe(false)
    expect(await readAhead(`${file}.gone`)).toBe(false)
  })
})

describe('a set of 10,000 marks', () => {
  it('is found, opened, shown to another reader and saved with one thread', async () => {
    const desk = makeDesk()
    const marks = Array.from({ length: 10_000 }, (_, index) => {
      return { ...document.marks[0]!, id: `mark ${index}`, onset: seconds(index) }
    })
    const large = { ...document, reviewer: 'R-01', marks }
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    writeFileSync(file, serializeSet(large))
    expect(statSync(file).size).toBeGreaterThan(2 * 1024 * 1024)
    const begun: Worker[] = []
    const count = (thread: Worker) => void begun.push(thread)
    process.on('worker', count)
    onTestFinished(() => void process.off('worker', count))
    expect(await findSets(desk.recording.path, RECORDING)).toMatchObject([{ marks: 10_000 }])
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    expect(opened.document.marks).toEqual(large.marks)
    expect((await desk.sets.openToRead(desk.recording, 'R-02', file)).document.marks).toEqual(large.marks)
    await makeWindow(desk, opened).mark(20_000)
    await desk.sets.save(opened.setId, false)
    expect(await findSets(desk.recording.path, RECORDING)).toMatchObject([{ marks: 10_001 }])
    // An earlier test may have left one that waits.
    expect(begun.length).toBeLessThanOrEqual(1)
  })
})

describe('a list of sets', () => {
  it('tells of one whose marks are bad what its head says, and reads none of its marks', async () => {
    const recording = path.join(makeFolder(), 'night.edf')
    writeFileSync(setPathFor(recording, 'JS'), serializeSet(document).replaceAll('"kind"', '"sort"'))
    expect(await findSets(recording, RECORDING)).toMatchObject([{ reviewer: 'JS', marks: 2, problem: null }])
    await expect(loadSet(setPathFor(recording, 'JS'))).rejects.toMatchObject({ code: 'bad-set' })
  })

  it('tells of each as it is read, keys first, and stops when nobody waits for it', async () => {
    const folder = makeFolder()
    const recording = path.join(folder, 'night.edf')
    for (const reviewer of ['A', 'B']) {
      await saveSet(setPathFor(recording, reviewer), { ...document, reviewer }, { expected: null })
    }
    await saveSet(path.join(folder, 'night.key.json'), { ...document, reviewer: 'key' }, { expected: null })
    const heard: string[] = []
    const found = await findSets(recording, RECORDING, {
      onFound: (set) => heard.push(set.reviewer),
      isWanted: () => heard.length < 2,
    })
    expect(heard).toEqual(['key', 'A'])
    expect(found.map((set) => set.reviewer)).toEqual(['A', 'key'])
  })

  it('says of one that is too large that it is', async () => {
    const recording = path.join(makeFolder(), 'night.edf')
    const file = setPathFor(recording, 'JS')
    writeFileSync(file, '{')
    truncateSync(file, 65 * 1024 * 1024)
    expect(await findSets(recording, RECORDING)).toMatchObject([{ problem: { code: 'bad-set' } }])
  })
})
