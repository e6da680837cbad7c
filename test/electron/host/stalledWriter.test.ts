/**
 * A program that stands still in the middle of a write (its lid closed, a share that does not answer), while another one
 * takes its lock over: once it wakes, it replaces nothing that came meanwhile.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { saveSet } from '../../../electron/host/annotationFiles.ts'
import { type Journal, openJournal } from '../../../electron/host/journal.ts'
import { acquireLock } from '../../../electron/host/lockFile.ts'
import { createProgress } from '../../../electron/host/progress.ts'
import { loadSet } from '../../../electron/host/setReader.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { EMPTY_HISTORY } from '../../../shared/annotation/history.ts'
import type { JournalLine } from '../../../shared/annotation/journalEntry.ts'
import { RECORDING, withMarks } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'
import { answer } from '../../support/quiz.ts'

/** Comes once, when the writer asks whether it may write over this file, which is after it has written its own. */
const moment = vi.hoisted(() => ({ of: '', comes: async () => {} }))

vi.mock(import('../../../electron/host/writeGuard.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    refuseRecording: async (file) => {
      if (moment.of !== '' && file.endsWith(moment.of) && isBeingWritten(path.dirname(file))) {
        moment.of = ''
        await moment.comes()
      }
      await real.refuseRecording(file)
    },
  }
})

const isBeingWritten = (folder: string) => readdirSync(folder).some((name) => name.endsWith('.tmp'))

function standsStillAt(ending: string, meanwhile: () => Promise<void>): void {
  moment.of = ending
  moment.comes = meanwhile
}

const before = withMarks([[1, 2]])
const mine = withMarks([[2, 3]])
const theirs = withMarks([[3, 4]])

const CHANGED = {
  code: 'conflict',
  message:
    'night.JS.hypnospike.json was changed on disk since it was read. Compare the two, overwrite it, or save elsewhere.',
}
const BEING_SAVED = {
  code: 'conflict',
  message: 'night.JS.hypnospike.json is being saved by another window. Try again in a moment.',
}

async function makeSaved() {
  const folder = makeFolder()
  const file = path.join(folder, 'night.JS.hypnospike.json')
  return { folder, file, expected: await saveSet(file, before, { expected: null }) }
}

/** As another process does that finds it untouched for long. */
function takeAway(lock: string): void {
  expect(existsSync(lock)).toBe(true)
  rmSync(lock)
}

it.each([
  ['once it has written its own', '.hypnospike.json'],
  ['while it keeps the previous one', '.hypnospike.json.bak'],
])('does not save over what another has saved, where it stands still %s', async (_, ending) => {
  const { folder, file, expected } = await makeSaved()
  standsStillAt(ending, async () => {
    takeAway(`${file}.lock`)
    await saveSet(file, theirs, { expected })
  })
  await expect(saveSet(file, mine, { expected })).rejects.toMatchObject(CHANGED)
  expect((await loadSet(file)).document).toEqual(theirs)
  expect((await loadSet(`${file}.bak`)).document).toEqual(before)
  expect(readdirSync(folder).toSorted()).toEqual([path.basename(file), `${path.basename(file)}.bak`])
})

it('does not save while another is saving, and takes nothing of it away', async () => {
  const { folder, file, expected } = await makeSaved()
  standsStillAt('.hypnospike.json', async () => {
    takeAway(`${file}.lock`)
    const lock = await acquireLock(`${file}.lock`)
    expect(await lock?.isHeld()).toBe(true)
  })
  await expect(saveSet(file, mine, { expected })).rejects.toMatchObject(BEING_SAVED)
  expect((await loadSet(file)).document).toEqual(before)
  expect(readdirSync(folder).toSorted()).toEqual([path.basename(file), `${path.basename(file)}.lock`])
})

it('does not save over a file that was changed meanwhile by a program that knows of no locks', async () => {
  const { file, expected } = await makeSaved()
  standsStillAt('.hypnospike.json', async () => writeFileSync(file, 'theirs'))
  await expect(saveSet(file, mine, { expected })).rejects.toMatchObject(CHANGED)
  expect(readFileSync(file, 'utf8')).toBe('theirs')
  expect(existsSync(`${file}.bak`)).toBe(false)
})

const KEY = { fingerprint: RECORDING.fingerprint, reviewer: 'JS' }
const at = '2026-01-31T10:00:00.000Z'

function opening(document: AnnotationDocument): JournalLine {
  return { op: 'open', at, document, history: EMPTY_HISTORY, set: null, unsaved: true }
}

/** What another keeps that takes the journal over while this one stands still in the middle of a write. */
async function takeOverDuring(folder: string, write: () => Promise<void>): Promise<Journal> {
  let other: Journal | null = null
  standsStillAt('.journal', async () => {
    const [lock = ''] = readdirSync(folder).filter((name) => name.endsWith('.journal.lock'))
    takeAway(path.join(folder, lock))
    other = await openJournal(folder, KEY)
    await other.append(opening(theirs))
  })
  await write()
  await expect.poll(() => other).not.toBeNull()
  return other!
}

it('does not begin a journal anew that another has taken over', async () => {
  const folder = makeFolder()
  const journal = await openJournal(folder, KEY)
  await journal.append(opening(before))
  const other = await takeOverDuring(folder, async () => {
    await expect(journal.append(opening(mine))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^Another Hypnospike window has taken over this recording/),
    })
  })
  await journal.close()
  expect(await other.entries()).toEqual([opening(theirs)])
  await other.close()
})

it('does not make a journal compact that another has taken over', async () => {
  const folder = makeFolder()
  const journal = await openJournal(folder, KEY, { compactAt: 1 })
  await journal.append(opening(before))
  const saved: JournalLine = {
    op: 'saved',
    at,
    set: { path: path.join(folder, 'x'.repeat(4000)), hash: 'f' },
  }
  const other = await takeOverDuring(folder, () => journal.append(saved))
  await journal.close()
  expect(await other.entries()).toEqual([opening(theirs)])
  await other.close()
})

it('does not make good a journal that another has taken over', async () => {
  const folder = makeFolder()
  const journal = await openJournal(folder, KEY)
  await journal.append(opening(before))
  await journal.close()
  const [name = ''] = readdirSync(folder)
  const cutOff = `${readFileSync(path.join(folder, name), 'utf8')}{"op":"ed`
  writeFileSync(path.join(folder, name), cutOff)
  const other = await takeOverDuring(folder, async () => {
    await expect(openJournal(folder, KEY)).rejects.toMatchObject({ code: 'conflict' })
  })
  expect(await other.entries()).toEqual([opening(theirs)])
  await other.close()
})

it('does not write an answer over one that another window has written', async () => {
  const folder = makeFolder()
  const lesson = { id: 'lesson-1', title: 'Jerks' }
  const [sleeping, awake] = [createProgress(folder), createProgress(folder)]
  standsStillAt('.progress.json', async () => {
    const [lock = ''] = readdirSync(folder).filter((name) => name.endsWith('.lock'))
    takeAway(path.join(folder, lock))
    await awake.append('ANNA', lesson, answer({ showing: 'theirs' }))
  })
  await expect(sleeping.append('ANNA', lesson, answer({ showing: 'mine' }))).rejects.toMatchObject({
    code: 'conflict',
    message: 'Another window is writing your progress: try again in a moment.',
  })
  const { answers } = await sleeping.read('ANNA', lesson)
  expect(answers.map(({ showing }) => showing)).toEqual(['theirs'])
})
