/** Sets whose journal lags behind, whose window sends twice, or which were saved after it. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import type { JournalEntry } from '../../../shared/annotation/journalEntry.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'
import {
  applyAll,
  type Desk,
  entriesAt,
  makeDesk,
  makeWindow,
  onsets,
  RECOVERED,
} from '../../support/setDesk.ts'

describe('entries that are sent again', () => {
  async function openWith(times: readonly number[]) {
    const desk = makeDesk()
    const { sets } = desk
    const opened = await sets.open(desk.recording, 'R-01', null)
    const entries = entriesAt(opened.document, times)
    return { desk, sets, opened, entries, send: sets.journal.bind(null, opened.setId) }
  }
  async function held(desk: Desk): Promise<readonly number[]> {
    const later = desk.afterCrash()
    return onsets((await later.sets.open(later.recording, 'R-01', null)).document)
  }

  it.each([
    ['all', 0, 3, 3],
    ['the last', 2, 3, 3],
    ['some of a batch with new ones after them', 1, 5, 5],
    ['none of a batch', 3, 5, 5],
    ['nothing at all', 1, 1, 3],
  ])('are taken once where the host holds %s', async (_what, from, to, expected) => {
    const { desk, entries, send } = await openWith([1, 2, 3, 4, 5])
    await send(0, entries.slice(0, 3))
    await send(from, entries.slice(from, to))
    expect(await held(desk)).toEqual([1, 2, 3, 4, 5].slice(0, expected))
  })

  it('may come with their keys in another order', async () => {
    const { desk, entries, send } = await openWith([1])
    await send(0, entries)
    const turned = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, inner]) => [key, turned(inner)]),
          )
    await send(0, entries.map(turned) as JournalEntry[])
    expect(await held(desk)).toEqual([1])
  })

  it('are refused as a whole where one is another than the host holds, and change nothing', async () => {
    const { desk, opened, entries, send } = await openWith([1, 2, 3])
    await send(0, entries.slice(0, 2))
    const others = entriesAt(opened.document, [7])
    await expect(send(1, [...others, entries[2]!])).rejects.toMatchObject({ code: 'conflict' })
    await expect(send(3, entries.slice(2))).rejects.toMatchObject({ code: 'conflict' })
    expect(await held(desk)).toEqual([1, 2])
    await send(2, entries.slice(2))
    expect(await held(desk)).toEqual([1, 2, 3])
  })

  it('after a disagreement count from the set that the window hands over, which can be saved', async () => {
    const { desk, sets, opened, entries, send } = await openWith([1, 2])
    await send(0, entries)
    const shown = entriesAt(opened.document, [5, 6])
    const document = applyAll(opened.document, shown)
    await sets.restart(opened.setId, { document, history: opened.history })
    expect(await held(desk)).toEqual([5, 6])
    await send(0, entriesAt(document, [8]))
    await sets.save(opened.setId, false)
    await sets.close(opened.setId)
    expect(onsets((await sets.open(desk.recording, 'R-01', null)).document)).toEqual([5, 6, 8])
  })

  it('never hand over a set that breaks its rules, or another reviewer’s', async () => {
    const { sets, opened, entries } = await openWith([1, 2])
    const document = applyAll(opened.document, entries)
    const marks = [...document.marks].reverse()
    const history = opened.history
    for (const wrong of [
      { ...document, marks },
      { ...document, reviewer: 'R-02' },
    ]) {
      await expect(sets.restart(opened.setId, { document: wrong, history })).rejects.toMatchObject({
        code: 'bad-input',
      })
    }
  })
})

function replaceByCopy(file: string): void {
  copyFileSync(file, `${file}.copy`)
  renameSync(`${file}.copy`, file)
}

describe('a journal that could not be written', () => {
  const marksAfterCrash = async (desk: Desk) => {
    const later = desk.afterCrash()
    return onsets((await later.sets.open(later.recording, 'R-01', null)).document)
  }

  it('since the set was opened is written as soon as it can be, with all that was done before', async () => {
    const folder = makeFolder()
    mkdirSync(path.join(folder, 'data'))
    writeFileSync(path.join(folder, 'data', 'journals'), '')
    const desk = makeDesk(folder)
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    expect(opened.journalProblem).toMatch(/^The journal cannot be written: /)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await window.mark(2)
    expect(desk.failures).toEqual([opened.journalProblem, opened.journalProblem])
    rmSync(path.join(folder, 'data', 'journals'))
    await window.mark(3)
    expect(desk.failures.at(-1)).toBe(RECOVERED)
    expect(await marksAfterCrash(desk)).toEqual([1, 2, 3])
  })

  it('is tried again without a further step', async () => {
    const folder = makeFolder()
    mkdirSync(path.join(folder, 'data'))
    writeFileSync(path.join(folder, 'data', 'journals'), '')
    const desk = makeDesk(folder)
    await makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null)).mark(1)
    rmSync(path.join(folder, 'data', 'journals'))
    await expect.poll(() => desk.failures.at(-1)).toBe(RECOVERED)
    expect(await marksAfterCrash(desk)).toEqual([1])
  })

  it('because its folder was taken away says so, and is written as soon as the folder is back', async () => {
    const desk = makeDesk(makeFolder(), { retryEveryMs: 3_600_000 })
    const window = makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null))
    await window.mark(1)
    rmSync(desk.journals, { recursive: true })
    await window.mark(2)
    expect(desk.failures).toEqual([
      'The journal cannot be written: its folder is no longer there. Save it elsewhere.',
    ])
    mkdirSync(desk.journals)
    await window.mark(3)
    expect(desk.failures.at(-1)).toBe(RECOVERED)
    expect(await marksAfterCrash(desk)).toEqual([1, 2, 3])
  })

  it('because its folder was taken away for good makes it anew, with all of the set', async () => {
    const desk = makeDesk()
    const window = makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null))
    await window.mark(1)
    rmSync(desk.journals, { recursive: true })
    await window.mark(2)
    await expect.poll(() => desk.failures.at(-1)).toBe(RECOVERED)
    expect(await marksAfterCrash(desk)).toEqual([1, 2])
  })

  it.each([
    ['is removed', (file: string) => rmSync(file)],
    ['is moved away', (file: string) => renameSync(file, `${file}.quarantine`)],
    ['is replaced by a copy of before', replaceByCopy],
  ])('because its file alone %s is begun anew with the next step, with all of the set', async (_, take) => {
    const desk = makeDesk()
    const window = makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null))
    await window.mark(1)
    const [name = ''] = readdirSync(desk.journals).filter((each) => each.endsWith('.journal'))
    take(path.join(desk.journals, name))
    await window.mark(2)
    expect(await marksAfterCrash(desk)).toEqual([1, 2])
    await window.mark(3)
    expect(await marksAfterCrash(desk)).toEqual([1, 2, 3])
    expect(desk.failures).toEqual([])
  })

  it('on a disk that is full names the cause, and goes on when there is room', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    const desk = makeDesk(disk.folder)
    const ballast = path.join(disk.folder, 'ballast')
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(4096))
    }).toThrowError(/ENOSPC/)
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    expect(opened.journalProblem).toBe(
      'The journal cannot be written: the disk is full. Make room, or save it elsewhere.',
    )
    rmSync(ballast)
    await makeWindow(desk, opened).mark(1)
    expect(await marksAfterCrash(desk)).toEqual([1])
  })
})

describe('a set that was saved after its journal could be written last', () => {
  const OWN = 'night.R-01.hypnospike.json'
  const savedIn = (folder: string, name = OWN) =>
    onsets(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as AnnotationDocument)

  /** Marks in the journal, and a file that another session has saved. */
  async function leave(
    inJournal: readonly number[],
    write: (document: AnnotationDocument) => AnnotationDocument,
  ) {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    for (const at of inJournal) await window.mark(at)
    const later = desk.afterCrash()
    writeFileSync(path.join(later.folder, OWN), serializeSet(write(window.document())))
    return { later, opened: await later.sets.open(later.recording, 'R-01', null) }
  }
  const withMore = (document: AnnotationDocument, times: readonly number[]) => ({
    ...applyAll(document, entriesAt(document, times)),
    changed: '2099-01-01T00:00:00.000Z',
  })

  it('and holds all of it is shown as it was saved, and is saved again without a word', async () => {
    const { later, opened } = await leave([1, 2], (document) => withMore(document, [3, 4, 5]))
    expect(onsets(opened.document)).toEqual([1, 2, 3, 4, 5])
    expect(opened).toMatchObject({ recovered: null, choice: null, unsaved: false })
    await makeWindow(later, opened).mark(6)
    await later.sets.save(opened.setId, false)
    expect(savedIn(later.folder)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('and holds less than the journal is contained in what is recovered', async () => {
    const { later, opened } = await leave([1, 2, 3], (document) => ({
      ...document,
      marks: document.marks.slice(0, 2),
      changed: '2000-01-01T00:00:00.000Z',
    }))
    expect(onsets(opened.document)).toEqual([1, 2, 3])
    expect(opened).toMatchObject({ choice: null, unsaved: true })
    await later.sets.save(opened.setId, false)
    expect(savedIn(later.folder)).toEqual([1, 2, 3])
  })

  const parted = () =>
    leave([1, 2], (document) => withMore({ ...document, marks: document.marks.slice(0, 1) }, [8, 9]))

  it('but lacks what the journal has is for the reader to choose, with what differs', async () => {
    const { opened } = await parted()
    expect(onsets(opened.document)).toEqual([1, 2])
    expect(opened.choice).toMatchObject({
      fileName: OWN,
      saved: { marks: 3, reviewed: 0 },
      recovered: { marks: 2, reviewed: 0 },
      more: 0,
    })
    expect(
      opened.choice?.differences.map(({ onset, inSaved, inRecovered }) => [
        onset / 1e7,
        inSaved,
        inRecovered,
      ]),
    ).toEqual([
      [8, true, false],
      [9, true, false],
      [2, false, true],
    ])
  })

  it('is not overwritten before that, and nothing is lost where it is told to be', async () => {
    const { later, opened } = await parted()
    await expect(later.sets.save(opened.setId, false)).rejects.toMatchObject({ code: 'conflict' })
    expect(savedIn(later.folder)).toEqual([1, 8, 9])
    await later.sets.save(opened.setId, true)
    expect(savedIn(later.folder)).toEqual([1, 2])
    expect(savedIn(later.folder, 'night.R-01-2.hypnospike.json')).toEqual([1, 8, 9])
  })

  it('is asked for again after another crash', async () => {
    const { later, opened } = await parted()
    await makeWindow(later, opened).mark(5)
    const again = later.afterCrash()
    writeFileSync(path.join(again.folder, OWN), readFileSync(path.join(later.folder, OWN)))
    const asked = await again.sets.open(again.recording, 'R-01', null)
    expect(onsets(asked.document)).toEqual([1, 2, 5])
    expect(asked.choice?.differences).toHaveLength(4)
  })

  it('but lacks what the journal has is asked for at every start, also where nothing else differs', async () => {
    const { later } = await leave([1, 2], (document) => ({
      ...document,
      marks: document.marks.slice(0, 1),
      changed: '2099-01-01T00:00:00.000Z',
    }))
    const again = later.afterCrash()
    writeFileSync(path.join(again.folder, OWN), readFileSync(path.join(later.folder, OWN)))
    const opened = await again.sets.open(again.recording, 'R-01', null)
    expect(opened.choice?.differences).toMatchObject([
      { inSaved: false, inRecovered: true, newer: 'unknown' },
    ])
  })

  it.each([
    ['saved', [1, 8, 9], [1, 2]],
    ['recovered', [1, 2], [1, 8, 9]],
  ] as const)(
    '%s is shown when that is the answer, and the other is put aside',
    async (kept, shown, aside) => {
      const { later, opened } = await parted()
      const chosen = await later.sets.choose(opened.setId, kept)
      expect(chosen.choice).toBeNull()
      expect(onsets(chosen.document)).toEqual(shown)
      await later.sets.save(chosen.setId, false)
      expect(savedIn(later.folder)).toEqual(shown)
      const folder = path.join(later.journals, 'aside')
      expect(readdirSync(folder).map((name) => savedIn(folder, name))).toEqual([aside])
    },
  )

  it('and what was recovered are both kept as sets when that is the answer', async () => {
    const { later, opened } = await parted()
    const chosen = await later.sets.choose(opened.setId, 'both')
    expect(onsets(chosen.document)).toEqual([1, 8, 9])
    expect(savedIn(later.folder)).toEqual([1, 8, 9])
    expect(savedIn(later.folder, 'night.R-01-2.hypnospike.json')).toEqual([1, 2])
  })
})
