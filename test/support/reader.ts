/** What a reader sees and does on the page: times in, pixels out, nothing that a person could not do. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Mark, ReviewedRange } from '../../shared/annotation/document.ts'
import type { Span } from '../../shared/units.ts'

/** The page of EEG that stands on the screen, from what a screen reader is told. */
export async function shownSpan(page: Page): Promise<Span> {
  const text = (await page.locator('#page-text').textContent()) ?? ''
  const match = /Seconds (-?[\d.]+) to (-?[\d.]+)/.exec(text)
  if (match === null) throw new Error(`no page is on the screen: "${text}"`)
  return { start: Number(match[1]), end: Number(match[2]) }
}

export async function expectPage(page: Page, start: number, end: number): Promise<void> {
  await expect.poll(() => shownSpan(page)).toEqual({ start, end })
}

/** Where the page that was asked for begins: the strip says it before the page has come. */
export async function askedStart(page: Page): Promise<number> {
  return Number(
    await page.getByRole('slider', { name: 'Position in the recording' }).getAttribute('aria-valuenow'),
  )
}

/** The page that was asked for last stands on the screen. */
export async function expectAskedPage(page: Page): Promise<void> {
  await expect.poll(async () => (await shownSpan(page)).start).toBeCloseTo(await askedStart(page), 3)
}

/** Every picture of the last change has been painted, and nothing is on its way from one look to another. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const running = () =>
      document
        .getAnimations()
        .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
    // A change of size is told in one frame, laid out in the next and drawn in the third.
    for (let still = 0; still < 3; still += 1) {
      await frame()
      const moving = running()
      if (moving.length === 0) continue
      await Promise.allSettled(moving.map((one) => one.finished))
      still = -1
    }
  })
}

/** Where a time lies on the screen, `row` of the way down the plot. */
export async function pointAt(
  page: Page,
  time: number,
  row = 0.4,
): Promise<{ readonly x: number; readonly y: number }> {
  const span = await shownSpan(page)
  const box = await page.locator('.page-canvas').boundingBox()
  if (box === null) throw new Error('there is no page')
  const share = (time - span.start) / (span.end - span.start)
  return { x: box.x + share * box.width, y: box.y + row * box.height }
}

/** Drags over the page from one time to the other. */
export async function drag(page: Page, from: number, to: number, row = 0.4): Promise<void> {
  const start = await pointAt(page, from, row)
  const end = await pointAt(page, to, row)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, end.y, { steps: 3 })
  await page.mouse.move(end.x, end.y, { steps: 3 })
  await page.mouse.up()
}

export async function clickAt(page: Page, time: number, row = 0.4): Promise<void> {
  const { x, y } = await pointAt(page, time, row)
  await page.mouse.click(x, y)
}

export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key)
}

/** The value that a control of the view bar shows. */
export async function viewValue(page: Page, label: string): Promise<string> {
  const name = await page.locator(`[role="toolbar"] [aria-label^="${label}: "]`).getAttribute('aria-label')
  return (name ?? '').slice(label.length + 2)
}

export async function expectView(page: Page, label: string, value: string): Promise<void> {
  await expect.poll(() => viewValue(page, label)).toBe(value)
}

/** Chooses a value from a control of the view bar. */
export async function chooseView(page: Page, label: string, value: string): Promise<void> {
  await page.locator(`[role="toolbar"] [aria-label^="${label}: "]`).click()
  await page.getByRole('option', { name: value, exact: true }).click()
  await expectView(page, label, value)
  await page.locator('.page').focus()
}

/** What the list of marks says, row by row. */
export async function listedMarks(page: Page): Promise<readonly string[]> {
  const rows = await page.locator('[role="listbox"][aria-label="Marks"] [role="option"]').allInnerTexts()
  return rows.map((row) => row.replace(/\s+/g, ' ').trim())
}

/** The list of marks once it has as many rows as were made: it is laid out a frame after its first one. */
export async function marksOnceListed(page: Page, count: number): Promise<readonly string[]> {
  await expect.poll(async () => (await listedMarks(page)).length).toBe(count)
  return listedMarks(page)
}

export async function expectMarks(page: Page, rows: readonly string[]): Promise<void> {
  await expect.poll(() => listedMarks(page)).toEqual(rows)
}

/** The labels on the page itself. */
export async function labelsOnPage(page: Page): Promise<readonly string[]> {
  return page.locator('[data-mark]').allInnerTexts()
}

/** A command of the app's menu. */
export async function menuCommand(page: Page, group: string, command: string): Promise<void> {
  await page.getByRole('button', { name: /^Hypnospike/ }).click()
  await page.getByRole('menuitem', { name: group, exact: true }).click()
  const name = new RegExp(`^${command.replaceAll('.', '\\.')}`)
  await page.getByRole('menuitem', { name }).or(page.getByRole('menuitemcheckbox', { name })).click()
}

/** What the top bar says of the share that was reviewed: `7 %`. */
export async function reviewedShare(page: Page): Promise<string> {
  const chip = await page.getByTitle('Share of the recording marked as reviewed').innerText()
  return /\d+ %/.exec(chip)?.[0] ?? chip
}

/** What the top bar says of saving. */
export async function savedState(page: Page): Promise<string> {
  return page.getByRole('banner').getByRole('status').innerText()
}

export type SetOnDisk = {
  readonly reviewer: string
  readonly marks: readonly Mark[]
  readonly reviewed: readonly ReviewedRange[]
}

export function readSet(file: string): SetOnDisk {
  return JSON.parse(readFileSync(file, 'utf8')) as SetOnDisk
}

/** Ctrl+S, and the answer that it is on disk. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s')
  await expect.poll(() => savedState(page)).toBe('Saved')
}

/** Ctrl+Z until nothing is left to undo; the names of the steps, last first. */
export async function undoAll(page: Page): Promise<readonly string[]> {
  return pressUntil(page, 'Control+z', 'Undo')
}

/** Ctrl+Y until nothing is left to redo; the names of the steps, first first. */
export async function redoAll(page: Page): Promise<readonly string[]> {
  return pressUntil(page, 'Control+y', 'Redo')
}

async function pressUntil(page: Page, key: string, word: 'Undo' | 'Redo'): Promise<readonly string[]> {
  const button = page.locator(
    `[role="toolbar"] [aria-label^="${word} "], [role="toolbar"] [aria-label^="Nothing to ${word.toLowerCase()}"]`,
  )
  const steps: string[] = []
  for (let count = 0; count < 200; count += 1) {
    const name = (await button.getAttribute('aria-label')) ?? ''
    if (name.startsWith('Nothing')) return steps
    steps.push(name.slice(word.length + 1))
    await page.keyboard.press(key)
  }
  throw new Error(`${word} did not come to an end`)
}

/** The stretches of the page with ink of a trace in them, in whole tenths of a second. */
export async function inkSpans(page: Page): Promise<readonly (readonly [number, number])[]> {
  const { start, end } = await shownSpan(page)
  const inked = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.page-canvas')!
    const picture = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
    picture.drawImage(canvas, 0, 0)
    const { data } = picture.getImageData(0, 0, canvas.width, canvas.height)
    const columns = new Array<boolean>(canvas.width).fill(false)
    for (let index = 3; index < data.length; index += 4) {
      if (data[index]! > 0) columns[((index - 3) / 4) % canvas.width] = true
    }
    return columns
  })
  const spans: [number, number][] = []
  const secondsPerColumn = (end - start) / inked.length
  for (const [column, hasInk] of inked.entries()) {
    if (!hasInk) continue
    const last = spans.at(-1)
    const at = start + column * secondsPerColumn
    // Ink that stops for less than a tenth of a second has not stopped.
    if (last !== undefined && at - last[1] < 0.1) last[1] = at + secondsPerColumn
    else spans.push([at, at + secondsPerColumn])
  }
  return spans.map(([from, to]) => [Math.round(from * 10) / 10, Math.round(to * 10) / 10])
}

/** Where the one gap in view is drawn, in whole tenths of a second. */
export async function gapSpan(page: Page): Promise<readonly [number, number]> {
  const { start, end } = await shownSpan(page)
  const plot = (await page.locator('.page-canvas').boundingBox())!
  const gap = (await page.locator('.page-gap').boundingBox())!
  const time = (x: number) => Math.round((start + ((x - plot.x) / plot.width) * (end - start)) * 10) / 10
  return [time(gap.x), time(gap.x + gap.width)]
}
