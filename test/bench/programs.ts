/** The two programs that are compared, each in a real window on a virtual screen of its own. */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startApp } from '../support/app.ts'
import { findOrGetChromium } from '../support/chromium.ts'
import {
  endProcess,
  type KeyPress,
  type Picture,
  spawnTied,
  startVirtualScreen,
  type VirtualScreen,
} from './virtualScreen.ts'

export const WIDTH = 1600
export const HEIGHT = 900
const NEEDED = ['Xvfb', 'xdotool', 'edfbrowser']
/** After which a window has read what it reads at its start. */
const QUIET_MS = 2500

/** What is not installed of what a comparison needs. */
export function missingPrograms(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return NEEDED.filter((name) => !folders.some((folder) => isExecutable(path.join(folder, name))))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export type OpenWindow = {
  readonly screen: VirtualScreen
  /** From the command to the first page. */
  readonly startMs: number
  readonly close: () => Promise<void>
}

export type Reading = {
  readonly folder: string
  readonly file: string
  readonly channels: number
  /** Seconds a page. */
  readonly timebase: number
  /** What is pressed in our window beyond that. */
  readonly keys?: readonly KeyPress[]
}

/** With them Qt 5.15 takes 49 ms for a page on some processors, and 18 without: it is measured as it is fastest. */
const SLOW_FEATURES = 'avx512f avx512cd avx512dq avx512bw avx512vl'

/** EDFbrowser with all channels, band-limited to 1-70 Hz, as its montage file says it. */
export async function openEdfbrowser({ folder, file, channels, timebase }: Reading): Promise<OpenWindow> {
  const montage = path.join(folder, 'all.mtg')
  writeFileSync(montage, montageOfAll(channels, timebase))
  const screen = await startVirtualScreen(folder, WIDTH, HEIGHT)
  const qt = { QT_QPA_PLATFORM: 'xcb', QT_NO_CPU_FEATURE: SLOW_FEATURES }
  const env = { ...process.env, DISPLAY: screen.display, HOME: folder, ...qt }
  screen.movePointer(WIDTH / 2, HEIGHT / 2)
  const started = performance.now()
  const child = spawnTied('edfbrowser', [file, montage, '-geometry', `${WIDTH}x${HEIGHT}+0+0`], env)
  await screen.until(hasBlackTraces)
  const startMs = performance.now() - started
  await screen.untilQuiet(QUIET_MS)
  // There is no window manager to give it the keyboard.
  execFileSync('xdotool', ['search', '--onlyvisible', '--name', 'EDFbrowser', 'windowfocus'], { env })
  await setTimeout(300)
  return {
    screen,
    startMs,
    close: async () => {
      await endProcess(child)
      await screen.close()
    },
  }
}

/** Ours as npm start opens it: the host, then Chromium on its address; all channels as recorded, 1-70 Hz. */
export async function openOurs({ folder, file, timebase, keys = [] }: Reading): Promise<OpenWindow> {
  const screen = await startVirtualScreen(folder, WIDTH, HEIGHT)
  screen.movePointer(WIDTH / 2, HEIGHT / 2)
  const started = performance.now()
  const app = await startApp({ folder, data: path.join(folder, 'data'), remove: () => {} }, file)
  process.once('exit', () => app.process.kill('SIGKILL'))
  const child = startChromium(screen, folder, app.address)
  await screen.until(hasTraces)
  const startMs = performance.now() - started
  await screen.untilQuiet(QUIET_MS)
  const presses: readonly KeyPress[] = [
    'f1',
    ...(timebase === 20 ? (['longer', 'longer'] as const) : []),
    ...keys,
  ]
  for (const key of presses) {
    screen.press(key)
    await screen.untilQuiet(500)
  }
  return {
    screen,
    startMs,
    close: async () => {
      await endProcess(child)
      await app.kill()
      await screen.close()
    },
  }
}

/** From the command to a page of one colour: what of a start is the browser's own. */
export async function timeEmptyChromium(folder: string): Promise<number> {
  const screen = await startVirtualScreen(folder, WIDTH, HEIGHT)
  const started = performance.now()
  const child = startChromium(screen, folder, 'data:text/html,<body style="background:rgb(0,200,0)">')
  await screen.until((picture) => countPixels(picture, (red, green) => red === 0 && green === 200) > 100_000)
  const ms = performance.now() - started
  await endProcess(child)
  await screen.close()
  return ms
}

function startChromium(screen: VirtualScreen, folder: string, address: string) {
  const asRoot = process.getuid?.() === 0
  return spawnTied(
    findOrGetChromium(),
    [
      // Chromium refuses its sandbox to root; --test-type keeps its word about that off the page.
      ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--user-data-dir=${path.join(folder, 'profile')}`,
      `--window-size=${WIDTH},${HEIGHT}`,
      '--window-position=0,0',
      `--app=${address}`,
    ],
    { ...process.env, DISPLAY: screen.display, HOME: folder },
  )
}

/** Ink of left and right traces, as the light theme has them: little else on the page is of these colours. */
function hasTraces(picture: Picture): boolean {
  // A line is not quite opaque.
  const isNear = (value: number, wanted: number) => Math.abs(value - wanted) <= 3
  const isTrace = (red: number, green: number, blue: number) =>
    (isNear(red, 0x1d) && isNear(green, 0x3f) && isNear(blue, 0x72)) ||
    (isNear(red, 0x7b) && isNear(green, 0x24) && isNear(blue, 0x36))
  return countPixels(picture, isTrace) > 750
}

/** EDFbrowser's page is black on grey; a screen without a window is black alone. */
function hasBlackTraces(picture: Picture): boolean {
  const isGrey = (red: number, green: number, blue: number) =>
    red === green && red === blue && red > 40 && red < 90
  const isBlack = (red: number, green: number, blue: number) => red + green + blue === 0
  return countPixels(picture, isGrey) > 75_000 && countPixels(picture, isBlack) > 5000
}

function countPixels(
  { bytes }: Picture,
  isWanted: (red: number, green: number, blue: number) => boolean,
): number {
  let count = 0
  for (let at = 0; at < bytes.length; at += 4) {
    if (isWanted(bytes[at + 2]!, bytes[at + 1]!, bytes[at]!)) count += 1
  }
  return count
}

function montageOfAll(channels: number, timebase: number): string {
  const filter = (type: 0 | 1, frequency: number) =>
    `<fidfilter><type>${type}</type><frequency>${frequency}</frequency><frequency2>${frequency * 1.1}</frequency2>` +
    '<ripple>-1.0</ripple><order>1</order><model>0</model></fidfilter>'
  const trace = (index: number) =>
    '<signalcomposition><num_of_signals>1</num_of_signals><voltpercm>70.0</voltpercm>' +
    '<screen_offset>0.0</screen_offset><color>2</color><fidfilter_cnt>2</fidfilter_cnt>' +
    `<ravg_filter_cnt>0</ravg_filter_cnt><signal><edfindex>${index}</edfindex><factor>1.0</factor></signal>` +
    `${filter(0, 1)}${filter(1, 70)}</signalcomposition>`
  const traces = Array.from({ length: channels }, (_, index) => trace(index)).join('\n')
  return `<?xml version="1.0"?>\n<EDFbrowser_montage>\n${traces}\n<pagetime>${timebase * 1e7}</pagetime>\n</EDFbrowser_montage>\n`
}
