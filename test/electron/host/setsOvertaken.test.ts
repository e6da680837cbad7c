/** Marks that lie in two places, one of which was overtaken: which of them are shown, and that none goes without a word. */
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { deleteMarks, setComment } from '../../../shared/annotation/edits.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import type { OpenedSet } from '../../../shared/contract/model.ts'
import { makeContext } from '../../support/annotations.ts'
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

const OWN = 'night.R-01.hypnospike.json'

/** What the disk says where it is asked what a crash has left; null: as it is. */
const disk = vi.hoisted(() => ({ fails: 0 }))

vi.mock(import('../../../electron/host/journalRecovery.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    leftInOwn: async (...asked) => {
      if (disk.fails > 0) {
        disk.fails -= 1
        throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
      }
      return await real.leftInOwn(...asked)
    },
  }
})

const savedIn = (file: string) => onsets(JSON.parse(readFileSync(file, 'utf8')) as AnnotationDocument)

/** A desk where a crash left marks at these seconds, the first `saved` of them in the set's file. */
async function makeLeft(times: readonly number[], saved = 0) {
  const desk = makeDesk()
  const opened = await desk.sets.open(desk.recording, 'R-01', null)
  const window = makeWindow(desk, opened)
  for (const [index, at] of times.entries()) {
    await window.mark(at)
    if (index + 1 === saved) await desk.sets.save(opened.setId, false)
  }
  const later = desk.afterCrash()
  return { desk, later, document: window.document() }
}

const withMore = (document: AnnotationDocument, times: readonly number[]) => ({
  ...applyAll(document, entriesAt(document, times)),
  changed: '2099-01-01T00:00:00.000Z',
})

describe('a save that a full disk kept from the journal', () => {
  it('is what is shown next, not the steps before it', async () => {
    const small = mountSmallDisk(64)
    if (small === null) return
    const own = makeFolder()
    const made = makeDesk(small.folder)
    const desk = { ...made, recording: { ...made.recording, path: path.join(own, 'night.edf') } }
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await window.mark(2)
    await desk.sets.save(opened.setId, false)
    const before = window.document()
    const removal = deleteMarks(before, [before.marks[1]!.id], makeContext()())!
    await desk.sets.journal(opened.setId, 2, [{ op: 'edit', edit: removal }])
    const ballast = path.join(small.folder, 'ballast')
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(64))
    }).toThrowError(/ENOSPC/)
    // More than the last page of the journal's file still takes.
    const times = Array.from({ length: 40 }, (_, index) => 10 + index)
    const undo = { op: 'undo', at: '2026-01-31T12:00:00.000Z', author: 'JS' } as const
    await desk.sets.journal(opened.setId, 3, [undo, ...entriesAt(before, times)])
    expect(desk.failures.at(-1)).toMatch(/the disk is full/)
    await desk.sets.save(opened.setId, false)
    await desk.sets.close(opened.setId)
    rmSync(ballast)
    const again = await makeDesk(small.folder).sets.open(desk.recording, 'R-01', null)
    expect(onsets(again.document)).toEqual([1, 2, ...times])
    expect(again).toMatchObject({ recovered: null, choice: null })
  })
})

describe('steps that a crash left', () => {
  it('do not hide a later save under another name', async () => {
    const { desk, later, document } = await makeLeft([1, 2], 1)
    writeFileSync(path.join(later.folder, OWN), readFileSync(path.join(desk.folder, OWN)))
    const mine = path.join(later.folder, 'mine.json')
    writeFileSync(mine, serializeSet(withMore(document, [3, 4])))
    const opened = await later.sets.open(later.recording, 'R-01', mine)
    expect(onsets(opened.document)).toEqual([1, 2, 3, 4])
    expect(opened).toMatchObject({ recovered: null, fileName: 'mine.json' })
  })

  it('follow their set and recording that were given another name', async () => {
    const { desk, later } = await makeLeft([1, 2], 1)
    const renamed = { ...later.recording, path: path.join(desk.folder, 'P017.edf') }
    const set = path.join(desk.folder, 'P017.R-01.hypnospike.json')
    renameSync(path.join(desk.folder, OWN), set)
    const opened = await later.sets.open(renamed, 'R-01', null)
    expect(onsets(opened.document)).toEqual([1, 2])
    await later.sets.save(opened.setId, false)
    expect(savedIn(set)).toEqual([1, 2])
    expect(readdirSync(desk.folder).filter((name) => name.endsWith('.json'))).toHaveLength(1)
  })

  it('on a mark that was changed elsewhere, too, are for the reader to choose, whatever the clocks say', async () => {
    for (const changed of ['2000-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z']) {
      const { later, document } = await makeLeft([1])
      const marks = document.marks.map((mark) => ({ ...mark, comment: 'Seen elsewhere.', changed }))
      writeFileSync(path.join(later.folder, OWN), serializeSet({ ...document, marks, changed }))
      const opened = await later.sets.open(later.recording, 'R-01', null)
      expect(opened.choice?.differences, changed).toMatchObject([{ newer: 'unknown' }])
    }
  })
})

describe('a journal that comes back once the set is open', () => {
  /** As `later` leaves it, with its folder away while the set is opened. */
  async function openWithout(later: Desk, away: () => void, back: () => void): Promise<OpenedSet> {
    away()
    const opened = await later.sets.open(later.recording, 'R-01', null)
    expect([opened.journalProblem === null, onsets(opened.document)]).toEqual([false, []])
    back()
    return opened
  }

  it('with steps of a crash keeps them beside the set, and says where', async () => {
    const { later } = await makeLeft([1, 2])
    const kept = `${later.journals}.away`
    const opened = await openWithout(
      later,
      () => {
        renameSync(later.journals, kept)
        writeFileSync(later.journals, '')
      },
      () => {
        rmSync(later.journals)
        renameSync(kept, later.journals)
      },
    )
    await expect.poll(() => later.failures.at(-1)).toBe(RECOVERED)
    const beside = 'night.R-01-2.hypnospike.json'
    expect(later.failures.at(-2)).toContain(`kept beside it as ${beside}`)
    expect(savedIn(path.join(later.folder, beside))).toEqual([1, 2])
    await makeWindow(later, opened).mark(5)
    const again = later.afterCrash()
    expect(onsets((await again.sets.open(again.recording, 'R-01', null)).document)).toEqual([5])
  })

  it('and holds an earlier form of a mark that was changed meanwhile has nothing to tell', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    const { changes } = await window.mark(1)
    const kept = `${desk.journals}.away`
    renameSync(desk.journals, kept)
    writeFileSync(desk.journals, '')
    const comment = setComment(window.document(), changes[0]!.id, 'Seen again.', makeContext()())!
    await desk.sets.journal(opened.setId, 1, [{ op: 'edit', edit: comment }])
    rmSync(desk.journals)
    renameSync(kept, desk.journals)
    await expect.poll(() => desk.failures.at(-1)).toBe(RECOVERED)
    expect(desk.failures.filter((told) => told.includes('kept'))).toEqual([])
    expect(readdirSync(desk.folder).filter((name) => name.endsWith('.json'))).toEqual([])
  })

  it('keeps them in the app’s folder where nothing can be written beside the set', async () => {
    const { later } = await makeLeft([1, 2])
    const recording = { ...later.recording, path: path.join(later.folder, 'gone', 'night.edf') }
    const kept = `${later.journals}.away`
    await openWithout(
      { ...later, recording },
      () => {
        renameSync(later.journals, kept)
        writeFileSync(later.journals, '')
      },
      () => {
        rmSync(later.journals)
        renameSync(kept, later.journals)
      },
    )
    await expect.poll(() => later.failures.at(-1)).toBe(RECOVERED)
    const [name = ''] = readdirSync(path.join(later.journals, 'aside'))
    expect(later.failures.at(-2)).toContain(`kept as ${name} in the folder “aside”`)
    expect(savedIn(path.join(later.journals, 'aside', name))).toEqual([1, 2])
  })

  it('and cannot be read is written over neither at opening nor later, until it can', async () => {
    const { later } = await makeLeft([1, 2])
    disk.fails = 3
    const opened = await openWithout(
      later,
      () => {},
      () => {},
    )
    await makeWindow(later, opened).mark(5)
    await expect.poll(() => later.failures.at(-1)).toBe(RECOVERED)
    expect(disk.fails).toBe(0)
    expect(savedIn(path.join(later.folder, 'night.R-01-2.hypnospike.json'))).toEqual([1, 2])
  })
})

describe('the choice between what was saved and what was recovered', () => {
  async function makeChoice() {
    const { later, document } = await makeLeft([1, 2])
    const other = { ...document, marks: document.marks.slice(0, 1) }
    const file = path.join(later.folder, OWN)
    writeFileSync(file, serializeSet(withMore(other, [8])))
    const opened = await later.sets.open(later.recording, 'R-01', null)
    expect(opened.choice).not.toBeNull()
    return { later, opened, file, other }
  }

  it('is asked for again where the set was changed meanwhile', async () => {
    const { later, opened, file, other } = await makeChoice()
    const changed = serializeSet(withMore(other, [8, 9]))
    writeFileSync(file, changed)
    const again = await later.sets.choose(opened.setId, 'recovered')
    expect(again.choice?.saved.marks).toBe(3)
    expect(again.notice).toContain('compare and choose again')
    await expect(later.sets.save(again.setId, false)).rejects.toMatchObject({ code: 'conflict' })
    const chosen = await later.sets.choose(again.setId, 'recovered')
    await later.sets.save(chosen.setId, false)
    expect(savedIn(file)).toEqual([1, 2])
    const aside = path.join(later.journals, 'aside')
    expect(readdirSync(aside).map((name) => savedIn(path.join(aside, name)))).toEqual([[1, 8, 9]])
  })

  it('leaves no step acknowledged that was sent while it was carried out', async () => {
    const { later, opened } = await makeChoice()
    const choosing = later.sets.choose(opened.setId, 'recovered')
    const late = later.sets.journal(opened.setId, 0, entriesAt(opened.document, [5]))
    await expect(late).rejects.toMatchObject({ code: 'not-found' })
    const chosen = await choosing
    expect(chosen.setId).not.toBe(opened.setId)
    await makeWindow(later, chosen).mark(6)
    expect(onsets(await later.sets.documentOf(chosen.setId))).toEqual([1, 2, 6])
  })
})
