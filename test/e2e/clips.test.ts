/** A mark becomes a clip that names nobody, in a real browser, and opens as what it is. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sample } from '../support/app.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { SECRET } from '../support/clips.ts'
import { fieldBytes } from '../support/edfBytes.ts'
import { drag, press } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

describe('a clip', () => {
  it('of a mark is seen, looked at and written, by keyboard, and holds nothing of the patient', async () => {
    const place = placeForTest([sample('mixed-teaching.edf')])
    // The sample with a patient in it, and a label that is a name.
    const night = path.join(place.folder, 'night.edf')
    const bytes = readFileSync(path.join(place.folder, 'mixed-teaching.edf'))
    bytes.set(fieldBytes(SECRET.patient, 80), 8)
    bytes.set(fieldBytes('EEG Haagse', 16), 256)
    writeFileSync(night, bytes)
    const { page } = await openSession(chromium(), place, 'night.edf')
    await drag(page, 2, 4)
    await press(page, '2')
    await press(page, 'Control+K')
    await page.keyboard.type('Export clip')
    await press(page, 'Enter')
    const dialog = page.getByRole('dialog', { name: 'Export a clip' })
    await expect.poll(() => dialog.getByText('1 mark, each by the fixed text of its kind').count()).toBe(1)
    await expect.poll(() => dialog.getByLabel('Keep the label EEG Haagse').isChecked()).toBe(false)
    await dialog.getByLabel('Keep the proof sheet beside it').press('Space')
    await dialog.getByLabel('Name of the file').fill('case 1')
    await dialog.getByLabel('Name of the file').press('Tab')
    await dialog.getByRole('button', { name: 'Write beside the recording' }).press('Enter')
    await expect.poll(() => dialog.getByText('Written and checked').count()).toBe(1)
    const clip = readFileSync(path.join(place.folder, 'case 1.edf'), 'latin1')
    expect(clip).toContain('3 Hz spike-and-wave')
    expect(clip).not.toMatch(/Haagse|Harriet|MCH-0234567/)
    expect(readFileSync(path.join(place.folder, 'case 1.proof.txt'), 'utf8')).not.toMatch(/Haagse|Harriet/)
    const checked = await captureCommand('check', path.join(place.folder, 'case 1.edf'))
    expect(checked.out).toContain('conforms to the standard')

    // The same name again is refused, and nothing that is typed fires a command.
    await dialog.getByRole('button', { name: 'Write beside the recording' }).press('Enter')
    await expect.poll(() => dialog.getByText('There is a case 1.edf already').count()).toBe(1)
    await dialog.getByLabel('To', { exact: true }).fill('99:99')
    await expect.poll(() => dialog.getByText('is no time').count()).toBe(1)
    expect(await dialog.getByRole('button', { name: 'Write beside the recording' }).isDisabled()).toBe(true)
    await press(page, 'Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })
})
