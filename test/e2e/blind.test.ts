/** Two readers of one recording on a plain shared folder, each with a program of their own, as the README tells them. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sample } from '../support/app.ts'
import { clickAt, drag, marksOnceListed, menuCommand, press, readSet, save } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const FILE = 'mixed-teaching.edf'
const chromium = sharedChromium()

const setsOf = (page: Page) => page.getByRole('region', { name: 'Sets of this recording' })
const lanesOf = (page: Page) => page.getByRole('region', { name: 'Sets of others on this page' })

it('two readers review blind on a shared folder, sign off, and see each other’s marks', async () => {
  const place = placeForTest([sample(FILE), sample('mixed-teaching.key.json')])
  const fileOf = (reviewer: string) => path.join(place.folder, `mixed-teaching.${reviewer}.hypnospike.json`)

  async function begin(reviewer: string): Promise<Page> {
    const data = path.join(place.folder, `data-${reviewer}`)
    mkdirSync(data)
    const { page } = await openSession(chromium(), { ...place, data }, FILE)
    await page.getByRole('button', { name: /^Reviewer/ }).click()
    await page.getByLabel('Your code').fill(reviewer)
    await page.getByRole('button', { name: `Mark as ${reviewer}` }).click()
    await expect.poll(() => page.getByRole('button', { name: /^Reviewer/ }).innerText()).toContain(reviewer)
    await menuCommand(page, 'Mark', 'Begin a blind review…')
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await expect.poll(() => setsOf(page).innerText()).toContain('Blind')
    return page
  }

  const anna = await begin('ANNA')
  await expect.poll(() => setsOf(anna).innerText()).toMatch(/Key\s*· sealed/)
  await drag(anna, 2, 3)
  await press(anna, '1')
  await press(anna, 'v')
  await marksOnceListed(anna, 1)
  await save(anna)

  const ben = await begin('BEN')
  await drag(ben, 4, 5)
  await press(ben, '0')
  await marksOnceListed(ben, 1)
  await save(ben)

  // Sealed in the list and under the page; nothing to show, and no way to it.
  await expect.poll(() => setsOf(ben).innerText()).toMatch(/ANNA\s*· sealed\n/)
  await expect.poll(() => lanesOf(ben).innerText()).toMatch(/ANNA\s+sealed until you sign off/)
  await press(ben, 'o')
  expect(await lanesOf(ben).getByRole('button').count()).toBe(0)
  const [lanes, plot] = [await lanesOf(ben).boundingBox(), await ben.locator('.page').boundingBox()]
  expect(lanes!.y, 'below the page').toBeGreaterThanOrEqual(plot!.y + plot!.height - 1)

  await setsOf(ben).getByRole('button', { name: 'Sign off…' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Sign off your set?' })
  expect(await dialog.innerText()).toMatch(/Opens\s+ANNA, Key/)
  await dialog.getByRole('button', { name: 'Sign off and open the others' }).click()
  await expect.poll(() => lanesOf(ben).getByRole('button', { name: 'ANNA · Hypnic jerk' }).count()).toBe(1)
  expect(await setsOf(ben).innerText()).toContain('Not all have signed off.')
  expect(readSet(fileOf('BEN'))).toMatchObject({
    blind: true,
    signOffs: [{ by: 'BEN', marks: 1, blind: true }],
  })

  // The other is still at work, and sees no more than that.
  await clickAt(anna, 8)
  await anna.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect.poll(() => setsOf(anna).innerText()).toMatch(/BEN\s*· sealed · signed off/)
  await menuCommand(anna, 'Mark', 'Sign off…')
  await anna.getByRole('button', { name: 'Sign off and open the others' }).click()
  await expect.poll(() => lanesOf(anna).getByRole('button', { name: 'BEN · Uncertain' }).count()).toBe(1)

  // Closed: a change has to be meant, and is counted.
  await drag(anna, 6, 7)
  await press(anna, '1')
  await anna.getByRole('button', { name: 'Change it' }).last().click()
  await press(anna, '1')
  await save(anna)
  expect(readSet(fileOf('ANNA'))).toMatchObject({ signOffs: [{ by: 'ANNA', marks: 1, changedSince: 1 }] })
  await setsOf(ben).getByRole('button', { name: 'Look again' }).click()
  await expect.poll(() => setsOf(ben).innerText()).toContain('signed off, 1 changed since')
})
