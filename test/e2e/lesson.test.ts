/** A teacher makes a lesson of three marks with the keyboard alone, and what is done is in its file. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { parseLesson } from '../../shared/teaching/lessonFormat.ts'
import { sample } from '../support/app.ts'
import { expectPage, press } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

it('makes a lesson of three marks by keys, in the order that is wanted, and each change is in its file', async () => {
  const place = placeForTest([sample('mixed-teaching.edf'), sample('mixed-teaching.key.json')])
  const key = parseSet(readFileSync(path.join(place.folder, 'mixed-teaching.key.json'), 'utf8'))
  const own = { ...key, reviewer: 'R-01', marks: key.marks.map((mark) => ({ ...mark, comment: '' })) }
  writeFileSync(path.join(place.folder, 'mixed-teaching.R-01.hypnospike.json'), serializeSet(own))
  const { page } = await openSession(chromium(), place, 'mixed-teaching.edf')
  await page.getByRole('button', { name: 'Understood' }).click()
  const notice = (text: string) => page.locator('.notice p', { hasText: text }).waitFor()

  for (const number of [1, 2, 3]) {
    await press(page, '.')
    await press(page, 'Shift+A')
    await notice(`Added to “My lesson” as case ${number}.`)
  }
  await press(page, 'Shift+A')
  await notice('This mark is in case 3 of “My lesson” already.')
  const names = () => page.getByRole('listbox', { name: 'Cases' }).locator('.row-name').allTextContents()
  await press(page, 'Shift+T')
  await expect.poll(names).toEqual(['OIRDA', 'EMG artifact', 'Hyperventilation slowing'])

  await page.getByRole('listbox', { name: 'Cases' }).focus()
  await press(page, 'Alt+ArrowUp')
  await expect.poll(names).toEqual(['OIRDA', 'Hyperventilation slowing', 'EMG artifact'])
  await press(page, 'Home')
  await press(page, 'Delete')
  await expect.poll(names).toEqual(['Hyperventilation slowing', 'EMG artifact'])
  await press(page, 'Control+z')
  await expect.poll(names).toEqual(['OIRDA', 'Hyperventilation slowing', 'EMG artifact'])
  await page.getByRole('textbox', { name: 'Question' }).focus()
  // No key of a command while it is typed.
  await page.keyboard.type('1. What runs back there?')
  await page.getByText('3 cases, saved').waitFor()
  const folder = path.join(place.data, 'lessons')
  const read = () => parseLesson(readFileSync(path.join(folder, 'My lesson.lesson.json'), 'utf8'))
  expect(read().cases.map(({ question }) => question)).toEqual(['1. What runs back there?', '', ''])

  // The page goes along with the case that is chosen.
  await page.getByRole('listbox', { name: 'Cases' }).focus()
  await press(page, 'End')
  const start = (read().cases[2]?.onset ?? 0) / 1e7
  await expectPage(page, start, start + 10)
})
