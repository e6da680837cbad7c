import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findSets } from '../../../electron/host/annotationFiles.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { blankDocument, RECORDING } from '../../support/annotations.ts'
import { makeFolder, makePipe } from '../../support/folders.ts'
import { makeDesk, makeWindow, onsets, RECOVERED } from '../../support/setDesk.ts'

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

  it('is read as it lies on disk, whosever it is, without its journal', async () => {
    const desk = makeDesk()
    const own = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, own)
    await window.mark(1)
    await desk.sets.save(own.setId, false)
    await window.mark(2)
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    for (const reviewer of ['R-01', 'R-02']) {
      const read = await desk.sets.openToRead(desk.recording, reviewer, file)
      expect(read).toMatchObject({ readOnly: true, isKey: false, notice: null })
      expect(onsets(read.document)).toEqual([1])
      await expect(desk.sets.journal(read.setId, 0, [])).rejects.toMatchObject({ code: 'read-only' })
    }
    // The journal is still the one writer's.
    await window.mark(3)
    expect(desk.failures).toEqual([])
  })

  it('is not saved beside a lock that is a pipe, says so, and goes on being kept', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    const lock = path.join(desk.folder, 'night.R-01.hypnospike.json.lock')
    if (!makePipe(lock)) return
    await expect(desk.sets.save(opened.setId, false)).rejects.toMatchObject({
      code: 'unreadable',
      message:
        'night.R-01.hypnospike.json.lock, which should say who is writing, is a pipe: take it away, then try again.',
    })
    await window.mark(2)
    expect(desk.failures).toEqual([])
    rmSync(lock)
    expect(await desk.sets.save(opened.setId, false)).toMatchObject({
      fileName: 'night.R-01.hypnospike.json',
    })
    // What ends the host waits for every set to be closed.
    makePipe(lock)
    await window.mark(3)
    await desk.sets.closeAll()
  })

  it('is kept in a new journal where the name of its journal, or of its lock, is a pipe', async () => {
    const before = makeDesk()
    const first = await before.sets.open(before.recording, 'R-01', null)
    await makeWindow(before, first).mark(1)
    const [name = ''] = readdirSync(before.journals).filter((each) => each.endsWith('.journal'))
    await before.sets.closeAll()
    const desk = makeDesk()
    mkdirSync(desk.journals, { recursive: true })
    const journal = path.join(desk.journals, name)
    if (!makePipe(journal)) return
    makePipe(`${journal}.lock`)
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    expect(opened.journalProblem).toBe(
      `${name}.lock, which should say who is writing, is a pipe: take it away, then try again.`,
    )
    const window = makeWindow(desk, opened)
    await window.mark(1)
    rmSync(`${journal}.lock`)
    await window.mark(2)
    expect(desk.failures.at(-1)).toBe(RECOVERED)
    expect(readdirSync(desk.journals)).toContain(`${name}.damaged`)
    const later = desk.afterCrash()
    const { recovered, document } = await later.sets.open(later.recording, 'R-01', null)
    expect(recovered).not.toBeNull()
    expect(onsets(document)).toEqual([1, 2])
  })

  it('says what is in the way of the version before it', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await desk.sets.save(opened.setId, false)
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    mkdirSync(`${file}.bak`)
    await window.mark(2)
    await expect(desk.sets.save(opened.setId, false)).rejects.toMatchObject({
      code: 'unreadable',
      message:
        'night.R-01.hypnospike.json.bak, where the previous version is kept, is a folder: take it away, then save again.',
    })
    expect(onsets(parseSet(readFileSync(file, 'utf8')))).toEqual([1])
  })

  it('tells who changed what and when: by its saves, and since', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    expect(await desk.sets.history(opened.setId)).toMatchObject({
      saved: [],
      unsaved: [{ by: 'R-01', what: 'mark', before: null, after: { onset: 10_000_000 } }],
    })
    await desk.sets.save(opened.setId, false)
    await window.mark(2)
    await desk.sets.save(opened.setId, false)
    await window.mark(3)
    const told = await desk.sets.history(opened.setId)
    expect(told.saved.map(({ after }) => after?.onset)).toEqual([10_000_000, 20_000_000])
    expect(told.unsaved.map(({ after }) => after?.onset)).toEqual([30_000_000])
    // It lies in the set, for whoever opens it.
    await desk.sets.close(opened.setId)
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    const read = await desk.sets.openToRead(desk.recording, 'R-02', file)
    expect(await desk.sets.history(read.setId)).toEqual({ ...told, unsaved: [] })
  })

  it('is recorded through a crash, and through another program that overwrote it', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await desk.sets.save(opened.setId, false)
    await window.mark(2)
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    const left = parseSet(readFileSync(file, 'utf8'))
    const later = desk.afterCrash()
    writeFileSync(file, serializeSet({ ...left, marks: [] }))
    const recovered = await later.sets.open(later.recording, 'R-01', null)
    await later.sets.save(recovered.setId, true)
    const { saved } = await later.sets.history(recovered.setId)
    // The first save's, then what this one put in the place of what the other had left.
    expect(saved.map(({ after }) => after?.onset)).toEqual([10_000_000, 10_000_000, 20_000_000])
  })

  it('can be copied without its history, and stays where it is', async () => {
    const desk = makeDesk()
    const opened = await desk.sets.open(desk.recording, 'R-01', null)
    const window = makeWindow(desk, opened)
    await window.mark(1)
    await desk.sets.save(opened.setId, false)
    let suggested = ''
    const copy = path.join(desk.folder, 'away.json')
    const kept = await desk.sets.saveCopy(opened.setId, async (suggestion) => {
      suggested = path.basename(suggestion)
      return copy
    })
    expect([suggested, kept]).toEqual(['night.R-01-copy.hypnospike.json', { fileName: 'away.json' }])
    const file = path.join(desk.folder, 'night.R-01.hypnospike.json')
    const { changes, ...content } = parseSet(readFileSync(file, 'utf8'))
    expect(changes).toHaveLength(1)
    expect(parseSet(readFileSync(copy, 'utf8')).changes).toBeUndefined()
    expect(parseSet(readFileSync(copy, 'utf8')).marks).toEqual(content.marks)
    expect(await desk.sets.saveCopy(opened.setId, async () => null)).toBeNull()
    await expect(desk.sets.saveCopy(opened.setId, async () => file)).rejects.toMatchObject({
      code: 'bad-input',
    })
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

  it('is recovered from a damaged journal up to the damage, which is told until it is dealt with', async () => {
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
    const said = 'The journal is damaged after 3 entries; 2 could not be read.'
    expect(recovered).toMatchObject({ notice: said, damaged: said })
    // At every start until the reader has dealt with it; it is kept even then.
    await later.sets.close(recovered.setId)
    const again = await later.sets.open(later.recording, 'R-01', null)
    expect(onsets(again.document)).toEqual([1, 2])
    expect(again.damaged).toMatch(/was damaged and could be read in part only/)
    await later.sets.putDamageAside(again.setId)
    expect(readdirSync(path.join(later.journals, 'aside'))).toHaveLength(1)
    await later.sets.close(again.setId)
    expect((await later.sets.open(later.recording, 'R-01', null)).damaged).toBeNull()
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
