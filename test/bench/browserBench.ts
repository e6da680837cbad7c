/** The window in real Chromium: from a key to settled pixels, and how long it stands still while a file is read. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { OpenedFile } from '../../electron/host/workerMessages.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import { openPage, type Place, startApp, waitForEeg } from '../support/app.ts'
import { manyMarks } from './manyMarks.ts'
import { makeRandom, milliseconds, quantile, type Row, ratio, seconds } from './table.ts'

/** As people read fast. */
const TURN_EVERY_MS = 250
/** One overview is made during some twenty turns: too few for a median of milliseconds. */
const OVERVIEWS = 4
/** Of a window: Plotly comes meanwhile, and its code is still cold. */
const FIRST_TURNS = 3

type Turn = { readonly samples: number; readonly settled: number }
type Probe = { turns: Turn[]; gaps: number[] }

/** Stamps every key: when its page of samples was painted, and when nothing on the page changed any more. */
async function installProbe(page: Page): Promise<void> {
  await page.evaluate(() => {
    const probe: Probe = { turns: [], gaps: [] }
    Reflect.set(window, 'probe', probe)
    let pressed = 0
    let samples = 0
    let last = 0
    const afterPaint = (then: () => void) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = then
        channel.port2.postMessage(null)
      })
    }
    const begin = (event: Event) => {
      if (pressed > 0 && samples > 0)
        probe.turns.push({ samples: samples - pressed, settled: last - pressed })
      pressed = event.timeStamp
      samples = 0
      last = 0
    }
    window.addEventListener('keydown', begin, true)
    window.addEventListener('pointerdown', begin, true)
    // The canvas is painted in the commit that changes this text; the axis follows in Plotly's elements.
    new MutationObserver(() => {
      afterPaint(() => {
        samples = performance.now()
        last = Math.max(last, samples)
      })
    }).observe(document.querySelector('#page-text')!, { childList: true, characterData: true, subtree: true })
    new MutationObserver(() => {
      afterPaint(() => {
        last = performance.now()
      })
    }).observe(document.querySelector('.page')!, {
      childList: true,
      attributes: true,
      characterData: true,
      subtree: true,
    })
    let before = performance.now()
    const watch = () => {
      const now = performance.now()
      probe.gaps.push(now - before)
      before = now
      requestAnimationFrame(watch)
    }
    requestAnimationFrame(watch)
  })
}

/** Told by a text that comes with the page: looking for its pixels would hold up what is measured. */
async function untilFirstPage(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('#page-text')?.textContent ?? '') !== '', null, {
    polling: 10,
  })
}

/** The strip below the page has its picture up to the end of the recording: nothing is read any more. */
async function untilOverview(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const canvas = document.querySelector<HTMLCanvasElement>('[role="slider"] canvas')
      const context = canvas?.getContext('2d')
      if (canvas == null || context == null || canvas.width < 100) return false
      // Below the marks and above the bar of what was reviewed.
      const { data } = context.getImageData(canvas.width - 3, 0, 2, Math.round((canvas.height * 19) / 62))
      return data.some((value) => value > 0)
    },
    null,
    { timeout: 60_000, polling: 250 },
  )
}

async function readProbe(page: Page): Promise<Probe> {
  return page.evaluate(() => {
    const probe = Reflect.get(window, 'probe') as Probe
    const read = { turns: probe.turns, gaps: probe.gaps }
    probe.turns = []
    probe.gaps = []
    return read
  })
}

/** One press a quarter of a second, as people read fast; the last press closes the one before. */
async function pressMany(page: Page, key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await page.keyboard.press(key)
    await page.waitForTimeout(TURN_EVERY_MS)
  }
}

async function timeTurns(page: Page): Promise<readonly Turn[]> {
  await pressMany(page, 'PageDown', 5)
  await readProbe(page)
  await pressMany(page, 'PageDown', 41)
  return (await readProbe(page)).turns
}

/** From the first page on, as long as the strip has not its picture. */
async function timeTurnsWhileRead(page: Page): Promise<readonly number[]> {
  await untilFirstPage(page)
  await installProbe(page)
  let isRead = false
  const read = untilOverview(page).then(() => {
    isRead = true
  })
  while (!isRead) {
    await page.keyboard.press('PageDown')
    await page.waitForTimeout(TURN_EVERY_MS)
  }
  await read
  // Closes the last measurement.
  await page.keyboard.press('PageDown')
  await page.waitForTimeout(TURN_EVERY_MS)
  return settledOf((await readProbe(page)).turns)
}

/** Chosen one after the other from the list, twice. */
async function timeOpenings(page: Page, names: readonly string[]): Promise<readonly number[]> {
  const found: number[] = []
  for (const name of [...names, ...names]) {
    await page.keyboard.press('Control+o')
    const choice = page.getByRole('dialog').getByRole('button', { name }).first()
    await choice.waitFor()
    await readProbe(page)
    await choice.click()
    await page.waitForTimeout(3000)
    // Closes the measurement.
    await page.keyboard.press('PageDown')
    found.push(...(await readProbe(page)).turns.slice(-1).map(({ samples }) => samples))
    await page.waitForTimeout(500)
  }
  return found
}

/** Side by side, each as wide as there is room for. */
async function timeTurnsOfBoth(page: Page): Promise<readonly Turn[]> {
  await page.keyboard.press('Home')
  await page.keyboard.press('\\')
  await page.getByRole('checkbox', { name: 'Turn both' }).check()
  await page.locator('.page').first().focus()
  await page.waitForTimeout(1000)
  return timeTurns(page)
}

function settledOf(turns: readonly Turn[]): readonly number[] {
  return turns.map(({ settled }) => settled)
}

/** Pages that nobody could have fetched ahead: anywhere in the strip of the whole recording. */
async function timeJumps(page: Page): Promise<readonly Turn[]> {
  const strip = await page.getByRole('slider', { name: 'Position in the recording' }).boundingBox()
  if (strip === null) return []
  const random = makeRandom(3)
  await readProbe(page)
  for (let count = 0; count < 21; count += 1) {
    await page.mouse.click(strip.x + 20 + random() * (strip.width - 40), strip.y + 20)
    await page.waitForTimeout(250)
  }
  return (await readProbe(page)).turns
}

export async function measureWindow(
  browser: Browser,
  place: Place,
  file: string,
  opened: OpenedFile,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  const app = await startApp(place, file)
  try {
    const started = performance.now()
    const { page } = await openPage(browser, app.address)
    await untilFirstPage(page)
    const first = performance.now() - started
    const readStarted = performance.now()
    // Plotly's arrival is a standstill of its own, told by the row above.
    await page.locator('.page-figure .main-svg').first().waitFor()
    await installProbe(page)
    await untilOverview(page)
    const reading = performance.now() - readStarted
    const { gaps } = await readProbe(page)
    rows.push(
      { what: 'window: address to the first page drawn', measured: seconds(first / 1000) },
      {
        what: 'window: longest standstill while the overview is made',
        measured: `${Math.max(...gaps).toFixed(0)} ms in ${seconds(reading / 1000)} (p99 ${quantile(gaps, 0.99).toFixed(0)})`,
        budget: '<= 50 ms, <= 2 s',
      },
    )
    const turns = await timeTurns(page)
    rows.push(...turnRows('page turn', turns))
    rows.push(...turnRows('  to a page that was not fetched ahead', await timeJumps(page)).slice(1))
    rows.push(...turnRows('two pages turned together', await timeTurnsOfBoth(page)).slice(1))
    await page.context().close()
    const busy: number[] = []
    const begun: number[] = []
    const quiet: number[] = []
    for (let opening = 0; opening < OVERVIEWS; opening += 1) {
      const { page: reading } = await openPage(browser, app.address)
      const times = await timeTurnsWhileRead(reading)
      begun.push(...times.slice(0, FIRST_TURNS))
      busy.push(...times)
      quiet.push(...settledOf(await timeTurns(reading)))
      await reading.context().close()
    }
    rows.push(
      {
        what: 'window: page turn while the overview is made, key to settled pixels',
        measured: `${milliseconds(busy)}, ${busy.length} turns of ${OVERVIEWS} openings, ${ratio(busy, quiet)} x as afterwards`,
        budget: '<= 1.2 x',
      },
      { what: `  the first ${FIRST_TURNS} of each opening`, measured: milliseconds(begun) },
    )
    const { page: again } = await openPage(browser, app.address)
    await untilFirstPage(again)
    await installProbe(again)
    rows.push({
      what: 'window: another recording, from the choice to its first page',
      measured: milliseconds(await timeOpenings(again, ['hour.edf', 'gaps.edf'])),
      budget: '<= 300 ms',
    })
    await again.context().close()
  } finally {
    await app.kill()
  }

  const set = manyMarks(opened, path.basename(file), 10_000)
  writeFileSync(file.replace(/\.edf$/, '.R-01.hypnospike.json'), serializeSet(set))
  const marked = await startApp(place, file)
  try {
    const { page } = await openPage(browser, marked.address)
    await waitForEeg(page)
    await page.getByText('10000').first().waitFor({ timeout: 20_000 })
    await untilOverview(page)
    await installProbe(page)
    rows.push(...turnRows('page turn with 10,000 marks', await timeTurns(page)))
    await page.context().close()
  } finally {
    await marked.kill()
  }
  return rows
}

function turnRows(what: string, turns: readonly Turn[]): readonly Row[] {
  return [
    { what: `window: ${what}, key to samples`, measured: milliseconds(turns.map(({ samples }) => samples)) },
    {
      what: `window: ${what}, key to settled pixels`,
      measured: `${milliseconds(turns.map(({ settled }) => settled))}, ${turns.length} turns`,
      budget: '<= 33 ms',
    },
  ]
}
