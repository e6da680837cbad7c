/** What a reader does to channels, by mouse and by key, in a real browser. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { chooseView, expectView, press, settle } from '../support/reader.ts'
import { openSession, openTeachingSample, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

it('opens at a channel’s name what can be done with it: bad and good again, gain, polarity, hidden', async () => {
  const { page } = await openTeachingSample(chromium())
  const gutter = () => page.locator('button[aria-label^="Channel "]')
  const whole = await gutter().count()
  await page.getByRole('button', { name: 'Channel T7-P7', exact: true }).click()
  await page.getByRole('checkbox', { name: 'T7 bad' }).check()
  await expect.poll(() => page.getByText('T7 is marked bad.', { exact: true }).count()).toBe(2)
  await press(page, 'Escape')
  await press(page, 'F3')
  await expectView(page, 'Montage', 'Average reference')
  await expect.poll(() => page.getByText('T7 is marked bad.', { exact: true }).count()).toBe(1)
  await page.getByRole('button', { name: '1 electrode marked bad' }).click()
  await page.getByRole('button', { name: 'Make T7 good again' }).click()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await expect.poll(() => page.getByText('T7 is marked bad.', { exact: true }).count()).toBe(0)

  await press(page, 'F2')
  await page.getByRole('button', { name: 'Channel ECG', exact: true }).click()
  await page.getByRole('combobox', { name: 'This channel: sensitivity' }).selectOption('150')
  await page.getByRole('checkbox', { name: 'Inverted: positive up' }).check()
  await expect.poll(() => page.getByText(/^150 (µV\/mm · inv(erted)?|inv)$/).count()).toBe(1)
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  await expect.poll(() => gutter().count()).toBe(whole - 1)
  await expectView(page, 'Sensitivity', '7 µV/mm')
})

it('lists all channels by key, with a search, and shows all or none of a kind', async () => {
  const { page } = await openTeachingSample(chromium())
  const gutter = () => page.locator('button[aria-label^="Channel "]')
  const whole = await gutter().count()
  await press(page, 'Shift+C')
  const dialog = page.getByRole('dialog', { name: 'Channels' })
  await page.keyboard.type('chin')
  await expect.poll(() => dialog.getByRole('listitem').count()).toBe(1)
  // No shortcut fires while its letters are typed.
  await expectView(page, 'HFF', '70 Hz')
  await dialog.getByRole('button', { name: 'Show none of Chin EMG' }).click()
  await expect.poll(() => gutter().count()).toBe(whole - 1)
  await dialog.getByRole('button', { name: 'Show all Chin EMG' }).click()
  await expect.poll(() => gutter().count()).toBe(whole)
  await dialog.getByRole('button', { name: 'Done', exact: true }).click()
})

it('filters each kind alone, steps the EEG’s by key, and says on the page that causal waves are late', async () => {
  const { page } = await openTeachingSample(chromium())
  await press(page, 'l')
  await expectView(page, 'LFF', '1 Hz')
  await press(page, 'Shift+L')
  await expectView(page, 'LFF', '0.5 Hz')
  await press(page, 'h')
  await expectView(page, 'HFF', '100 Hz')
  await chooseView(page, 'HFF', '70 Hz')
  await page.getByRole('button', { name: /^Filters by kind/ }).click()
  await page.getByRole('combobox', { name: 'EMG high-frequency filter' }).selectOption('200')
  await page.getByRole('button', { name: 'Causal', exact: true }).click()
  await press(page, 'Escape')
  await settle(page)
  const bar = page.getByRole('button', { name: /^Filters by kind/ })
  expect(await bar.getAttribute('aria-label')).toContain('EMG 10–200 Hz')
  expect(await bar.innerText()).toBe('Causal')
  expect(await page.locator('.page').getByText('causal: waves are delayed').count()).toBe(1)
  await expectView(page, 'HFF', '70 Hz')
})

it('finds a recording as it was left, after a crash too', async () => {
  const { page, place, crash } = await openTeachingSample(chromium())
  await press(page, 'F3')
  await expectView(page, 'Montage', 'Average reference')
  await page.getByRole('button', { name: 'Channel T7-Avg', exact: true }).click()
  await page.getByRole('checkbox', { name: 'T7 bad' }).check()
  await page.getByRole('combobox', { name: 'This channel: sensitivity' }).selectOption('30')
  await press(page, 'Escape')
  const views = path.join(place.data, 'views')
  const kept = () => (existsSync(views) ? readdirSync(views) : [])
  const keptText = () =>
    kept()
      .map((name) => readFileSync(path.join(views, name), 'utf8'))
      .join()
  await expect.poll(keptText).toContain('"T7-Avg":{"sensitivity":30}')
  await crash()
  await page.close()
  const again = await openSession(chromium(), place, 'mixed-teaching.edf')
  await expectView(again.page, 'Montage', 'Average reference')
  expect(await again.page.getByText('T7 is marked bad.', { exact: true }).count()).toBe(1)
})
