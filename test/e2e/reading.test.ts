/** Going through a recording and changing how it is shown, in a real browser. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { annotationSignal, edfBytes } from '../support/edfBytes.ts'
import {
  askedStart,
  chooseView,
  expectPage,
  expectView,
  gapSpan,
  inkSpans,
  pointAt,
  press,
  settle,
  shownSpan,
} from '../support/reader.ts'
import { openSession, openTeachingSample, placeForTest, sharedChromium } from '../support/session.ts'

const DURATION = 280

const chromium = sharedChromium()

describe('reading', () => {
  it('shows the first page before anything is asked, in the default view', async () => {
    const { page } = await openTeachingSample(chromium())
    await expectPage(page, 0, 10)
    await expectView(page, 'Montage', 'Longitudinal bipolar')
    await expectView(page, 'LFF', '0.5 Hz')
    await expectView(page, 'HFF', '70 Hz')
    await expectView(page, 'Notch', 'off')
    await expectView(page, 'Sensitivity', '7 µV/mm')
    await expectView(page, 'Time', '10 s')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await page.getByRole('contentinfo').innerText()).toContain('negative up')
  })

  it('turns pages by key, by wheel and in the overview, and stays on the recording', async () => {
    const { page } = await openTeachingSample(chromium())
    const steps: readonly (readonly [key: string, start: number])[] = [
      ['PageDown', 10],
      ['Space', 20],
      ['Shift+Space', 10],
      ['ArrowRight', 11],
      ['ArrowRight', 12],
      ['ArrowLeft', 11],
      ['PageUp', 1],
      ['PageUp', 0],
      ['End', DURATION - 10],
      ['PageDown', DURATION - 10],
      ['Home', 0],
      ['ArrowLeft', 0],
    ]
    for (const [key, start] of steps) {
      await page.keyboard.press(key)
      await expectPage(page, start, start + 10)
    }
    const { x, y } = await pointAt(page, 5)
    await page.mouse.move(x, y)
    await page.mouse.wheel(0, 100)
    await expectPage(page, 1, 11)
    // The axis says the same as the page shows.
    await expect.poll(() => page.locator('.page-clock').textContent()).toBe('22:22:01')
    await page.mouse.wheel(0, -100)
    await expectPage(page, 0, 10)
    await page.keyboard.down('Shift')
    await page.mouse.wheel(0, 100)
    await page.keyboard.up('Shift')
    await expectPage(page, 10, 20)
    const strip = (await page.getByRole('slider', { name: 'Position in the recording' }).boundingBox())!
    await page.mouse.click(strip.x + strip.width / 2, strip.y + 20)
    await expectPage(page, DURATION / 2 - 5, DURATION / 2 + 5)
  })

  it('runs smoothly while a key is held and stops when it is let go', async () => {
    const { page } = await openTeachingSample(chromium())
    await page.evaluate(() => {
      const clock = document.querySelector('.page-clock')!
      const clocks: string[] = []
      Reflect.set(window, 'clocks', clocks)
      const observer = new MutationObserver(() => clocks.push(clock.textContent ?? ''))
      observer.observe(clock, { childList: true, characterData: true, subtree: true })
    })
    // Playwright sends a repeat for every further down, faster than any keyboard: held until some pages have been seen.
    const seen = async () => {
      for (let count = 0; count < 10; count += 1) await page.keyboard.down('ArrowRight')
      return (await shownSpan(page)).start
    }
    await expect.poll(seen).toBeGreaterThan(5)
    await page.keyboard.up('ArrowRight')
    const { start } = await shownSpan(page)
    // The page on its way when the key was let go is the last one: no queue of keys is worked off after it.
    const asked = await askedStart(page)
    expect(asked - start).toBeLessThanOrEqual(1)
    await expectPage(page, asked, asked + 10)
    await settle(page)
    expect(await askedStart(page)).toBe(asked)
    await expectPage(page, asked, asked + 10)
    // No page on the way was left out.
    const clocks = await page.evaluate(() => Reflect.get(window, 'clocks') as string[])
    const expected = Array.from({ length: asked }, (_, k) => `22:22:${String(k + 1).padStart(2, '0')}`)
    expect(clocks).toEqual(expected)
  })

  it('changes montage, sensitivity and timebase by key and by wheel', async () => {
    const { page } = await openTeachingSample(chromium())
    const steps: readonly (readonly [key: string, control: string, value: string])[] = [
      ['F1', 'Montage', 'As recorded'],
      ['F3', 'Montage', 'Average reference'],
      ['F4', 'Montage', 'Transverse bipolar'],
      ['Shift+F6', 'Montage', 'To both ears'],
      ['F9', 'Montage', 'Polysomnography'],
      ['F2', 'Montage', 'Longitudinal bipolar'],
      ['ArrowUp', 'Sensitivity', '5 µV/mm'],
      ['ArrowDown', 'Sensitivity', '7 µV/mm'],
      ['-', 'Sensitivity', '10 µV/mm'],
      ['+', 'Sensitivity', '7 µV/mm'],
      ['Control++', 'Time', '5 s'],
      ['Control+-', 'Time', '10 s'],
      ['Control+-', 'Time', '15 s'],
      ['n', 'Notch', '50 Hz'],
      ['n', 'Notch', '60 Hz'],
      ['n', 'Notch', 'off'],
    ]
    for (const [key, control, value] of steps) {
      await page.keyboard.press(key)
      await expectView(page, control, value)
    }
    await expectPage(page, 0, 15)
    const { x, y } = await pointAt(page, 5)
    await page.mouse.move(x, y)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -100)
    await page.keyboard.up('Control')
    await expectView(page, 'Time', '10 s')
    await page.keyboard.down('Alt')
    await page.mouse.wheel(0, 100)
    await page.keyboard.up('Alt')
    await expectView(page, 'Sensitivity', '10 µV/mm')
    await chooseView(page, 'LFF', '0.3 Hz')
    await chooseView(page, 'HFF', 'off')
    await chooseView(page, 'Montage', 'Average reference')
    await page.keyboard.press('PageDown')
    await expectPage(page, 10, 20)
  })

  it('makes a montage of its reader’s own, shows it by key, hands it to EDFbrowser and takes it back', async () => {
    const { page } = await openTeachingSample(chromium())
    await page.keyboard.press('Shift+F1')
    await page.getByRole('button', { name: 'New montage' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Left and right')
    await page.getByLabel('Line 1', { exact: true }).fill('Oz-Cz')
    await page.getByRole('button', { name: 'Save' }).click()
    await expectView(page, 'Montage', 'Left and right')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByText('Oz was not recorded').count()).toBe(1)
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+1')
    await expectView(page, 'Montage', 'Left and right')
    await page.keyboard.press('Shift+F1')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export Left and right for EDFbrowser' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Left and right.mtg')
    const file = readFileSync(await download.path())
    const choose = (name: string, buffer: Buffer) =>
      page.getByLabel('File of montages').setInputFiles({ name, mimeType: 'text/xml', buffer })
    await choose('again.mtg', file)
    await expect.poll(() => page.getByRole('button', { name: 'Show again' }).count()).toBe(1)
    await choose('foreign.mtg', Buffer.from('hello'))
    await expect
      .poll(() => page.locator('.notice p').allTextContents())
      .toContain('foreign.mtg was not imported: it is neither a montage of Hypnospike nor of EDFbrowser.')
    await page.getByRole('button', { name: 'Show again' }).click()
    await expectView(page, 'Montage', 'again')
    await expectPage(page, 0, 10)
  })

  it('keeps the page as a figure, with every sample and in its true size', async () => {
    const { page } = await openTeachingSample(chromium())
    await press(page, 'f')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('img').waitFor()
    const keep = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: button }).click(),
      ])
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
    }
    const svg = await keep('Save SVG')
    expect(svg.name).toBe('eeg-figure.svg')
    const text = svg.bytes.toString()
    expect(text).toMatch(/^<svg[^>]* width="254mm"[^>]* height="143mm"/)
    expect(text).toContain('Longitudinal bipolar')
    expect(text).not.toMatch(/teaching\.edf|22:22|R-01/)
    // Ten seconds of 256 Hz, and the sample beyond either edge.
    const longest = Math.max(
      ...[...text.matchAll(/ d="(M[^"]*)"/g)].map(([, path]) => path!.split(/[ML]/).length - 1),
    )
    expect(longest).toBeGreaterThanOrEqual(2560)
    const png = await keep('Save PNG')
    // 254 mm at 300 dpi are 3000 dots.
    expect(png.bytes.readUInt32BE(16)).toBe(3000)
    expect(png.bytes.subarray(37, 41).toString()).toBe('pHYs')
    await press(page, 'Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

/** Records of 1 s from 0 to 5 s and, after a gap, from 10 to 15 s: a wave of 100 uV throughout. */
const WITH_GAP = edfBytes({
  reserved: 'EDF+D',
  recordCount: 10,
  signals: [
    {
      label: 'EEG Fp1-Ref',
      samplesPerRecord: '256',
      record: () =>
        Array.from({ length: 256 }, (_, k) => Math.round(1000 * Math.sin((2 * Math.PI * 4 * k) / 256))),
    },
    annotationSignal((record) => `+${record < 5 ? record : record + 5}||_`),
  ],
})

describe('a recording with a gap (EDF+D)', () => {
  it('keeps the gap on the time axis and draws it as one', async () => {
    const place = placeForTest([])
    writeFileSync(path.join(place.folder, 'gap.edf'), WITH_GAP)
    const { page } = await openSession(chromium(), place, 'gap.edf')
    await expectPage(page, 0, 10)
    const gap = page.locator('.page-gap')
    expect(await gap.allInnerTexts()).toEqual(['gap 5.00 s'])
    expect(await gapSpan(page)).toEqual([5, 10])
    expect(await inkSpans(page)).toEqual([[0, 5]])
    await press(page, 'End')
    await expectPage(page, 5, 15)
    expect(await gapSpan(page)).toEqual([5, 10])
    expect(await inkSpans(page)).toEqual([[10, 15]])
    // The clock counts the gap: ten seconds of it and of signal on a page.
    expect(await page.getByRole('contentinfo').innerText()).toMatch(/22:15:35\.0\s+– 22:15:45\.0/)
    await page.getByRole('tab', { name: /Details/ }).click()
    expect(await page.getByRole('region', { name: 'Gaps' }).innerText()).toMatch(/22:15:35\.0\s+5\.000 s/)
    await page.getByRole('region', { name: 'Gaps' }).getByRole('button').click()
    await expectPage(page, 3, 13)
    expect(
      await page.getByRole('slider', { name: 'Position in the recording' }).getAttribute('aria-valuemax'),
    ).toBe('15')
  })
})
