import { spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { saveSet } from '../../../electron/host/annotationFiles.ts'
import { openJournal } from '../../../electron/host/journal.ts'
import { listRecoverable, recoverable } from '../../../electron/host/journalRecovery.ts'
import { loadSet } from '../../../electron/host/setReader.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { moveMark, setComment } from '../../../shared/annotation/edits.ts'
import { EMPTY_HISTORY } from '../../../shared/annotation/history.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import type { JournalLine } from '../../../shared/annotation/journalEntry.ts'
import { replay } from '../../../shared/annotation/replay.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { ticks } from '../../../shared/units.ts'
import {
  applied,
  blankDocument,
  makeContext,
  RECORDING,
  stepsArbitrary,
  withMarks,
  work,
} from '../../support/annotations.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'
import { sampleOf } from '../../support/properties.ts'

const KEY = { fingerprint: RECORDING.fingerprint, reviewer: 'JS' }
const at = '2026-01-31T10:00:00.000Z'
const writer = path.resolve(import.meta.dirname, '../../support/setWriter.ts')

function opening(document = blankDocument()): JournalLine {
  return { op: 'open', at, document, history: EMPTY_HISTORY, set: null, unsaved: false }
}

/** Random work of at least a few steps, the same every time. */
function sampleWork(seed: number) {
  const longWork = stepsArbitrary.filter((steps) => work(steps).entries.length > 8)
  return work(sampleOf(longWork, seed))
}

function journalFile(folder: string): string {
  return path.join(folder, readdirSync(folder).find((name) => name.endsWith('.journal'))!)
}

/** What a crash leaves: the lines on disk and a lock of a process that is gone. */
async function crashWith(folder: string, lines: readonly JournalLine[]): Promise<void> {
  const journal = await openJournal(folder, KEY)
  for (const line of lines) await journal.append(line)
  const content = readFileSync(journalFile(folder))
  const file = journalFile(folder)
  await journal.close()
  writeFileSync(file, content)
  writeFileSync(
    `${file}.lock`,
    JSON.stringify({ pid: process.pid, host: hostname(), token: 'of an earlier process' }),
  )
}

describe('a journal', () => {
  it('gives back what a crash left: document, history and how much was not saved', async () => {
    const folder = makeFolder()
    const live = sampleWork(1)
    await crashWith(folder, [opening(), ...live.entries])
    const recovery = (await recoverable(folder, KEY))!
    expect(recovery.document).toEqual(live.document)
    expect(recovery.history).toEqual(live.history)
    expect(recovery.unsaved).toBe(live.entries.length)
    expect(await listRecoverable(folder, KEY.reviewer)).toMatchObject([
      { ...KEY, fileName: 'night.edf', unsaved: live.entries.length, lastChange: recovery.lastChange },
    ])
  })

  it('is listed by its reviewer and the name of its recording; others are not even read', async () => {
    const folder = makeFolder()
    await crashWith(folder, [opening(), ...sampleWork(1).entries])
    const others = path.join(folder, `${'0'.repeat(32)}-AB.journal`)
    writeFileSync(others, readFileSync(journalFile(folder)))
    expect(await listRecoverable(folder, 'AB')).toEqual([])
    expect(await listRecoverable(folder, KEY.reviewer, () => false)).toEqual([])
    expect(
      await listRecoverable(folder, KEY.reviewer, ({ recording }) => recording.fileName === 'night.edf'),
    ).toHaveLength(1)
  })

  it('goes on after a crash where it was', async () => {
    const folder = makeFolder()
    const live = sampleWork(2)
    const half = live.entries.length >> 1
    await crashWith(folder, [opening(), ...live.entries.slice(0, half)])
    const journal = await openJournal(folder, KEY)
    for (const entry of live.entries.slice(half)) await journal.append(entry)
    expect(replay(blankDocument(), await journal.entries())).toMatchObject({
      document: live.document,
      history: live.history,
    })
    await journal.close()
  })

  it('has nothing to recover once all was saved, and leaves no file then', async () => {
    const folder = makeFolder()
    const live = sampleWork(3)
    const saved: JournalLine = { op: 'saved', at, set: { path: path.join(folder, 'x.json'), hash: 'f' } }
    const journal = await openJournal(folder, KEY)
    for (const line of [opening(), ...live.entries, saved]) await journal.append(line)
    await journal.close()
    expect(readdirSync(folder)).toEqual([])
    await crashWith(folder, [opening(), ...live.entries, saved])
    expect(await recoverable(folder, KEY)).toBeNull()
    expect(await listRecoverable(folder, KEY.reviewer)).toEqual([])
  })

  it('has nothing to recover where the crash came between the save and its line', async () => {
    const folder = makeFolder()
    const live = sampleWork(4)
    const file = path.join(folder, 'night.JS.hypnospike.json')
    const { hash } = await saveSet(file, blankDocument(), { expected: null })
    await crashWith(folder, [{ ...opening(), set: { path: file, hash } } as JournalLine, ...live.entries])
    expect(await recoverable(folder, KEY)).not.toBeNull()
    await saveSet(
      file,
      { ...live.document, changed: '2026-03-01T00:00:00.000Z' },
      { expected: (await loadSet(file)).version },
    )
    expect(await recoverable(folder, KEY)).toBeNull()
  })

  it('keeps what was not saved when it is closed', async () => {
    const folder = makeFolder()
    const live = sampleWork(5)
    const journal = await openJournal(folder, KEY)
    await Promise.all([opening(), ...live.entries].map(journal.append))
    await journal.close()
    expect((await recoverable(folder, KEY))!.document).toEqual(live.document)
  })

  it('forgets everything when told to', async () => {
    const folder = makeFolder()
    const journal = await openJournal(folder, KEY)
    await Promise.all([opening(), ...sampleWork(6).entries].map(journal.append))
    await journal.clear()
    expect(await journal.entries()).toEqual([])
    await journal.append(opening())
    expect(await journal.entries()).toHaveLength(1)
    await journal.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps unsaved steps beside it when a session begins over them', async () => {
    const folder = makeFolder()
    await crashWith(folder, [opening(), ...sampleWork(7).entries])
    const lost = readFileSync(journalFile(folder))
    const journal = await openJournal(folder, KEY)
    await journal.append(opening())
    expect(await journal.entries()).toHaveLength(1)
    expect(readFileSync(`${journalFile(folder)}.bak`)).toEqual(lost)
    await journal.close()
  })

  it('keeps the journals of reviewers and recordings apart', async () => {
    const folder = makeFolder()
    const journals = await Promise.all(
      [KEY, { ...KEY, reviewer: 'AB' }, { ...KEY, fingerprint: 'other' }].map((key) =>
        openJournal(folder, key),
      ),
    )
    await Promise.all(journals.map((journal) => journal.append(opening())))
    expect(readdirSync(folder).filter((name) => name.endsWith('.journal'))).toHaveLength(3)
    await Promise.all(journals.map((journal) => journal.close()))
  })

  it('begins with an opening', async () => {
    const journal = await openJournal(makeFolder(), KEY)
    await expect(journal.append({ op: 'undo', at, author: 'JS' })).rejects.toThrowError(
      /begins with an open line/,
    )
    await journal.close()
    await expect(journal.append(opening())).rejects.toThrowError(/closed/)
  })
})

describe('a damaged journal', () => {
  it('loses only a last line that was cut off, and can be added to', async () => {
    const folder = makeFolder()
    const live = sampleWork(8)
    await crashWith(folder, [opening(), ...live.entries.slice(0, -1)])
    appendFileSync(journalFile(folder), '01234567 {"op":"edit","edit":{"lab')
    const journal = await openJournal(folder, KEY)
    expect(journal.problem).toBeNull()
    await journal.append(live.entries.at(-1)!)
    expect(replay(blankDocument(), await journal.entries()).document).toEqual(live.document)
    await journal.close()
  })

  it('keeps the part before damage in the middle, says so, and puts the whole aside', async () => {
    const folder = makeFolder()
    const live = sampleWork(9)
    await crashWith(folder, [opening(), ...live.entries])
    const file = journalFile(folder)
    const lines = readFileSync(file, 'utf8').split('\n')
    lines[3] = `${lines[3]!.slice(0, 40)}#${lines[3]!.slice(41)}`
    writeFileSync(file, lines.join('\n'))
    const damaged = readFileSync(file)
    const problem = `The journal is damaged after 3 entries; ${live.entries.length - 2} could not be read.`
    expect(await recoverable(folder, KEY)).toMatchObject({ problem, unsaved: 2 })
    const journal = await openJournal(folder, KEY)
    expect(journal.problem).toBe(problem)
    expect(await journal.entries()).toEqual([opening(), ...live.entries.slice(0, 2)])
    expect(readFileSync(`${file}.damaged`)).toEqual(damaged)
    await journal.close()
  })

  it('is cut where a step does not fit, so that later steps are not lost behind it', async () => {
    const folder = makeFolder()
    const document = withMarks([[10, 11]])
    const move = moveMark(document, 'id-0001', { onset: ticks(5) }, makeContext()())!
    const line: JournalLine = { op: 'edit', edit: move }
    await crashWith(folder, [opening(document), line, line])
    const journal = await openJournal(folder, KEY)
    expect(journal.problem).toMatch(/did not fit/)
    await journal.append({ op: 'undo', at, author: 'JS' })
    expect(replay(document, await journal.entries()).document.marks).toEqual(document.marks)
    await journal.close()
  })

  it.each([
    ['garbage', Buffer.from('not a journal\nat all\n')],
    ['zeros', Buffer.alloc(5000)],
  ])('of %s is put aside', async (_, content) => {
    const folder = makeFolder()
    await crashWith(folder, [opening(), ...sampleWork(10).entries])
    const file = journalFile(folder)
    writeFileSync(file, content)
    expect(await recoverable(folder, KEY)).toBeNull()
    const journal = await openJournal(folder, KEY)
    expect(journal.problem).toBe('The journal of the last session could not be read; it was put aside.')
    expect(readFileSync(`${file}.damaged`)).toEqual(content)
    await journal.append(opening())
    await journal.close()
  })
})

describe('a journal that grows', () => {
  it('is made compact, with the same document and history', async () => {
    const folder = makeFolder()
    const context = makeContext()
    let document = withMarks([[10, 11]])
    const journal = await openJournal(folder, KEY, { compactAt: 20_000 })
    await journal.append(opening(document))
    for (let step = 1; step <= 400; step += 1) {
      const edit = moveMark(
        document,
        'id-0001',
        { onset: ticks(step * 1000) },
        context(),
        `drag-${step >> 6}`,
      )!
      document = applied(document, edit)
      await journal.append({ op: 'edit', edit })
    }
    const file = journalFile(folder)
    await journal.close()
    expect(statSync(file).size).toBeLessThan(40_000)
    expect(existsSync(`${file}.bak`)).toBe(false)
    const recovery = (await recoverable(folder, KEY))!
    expect(recovery.document).toEqual(document)
    expect(recovery.history.done).toHaveLength(7)
    expect(recovery.unsaved).toBeGreaterThan(0)
  })
})

describe('a disk that refuses', () => {
  it('keeps the good part when it is full, says so, and goes on when there is room again', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    const context = makeContext()
    const document = withMarks([[10, 11]])
    const comment = (from: typeof document, text: string) => setComment(from, 'id-0001', text, context())!
    const journal = await openJournal(disk.folder, KEY)
    await journal.append(opening(document))
    const short = comment(document, 'seen')
    await journal.append({ op: 'edit', edit: short })
    const ballast = path.join(disk.folder, 'ballast')
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(4096))
    }).toThrowError(/ENOSPC/)
    const between = applied(document, short)
    const long = comment(between, 'x'.repeat(9_000))
    const undo: JournalLine = { op: 'undo', at, author: 'JS' }
    const full = 'The journal cannot be written: the disk is full. Make room, or save it elsewhere.'
    const attempt = () => Promise.allSettled([undo, { op: 'edit', edit: long } as const].map(journal.append))
    for (const result of [...(await attempt()), ...(await attempt())]) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'disk-full', message: full } })
    }
    expect(await journal.entries()).toHaveLength(2)
    writeFileSync(ballast, '')
    for (const line of [undo, { op: 'redo', at, author: 'JS' } as const]) await journal.append(line)
    await journal.append({ op: 'edit', edit: long })
    expect(replay(document, await journal.entries()).document).toEqual(applied(between, long))
    await journal.close()
    const again = await openJournal(disk.folder, KEY)
    expect(again.problem).toBeNull()
    await again.close()
  })

  it('leaves no half of what was refused', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    const document = withMarks([[10, 11]])
    const long = setComment(document, 'id-0001', 'x'.repeat(9_000), makeContext()())!
    const journal = await openJournal(disk.folder, KEY)
    await journal.append(opening(document))
    const length = statSync(journalFile(disk.folder)).size
    expect(() => {
      for (;;) appendFileSync(path.join(disk.folder, 'ballast'), Buffer.alloc(4096))
    }).toThrowError(/ENOSPC/)
    await expect(journal.append({ op: 'edit', edit: long })).rejects.toMatchObject({ code: 'disk-full' })
    expect(statSync(journalFile(disk.folder)).size).toBe(length)
    await journal.close()
  })

  it('says that it is read-only', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    disk.lock()
    await expect(openJournal(disk.folder, KEY)).rejects.toMatchObject({ code: 'read-only' })
  })
})

describe('a full disk', () => {
  it('is told of the journal, by no name of a file that only the app knows', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    const journal = await openJournal(disk.folder, KEY)
    writeFileSync(path.join(disk.folder, 'room'), Buffer.alloc(40_000))
    const large = opening({ ...blankDocument(), later: 'x'.repeat(60_000) } as AnnotationDocument)
    await expect(journal.append(large)).rejects.toEqual(
      new ReviewError(
        'disk-full',
        'The journal cannot be written: the disk is full. Make room, or save it elsewhere.',
      ),
    )
    await journal.close()
  })
})

describe('two windows', () => {
  it('cannot write one journal at once, in one process or in two', async () => {
    const folder = makeFolder()
    const child = spawn(process.execPath, [writer, 'journal', folder])
    await firstLine(child, /journal 1/)
    await expect(openJournal(folder, KEY)).rejects.toThrowError(
      new ReviewError(
        'conflict',
        'The same reviewer has this recording open in another Hypnospike window. Close it there first.',
      ),
    )
    expect(await recoverable(folder, KEY)).toBeNull()
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    const journal = await openJournal(folder, KEY)
    await expect(openJournal(folder, KEY)).rejects.toMatchObject({ code: 'conflict' })
    await journal.close()
    await (await openJournal(folder, KEY)).close()
  })

  it('do not write into one journal after one has slept and the other taken over', async () => {
    const folder = makeFolder()
    const sleeper = await openJournal(folder, KEY)
    await sleeper.append(opening())
    // As another process does that finds it untouched for long.
    rmSync(`${journalFile(folder)}.lock`)
    const other = await openJournal(folder, KEY)
    const entry = sampleWork(12).entries[0]!
    await expect(sleeper.append(entry)).rejects.toMatchObject({ code: 'conflict' })
    await other.append(entry)
    await sleeper.clear()
    await sleeper.close()
    expect(await other.entries()).toEqual([opening(), entry])
    await other.close()
    expect((await recoverable(folder, KEY))!.unsaved).toBe(1)
  })

  it('cannot both take over what a crash left', async () => {
    const folder = makeFolder()
    await crashWith(folder, [opening()])
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => openJournal(folder, KEY)))
    const opened = results.filter((result) => result.status === 'fulfilled')
    expect(opened).toHaveLength(1)
    await opened[0]!.value.close()
  })
})

describe('a kill at any moment', () => {
  it.each([0, 35, 90, 170, 260])('loses nothing that was acknowledged (after %i ms)', async (delay) => {
    const folder = makeFolder()
    const child = spawn(process.execPath, [writer, 'journal', folder])
    let said = ''
    child.stdout.on('data', (data) => (said += data))
    await firstLine(child, /journal \d/)
    await wait(delay)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const acknowledged = Number([...said.matchAll(/journal (\d+)/g)].at(-1)![1])
    const saved = Number([...said.matchAll(/saved (\d+)/g)].at(-1)?.[1] ?? 0)
    const recovery = await recoverable(folder, KEY)
    const file = path.join(folder, 'night.JS.hypnospike.json')
    const document = recovery?.document ?? (await loadSet(file)).document
    expect(document.marks.length).toBeGreaterThanOrEqual(acknowledged)
    expect(document.marks.length).toBeLessThanOrEqual(acknowledged + 1)
    expect(checkInvariants(document)).toEqual([])
    if (saved > 0) expect((await loadSet(file)).document.marks.length).toBeGreaterThanOrEqual(saved)
    if (recovery !== null) {
      expect(recovery.problem).toBeNull()
      expect(recovery.history.done).toHaveLength(document.marks.length)
    }
    const journal = await openJournal(folder, KEY)
    expect(journal.problem).toBeNull()
    await journal.close()
  })
})

async function firstLine(child: ReturnType<typeof spawn>, wanted: RegExp): Promise<void> {
  let text = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (data) => {
      text += data
      if (wanted.test(text)) resolve()
    })
    child.stderr!.on('data', (data) => (text += data))
    child.once('exit', () => reject(new Error(text)))
  })
}
