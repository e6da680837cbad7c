/**
 * The desktop door. Where Electron's binary is, the app is run in it; where it is not, the reason is printed
 * and the same scenarios are run through the browser's door only.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePlace, openPage, type Place, ROOT, startApp, waitForEeg, waitForSet } from '../support/app.ts'
import { launchChromium } from '../support/chromium.ts'
import { type DesktopApp, killDesktopApp, startDesktopApp, whyNoDesktop } from '../support/desktopApp.ts'
import { expectOnDisk } from '../support/journalOnDisk.ts'
import { markJerkByKeyboard, markNames } from '../support/keyboardScenario.ts'

const SAMPLE = path.join(ROOT, 'samples', 'mixed-teaching.edf')
const reason = whyNoDesktop()
let browser: Browser
let place: Place

beforeAll(async () => {
  if (reason !== null) console.warn(`Skipped in real Electron: ${reason}.`)
  browser = await launchChromium()
  place = makePlace([SAMPLE])
})

afterAll(async () => {
  await browser?.close()
  place?.remove()
})

type Session = {
  readonly page: Page
  /** As a crash: no goodbye. */
  readonly kill: () => Promise<void>
}
type Open = (place: Place, file: string) => Promise<Session>

const openInBrowser: Open = async (where, file) => {
  const app = await startApp(where, file)
  const { page } = await openPage(browser, app.address)
  return {
    page,
    kill: async () => {
      await app.kill()
      await page.context().close()
    },
  }
}

const openInDesktop: Open = async (where, file) => {
  const desktop = await startDesktopApp(where, file)
  return { page: desktop.page, kill: () => killDesktopApp(desktop) }
}

const doors: readonly (readonly [string, Open])[] =
  reason === null
    ? [
        ['browser', openInBrowser],
        ['desktop', openInDesktop],
      ]
    : [['browser', openInBrowser]]

describe.each(doors)('through the %s’s door', (_name, open) => {
  it('what was marked by keyboard alone survives a crash, and what was saved is found again', async () => {
    const own = makePlace([SAMPLE])
    const file = path.join(own.folder, path.basename(SAMPLE))
    const first = await open(own, file)
    await waitForEeg(first.page)
    await waitForSet(first.page)
    await markJerkByKeyboard(first.page)
    await expect.poll(() => markNames(first.page)).toEqual(['Hypnic jerk'])
    await expectOnDisk(own, 1)
    await first.kill()

    const second = await open(own, file)
    await waitForEeg(second.page)
    await expect.poll(() => markNames(second.page)).toEqual(['Hypnic jerk'])
    await second.page.keyboard.press('ControlOrMeta+s')
    await expect.poll(() => second.page.getByRole('status').allTextContents()).toContain('Saved')
    expect(existsSync(path.join(own.folder, 'mixed-teaching.R-01.hypnospike.json'))).toBe(true)
    await second.kill()

    const third = await open(own, file)
    await waitForEeg(third.page)
    await expect.poll(() => markNames(third.page)).toEqual(['Hypnic jerk'])
    await third.kill()
    own.remove()
  })
})

describe('in real Electron', () => {
  async function withDesktop(check: (desktop: DesktopApp) => Promise<void>): Promise<void> {
    if (reason !== null) return console.warn(`Skipped: ${reason}.`)
    const desktop = await startDesktopApp(place, path.join(place.folder, path.basename(SAMPLE)))
    try {
      await waitForEeg(desktop.page)
      await waitForSet(desktop.page)
      await check(desktop)
    } finally {
      await killDesktopApp(desktop)
    }
  }

  it('the page has the bridge and nothing of Node', () =>
    withDesktop(async ({ page }) => {
      const found = await page.evaluate(() => ({
        bridge: Object.keys(window.hypnospike ?? {}).sort(),
        node: ['process', 'require', 'module', 'Buffer', 'global'].filter((name) => name in window),
      }))
      expect(found).toEqual({ bridge: ['call', 'onEvent', 'openDropped'], node: [] })
    }))

  it('the page reaches nothing outside', () =>
    withDesktop(async ({ app, page }) => {
      const result = await page.evaluate(async () => ({
        fetched: await fetch('https://example.org/').then(
          () => true,
          () => false,
        ),
        opened: window.open('https://example.org/') !== null,
        forged: window.hypnospike?.openDropped(new File(['0'], 'made.edf')),
        permission: await Notification.requestPermission(),
      }))
      expect(result).toEqual({ fetched: false, opened: false, forged: false, permission: 'denied' })
      expect(app.windows()).toHaveLength(1)
      await page.evaluate(() => {
        location.href = 'https://example.org/'
      })
      expect(new URL(page.url()).origin).toBe('app://hypnospike')
    }))

  it('the menu commands the page, and the title names the recording', () =>
    withDesktop(async ({ app, page }) => {
      await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('about')?.click())
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
      expect(title).toContain('mixed-teaching.edf — Hypnospike')
    }))

  it('closing with unsaved work asks in the page', () =>
    withDesktop(async ({ app, page }) => {
      await markJerkByKeyboard(page)
      await expect.poll(() => markNames(page)).toEqual(['Hypnic jerk'])
      await expect
        .poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('undo')?.label))
        .not.toBe('Undo')
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
      await page.getByRole('dialog').waitFor()
      expect(app.windows()).toHaveLength(1)
    }))
})
