/** What can be told of a screen's looks without eyes: axe's findings, what is cut off, where the focus goes. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { settle } from './reader.ts'

/** What axe holds for serious or critical, by rule and place. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          options: object,
        ) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>
      }
    }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  })
}

/** Bars and panels that scroll sideways, controls beyond the edge of the window, and texts cut without a sign. */
export async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const name = (element: Element) => {
      const own = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? ''
      return `${element.tagName.toLowerCase()}.${element.className} "${own}"`
    }
    const bars =
      '#app > *, #app > * > :not(.visually-hidden), main, aside, [role="tabpanel"], [role="dialog"], [role="dialog"] > div, [aria-label="Selected mark"]'
    for (const element of [document.documentElement, ...document.querySelectorAll(bars)]) {
      const over = element.scrollWidth - element.clientWidth
      if (over > 0) found.push(`${name(element).slice(0, 60)} is ${over} px too wide`)
    }
    const controls =
      'button, select, input, textarea, a[href], [role="tab"], [role="slider"], [role="menuitem"]'
    for (const element of document.querySelectorAll(controls)) {
      const box = element.getBoundingClientRect()
      if (box.width === 0 || element.closest('[hidden], [data-mark]') !== null) continue
      if (box.left < -0.5 || box.right > window.innerWidth + 0.5)
        found.push(`${name(element)} leaves the window`)
      const style = getComputedStyle(element)
      const isCut = element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden'
      if (isCut && style.textOverflow !== 'ellipsis' && element.tagName !== 'INPUT')
        found.push(`${name(element)} is cut`)
    }
    return found
  })
}

/** What axe finds serious and what is cut off, light and dark, large and small. */
export async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const size of [
    { width: 1280, height: 720 },
    { width: 1600, height: 900 },
  ]) {
    await page.setViewportSize(size)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await settle(page)
      found.push(...(await seriousProblems(page)), ...(await cutOff(page)))
    }
  }
  return found
}

export type FocusWalk = {
  /** Names of what Tab reached, in order, once around. */
  readonly reached: readonly string[]
  /** Reached without a sign of it. */
  readonly unseen: readonly string[]
  /** Controls that Tab never reached. */
  readonly missed: readonly string[]
}

/** Goes around with Tab. What a list or group of tabs moves to with arrows counts with the group. */
export async function walkFocus(page: Page): Promise<FocusWalk> {
  await page.evaluate(() => {
    const wanted = 'button, select, input, textarea, a[href], [tabindex="0"], summary'
    const all = [...document.querySelectorAll<HTMLElement>(wanted)].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        element.closest('[inert], [aria-hidden="true"], [hidden]') === null &&
        element.getClientRects().length > 0 &&
        getComputedStyle(element).visibility === 'visible',
    )
    for (const [index, element] of all.entries()) element.dataset.walk = String(index)
    ;(document.activeElement as HTMLElement | null)?.blur()
  })
  const expected = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-walk]')].map(
      (element) =>
        `${element.dataset.walk} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`,
    ),
  )
  const reached: string[] = []
  const unseen: string[] = []
  for (let step = 0; step < expected.length + 5; step += 1) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      if (element === null || element === document.body || element.dataset.walk === undefined) return null
      const style = getComputedStyle(element)
      const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1
      return {
        name: `${element.dataset.walk} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`,
        seen: element.matches(':focus-visible') && (hasOutline || style.boxShadow !== 'none'),
      }
    })
    if (here === null || reached.includes(here.name)) continue
    reached.push(here.name)
    if (!here.seen) unseen.push(here.name)
  }
  return { reached, unseen, missed: expected.filter((name) => !reached.includes(name)) }
}

const SIZES = [
  { width: 1600, height: 900 },
  { width: 1280, height: 720 },
] as const

/** The same of a screen as it stands, light and dark, large and small; it is light and large again afterwards. */
export async function problemsOfScreen(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await settle(page)
      const kind = `${name}, ${colorScheme} ${size.width}`
      for (const problem of await seriousProblems(page)) found.push(`${kind}: ${problem}`)
      await keepPicture(page, `${name.replaceAll(' ', '-')}-${colorScheme}-${size.width}`)
    }
    for (const problem of await cutOff(page)) found.push(`${name}, ${size.width}: ${problem}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(SIZES[0])
  return found
}

/** Keeps a picture for people to look at, where a folder is given in HYPNOSPIKE_SCREENSHOTS. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.HYPNOSPIKE_SCREENSHOTS
  if (folder === undefined || folder === '') return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
}
