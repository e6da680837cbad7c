/** The app for one test of a file that shares a browser: what a test starts ends with it. */
import path from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import {
  makePlace,
  type OpenPage,
  openPage,
  type Place,
  type RunningApp,
  sample,
  startApp,
  waitForEeg,
  waitForSet,
} from './app.ts'
import { launchChromium } from './chromium.ts'
import { rememberPort } from './doorPort.ts'

/** One Chromium for the tests of a file. */
export function sharedChromium(): () => Browser {
  let browser: Browser | null = null
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })
  return () => {
    if (browser === null) throw new Error('Chromium is there once the tests run')
    return browser
  }
}

export type Session = OpenPage & {
  readonly app: RunningApp
  /** Kills the app under the open page, as a crash does; what the page says of it is no error of the page. */
  readonly crash: () => Promise<void>
}

/** A place that goes with its test. */
export function placeForTest(files: readonly string[]): Place {
  const place = makePlace(files)
  onTestFinished(place.remove)
  return place
}

/**
 * The app on a file of the place, its page open and drawn. When the test has finished, both are ended and the
 * page must have had no error.
 */
export async function openSession(
  browser: Browser,
  place: Place,
  file: string | null,
  options: BrowserContextOptions = {},
): Promise<Session> {
  const app = await startApp(place, file === null ? null : path.join(place.folder, file))
  let opened: OpenPage | null = null
  let crashed = false
  const check = () => {
    expect({ problems: opened?.problems, log: app.errors(), ended: app.process.signalCode }).toEqual({
      problems: [],
      log: '',
      ended: null,
    })
  }
  // One after the other, the page first: it would tell of a host that has gone.
  onTestFinished(async () => {
    await opened?.page.context().close()
    try {
      if (!crashed) check()
    } finally {
      await app.kill()
    }
  })
  opened = await openPage(browser, app.address, options)
  if (file !== null) {
    await waitForEeg(opened.page)
    await waitForSet(opened.page)
  }
  return {
    ...opened,
    app,
    crash: async () => {
      check()
      crashed = true
      await app.kill()
    },
  }
}

/** A copy of the sample for teaching, opened, and where its reviewer's set will be. */
export async function openTeachingSample(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Session & { readonly place: Place; readonly setFile: string }> {
  const place = placeForTest([sample('mixed-teaching.edf')])
  rememberPort(place.data)
  const session = await openSession(browser, place, 'mixed-teaching.edf', options)
  return { ...session, place, setFile: path.join(place.folder, 'mixed-teaching.R-01.hypnospike.json') }
}
