/**
 * "A first lesson, step by step" of the README, done as it is written: from the sample to a lesson, its quiz, what was taken
 * for what, and the pack; and a second program, with a folder of its own, that opens the pack.
 */
import { copyFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { waitForEeg } from '../support/app.ts'
import { drag, press, save, shownSpan } from '../support/reader.ts'
import { openSession, openTeachingSample, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

const notice = (page: Page, text: string) => page.locator('.notice p', { hasText: text }).waitFor()
const cases = (page: Page) =>
  page.getByRole('listbox', { name: 'Cases' }).locator('.row-name').allTextContents()

async function goTo(page: Page, time: string, seconds: number): Promise<void> {
  await press(page, 'g')
  await page.getByLabel('Go to', { exact: true }).last().waitFor()
  await page.keyboard.type(time)
  await press(page, 'Enter')
  const isThere = async () => {
    const { start, end } = await shownSpan(page)
    return start <= seconds && seconds < end
  }
  await expect.poll(isThere).toBe(true)
  await page.locator('.page').focus()
}

/** Every case is called a run of spike-and-wave. */
async function takeQuiz(page: Page): Promise<readonly string[]> {
  await press(page, 'Shift+E')
  const take = page.getByRole('dialog', { name: 'Take a quiz' })
  await take.getByRole('radio', { name: /My lesson/ }).check()
  await take.getByRole('radio', { name: /Label only/ }).check()
  await press(page, 'Enter')
  const verdicts: string[] = []
  for (const number of [1, 2, 3]) {
    await page.getByText(`Case ${number}`, { exact: false }).first().waitFor()
    await page.getByRole('button', { name: /^Answer/ }).waitFor()
    await waitForEeg(page)
    await page.locator('.page').first().focus()
    for (const key of ['c', '2', 'Enter']) await press(page, key)
    const verdict = page.getByText(/^(Right: |Not right\. It is )/)
    await verdict.waitFor()
    verdicts.push((await verdict.textContent()) ?? '')
    await page.getByText('Hypnic jerk reference, synthetic').waitFor()
    await press(page, 'Enter')
  }
  return verdicts
}

it('is made of a reader’s own marks, taken, and given away as a pack that another program opens', {
  timeout: 600_000,
}, async () => {
  const { page, place } = await openTeachingSample(chromium())
  await page.getByRole('button', { name: 'Understood' }).click()

  await goTo(page, '1:02', 62)
  await drag(page, 62.3, 68)
  await press(page, '2')
  await press(page, 'i')
  await page
    .getByRole('region', { name: /^Evidence: / })
    .getByText('Rate, first → last second')
    .waitFor()
  await page.locator('.page').focus()
  await press(page, 'Shift+A')
  await notice(page, 'Added to “My lesson” as case 1.')
  await goTo(page, '2:35', 155)
  await drag(page, 155.6, 155.85)
  await press(page, '1')
  await press(page, 'Shift+A')
  await notice(page, 'Added to “My lesson” as case 2.')
  await goTo(page, '3:10', 190)
  await drag(page, 190.8, 192.2)
  await press(page, '3')
  await press(page, 'k')
  await press(page, 'Shift+A')
  await notice(page, 'Added to “My lesson” as case 3.')
  await save(page)
  await press(page, 'Shift+T')
  await expect.poll(() => cases(page)).toEqual(['3 Hz spike-and-wave', 'Hypnic jerk', 'Leg movement'])

  const verdicts = await takeQuiz(page)
  expect(verdicts.toSorted()).toEqual([
    'Not right. It is Hypnic jerk',
    'Not right. It is Mimic · Leg movement',
    'Right: 3 Hz spike-and-wave',
  ])
  const results = page.getByRole('dialog', { name: 'Results' })
  await results.getByText('3, 1 right (33 %)').waitFor()
  await results.getByRole('button', { name: /Hypnic jerk.*3 Hz spike-and-wave/ }).click()
  await press(page, 'Escape')
  await waitForEeg(page)

  await page.getByText('About this lesson').click()
  await page.getByRole('button', { name: 'Export pack…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'What goes' }).waitFor()
  await dialog.getByLabel(/^Licence/).fill('CC BY 4.0')
  await dialog.getByLabel(/^Consent/).fill('Made by a program: nobody’s signal.')
  await dialog.getByRole('button', { name: 'Write the pack' }).click()
  await dialog.getByText('Written and checked').waitFor()
  const pack = path.join(place.folder, 'My lesson.hypnopack')
  expect(existsSync(pack)).toBe(true)

  const second = placeForTest([])
  copyFileSync(pack, path.join(second.folder, 'sent.hypnopack'))
  const { page: other } = await openSession(chromium(), second, null)
  await other.getByRole('button', { name: 'Understood' }).click()
  await press(other, 'Control+o')
  await other
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(path.join(second.folder, 'sent.hypnopack'))
  const front = other.getByRole('dialog', { name: 'My lesson' })
  await front.getByText('Made by a program: nobody’s signal.').waitFor()
  await front.getByRole('button', { name: 'Add to my lessons' }).click()
  await notice(other, '“My lesson” is among your lessons.')
  await expect.poll(() => cases(other)).toEqual(['3 Hz spike-and-wave', 'Hypnic jerk', 'Leg movement'])
  expect((await takeQuiz(other)).toSorted()).toEqual(verdicts.toSorted())
  await other.getByRole('dialog', { name: 'Results' }).getByText('3, 1 right (33 %)').waitFor()
})
