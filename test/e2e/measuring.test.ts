/** What is measured beside the page, in a real browser: spectrum and scalp maps, by keyboard and mouse. */
import { describe, expect, it } from 'vitest'
import { seriousProblems } from '../support/looks.ts'
import { clickAt, drag, expectPage, press } from '../support/reader.ts'
import { openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

describe('measuring', () => {
  it('shows the spectrum of a selection and maps of it and of the cursor', async () => {
    const { page, problems } = await openTeachingSample(chromium())
    await expectPage(page, 0, 10)
    await press(page, 'i')
    await page.getByText('Nothing is selected.').waitFor()
    // Alpha with closed eyes.
    await drag(page, 5, 9)
    await page.getByRole('button', { name: 'Spectrum', exact: true }).click()
    await page.getByRole('option', { name: /^P4-O2/ }).waitFor()
    const frequency = await page
      .getByRole('option', { name: /^P4-O2/ })
      .locator('span > span')
      .first()
      .innerText()
    expect(Number.parseFloat(frequency)).toBeGreaterThan(8)
    expect(Number.parseFloat(frequency)).toBeLessThan(13)
    await page.locator('[aria-label^="Power by frequency"] .main-svg').first().waitFor()
    await page.getByRole('button', { name: 'Band maps' }).click()
    await page.locator('[aria-label^="Scalp map of alpha power"] .contour').first().waitFor()
    expect(await page.locator('[aria-label^="Scalp map of"]').count()).toBe(4)
    await page.getByRole('button', { name: 'Cursor map' }).click()
    await clickAt(page, 6)
    await page.getByRole('option', { name: /^Fp1/ }).waitFor()
    const picture = page.locator('[aria-label^="Scalp map at the cursor"]')
    const before = await picture.getAttribute('aria-label')
    await press(page, 'Shift+ArrowRight')
    await expect.poll(() => picture.getAttribute('aria-label')).not.toBe(before)
    await press(page, 'i')
    await page.getByRole('tab', { name: /^Marks/, selected: true }).waitFor()
    // The whole recording, over the overview: a press goes where it points.
    await press(page, 'w')
    const spectrogram = page.getByRole('img', { name: /^Spectrogram of the whole recording/ })
    await spectrogram.locator('.heatmaplayer image').waitFor()
    const box = (await spectrogram.boundingBox())!
    const strip = (await page.getByRole('slider', { name: 'Position in the recording' }).boundingBox())!
    await page.mouse.click(strip.x + strip.width / 2, box.y + 20)
    await expectPage(page, 135, 145)
    expect(await seriousProblems(page)).toEqual([])
    await press(page, 'w')
    await spectrogram.waitFor({ state: 'detached' })
    expect(problems).toEqual([])
  })
})
