/**
 * A learner takes a part of the lesson that comes with the app, by keyboard alone: a wrong answer and a right one, the case
 * beside the references, the evidence, the results, and back to where they were.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { KINDS, MIMICS } from '../../shared/annotation/kinds.ts'
import { decodeWire } from '../../shared/contract/wire.ts'
import type { LessonCase } from '../../shared/teaching/lesson.ts'
import { parseLesson } from '../../shared/teaching/lessonFormat.ts'
import { type Place, sample } from '../support/app.ts'
import { faults } from '../support/looks.ts'
import { expectPage, press } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

/** The lesson's recordings are made first: some seconds of a core, and minutes of a busy one. */
const MADE_WITHIN_MS = 400_000
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/**
 * Which case was shown as number so and so, which the window is not told: the recording by its samples, the key by the
 * lesson's file. What the window was answered may reach the test later than the window.
 */
function watchCases(page: Page, place: Place): (number: number) => Promise<LessonCase> {
  const shown: LessonCase[] = []
  page.on('response', async (response) => {
    const sent = response.request().postDataBuffer()
    if (!response.url().endsWith('/rpc') || sent === null) return
    const call = decodeWire(new Uint8Array(sent)) as { procedure: string; input: { ref?: string } }
    if (call.procedure !== 'openRecording') return
    const reply = decodeWire(new Uint8Array(await response.body())) as { value?: { fingerprint?: string } }
    // Of a case; the samples beside it are in no lesson.
    const found = reply.value?.fingerprint ?? ''
    const opened = casesOf(place).find(({ recording }) => recording.fingerprint === found)
    if (opened !== undefined) shown.push(opened)
  })
  return async (number) => {
    await expect.poll(() => shown.length).toBeGreaterThanOrEqual(number)
    return shown[number - 1]!
  }
}

function casesOf(place: Place): readonly LessonCase[] {
  const lessons = path.join(place.data, 'lessons')
  const [shipped] = readdirSync(lessons).filter(
    (name) => name.startsWith('shipped-') && !name.endsWith('.part'),
  )
  const folder = path.join(lessons, shipped ?? '')
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.lesson.json'))
  return parseLesson(readFileSync(path.join(folder, file ?? ''), 'utf8')).cases
}

const answerButton = (page: Page) => page.getByRole('button', { name: /^Answer/ })
const verdict = (page: Page) => page.getByRole('region', { name: 'Answer', exact: true }).getByRole('heading')

async function waitForCase(page: Page, number: number): Promise<void> {
  await page.getByText(`Case ${number}`).waitFor()
  await answerButton(page).waitFor()
  await expect
    .poll(() => page.locator('#page-text').textContent())
    .toContain('A case of a quiz, 15.0 seconds')
}

/** The cursor comes to the middle of the page with its first step. */
async function moveTo(page: Page, from: number, to: number): Promise<number> {
  const tenths = Math.round((to - from) * 10)
  const arrow = tenths > 0 ? 'ArrowRight' : 'ArrowLeft'
  await press(page, `Shift+Control+${arrow}`, Math.floor(Math.abs(tenths) / 10))
  await press(page, `Shift+${arrow}`, Math.abs(tenths) % 10)
  return from + tenths / 10
}

/** As the key has it, within a twentieth of a second. */
async function markAsKey(page: Page, { key, onset, duration }: LessonCase): Promise<void> {
  const [mark] = key.marks
  if (mark === undefined) return press(page, '4')
  const middle = (onset + duration / 2) / 1e7
  const start = await moveTo(page, middle, mark.onset / 1e7)
  await press(page, '[')
  await moveTo(page, start, Math.max(start + 0.1, (mark.onset + mark.duration) / 1e7))
  await press(page, ']')
  await press(page, KINDS.find(({ code }) => code === mark.kind)!.key)
  if (mark.kind !== 'mimic') return
  await page.getByRole('dialog', { name: 'Which mimic?' }).waitFor()
  await press(page, LETTERS[MIMICS.findIndex(({ code }) => code === mark.subtype)]!)
}

it('a learner answers by keyboard, wrong and right, sees why, and is back where they were', {
  timeout: 900_000,
}, async () => {
  const place = placeForTest([sample('mixed-teaching.edf')])
  const { page } = await openSession(chromium(), place, 'mixed-teaching.edf')
  await page.getByRole('button', { name: 'Understood' }).click()
  await page.locator('.page').focus()
  await press(page, 'PageDown')
  await press(page, 'ArrowUp')
  await expectPage(page, 10, 20)
  const shownAs = watchCases(page, place)
  const found: string[] = []
  const look = async (screen: string) => {
    for (const fault of await faults(page)) found.push(`${screen}: ${fault}`)
    await page.setViewportSize({ width: 1600, height: 900 })
  }

  await press(page, 'Shift+E')
  const take = page.getByRole('dialog', { name: 'Take a quiz' })
  await take.getByText('43 new').waitFor()
  await look('the choice of a quiz')
  await take.getByRole('radio', { name: /Locate and label/ }).focus()
  await press(page, 'Enter')
  await answerButton(page).waitFor({ timeout: MADE_WITHIN_MS })
  await waitForCase(page, 1)

  // The case alone.
  await expect.poll(() => page.title()).toBe('Quiz — Hypnospike')
  const told = (await page.locator('body').innerText()) + (await page.locator('#page-text').textContent())
  const { recording, rationale } = await shownAs(1)
  expect(told).not.toContain(recording.fileName.replace('.edf', ''))
  expect(told).not.toContain(rationale.slice(0, 40))
  expect(await page.locator('[data-mark], aside').count()).toBe(0)
  expect(await page.getByRole('slider', { name: 'Position in the recording' }).count()).toBe(0)
  await look('the question')

  // Wrong: nothing where there is something, and something where there is nothing.
  const first = await shownAs(1)
  await page.locator('.page').focus()
  if (first.key.marks.length > 0) await press(page, '4')
  else for (const key of ['Shift+ArrowRight', '[', 'Shift+ArrowRight', ']', '1']) await press(page, key)
  await press(page, 'Enter')
  await page.getByRole('alert').getByText('Say how sure you are (C).').waitFor()
  for (const key of ['c', 'c', 'f', 'y', 'n', 'f', 'Enter']) await press(page, key)
  await expect.poll(() => verdict(page).textContent()).toMatch(/^Not right\. It is /)
  await page.getByRole('region', { name: 'Why' }).getByText(first.rationale.slice(0, 30)).waitFor()
  // Beside a jerk and a run, each under its name.
  await expect.poll(() => page.locator('.page').count()).toBe(3)
  await page.getByText('Hypnic jerk reference, synthetic').waitFor()
  await page.getByText('3 Hz spike-and-wave reference, synthetic').waitFor()
  await expect.poll(() => page.getByText('aligned').count()).toBe(3)
  if (first.key.marks.length > 0) await page.getByRole('region', { name: /^Evidence: / }).waitFor()
  await look('the answer')
  await press(page, 'b')
  await expect.poll(() => page.locator('.page').count()).toBe(1)
  await press(page, '\\')
  await expect.poll(() => page.locator('.page').count()).toBe(3)

  await press(page, 'Enter')
  await waitForCase(page, 2)
  await markAsKey(page, await shownAs(2))
  for (const key of ['c', 'Enter']) await press(page, key)
  await expect.poll(() => verdict(page).textContent()).toMatch(/^Right: /)
  await page.getByText('1 of 2 right').waitFor()

  // Escape asks where something would be lost, and only there.
  await press(page, 'Enter')
  await waitForCase(page, 3)
  await press(page, 'c')
  await press(page, 'Escape')
  await page.getByRole('dialog', { name: 'End the quiz?' }).waitFor()
  await look('the question before the end')
  await press(page, 'Shift+Tab')
  await press(page, 'Enter')
  const results = page.getByRole('dialog', { name: 'Results' })
  await results.getByText('2, 1 right (50 %)').waitFor()
  await look('the results')
  await press(page, 'Escape')

  await expectPage(page, 10, 20)
  expect(await page.title()).toContain('mixed-teaching.edf')
  await page.getByRole('toolbar', { name: 'View' }).getByText('5 µV/mm').waitFor()
  // What was answered is kept of the learner, and nothing of it in a set or a journal.
  expect(readdirSync(place.folder).filter((name) => name.endsWith('.hypnospike.json'))).toEqual([])
  await press(page, 'Shift+E')
  await page
    .getByRole('dialog', { name: 'Take a quiz' })
    .getByText(/^\d due · 41 new · 0 mastered$/)
    .waitFor()
  expect(found).toEqual([])
})

it('begins in a window in which nothing is open, from the menu, and leaves it so', {
  timeout: 600_000,
}, async () => {
  const place = placeForTest([])
  const { page } = await openSession(chromium(), place, null)
  await page.getByRole('button', { name: 'Understood' }).click()
  await page.getByRole('button', { name: 'Hypnospike' }).click()
  await page.getByRole('menuitem', { name: 'Learn' }).click()
  await page.getByRole('menuitem', { name: /Take a quiz/ }).click()
  const take = page.getByRole('dialog', { name: 'Take a quiz' })
  await take.getByText('43 new').waitFor()
  await take.getByRole('radio', { name: /Label only/ }).check()
  await press(page, 'Enter')
  await answerButton(page).waitFor({ timeout: MADE_WITHIN_MS })
  await waitForCase(page, 1)
  await press(page, '3')
  // By the same letters as on a page of marks.
  await page.getByRole('dialog', { name: 'Which mimic?' }).waitFor()
  expect(await faults(page)).toEqual([])
  await press(page, 'k')
  const which = page.getByRole('combobox', { name: 'Which mimic' })
  await expect.poll(() => which.inputValue()).toBe('leg_movement')
  await press(page, 'Escape')
  await page.getByRole('dialog', { name: 'End the quiz?' }).getByRole('button', { name: 'End it' }).click()
  await page.getByRole('heading', { name: 'Open an EDF or BDF recording' }).waitFor()
})
