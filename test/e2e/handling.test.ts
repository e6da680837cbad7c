/** What a hand does between the page, its controls and the list, in a real browser. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { clickAt, drag, expectPage, labelsOnPage, listedMarks, pointAt, press } from '../support/reader.ts'
import { openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

const readOut = (page: Page) => page.locator('.status-cursor').innerText()

/** From and to, as the editor says them. */
async function times(page: Page): Promise<readonly string[]> {
  return Promise.all(
    ['Start of the mark', 'End of the mark'].map((name) => page.getByLabel(name).inputValue()),
  )
}

/** Types over what stands in a field of the editor and leaves it. */
async function type(page: Page, field: string, text: string): Promise<void> {
  await page.getByLabel(field).fill(text)
  await page.getByLabel(field).blur()
}

describe('the mouse', () => {
  it('marks anew with each key that is pressed before a drag', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, '1')
    await drag(page, 2, 2.4)
    await press(page, '2')
    await drag(page, 5, 8)
    await expect.poll(() => labelsOnPage(page)).toEqual(['Hypnic jerk', '3 Hz spike-and-wave'])
  })

  it('leaves a grip that was only pressed where it was, and gives up a drag at Escape', async () => {
    const { page } = await openTeachingSample(chromium())
    await drag(page, 3, 5)
    await press(page, '1')
    const before = await times(page)
    const grip = (await page.locator('.mark-grip[data-grip="end"]').boundingBox())!
    await page.mouse.click(grip.x + 1, grip.y + 5)
    expect(await times(page)).toEqual(before)
    await page.mouse.move(grip.x + 1, grip.y + 5)
    await page.mouse.down()
    await page.mouse.move(grip.x + 200, grip.y + 5, { steps: 3 })
    await press(page, 'Escape')
    await page.mouse.move(grip.x + 300, grip.y + 5)
    await page.mouse.up()
    expect(await times(page)).toEqual(before)
    expect(await listedMarks(page)).toHaveLength(1)
  })

  it('reads out the page that is on the screen, also when it turns below the mouse', async () => {
    const { page } = await openTeachingSample(chromium())
    const { x, y } = await pointAt(page, 2.5)
    await page.mouse.move(x, y)
    await expect.poll(() => readOut(page)).toMatch(/^pointer \+2\.[45]\d\d s/)
    const first = await readOut(page)
    await press(page, 'PageDown')
    await expectPage(page, 10, 20)
    // The same place, another value.
    await expect.poll(() => readOut(page)).not.toBe(first)
    expect(await readOut(page)).toMatch(/^pointer \+2\.[45]\d\d s/)
    await clickAt(page, 13)
    await page.getByRole('banner').hover()
    await expect.poll(() => readOut(page)).toMatch(/^cursor \+[23]\.\d{3} s$/)
    await press(page, 'PageDown')
    await expect.poll(() => readOut(page)).toBe('')
  })
})

describe('the keys', () => {
  it('are for the page again once a value was chosen, and stay on the control after Escape', async () => {
    const { page } = await openTeachingSample(chromium())
    const filter = page.locator('[role="toolbar"] [aria-label^="HFF: "]')
    await filter.click()
    await page.getByRole('option', { name: '35 Hz', exact: true }).click()
    await press(page, ' ')
    await expectPage(page, 10, 20)
    await expect.poll(() => page.getByRole('option', { name: '35 Hz', exact: true }).count()).toBe(0)
    await filter.click()
    await page.getByRole('option', { name: '35 Hz', exact: true }).waitFor()
    await press(page, 'Escape')
    await expect.poll(() => filter.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('are for the page once a mark was clicked in the list, and for the list while it is gone through', async () => {
    const { page } = await openTeachingSample(chromium())
    await drag(page, 2, 2.4)
    await press(page, '1')
    await drag(page, 5, 8)
    await press(page, '2')
    const list = page.getByRole('listbox', { name: 'Marks' })
    await list.getByRole('option').first().click()
    await press(page, ' ')
    await expectPage(page, 10, 20)
    await list.focus()
    await press(page, 'ArrowDown')
    await expectPage(page, 4, 14)
    await expect.poll(() => list.getByRole('option', { selected: true }).innerText()).toMatch(/3 Hz/)
    expect(await list.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

describe('typed times', () => {
  it('are taken as seconds, as elapsed and as clock time, and refused off the recording', async () => {
    const { page } = await openTeachingSample(chromium())
    await drag(page, 3, 5)
    await press(page, '1')
    await type(page, 'End of the mark', '6.25')
    await type(page, 'Start of the mark', '0:00:04,5')
    await expect.poll(() => times(page)).toEqual(['0:00:04.500', '0:00:06.250'])
    // What the status line calls the end of the page is its tenth second.
    const clock = /– (\d\d:\d\d:\d\d\.\d)/.exec(await page.getByRole('contentinfo').innerText())![1]!
    await type(page, 'End of the mark', clock)
    await expect.poll(() => times(page)).toEqual(['0:00:04.500', '0:00:10.000'])
    for (const [text, reason] of [
      ['99999', 'is not on the recording'],
      ['soon', 'is no time'],
      ['2', 'must lie after the start'],
    ] as const) {
      await type(page, 'End of the mark', text)
      await page.getByText(reason).waitFor()
      expect(await times(page)).toEqual(['0:00:04.500', '0:00:10.000'])
    }
  })
})

describe('the palette of commands', () => {
  it('finds a command by its name and calls it, without a mouse', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, 'Control+k')
    await page.keyboard.type('transverse')
    await expect
      .poll(() => page.getByRole('option').allInnerTexts())
      .toEqual([expect.stringContaining('Transverse bipolar')])
    await press(page, 'Enter')
    await expect.poll(() => page.locator('.palette').count()).toBe(0)
    await expect.poll(() => page.getByLabel('EEG page').innerText()).toContain('Fp1-Fp2')
  })

  it('closes at Escape and gives the keys back to the page', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, 'Control+k')
    await expect.poll(() => page.locator('.palette').count()).toBe(1)
    await press(page, 'Escape')
    await expect.poll(() => page.locator('.palette').count()).toBe(0)
    await press(page, 'PageDown')
    await expectPage(page, 10, 20)
  })
})
