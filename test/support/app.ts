/** The built app behind the browser's door, as a user starts it: its own process, its own folders. */
import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

export const ROOT = path.resolve(import.meta.dirname, '..', '..')

export function sample(name: string): string {
  return path.join(ROOT, 'samples', name)
}

/** A folder of this test alone, with copies of files; removed by `remove`. */
export type Place = { readonly folder: string; readonly data: string; readonly remove: () => void }

export function makePlace(files: readonly string[]): Place {
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-'))
  for (const file of files) copyFileSync(file, path.join(folder, path.basename(file)))
  const data = path.join(folder, 'app-data')
  mkdirSync(data)
  return { folder, data, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export type RunningApp = {
  readonly address: string
  readonly process: ChildProcess
  /** What it has said on stderr so far. */
  readonly errors: () => string
  /** As a crash: no goodbye. */
  readonly kill: () => Promise<void>
}

/** Starts dist/web.js on a recording and waits for its address. */
export async function startApp(place: Place, file: string | null): Promise<RunningApp> {
  const entry = path.join(ROOT, 'dist', 'web.js')
  if (!existsSync(entry)) throw new Error('dist/web.js is missing: run npm run build first')
  const child = spawn(process.execPath, [entry, ...(file === null ? [] : [file])], {
    env: { ...process.env, HYPNOSPIKE_DATA: place.data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stderr.on('data', (part: Buffer) => {
    errors += part.toString()
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString()
      const match = /http:\S+/.exec(output)
      if (match !== null) resolve(match[0])
    })
    child.once('exit', () => reject(new Error(`the app ended before it was open: ${errors}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    address,
    process: child,
    errors: () => errors,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export type OpenPage = { readonly page: Page; readonly problems: readonly string[] }

/** A page whose console errors, refused scripts and uncaught exceptions are collected: a test ends with none. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // Chromium tells what the content security policy refused as an error, too.
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(address)
  return { page, problems }
}

/** The reviewer's set comes after the first page; what is marked before has no place to go to. */
export async function waitForSet(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('status').waitFor()
}

/** The page of EEG stands when its first picture is drawn. */
export async function waitForEeg(page: Page): Promise<void> {
  await page.locator('.page').waitFor()
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.page-canvas')
    if (canvas === null || canvas.width < 10) return false
    const picture = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
    picture.drawImage(canvas, 0, 0)
    return picture.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0)
  })
}
