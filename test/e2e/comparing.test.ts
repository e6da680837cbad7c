/** Two readers and a key: scored, toured and decided in a consensus set, which a crash does not lose. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { sample } from '../support/app.ts'
import { expectOnDisk } from '../support/journalOnDisk.ts'
import { problemsOfScreen } from '../support/looks.ts'
import { expectAskedPage, press, save } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

it('scores against the key in one step, goes from one disagreement to the next, and keeps what is decided', async () => {
  const place = placeForTest([sample('mixed-teaching.edf'), sample('mixed-teaching.key.json')])
  const at = (reviewer: string) => path.join(place.folder, `mixed-teaching.${reviewer}.hypnospike.json`)
  const key = parseSet(readFileSync(path.join(place.folder, 'mixed-teaching.key.json'), 'utf8'))
  // The own set lacks the third of the key's events and calls the sixth uncertain.
  const marks = key.marks.flatMap((mark, index) =>
    index === 2
      ? []
      : [
          {
            ...mark,
            id: `own ${mark.id}`,
            ...(index === 5 && { kind: 'uncertain' as const, subtype: null }),
          },
        ],
  )
  const own: AnnotationDocument = { ...key, reviewer: 'R-01', marks }
  writeFileSync(at('R-01'), serializeSet(own))

  const { page, crash } = await openSession(chromium(), place, 'mixed-teaching.edf')
  await press(page, 'Shift+R')
  const figures = page.getByRole('region', { name: 'Agreement' })
  await figures.getByText('19 of 20 of Key').waitFor()
  await figures.getByText('of 19', { exact: true }).waitFor()
  expect(await problemsOfScreen(page, 'compared')).toEqual([])

  const tour = page.getByRole('region', { name: 'Disagreements' })
  await press(page, 'd')
  await tour.getByText('1 of 2 disagreements').waitFor()
  await tour.getByText('not marked').waitFor()
  await expectAskedPage(page)
  await tour.getByRole('button', { name: 'Decide in a consensus set…' }).click()
  await tour.getByText('· 0 decided').waitFor()
  await press(page, 'd')
  await tour.getByRole('textbox', { name: 'Why' }).fill('Occipital, no spike.')
  await tour.getByRole('button', { name: 'Take the mark of Key' }).click()
  await tour.getByText('As key, by R-01').waitFor()
  await tour.getByText('· 1 decided').waitFor()
  await save(page)
  expect(parseSet(readFileSync(at('consensus'), 'utf8'))).toMatchObject({
    reviewer: 'consensus',
    decisions: expect.arrayContaining([
      expect.objectContaining({ taken: 'key', reason: 'Occipital, no spike.', author: 'R-01' }),
    ]),
  })
  await tour.getByRole('button', { name: 'No event here' }).click()
  await tour.getByText('No event, by R-01').waitFor()
  await expectOnDisk(place, 3)
  await crash()

  const again = await openSession(chromium(), place, 'mixed-teaching.edf')
  await press(again.page, 'Shift+R')
  await again.page.getByRole('button', { name: 'Decide in a consensus set…' }).click()
  await again.page.getByText('· 1 decided').waitFor()
  await press(again.page, 'd')
  await again.page.getByText('No event, by R-01').waitFor()
})
