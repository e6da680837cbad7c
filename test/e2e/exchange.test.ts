/** A set to a file of another program and back, in a real browser. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { drag, labelsOnPage, listedMarks, press } from '../support/reader.ts'
import { openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

async function command(page: Page, words: string): Promise<void> {
  await press(page, 'Control+K')
  await page.keyboard.type(words)
  await press(page, 'Enter')
}

describe('marks', () => {
  it('go to a file, are undone, and come back from it in one step', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, '1')
    await drag(page, 2, 2.4)
    await command(page, 'Export set')
    await page.getByLabel('Format').selectOption('bids')
    await expect.poll(() => page.getByText('the view 1 mark was made in').count()).toBe(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    const file = await download.path()
    expect(readFileSync(file, 'utf8')).toContain('\thypnic_jerk\t')
    await press(page, 'Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await press(page, 'Control+Z')
    await expect.poll(() => labelsOnPage(page)).toEqual([])

    await command(page, 'Import marks')
    await page.getByLabel('File of another program').setInputFiles({
      ...{ name: 'events.tsv', mimeType: 'text/tab-separated-values', buffer: readFileSync(file) },
    })
    await page.getByLabel('hypnic_jerk becomes').selectOption('uncertain')
    await page.getByRole('button', { name: 'Add 1 event' }).click()
    await expect.poll(() => labelsOnPage(page)).toEqual(['Uncertain'])
    await press(page, 'Control+Z')
    await expect.poll(() => listedMarks(page)).toEqual([])
  })

  it('are taken over from the file’s own annotations by a table', async () => {
    const { page } = await openTeachingSample(chromium())
    await command(page, 'Take over')
    const rows = page.getByRole('dialog').getByRole('combobox')
    await expect.poll(() => rows.count()).toBeGreaterThan(0)
    await rows.first().selectOption('uncertain')
    await page.getByRole('button', { name: /^Add \d/ }).click()
    await expect.poll(async () => (await listedMarks(page)).length).toBeGreaterThan(0)
  })
})
