/** The reference in the real window: alone and beside a recording, by keyboard, accessible, on one sheet. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { REFERENCE } from '../../shared/reference/reference.ts'
import { TEACHING_STATEMENT } from '../../shared/statement.ts'
import { makePlace, openPage, type Place, type RunningApp, startApp, waitForEeg } from '../support/app.ts'
import { launchChromium } from '../support/chromium.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let place: Place
let app: RunningApp

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  place = makePlace([])
  app = await startApp(place, null)
})
afterEach(async () => {
  await app?.kill()
  place?.remove()
})

async function openReference(colorScheme: 'light' | 'dark' = 'light') {
  // axe is put into the page as a script, which the page's own policy forbids.
  const options = { viewport: { width: 1280, height: 720 }, colorScheme, bypassCSP: true }
  const opened = await openPage(browser, app.address, options)
  const { page } = opened
  await page.getByRole('button', { name: 'Understood' }).click()
  await page.locator('body').press('r')
  await page.getByRole('region', { name: 'Reference', exact: true }).waitFor()
  return opened
}

async function seriousProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: () => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>
      }
    }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  })
}

const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.roving ?? null)

describe('the reference', () => {
  test.each(['light', 'dark'] as const)('has nothing serious for axe in any tab, %s', async (scheme) => {
    const { page, problems } = await openReference(scheme)
    for (const tab of ['Compare', 'Mimics', 'Errors', 'Sources']) {
      await page.getByRole('tab', { name: tab }).click()
      if (tab === 'Compare') await page.locator('[data-roving="absence-field/sources"]').click()
      expect(await seriousProblems(page), tab).toEqual([])
    }
    expect(problems).toEqual([])
  })

  test('leads by keyboard alone to an example at its place and scales, and back', async () => {
    const { page, problems } = await openReference()
    await page.keyboard.press('Tab')
    while ((await focused(page)) === null) await page.keyboard.press('Tab')
    for (let step = 0; (await focused(page)) !== 'absence-slowing/example'; step++) {
      expect(step).toBeLessThan(200)
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    await waitForEeg(page)
    const example = REFERENCE.statements.find(({ id }) => id === 'absence-slowing')?.example
    const bars = page.locator('body')
    await expect.poll(() => bars.innerText()).toContain(`${example?.sample}.edf`)
    await expect.poll(() => bars.innerText()).toContain(`${example?.view.sensitivity} µV/mm`)
    expect(await bars.innerText()).toContain(`${example?.view.timebase} s`)

    // Beside the page now, on the same sentence.
    await expect.poll(() => focused(page)).toBe('absence-slowing/example')
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to where you were' }).press('Enter')
    await page.getByRole('heading', { name: 'Reference', exact: true }).waitFor()
    await expect.poll(() => focused(page)).toBe('absence-slowing/example')
    expect(problems).toEqual([])
  })

  test('lets the errors be found with R, W, H and Enter alone', async () => {
    const { page, problems } = await openReference()
    await page.getByRole('tab', { name: 'Errors' }).press('Enter')
    await page.getByRole('button', { name: /^Right/ }).focus()
    for (const { verdict } of REFERENCE.claims) {
      await page.keyboard.press({ right: 'r', wrong: 'w', 'half-right': 'h' }[verdict])
      await page.getByText('Yes: the claim is').waitFor()
      await page.keyboard.press('Enter')
    }
    const all = REFERENCE.claims.length
    await page.getByText(`${all} of ${all} judged as the sources do`).waitFor()
    expect(problems).toEqual([])
  })

  test.each(['A4', 'Letter'])(
    'prints the table, its sources and the statement on one page of %s',
    async (format) => {
      const { page } = await openReference('dark')
      const pdf = await page.pdf({ format, preferCSSPageSize: true })
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      await page.emulateMedia({ media: 'print' })
      const text = await page.locator('body').innerText()
      expect(text).toContain(TEACHING_STATEMENT)
      expect(text).toContain('10.1056/NEJMoa0902014')
      expect(text).not.toContain('Go to')
    },
  )
})
