/** A set that is written elsewhere too, and one that may be another reader's: noticed, shown, and decided by the reader. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { openPage, sample, startApp } from '../support/app.ts'
import { problemsOfScreen } from '../support/looks.ts'
import { drag, press, readSet, save, savedState } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

function placeWithSet(change: (key: AnnotationDocument) => AnnotationDocument) {
  const place = placeForTest([sample('mixed-teaching.edf')])
  const key = parseSet(readFileSync(sample('mixed-teaching.key.json'), 'utf8'))
  const set = change({ ...key, reviewer: 'R-01' })
  const at = (name: string) => path.join(place.folder, name)
  const file = at('mixed-teaching.R-01.hypnospike.json')
  writeFileSync(file, serializeSet(set))
  return { place, set, file, at }
}

it('says at once that another program has written the set, and merges the two mark by mark', async () => {
  const { place, set, file, at } = placeWithSet((key) => key)
  const { page } = await openSession(chromium(), place, 'mixed-teaching.edf')
  await drag(page, 2, 3)
  await press(page, '1')
  await expect.poll(() => savedState(page)).toBe('Unsaved')
  // Elsewhere: the first mark is another kind, the second is gone; and a folder that is kept alike has two copies.
  const [first, , ...rest] = set.marks
  const there = { ...set, marks: [{ ...first!, kind: 'uncertain' as const, subtype: null }, ...rest] }
  writeFileSync(file, serializeSet(there))
  writeFileSync(
    at("mixed-teaching.R-01.hypnospike (Anna's conflicted copy 2026-11-26).json"),
    serializeSet(there),
  )
  writeFileSync(
    at('mixed-teaching.R-01.hypnospike.sync-conflict-20261126-101530-ABCDEFG.json'),
    serializeSet(set),
  )
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await page.getByText('was written by another program or computer since').waitFor()
  const sets = page.getByRole('region', { name: 'Sets of this recording' })
  await sets.getByText('conflict copy 20261126-101530-ABCDEFG').waitFor()
  const found = [...(await problemsOfScreen(page, 'another version and copies'))]
  await page.setViewportSize({ width: 1280, height: 720 })
  const list = (await sets.getByRole('list').boundingBox())!
  for (const row of await sets.getByRole('listitem').all()) {
    const box = (await row.boundingBox())!
    expect(box.y + box.height, 'in view without scrolling').toBeLessThanOrEqual(list.y + list.height + 1)
  }
  await page.getByRole('button', { name: 'Compare the two…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Two versions of your set' })
  await dialog.getByText(/^Your set will hold/).waitFor()
  found.push(...(await problemsOfScreen(page, 'two versions')))
  expect(found).toEqual([])
  await dialog.getByRole('button', { name: 'Merge and save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => readSet(file).marks.length).toBe(set.marks.length + 1)
  await page.getByText('was written by another program or computer since').waitFor({ state: 'detached' })
  await press(page, 'Escape')
  await save(page)
})

it('asks whose set it is before it shows anything of a blind one under the code that everybody begins with', async () => {
  const { place, file } = placeWithSet((key) => ({ ...key, blind: true }))
  const app = await startApp(place, path.join(place.folder, 'mixed-teaching.edf'))
  onTestFinished(app.kill)
  const { page, problems } = await openPage(chromium(), app.address)
  onTestFinished(() => page.context().close())
  const question = page.getByRole('dialog', { name: 'Are you R-01?' })
  await question.waitFor()
  expect(await problemsOfScreen(page, 'whose set it is')).toEqual([])
  await press(page, 'Escape')
  await question.waitFor({ state: 'detached' })
  // Nothing that cannot be done is proposed, and nothing is told of the marks.
  const panel = page.getByRole('tabpanel')
  await panel.getByText('Say first whether you are R-01').waitFor()
  expect(await panel.innerText()).not.toMatch(/Drag over the page|\d+ marks/)
  await page.getByRole('button', { name: 'Are you R-01?' }).click()
  await question.getByRole('button', { name: 'Yes, I am R-01' }).click()
  await expect.poll(() => panel.innerText()).toContain(`yours · ${readSet(file).marks.length} marks`)
  expect(problems).toEqual([])
})
