/** A browser's window outlives the program that serves it: what is marked meanwhile is not lost. */
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { startApp } from '../support/app.ts'
import { expectOnDisk } from '../support/journalOnDisk.ts'
import { drag, press, readSet, save } from '../support/reader.ts'
import { openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

/** Labels the selection. A crash between the disk and the answer would leave the window in doubt, and it would say so. */
async function markAndHear(page: Page): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.request().postDataBuffer()?.includes('"journal"') === true,
  )
  await press(page, '1')
  await (await answered).finished()
}

it('keeps marks made while its program is gone, and hands them over when it is started again', async () => {
  const { page, crash, place, setFile } = await openTeachingSample(chromium())
  await drag(page, 2, 2.4)
  await markAndHear(page)
  await expectOnDisk(place, 1)
  await crash()
  const banner = page.locator('.banner[role="alert"]')
  await expect.poll(() => banner.innerText()).toMatch(/does not answer.*Everything marked so far is kept/s)
  await drag(page, 5, 6)
  await press(page, '2')
  await expect.poll(() => banner.innerText()).toContain('The last change is in this window only')
  await banner.getByRole('button', { name: 'Keep a copy' }).waitFor()

  // Without a port given it comes back where it was.
  const again = await startApp(place, path.join(place.folder, 'mixed-teaching.edf'))
  onTestFinished(again.kill)
  expect(new URL(again.address).origin).toBe(new URL(page.url()).origin)
  await expect.poll(() => banner.count()).toBe(0)
  await save(page)
  await expect.poll(() => readSet(setFile).marks.length).toBe(2)
  // The page below the same path is good after a reload, too.
  await page.reload()
  await expect.poll(() => page.locator('.row-name').count()).toBe(2)
  expect(again.errors()).toBe('')
})

it('with everything kept leaves the new program to the window that is used', async () => {
  const { page, crash, place } = await openTeachingSample(chromium())
  await drag(page, 2, 2.4)
  await markAndHear(page)
  await expectOnDisk(place, 1)
  await crash()
  const banner = page.locator('.banner[role="alert"]')
  await expect.poll(() => banner.innerText()).toContain('does not answer')
  const again = await startApp(place, path.join(place.folder, 'mixed-teaching.edf'))
  onTestFinished(again.kill)
  expect(new URL(again.address).origin).toBe(new URL(page.url()).origin)
  await expect.poll(() => banner.innerText()).toContain('started again')
  await banner.getByRole('button', { name: 'Go on here' }).click()
  await expect.poll(() => banner.count()).toBe(0)
  await press(page, 'PageDown')
  await expect.poll(() => page.locator('#page-text').textContent()).toContain('Seconds 10.0')
  expect(await page.locator('.row-name').count()).toBe(1)
})
