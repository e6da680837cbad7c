/** A lesson goes from a teacher to a learner as one file: two programs, each with a folder of its own. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { sample, waitForEeg } from '../support/app.ts'
import { press } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds serious in the dialog that is open, light and dark. */
async function seriousIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const found: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    const faults = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        readonly axe: {
          readonly run: (
            where: string,
          ) => Promise<{ readonly violations: readonly { readonly id: string; readonly impact: string }[] }>
        }
      }
      const { violations } = await axe.run('.dialog')
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id }) => id)
    })
    found.push(...faults.map((id) => `${colorScheme}: ${id}`))
  }
  return found
}

const notice = (page: Page, text: string) => page.locator('.notice p', { hasText: text }).waitFor()
const names = (page: Page) =>
  page.getByRole('listbox', { name: 'Cases' }).locator('.row-name').allTextContents()

/** The file that the teacher's window has written. */
async function exportPack(): Promise<string> {
  const place = placeForTest([sample('mixed-teaching.edf'), sample('mixed-teaching.key.json')])
  const key = parseSet(readFileSync(path.join(place.folder, 'mixed-teaching.key.json'), 'utf8'))
  const own = { ...key, reviewer: 'R-01', marks: key.marks.map((mark) => ({ ...mark, comment: '' })) }
  writeFileSync(path.join(place.folder, 'mixed-teaching.R-01.hypnospike.json'), serializeSet(own))
  const { page } = await openSession(chromium(), place, 'mixed-teaching.edf', { bypassCSP: true })
  await page.getByRole('button', { name: 'Understood' }).click()
  for (const number of [1, 2, 3]) {
    await press(page, '.')
    await press(page, 'Shift+A')
    await notice(page, `Added to “My lesson” as case ${number}.`)
  }
  await press(page, 'Shift+T')
  await expect.poll(() => names(page)).toHaveLength(3)
  await page.getByText('About this lesson').click()
  await page.getByRole('button', { name: 'Export pack…' }).click()
  const dialog = page.getByRole('dialog')
  const write = dialog.getByRole('button', { name: 'Write the pack' })
  await dialog.getByRole('heading', { name: 'What goes' }).waitFor()
  // Without a licence and a consent line nothing is given away.
  expect(await write.isDisabled()).toBe(true)
  await dialog.getByLabel(/^Licence/).fill('CC BY 4.0')
  await dialog.getByLabel(/^Consent/).fill('Synthetic recordings: no patients.')
  await dialog.getByLabel('Answers').selectOption('sealed')
  await expect.poll(() => write.isEnabled()).toBe(true)
  expect(await seriousIn(page)).toEqual([])
  await write.click()
  await dialog.getByText('Written and checked').waitFor()
  return path.join(place.folder, 'My lesson.hypnopack')
}

it('is exported with licence and consent, and its cases are there for whoever opens it, sealed', async () => {
  const pack = await exportPack()
  const place = placeForTest([])
  mkdirSync(place.folder, { recursive: true })
  copyFileSync(pack, path.join(place.folder, 'sent.hypnopack'))
  const { page } = await openSession(chromium(), place, null, { bypassCSP: true })
  await page.getByRole('button', { name: 'Understood' }).click()
  await press(page, 'Control+o')
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(path.join(place.folder, 'sent.hypnopack'))
  const dialog = page.getByRole('dialog', { name: 'My lesson' })
  await dialog.getByText('Synthetic recordings: no patients.').waitFor()
  await dialog.getByText('CC BY 4.0').waitFor()
  expect(await seriousIn(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add to my lessons' }).click()
  await notice(page, '“My lesson” is among your lessons.')
  await expect.poll(() => names(page)).toEqual(['Sealed', 'Sealed', 'Sealed'])
  await page.getByText('The answers of this pack are sealed').waitFor()
  await page.getByText('3 cases, read only').waitFor()

  await waitForEeg(page)

  // What was judged in the quiz is no secret any more.
  await press(page, 'Shift+E')
  const take = page.getByRole('dialog', { name: 'Take a quiz' })
  await take.getByRole('radio', { name: /My lesson/ }).check()
  await take.getByRole('radio', { name: /Label only/ }).check()
  await press(page, 'Enter')
  await page.getByRole('button', { name: /^Answer/ }).waitFor()
  await waitForEeg(page)
  await page.locator('.page').focus()
  for (const key of ['4', 'c', 'Enter']) await press(page, key)
  await page.getByText(/^Not right\. It is /).waitFor()
  await press(page, 'Escape')
  await page.getByRole('dialog', { name: 'Results' }).waitFor()
  await press(page, 'Escape')
  await waitForEeg(page)
  await expect.poll(async () => (await names(page)).filter((name) => name === 'Sealed').length).toBe(2)
})

it('is refused in a sentence where it was cut off on its way', async () => {
  const place = placeForTest([sample('mixed-teaching.edf')])
  const edf = readFileSync(path.join(place.folder, 'mixed-teaching.edf'))
  writeFileSync(
    path.join(place.folder, 'half.hypnopack'),
    Buffer.concat([Buffer.from('PK\u0003\u0004'), edf.subarray(0, 5000)]),
  )
  const { page } = await openSession(chromium(), place, 'mixed-teaching.edf', { bypassCSP: true })
  await page.getByRole('button', { name: 'Understood' }).click()
  await press(page, 'Control+o')
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(path.join(place.folder, 'half.hypnopack'))
  const dialog = page.getByRole('dialog', { name: 'Open a teaching pack' })
  await dialog.getByText('This pack cannot be opened: it is cut off, or something follows its end.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Add to my lessons' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  // What is open stays.
  await expect.poll(() => page.title()).toContain('mixed-teaching.edf')
})
