/** Going to a place, how much of it a page holds, and measuring on it, in a real browser. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faults } from '../support/looks.ts'
import { chooseView, expectPage, expectView, menuCommand, press, shownSpan } from '../support/reader.ts'
import { openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

const hasFocus = (page: Page) =>
  page.locator('.page').evaluate((element) => element === document.activeElement)

async function goTo(page: Page, text: string): Promise<void> {
  await press(page, 'g')
  await page.keyboard.type(text)
  await press(page, 'Enter')
}

/** Closes the recording and takes it again from the list of the latest. */
async function closeAndOpen(page: Page): Promise<void> {
  await menuCommand(page, 'File', 'Close recording')
  await page
    .getByRole('button', { name: /mixed-teaching\.edf/ })
    .first()
    .click()
}

/** The page with the run of spike-and-wave on it: by the key of the sample 5.75 s from 1:02.3 on, 3.4 to 2.9 Hz. */
async function goToTheRun(page: Page): Promise<void> {
  await goTo(page, '62.3')
  await expectPage(page, 61, 71)
  await press(page, '[')
}

describe('Go to', () => {
  it('takes clock time, elapsed time, a record and a share, and gives the keys back to the page', async () => {
    const { page } = await openTeachingSample(chromium())
    const go = async (text: string) => {
      await goTo(page, text)
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
    await goTo(page, '23:00:00')
    await page
      .getByText(
        '23:00:00 is not on the recording, which goes from 22:22:00 (0:00:00 elapsed) to 22:26:40 (0:04:40 elapsed).',
      )
      .waitFor()
    await expectPage(page, 0, 10)
    expect(await faults(page)).toEqual([])
    await page.locator('#go-to').fill('0:02:05')
    await page.getByRole('option', { name: '0:02:05 elapsed' }).waitFor()
    expect(await faults(page)).toEqual([])
    await press(page, 'Escape')
    await expect.poll(() => hasFocus(page)).toBe(true)
    await press(page, 'PageDown')
    await expectPage(page, 10, 20)
  })
})

describe('a paper speed', () => {
  it('makes the page as long as the window is wide, and the bar says both', async () => {
    const { page } = await openTeachingSample(chromium())
    await chooseView(page, 'Time', '30 mm/s')
    const seconds = async () => {
      const { start, end } = await shownSpan(page)
      return end - start
    }
    // Of an uncalibrated display: CSS defines 96 px to the inch.
    const held = async (speed: number) => {
      const { width } = (await page.locator('.page-canvas').boundingBox())!
      return width / (96 / 25.4) / speed
    }
    for (const [width, height] of [
      [1600, 900],
      [1280, 720],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(async () => Math.abs((await seconds()) - (await held(30)))).toBeLessThan(0.06)
    }
    await chooseView(page, 'Time', '15 mm/s')
    await expect.poll(async () => Math.abs((await seconds()) - (await held(15)))).toBeLessThan(0.06)
    await press(page, 'Control+-')
    await expectView(page, 'Time', '20 s')
    await chooseView(page, 'Time', '2 min')
    await expectPage(page, 0, 120)
  })
})

describe('the overview', () => {
  const whole = (page: Page) => page.getByRole('button', { name: /show the whole recording$/ })

  it('comes closer by key and by wheel around the pointer, follows the page, and says what it shows', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, 'u', 2)
    await expect.poll(() => whole(page).innerText()).toBe('70 s of 4.7 min')
    await page.getByText('The overview shows 22:22:00 to 22:23:10.').waitFor({ state: 'attached' })
    // Six pages on, the seventh is not in it any more.
    await press(page, 'PageDown', 7)
    await expectPage(page, 70, 80)
    await page.getByText('The overview shows 22:23:03 to 22:24:13.').waitFor({ state: 'attached' })
    await press(page, 'Shift+U', 2)
    await expect.poll(() => whole(page).count()).toBe(0)

    const strip = page.getByRole('slider', { name: 'Position in the recording' })
    const { x, y, width } = (await strip.boundingBox())!
    // 3/4 of 280 s.
    await page.mouse.move(x + width * 0.75, y + 8)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -100)
    await page.mouse.wheel(0, -50)
    await page.keyboard.up('Control')
    await expect.poll(() => whole(page).innerText()).toBe('99 s of 4.7 min')
    await page.mouse.click(x + width * 0.75, y + 8)
    await expectPage(page, 205, 215)
    expect(await faults(page)).toEqual([])
    await press(page, 'j')
    await expectPage(page, 70, 80)
    await whole(page).click()
    await expect.poll(() => whole(page).count()).toBe(0)
    // The keys are the page's again.
    await press(page, 'PageDown')
    await expectPage(page, 80, 90)
  })

  it('is pulled by the edges of what it shows, and moved', async () => {
    const { page } = await openTeachingSample(chromium())
    const strip = page.getByRole('slider', { name: 'Position in the recording' })
    const { x, y, width, height } = (await strip.boundingBox())!
    const bar = y + height + 4
    const drag = async (from: number, to: number) => {
      await page.mouse.move(x + width * from, bar)
      await page.mouse.down()
      await page.mouse.move(x + width * ((from + to) / 2), bar)
      await page.mouse.move(x + width * to, bar)
      await page.mouse.up()
    }
    await drag(1, 0.5)
    await page.getByText('The overview shows 22:22:00 to 22:24:20.').waitFor({ state: 'attached' })
    await drag(0.25, 0.5)
    await page.getByText('The overview shows 22:23:10 to 22:25:30.').waitFor({ state: 'attached' })
    await drag(0.25, 0.5)
    await page.getByText('The overview shows 22:24:20 to 22:25:30.').waitFor({ state: 'attached' })
    expect(await whole(page).innerText()).toBe('70 s of 4.7 min')
  })
})

describe('a recording that is opened again', () => {
  it('shows the page where it was left, says so, and begins at its start with Home', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, 'PageDown', 3)
    await expectPage(page, 30, 40)
    await press(page, 'Control+-')
    await expectView(page, 'Time', '15 s')
    await closeAndOpen(page)
    await expectPage(page, 30, 45)
    await page.getByText('Opened where you left it. Home goes to its start.').waitFor()
    await press(page, 'Home')
    await expectPage(page, 0, 15)
    await closeAndOpen(page)
    await expectPage(page, 0, 15)
  })
})

describe('a selection', () => {
  it('is shown over the whole page, and the page before comes back', async () => {
    const { page } = await openTeachingSample(chromium())
    await goToTheRun(page)
    await press(page, 'Shift+Control+ArrowRight', 4)
    await press(page, ']')
    await press(page, 'z')
    await expectView(page, 'Time', '4 s')
    await expectPage(page, 62.3, 66.3)
    await press(page, 'j')
    await expectPage(page, 61, 71)
    await press(page, 'j')
    await expectPage(page, 0, 10)
    await press(page, 'Shift+J')
    await expectPage(page, 61, 71)
  })
})

describe('the calipers', () => {
  it('count a run of spike-and-wave by keys alone, and tell it to the mark', async () => {
    const { page } = await openTeachingSample(chromium())
    await goToTheRun(page)
    await press(page, 'Shift+Control+ArrowRight', 5)
    await press(page, ']')
    await press(page, '2')
    await press(page, 'Escape')
    await press(page, 'k')
    await press(page, 'Shift+Control+ArrowLeft')
    await press(page, 'e')
    await press(page, 'Shift+Control+ArrowLeft', 5)
    await press(page, 'Alt+ArrowDown', 4)
    const chip = page.getByRole('status', { name: 'Caliper' })
    await expect.poll(() => chip.innerText()).toMatch(/Fp1-F3 5\.00 s · 0\.200 Hz/)
    await press(page, 's')
    await expect.poll(() => chip.innerText()).toMatch(/1[4-7] \w+ peaks · mean 3\.[01]\d Hz/)
    await expect.poll(() => page.locator('.status-cursor').innerText()).toMatch(/^caliper {2}Fp1-F3/)
    expect(await faults(page)).toEqual([])
    await page.getByRole('listbox', { name: 'Marks' }).getByRole('option').first().click()
    await press(page, 'Enter')
    await expect
      .poll(() => page.locator('#mark-comment').inputValue())
      // Snapped: each end by less than half a cycle.
      .toMatch(/^Fp1-F3: (4\.[7-9]|5\.[0-3])\d s .* peaks .*\(0\.5–70 Hz\)$/)
    await press(page, 'Escape')
    await expect.poll(() => chip.count()).toBe(0)
  })
})
