/** Going to a place, in a real browser. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectPage, press } from '../support/reader.ts'
import { openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

const hasFocus = (page: Page) =>
  page.locator('.page').evaluate((element) => element === document.activeElement)

describe('Go to', () => {
  it('takes clock time, elapsed time, a record and a share, and gives the keys back to the page', async () => {
    const { page } = await openTeachingSample(chromium())
    const go = async (text: string) => {
      await press(page, 'g')
      await page.keyboard.type(text)
      await press(page, 'Enter')
      await expect.poll(() => hasFocus(page)).toBe(true)
    }
    await go('22:23:40')
    await expectPage(page, 99, 109)
    await go('0:00:50')
    await expectPage(page, 49, 59)
    await go('#200')
    await expectPage(page, 199, 209)
    await go('100 %')
    await expectPage(page, 270, 280)
    await press(page, 'PageUp')
    await expectPage(page, 260, 270)
  })

  it('says in a sentence what is not on the recording, and goes nowhere', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, 'g')
    await page.keyboard.type('23:00:00')
    await press(page, 'Enter')
    await page
      .getByText(
        '23:00:00 is not on the recording, which goes from 22:22:00 (0:00:00 elapsed) to 22:26:40 (0:04:40 elapsed).',
      )
      .waitFor()
    await expectPage(page, 0, 10)
    await press(page, 'Escape')
    await expect.poll(() => hasFocus(page)).toBe(true)
    await press(page, 'PageDown')
    await expectPage(page, 10, 20)
  })
})
