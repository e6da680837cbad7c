import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { findSets } from '../../../electron/host/annotationFiles.ts'
import type { SetRecording } from '../../../electron/host/setStart.ts'
import { createOpenSets, type OpenSets } from '../../../electron/host/sets.ts'
import { openSettings } from '../../../electron/host/settings.ts'
import { applyEdit } from '../../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument, Edit } from '../../../shared/annotation/document.ts'
import { addMark } from '../../../shared/annotation/edits.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import type { JournalEntry } from '../../../shared/annotation/journalEntry.ts'
import type { OpenedSet } from '../../../shared/contract/model.ts'
import { blankDocument, makeContext, RECORDING, seconds, VIEW } from '../../support/annotations.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'

type Desk = {
  readonly sets: OpenSets
  readonly recording: SetRecording
  readonly folder: string
  readonly journals: string
  /** Sentences of journals that could not be written. */
  readonly failures: readonly string[]
  /** A host that comes after this one has crashed: its journals stay, its locks are dead. */
  readonly afterCrash: () => Desk
}

/** Stands among the failures where a journal could be written again. */
const RECOVERED = 'recovered'

function makeDesk(folder = makeFolder()): Desk {
  const failures: string[] = []
  const journals = path.join(folder, 'data', 'journals')
  const sets = createOpenSets({
    journalFolder: journals,
    settings: () => openSettings(path.join(folder, 'data'), () => {}),
    journalFailed: (_setId, message) => failures.push(message),
    journalRecovered: () => failures.push(RECOVERED),
    retryEveryMs: 20,
  })
  onTestFinished(sets.closeAll)
  return {
    sets,
    recording: {
      path: path.join(folder, 'night.edf'),
      identity: RECORDING,
      fingerprintOfFirst: async () => '',
    },
    folder,
    journals,
    failures,
    afterCrash: () => {
      const later = path.join(folder, `after-${Math.floor(performance.now() * 1000)}`)
      mkdirSync(path.join(later, 'data', 'journals'), { recursive: true })
      for (const name of readdirSync(journals).filter((each) => each.endsWith('.journal'))) {
        writeFileSync(path.join(later, 'data', 'journals', name), readFileSync(path.join(journals, name)))
      }
      return makeDesk(later)
    },
  }
}

const context = makeContext()

/** What a window does: steps on its own copy, told to the host. */
function makeWindow({ sets }: Desk, opened: OpenedSet) {
  let { document } = opened
  let sent = 0
  return {
    document: () => document,
    mark: async (at: number): Promise<Edit> => {
      const edit = addMark(
        document,
        { kind: 'hypnic_jerk', onset: seconds(at), duration: seconds(0.2), view: VIEW },
        context(),
      )!
      document = applyEdit(document, edit)
      await sets.journal(opened.setId, sent, [{ op: 'edit', edit }])
      sent += 1
      return edit
    },
  }
}

/** Marks at these seconds, one step each, as a window sends them. */
function entriesAt(document: AnnotationDocument, times: readonly number[]): readonly JournalEntry[] {
  let next = document
  return times.map((at) => {
    const edit = addMark(
      next,
      { kind: 'hypnic_jerk', onset: seconds(at), duration: seconds(0.2), view: VIEW },
      context(),
    )!
    next = applyEdit(next, edit)
    return { op: 'edit', edit }
  })
}

function applyAll(document: AnnotationDocument, entries: readonly JournalEntry[]): AnnotationDocument {
  return entries.reduce((done, entry) => (entry.op === 'edit' ? applyEdit(done, entry.edit) : done), document)
}

const onsets = (document: AnnotationDocument) => document.marks.map((mark) => mark.onset / 1e7)

describe('a set', () => {
  it('is as it was when it is saved, closed and opened again', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await window.mark(2)
    expect(await desk.sets.save(opened.setId, false)).toMatchObject({
      fileName: 'night.R-01.hypnospike.json',
    })
    await desk.sets.close(opened.setId)
    const again = await desk.sets.open(desk.recording, 'R-01', null)
    expect(again).toMatchObject({ recovered: null, unsaved: false, notice: null })
    expect(again.document.marks).toEqual(window.document().marks)
    expect(desk.failures).toEqual([])
  })

  it('is recovered with all its steps and their undo after a crash', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    for (const at of [1, 2, 3]) await window.mark(at)
    const later = desk.afterCrash()
    const recovered = await later.sets.open(later.recording, 'R-01', null)
    expect(recovered.recovered?.edits).toBe(3)
    expect(recovered.unsaved).toBe(true)
    expect(onsets(recovered.document)).toEqual([1, 2, 3])
    expect(recovered.history.done).toHaveLength(3)
  })

  it('is recovered from a damaged journal up to the damage, which is told once', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    for (const at of [1, 2, 3]) await window.mark(at)
    const later = desk.afterCrash()
    const name = readdirSync(later.journals).find((each) => each.endsWith('.journal'))!
    const file = path.join(later.journals, name)
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    writeFileSync(file, `${[...lines.slice(0, 3), '#'.repeat(20), ...lines.slice(3)].join('\n')}\n`)
    const recovered = await later.sets.open(later.recording, 'R-01', null)
    expect(onsets(recovered.document)).toEqual([1, 2])
    expect(recovered.notice).toBe('The journal is damaged after 3 entries; 2 could not be read.')
  })

  it('goes back to what was saved when the rest is given up', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await desk.sets.save(opened.setId, false)
    await window.mark(2)
    const back = await desk.sets.discard(opened.setId)
    expect(onsets(back.document)).toEqual([1])
    expect(back.unsaved).toBe(false)
    const later = desk.afterCrash()
    expect((await later.sets.open(later.recording, 'R-01', null)).recovered).toBeNull()
  })

  it('can be read but not written while another window has it open', async () => {
    const desk = makeDesk()
    const first = await desk.sets.open(desk.recording, 'R-01', null)
    const second = await desk.sets.open(desk.recording, 'R-01', null)
    expect(first.readOnly).toBe(false)
    expect(second.readOnly).toBe(true)
    expect(second.notice).toContain('another Hypnospike window')
    await expect(desk.sets.journal(second.setId, 0, [])).rejects.toMatchObject({ code: 'read-only' })
    await expect(desk.sets.save(second.setId, true)).rejects.toMatchObject({ code: 'read-only' })
    await makeWindow(desk, first).mark(1)
  })

  it('leaves a damaged file alone and is saved beside it', async () => {
    const desk = makeDesk()
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    writeFileSync(file, '{"format":"hypnospike annotation set","version":99}')
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    expect(opened.notice).toMatch(/R-01\.hypnospike\.json: .*New marks will be saved as night\.R-01-2\./s)
    await makeWindow(desk, opened).mark(1)
    await desk.sets.save(opened.setId, false)
    expect(readFileSync(file, 'utf8')).toContain('"version":99')
    expect(readdirSync(desk.folder)).toContain('night.R-01-2.hypnospike.json')
  })

  it.each([
    ['damaged', () => '{"format":'],
    ['of a later version', () => '{"format":"hypnospike annotation set","version":99}'],
    [
      'of another recording',
      () =>
        serializeSet({
          ...blankDocument('R-01'),
          recording: { ...RECORDING, fingerprint: 'f'.repeat(64), fileName: 'other.edf' },
        }),
    ],
  ])('saved beside a file that is %s is found again at every opening', async (_, content) => {
    const desk = makeDesk()
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    writeFileSync(file, content())
    // Another reviewer's, whose code looks like a number that was given out.
    writeFileSync(
      path.join(desk.folder, 'night.R-01-7.hypnospike.json'),
      serializeSet(blankDocument('R-01-7')),
    )
    for (const at of [1, 2, 3]) {
      const opened = await desk.sets.open(desk.recording, 'R-01', null)
      expect(opened.fileName).toBe('night.R-01-2.hypnospike.json')
      expect(onsets(opened.document)).toEqual([1, 2, 3].slice(0, at - 1))
      if (at > 1) expect(opened.notice).toMatch(/Your marks are in night\.R-01-2\.hypnospike\.json\.$/)
      await makeWindow(desk, opened).mark(at)
      await desk.sets.save(opened.setId, false)
      await desk.sets.close(opened.setId)
    }
    const found = await findSets(desk.recording.path, RECORDING)
    expect(found.map((set) => [set.fileName, set.marks])).toContainEqual(['night.R-01-2.hypnospike.json', 3])
    expect(readFileSync(file, 'utf8')).toBe(content())
  })

  it('saved beside a file that cannot be used is the newest of several', async () => {
    const desk = makeDesk()
    const save = (name: string, changed: string) =>
      writeFileSync(path.join(desk.folder, name), serializeSet({ ...blankDocument('R-01'), changed }))
    writeFileSync(path.join(desk.folder, 'night.R-01.hypnospike.json'), '{')
    save('night.R-01-2.hypnospike.json', '2026-02-01T08:00:00.000Z')
    save('night.R-01-3.hypnospike.json', '2026-02-03T08:00:00.000Z')
    save('night.R-01-10.hypnospike.json', '2026-02-02T08:00:00.000Z')
    expect((await desk.sets.open(desk.recording, 'R-01', null)).fileName).toBe('night.R-01-3.hypnospike.json')
  })

  it('recovered beside a file that cannot be used is saved beside it', async () => {
    const desk = makeDesk()
    const broken = (folder: string) => writeFileSync(path.join(folder, 'night.R-01.hypnospike.json'), '{')
    broken(desk.folder)
    await makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null)).mark(1)
    const later = desk.afterCrash()
    broken(later.folder)
    const recovered = await later.sets.open(later.recording, 'R-01', null)
    expect(onsets(recovered.document)).toEqual([1])
    expect(await later.sets.save(recovered.setId, false)).toMatchObject({
      fileName: 'night.R-01-2.hypnospike.json',
    })
  })

  it('never takes the recording’s place', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    await expect(desk.sets.saveAs(opened.setId, async () => desk.recording.path)).rejects.toMatchObject({
      code: 'bad-input',
    })
  })

  it('saved elsewhere is found again from there', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    await makeWindow(desk, opened).mark(1)
    const elsewhere = path.join(desk.folder, 'sets')
    mkdirSync(elsewhere)
    await desk.sets.saveAs(opened.setId, async () => path.join(elsewhere, 'mine.json'))
    await desk.sets.close(opened.setId)
    const again = await desk.sets.open(desk.recording, 'R-01', null)
    expect(again.fileName).toBe('mine.json')
    expect(onsets(again.document)).toEqual([1])
  })
})

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

describe('a recording that has lost records', () => {
  const KEPT =
    'night.edf had 600 records when this set was made and has 400 now; ' +
    'its marks are kept in night.R-01.hypnospike.json.'

  it('says so, keeps the set made before for reading, and takes new marks beside it', async () => {
    const desk = makeDesk()
    const before = await desk.sets.open(desk.recording, 'R-01', null)
    await makeWindow(desk, before).mark(1)
    await desk.sets.save(before.setId, false)
    await desk.sets.close(before.setId)
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    const saved = readFileSync(file)

    const identity = { ...RECORDING, fingerprint: 'b'.repeat(64), records: 400 }
    const recording = { ...desk.recording, identity }
    const found = await findSets(recording.path, identity)
    expect(found).toMatchObject([{ reviewer: 'R-01', marks: 1, match: 'shrunk', problem: null }])

    const own = await desk.sets.open(recording, 'R-01', null)
    expect(own).toMatchObject({ readOnly: false, fileName: 'night.R-01-2.hypnospike.json' })
    expect(own.notice).toBe(`${KEPT} New marks will be saved as night.R-01-2.hypnospike.json.`)
    await desk.sets.save(own.setId, false)

    const old = await desk.sets.open(recording, 'R-01', found[0]!.path)
    expect(old).toMatchObject({ readOnly: true, notice: KEPT })
    expect(onsets(old.document)).toEqual([1])
    await expect(desk.sets.save(old.setId, true)).rejects.toMatchObject({ code: 'read-only' })
    expect(readFileSync(file)).toEqual(saved)
  })

  it('of another name or shape is still another recording', async () => {
    const desk = makeDesk()
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    writeFileSync(file, serializeSet(blankDocument('R-01')))
    const shorter = { ...RECORDING, fingerprint: 'b'.repeat(64), records: 400 }
    for (const identity of [
      { ...shorter, fileName: 'dusk.edf' },
      { ...shorter, recordDuration: 2 },
    ]) {
      await expect(desk.sets.open({ ...desk.recording, identity }, 'R-01', file)).rejects.toMatchObject({
        code: 'wrong-recording',
      })
    }
  })
})

describe('where no journal can be written', () => {
  it('a set opens all the same, says so, and can be marked and saved', async () => {
    const folder = makeFolder()
    mkdirSync(path.join(folder, 'data'))
    // Where the folder of journals should be lies a file.
    writeFileSync(path.join(folder, 'data', 'journals'), '')
    const desk = makeDesk(folder)
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    expect(opened.readOnly).toBe(false)
    expect(opened.notice).toMatch(/journal/i)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await window.mark(2)
    await desk.sets.save(opened.setId, false)
    await desk.sets.close(opened.setId)
    expect(onsets((await desk.sets.open(desk.recording, 'R-01', null)).document)).toEqual([1, 2])
  })

  it('any more, each step says so, counts as taken, and can be saved', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    // Another window has taken the journal over: this one may not write to it any more.
    const name = readdirSync(desk.journals).find((each) => each.endsWith('.lock'))!
    const holder = { pid: process.ppid, host: hostname(), token: 'of another' }
    writeFileSync(path.join(desk.journals, name), JSON.stringify(holder))
    await window.mark(2)
    expect(desk.failures).toHaveLength(1)
    expect(desk.failures[0]).toMatch(/Another Hypnospike window has taken over/)
    await desk.sets.save(opened.setId, false)
    const saved = JSON.parse(readFileSync(path.join(desk.folder, 'night.R-01.hypnospike.json'), 'utf8'))
    expect(saved.marks).toHaveLength(2)
  })
})

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
    expect(opened.unkept).toMatch(/^The journal cannot be written: /)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await window.mark(2)
    expect(desk.failures).toEqual([opened.unkept, opened.unkept])
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
    await vi.waitFor(() => expect(desk.failures.at(-1)).toBe(RECOVERED), { timeout: 10_000 })
    expect(await marksAfterCrash(desk)).toEqual([1])
  })

  it('because its folder was taken away is made again, with all of the set', async () => {
    const desk = makeDesk()
    const window = makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null))
    await window.mark(1)
    rmSync(desk.journals, { recursive: true })
    await window.mark(2)
    expect(desk.failures).toEqual([])
    expect(await marksAfterCrash(desk)).toEqual([1, 2])
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
    expect(opened.unkept).toBe(
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
