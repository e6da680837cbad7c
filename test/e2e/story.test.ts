/** A reviewer's work on the teaching sample from the first page to the last save, in a real browser. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../shared/annotation/emptyDocument.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { RECORDING } from '../support/annotations.ts'
import { sample } from '../support/app.ts'
import { expectOnDisk } from '../support/journalOnDisk.ts'
import {
  clickAt,
  drag,
  expectAskedPage,
  expectMarks,
  expectPage,
  expectView,
  labelsOnPage,
  listedMarks,
  marksOnceListed,
  menuCommand,
  pointAt,
  press,
  readSet,
  redoAll,
  reviewedShare,
  type SetOnDisk,
  save,
  savedState,
  shownSpan,
  undoAll,
} from '../support/reader.ts'
import { openSession, openTeachingSample, placeForTest, sharedChromium } from '../support/session.ts'

const RECORDING_NAME = 'mixed-teaching.edf'
const SET_NAME = 'mixed-teaching.R-01.hypnospike.json'
/** A pixel of the page at 10 s is about 8 ms. */
const PIXEL = 0.009

const chromium = sharedChromium()

/** Kind, subtype, and the span in seconds. */
function outline(set: SetOnDisk) {
  return set.marks.map(({ kind, subtype, onset, duration }) => {
    const start = onset / TICKS_PER_SECOND
    return [subtype ?? kind, start, start + duration / TICKS_PER_SECOND] as const
  })
}

/** Marks to within a pixel of where the mouse put them. */
function expectOutline(set: SetOnDisk, expected: readonly (readonly [string, number, number])[]): void {
  const found = outline(set)
  expect(found.map(([name]) => name)).toEqual(expected.map(([name]) => name))
  for (const [index, [, start, end]] of expected.entries()) {
    expect(Math.abs(found[index]![1] - start), `start of mark ${index}`).toBeLessThan(PIXEL)
    expect(Math.abs(found[index]![2] - end), `end of mark ${index}`).toBeLessThan(PIXEL)
  }
}

/** One of each kind, with the mouse. */
async function markWithMouse(page: Page): Promise<void> {
  // A drag, then the key.
  await drag(page, 2, 2.4)
  await press(page, '1')
  await expect.poll(() => labelsOnPage(page)).toEqual(['Hypnic jerk'])
  // The key first, then the drag; from right to left.
  await press(page, 'Escape')
  await press(page, '2')
  await drag(page, 8, 4.5)
  await expect.poll(() => labelsOnPage(page)).toEqual(['Hypnic jerk', '3 Hz spike-and-wave'])
  // A mimic is asked which; a letter says it.
  await drag(page, 0.5, 1.25)
  await press(page, '3')
  await page.getByRole('dialog', { name: 'Which mimic?' }).waitFor()
  await press(page, 'd')
  await expect.poll(() => labelsOnPage(page)).toContain('Mimic · OIRDA')
  // Beyond the page's edge, which scrolls.
  await press(page, 'Escape')
  const from = await pointAt(page, 9)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y)
  const edge = await pointAt(page, 10.2)
  await page.mouse.move(edge.x, edge.y)
  await expect.poll(async () => (await shownSpan(page)).start).toBeGreaterThanOrEqual(4)
  // Inside again the page scrolls no further; the last step of it may still be on its way.
  await page.mouse.move(edge.x - 60, edge.y)
  await expectAskedPage(page)
  const to = await pointAt(page, 12)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
  await press(page, '0')
  await expect.poll(() => labelsOnPage(page)).toContain('Uncertain')
}

/** One of each kind on the page at 30 s, without the mouse. */
async function markWithKeys(page: Page): Promise<void> {
  await press(page, 'Home')
  await press(page, 'PageDown', 3)
  await expectPage(page, 30, 40)
  await press(page, 'Escape')
  // The cursor starts in the middle of the page.
  await press(page, 'Shift+ArrowLeft', 40)
  await press(page, '[')
  await press(page, 'Shift+ArrowRight', 3)
  await press(page, ']')
  await press(page, '1')
  await press(page, 'Escape')
  await press(page, 'Shift+ArrowRight', 10)
  await press(page, '[')
  await press(page, 'Shift+ArrowRight', 30)
  await press(page, ']')
  await press(page, '2')
  await press(page, 'Escape')
  await press(page, 'Shift+ArrowRight', 5)
  // Backwards: the end first.
  await press(page, ']')
  await press(page, 'Shift+ArrowRight', 5)
  await press(page, '[')
  await press(page, '3')
  await page.getByRole('dialog', { name: 'Which mimic?' }).waitFor()
  await press(page, 'h')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await press(page, 'Escape')
  await press(page, 'Shift+ArrowRight', 10)
  await press(page, '[')
  await press(page, 'Shift+ArrowRight', 10)
  await press(page, ']')
  await press(page, '0')
}

const BY_MOUSE = [
  ['oirda', 0.5, 1.25],
  ['hypnic_jerk', 2, 2.4],
  ['spike_wave_3hz', 4.5, 8],
  ['uncertain', 9, 12],
] as const

const BY_KEYS = [
  ['hypnic_jerk', 31, 31.3],
  ['spike_wave_3hz', 32.3, 35.3],
  ['vertex_waves', 35.8, 36.3],
  ['uncertain', 37.3, 38.3],
] as const

describe('marking', () => {
  it('marks one of each kind with the mouse', async () => {
    const { page, setFile } = await openTeachingSample(chromium())
    await markWithMouse(page)
    await save(page)
    expectOutline(readSet(setFile), BY_MOUSE)
  })

  it('marks one of each kind, nudges and travels with the keyboard alone', async () => {
    const { page, setFile } = await openTeachingSample(chromium())
    await markWithKeys(page)
    await save(page)
    const marked = readSet(setFile)
    expect(outline(marked)).toEqual(BY_KEYS)
    // The last one stays chosen: as a whole, then its start, then its end, by 10 ms each.
    await press(page, 'Alt+ArrowLeft', 2)
    await press(page, 'e')
    await press(page, 'Alt+ArrowRight')
    await press(page, 'e')
    await press(page, 'Alt+ArrowRight', 3)
    await save(page)
    expect(outline(readSet(setFile)).at(-1)).toEqual(['uncertain', 37.29, 38.31])
    // Two marks back, one forth, and relabelled.
    await press(page, ',', 2)
    await press(page, '.')
    await press(page, '0')
    await press(page, 'c')
    await page.keyboard.type('6 Hz, not 3')
    await press(page, 'Enter')
    await press(page, 'Escape')
    await press(page, '.')
    await press(page, 'Delete')
    await save(page)
    const changed = readSet(setFile)
    expect(outline(changed)).toEqual([...BY_KEYS.slice(0, 2), ['uncertain', 35.8, 36.3]])
    expect(changed.marks[2]!.comment).toBe('6 Hz, not 3')
  })

  it('takes the steps between two presses of a held key as one', async () => {
    const { page } = await openTeachingSample(chromium())
    await drag(page, 3, 4)
    await press(page, '1')
    const before = await marksOnceListed(page, 1)
    await page.keyboard.down('Alt')
    for (let count = 0; count < 30; count += 1) await page.keyboard.down('ArrowRight')
    await page.keyboard.up('ArrowRight')
    await page.keyboard.up('Alt')
    await expect.poll(() => listedMarks(page)).not.toEqual(before)
    await press(page, 'Control+z')
    await expectMarks(page, before)
  })

  it('fires no shortcut while a comment is typed', async () => {
    const { page } = await openTeachingSample(chromium())
    await drag(page, 3, 4)
    await press(page, '1')
    const before = await marksOnceListed(page, 1)
    await press(page, 'c')
    const text = '1230 vVnNpPrReE [ ] . , ? + - Space'
    await page.keyboard.type(text)
    await press(page, 'ArrowLeft', 3)
    await press(page, 'Home')
    await press(page, 'End')
    await press(page, 'PageDown')
    await press(page, 'Backspace')
    await press(page, 'Delete')
    await expectPage(page, 0, 10)
    await expectView(page, 'Sensitivity', '7 µV/mm')
    await expectView(page, 'Notch', 'off')
    expect(await page.locator('#mark-comment').inputValue()).toBe(text.slice(0, -1))
    await press(page, 'Enter')
    await expectMarks(page, [before[0]!.replace('jerk', `jerk “${text.slice(0, -1)}”`)])
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

it('finds everything equal after undo, redo, save, a killed host and a new start', {
  timeout: 120_000,
}, async () => {
  const { page, crash, place, setFile } = await openTeachingSample(chromium())
  await markWithMouse(page)
  await markWithKeys(page)

  // The 3 Hz run by mouse: its end by its grip, then the whole of it, then its label and facts.
  await press(page, 'Home')
  await expectPage(page, 0, 10)
  await clickAt(page, 6)
  const grip = (await page.locator('.mark-grip[data-grip="end"]').boundingBox())!
  const target = await pointAt(page, 8.75)
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
  await page.mouse.down()
  await page.mouse.move(target.x, target.y, { steps: 5 })
  await page.mouse.up()
  await drag(page, 6, 5.75)
  await press(page, '0')
  await press(page, '2')
  await page.getByRole('button', { name: 'probable' }).click()
  await page.getByRole('button', { name: 'EEG', exact: true }).click()
  await page.getByRole('button', { name: /^Channels:/ }).click()
  await page.getByRole('checkbox', { name: 'Fp1-F7' }).check()
  await page.getByRole('checkbox', { name: 'Fp2-F8' }).check()
  await page.keyboard.press('Escape')
  await page.locator('#mark-comment').fill('Frontal maximum')
  await page.locator('.page').focus()
  // The page has been read, and the next as well.
  await press(page, 'Escape')
  await press(page, 'v')
  await press(page, 'PageDown')
  await expectPage(page, 10, 20)
  await press(page, 'v')
  await expect.poll(() => reviewedShare(page)).toBe('7 %')
  // A mark too many.
  await drag(page, 15, 16)
  await press(page, '1')
  await press(page, 'Delete')

  const listed = await marksOnceListed(page, 8)
  const undone = await undoAll(page)
  await expectMarks(page, [])
  expect(await page.locator('[data-mark]').count()).toBe(0)
  expect(await reviewedShare(page)).toBe('0 %')
  const redone = await redoAll(page)
  expect(redone).toEqual(undone.toReversed())
  expect(redone).toContain('move edge')
  expect(redone).toContain('relabel as 3 Hz spike-and-wave')
  await expectMarks(page, listed)
  await save(page)

  const saved = readSet(setFile)
  expectOutline(saved, [BY_MOUSE[0], BY_MOUSE[1], ['spike_wave_3hz', 4.25, 8.5], BY_MOUSE[3], ...BY_KEYS])
  const run = saved.marks[2]!
  expect(run).toMatchObject({
    confidence: 'probable',
    evidence: ['eeg'],
    channels: ['Fp1', 'F7', 'Fp2', 'F8'],
    comment: 'Frontal maximum',
    view: {
      montage: 'longitudinal',
      lowFrequency: 0.5,
      highFrequency: 70,
      notch: null,
      kinds: { emg: { lowFrequency: 10, highFrequency: 100, notch: null } },
      direction: 'zero-phase',
      sensitivity: 7,
      timebase: 10,
    },
    author: 'R-01',
  })
  expect(saved.reviewed.map(({ onset, duration }) => [onset, duration])).toEqual([[0, 20 * TICKS_PER_SECOND]])

  await crash()
  // An old window that still waits for an answer would take the new program for its own.
  await page.close()
  const again = await openSession(chromium(), place, RECORDING_NAME)
  await expectMarks(again.page, listed)
  await expect.poll(() => savedState(again.page)).toBe('Saved')
  expect(await reviewedShare(again.page)).toBe('7 %')
  expect(await again.page.locator('.banner[role="alert"]').count()).toBe(0)
  // Something is saved anew: all else is written as it was read.
  await press(again.page, 'End')
  await press(again.page, 'v')
  await save(again.page)
  const after = readSet(setFile)
  expect(after.marks).toEqual(saved.marks)
  expect(after.reviewed[0]).toEqual(saved.reviewed[0])
})

describe('when things go wrong', () => {
  it('offers marks that were not saved before the host was killed', async () => {
    const { page, crash, place, setFile } = await openTeachingSample(chromium())
    await drag(page, 2, 2.4)
    await press(page, '1')
    await drag(page, 5, 6)
    await press(page, '2')
    const listed = await marksOnceListed(page, 2)
    await expectOnDisk(place, 2)
    await crash()
    // An old window that still waits for an answer would take the new program for its own.
    await page.close()
    expect(existsSync(setFile)).toBe(false)

    const again = await openSession(chromium(), place, RECORDING_NAME)
    await expectMarks(again.page, listed)
    const banner = again.page.locator('.banner[role="alert"]')
    expect(await banner.innerText()).toMatch(/2 changes were\s+recovered/)
    expect(await savedState(again.page)).toBe('Unsaved')
    await banner.getByRole('button', { name: 'Save them' }).click()
    await expect.poll(() => savedState(again.page)).toBe('Saved')
    expect(outline(readSet(setFile))).toHaveLength(2)
    // What was done before the crash can still be undone.
    await undoAll(again.page)
    await expectMarks(again.page, [])
  })

  it('gives up what was recovered only when told to', async () => {
    const { page, crash, place } = await openTeachingSample(chromium())
    await drag(page, 2, 2.4)
    await press(page, '1')
    await expectOnDisk(place, 1)
    await crash()
    // An old window that still waits for an answer would take the new program for its own.
    await page.close()
    const again = await openSession(chromium(), place, RECORDING_NAME)
    await again.page.getByRole('button', { name: 'Give it up' }).click()
    await expectMarks(again.page, [])
    await expect.poll(() => savedState(again.page)).toBe('Nothing marked')
  })

  it('refuses a set of another recording with a sentence and leaves it as it is', async () => {
    const place = placeForTest([sample(RECORDING_NAME)])
    const foreign = serializeSet(
      emptyDocument({ recording: RECORDING, reviewer: 'R-02', now: '2026-01-31T08:00:00.000Z' }),
    )
    const file = path.join(place.folder, 'mixed-teaching.R-02.hypnospike.json')
    writeFileSync(file, foreign)
    const { page } = await openSession(chromium(), place, RECORDING_NAME)
    await menuCommand(page, 'File', 'Open set…')
    const row = page.getByRole('dialog').getByRole('button', { name: /R-02/ })
    expect(await row.isDisabled()).toBe(true)
    expect(await row.innerText()).toMatch(/made for another recording/)
    await press(page, 'Escape')
    await drag(page, 2, 2.4)
    await press(page, '1')
    await save(page)
    expect(readSet(file)).toEqual(JSON.parse(foreign))
  })

  it('asks before a page with unsaved marks is closed, and not before a saved one is', async () => {
    const { page } = await openTeachingSample(chromium())
    let asked = 0
    page.on('dialog', (dialog) => {
      asked += 1
      expect(dialog.type()).toBe('beforeunload')
      void dialog.dismiss()
    })
    await drag(page, 2, 2.4)
    await press(page, '1')
    await page.close({ runBeforeUnload: true })
    await expect.poll(() => asked).toBe(1)
    expect(page.isClosed()).toBe(false)
    await save(page)
    await page.close({ runBeforeUnload: true })
    await expect.poll(() => page.isClosed()).toBe(true)
    expect(asked).toBe(1)
  })

  it('asks what becomes of unsaved marks before another recording takes their place', async () => {
    const place = placeForTest([sample(RECORDING_NAME), sample('hypnic-jerks.edf')])
    const { page } = await openSession(chromium(), place, RECORDING_NAME)
    await drag(page, 2, 2.4)
    await press(page, '1')
    await press(page, 'Control+o')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^hypnic-jerks.edf/ })
      .first()
      .click()
    const question = page.getByRole('dialog', { name: 'Save your marks?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => page.title()).toContain(RECORDING_NAME)
    await press(page, 'Control+o')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^hypnic-jerks.edf/ })
      .first()
      .click()
    await question.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => page.title()).toContain('hypnic-jerks.edf')
    expect(outline(readSet(path.join(place.folder, SET_NAME)))).toHaveLength(1)
    // Neither recording was written to, and nothing else was left beside them.
    expect(readdirSync(place.folder).toSorted()).toEqual(
      ['app-data', 'hypnic-jerks.edf', RECORDING_NAME, SET_NAME].toSorted(),
    )
  })

  it('says that its program is gone, and loses nothing by it', async () => {
    const { page, crash } = await openTeachingSample(chromium())
    await crash()
    await press(page, 'End')
    await expect
      .poll(() => page.locator('.notice').allInnerTexts())
      .toEqual([expect.stringContaining('does not answer')])
  })
})
